"""A command given at an agency, with what it means for the files that lie beside the log."""

from datetime import datetime

from engine.agency import Agency
from engine.commands import AnyCommand, EraseValues
from engine.handle import Done, handle
from engine.refusal import Refusal
from engine.stores.filed import let_go


def carry_out(agency: Agency, command: AnyCommand, now: datetime) -> Done | Refusal:
    """Carry a command out; the files whose names it has erased are deleted, unless another case has the same ones.

    Asked again with the same id, it deletes what a fall of the program between the two has left.
    """
    answer = handle(command, store=agency.store, ground=agency, now=now)
    if isinstance(answer, Done) and isinstance(command, EraseValues):
        with agency.store.reading() as reader:
            held = reader.held(answer.case)
        let_go(agency.store, agency.files, {file.digest for file in held.case.files} if held is not None else set())
    return answer
