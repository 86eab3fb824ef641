"""What a floor above has against a command, beyond what its procedure says: found by entry points, one a procedure."""

from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import EntryPoint

from engine.brought import points
from engine.draft import Draft
from engine.refusals.entering import NotAccepted
from engine.rules import Ground
from engine.store import Reader
from procedures.words import Words

#: The group of entry points under which objections are found, by the code of the procedure.
OBJECTIONS = "quytrinh.objections"
#: Under this name instead of a code, an objection is asked of every procedure.
EVERY = "mọi quy trình"
#: Looks at what is about to happen in a case and tells what stands against it; None where nothing does.
Objection = Callable[[Draft, Reader, Ground], Words | None]


@cache
def _installed() -> Mapping[str, EntryPoint]:
    return points(OBJECTIONS)


@cache
def _objection(point: EntryPoint) -> Objection:
    found: Objection = point.load()
    return found


def objected(draft: Draft, reader: Reader, ground: Ground) -> NotAccepted | None:
    """Return the refusal of a draft that something stands against."""
    for name in (EVERY, draft.case.procedure):
        point = _installed().get(name)
        why = _objection(point)(draft, reader, ground) if point is not None else None
        if why is not None:
            return NotAccepted(why)
    return None
