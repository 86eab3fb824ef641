"""Finding a case for a visit: one that may not be read is as if it were not there."""

from engine.case import Case
from engine.scope import may_read
from engine.store import Held
from procedures.words import say
from web.visit import Missing, Visit


def held(visit: Visit, name: str) -> Held:
    """Return a case within the scope of the visit; raises Missing for every other."""
    with visit.agency.store.reading() as reader:
        found = reader.held(name)
    if found is None or not may_read(visit.scope, found.case):
        raise Missing(say("there is no case {case}", case=name))
    return found


def within(visit: Visit, cases: list[Case]) -> list[Case]:
    """Return the cases that may be read."""
    return [case for case in cases if may_read(visit.scope, case)]
