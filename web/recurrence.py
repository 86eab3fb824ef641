"""What can be done once a nonconformity came again: read the one before, or open it again for that reason."""

from collections.abc import Iterator

from engine.store import Held
from procedures.words import say
from visualize.nonconformity import Told
from web.acts import takes
from web.behind import CASES
from web.parts import Link
from web.reading import held
from web.visit import Missing, Visit

_AGAIN = "mo-lai"


def links(visit: Visit, shown: Held, told: Told) -> Iterator[Link]:
    """Yield where a recurrence leads: to each other case of it, and to opening again what was closed too early."""
    for later in told.after:
        yield Link(visit.text(say("Read {case}", case=later)), visit.link(f"{CASES}/{later}"))
    if told.after:
        yield from _again(visit, shown, told.after[-1])
    for earlier in told.before:
        yield Link(visit.text(say("Read {case}", case=earlier)), visit.link(f"{CASES}/{earlier}"))
        try:
            yield from _again(visit, held(visit, earlier), shown.case.id)
        except Missing:  # it may not be read by whoever is in
            continue


def _again(visit: Visit, closed: Held, later: str) -> Iterator[Link]:
    """Yield the way to open a closed one again; the reason stands in the form and goes on record in Vietnamese."""
    case = closed.case.id
    if takes(visit, closed, _AGAIN):
        reason = say("it came again in {case}; the action did not work", case=later).into("vi")
        at = visit.link(f"{CASES}/{case}/lam/{_AGAIN}", {"ly-do": reason})
        yield Link(visit.text(say("Open {case} again because of {later}", case=case, later=later)), at, here=True)
