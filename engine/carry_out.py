"""A command given at an agency, with what it means for what lies beside the log of its case."""

from datetime import datetime

from engine.agency import Agency
from engine.commands import MACHINE, AnyCommand, EraseValues
from engine.handle import Done, handle
from engine.refusal import Refusal
from engine.stores.filed import let_go
from engine.texts import TITLE


def carry_out(agency: Agency, command: AnyCommand, now: datetime) -> Done | Refusal:
    """Carry a command out, and let go of what is left elsewhere of what it has erased.

    The files whose names are gone are deleted, unless another case has the same ones; where the title is gone, so are
    those of the cases that this one has called, for they repeat it. Asked again with the same id, it does what a fall
    of the program between has left.
    """
    answer = handle(command, store=agency.store, ground=agency, now=now)
    if isinstance(answer, Done) and isinstance(command, EraseValues):
        with agency.store.reading() as reader:
            held, called = reader.held(answer.case), reader.called_by(answer.case)
        agency.store.database.leave_no_trace()
        let_go(agency.store, agency.files, {file.digest for file in held.case.files} if held is not None else set())
        if TITLE in command.texts or not (command.names or command.texts):
            for case in called:
                carry_out(agency, _of_called(command, case), now)
    return answer


def _of_called(command: EraseValues, case: str) -> EraseValues:
    return EraseValues(
        id=f"{command.id}/{case}",
        actor=MACHINE,
        case=case,
        texts=(TITLE,),
        reason=command.reason,
        basis=command.basis,
    )
