"""Finding cases for a visit: one that may not be read is as if it were not there."""

from engine.scope import may_read
from engine.store import Held
from procedures.words import say
from quality.candidate import SERIES
from quality.nonconformity import Nonconformity, register
from quality.questions_cases import ids_within
from web.visit import Missing, Visit


def held(visit: Visit, name: str) -> Held:
    """Return a case within the scope of the visit; raises Missing for every other."""
    with visit.agency.store.reading() as reader:
        found = reader.held(name)
    if found is None or not may_read(visit.scope, found.case):
        raise Missing(say("there is no case {case}", case=name))
    return found


def nonconformities(visit: Visit) -> list[Nonconformity]:
    """Return the register of nonconformities, of those that may be read."""
    with visit.agency.store.reading() as reader:
        readable = ids_within(reader, SERIES, visit.scope)
        return [one for one in register(reader, visit.now) if one.id in readable]
