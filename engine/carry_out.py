"""A command given at an agency, with what it means for what lies beside the log of its case."""

from collections.abc import Sequence
from datetime import datetime

from engine.agency import Agency
from engine.commands import MACHINE, AnyCommand, EraseValues
from engine.events import ValuesErased
from engine.handle import Done, handle
from engine.log import Recorded
from engine.refusal import Refusal
from engine.store import Reader
from engine.stores.filed import let_go
from engine.stores.lookups import repeating_erased
from engine.texts import TITLE


def carry_out(agency: Agency, command: AnyCommand, now: datetime) -> Done | Refusal:
    """Carry a command out, and let go of what is left elsewhere of what it has erased.

    The files whose names are gone are deleted, unless another case has the same ones; where the title is gone, so are
    those of the cases that this one has called, for they repeat it. Asked again with the same id, it does what a fall
    of the program between has left; the night's work does it too.
    """
    answer = handle(command, store=agency.store, ground=agency, now=now)
    if isinstance(answer, Done) and isinstance(command, EraseValues):
        with agency.store.reading() as reader:
            held, called = reader.held(answer.case), reader.called_by(answer.case)
        agency.store.database.leave_no_trace()
        let_go(agency.store, agency.files, {file.digest for file in held.case.files} if held is not None else set())
        if TITLE in command.texts or not (command.names or command.texts):
            for case in called:
                carry_out(agency, _of_called(command.id, command, case), now)
    return answer


def called_in_all(reader: Reader, case: str) -> list[str]:
    """Return the cases that a case has called, and those that these have called: all that may repeat its title."""
    called = reader.called_by(case)
    return [*called, *(further for one in called for further in called_in_all(reader, one))]


def finish_erasures(agency: Agency, now: datetime) -> list[str]:
    """Erase the titles that a fall of the program has left of those that were erased; return of which cases."""
    found: list[str] = []
    with agency.store.reading() as reader:
        left = [(case, _erasure(reader.log(caller))) for case, caller in repeating_erased(reader.connection)]
    for case, erasure in left:
        if erasure is not None:
            answer = carry_out(agency, _of_called(*erasure, case), now)
            found += [case] if isinstance(answer, Done) else []
    return found


def _erasure(log: Sequence[Recorded]) -> tuple[str, ValuesErased] | None:
    """Return by which command the title of a case was erased, and how; None for one that merely looks so."""
    erased = ((one.command, one.event) for one in log if isinstance(one.event, ValuesErased))
    return next((one for one in erased if one[1].erases_text(TITLE)), None)


def _of_called(command: str, erased: EraseValues | ValuesErased, case: str) -> EraseValues:
    return EraseValues(
        id=f"{command}/{case}",
        actor=MACHINE,
        case=case,
        texts=(TITLE,),
        reason=erased.reason,
        basis=erased.basis,
    )
