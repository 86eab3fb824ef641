"""Duties: what is to be done once in a period, however many programs fire for it; found by their entry points."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from engine.agency import Agency
from engine.brought import loaded
from engine.errands.errand import duty_key
from engine.errands.hands import Dutiful
from engine.stores import errands as queue

#: The group of entry points under which duties are found.
DUTIES = "quytrinh.duties"
#: How long a duty may take: a nightly backup of a large database takes its time.
LIMIT = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Duty:
    """`periods` gives the names of the periods whose hour has come at an instant; `do` does it for the one named."""

    periods: Callable[[Agency, datetime], Iterable[str]]
    do: Dutiful


@cache
def duties() -> Mapping[str, Duty]:
    """Return every duty that is installed, by name."""
    return loaded(DUTIES)


def ask_for(agency: Agency, now: datetime, known: Mapping[str, Duty] | None = None) -> int:
    """Ask for every duty whose hour has come, each once a period; return how many nobody had asked for yet."""
    found = [
        (name, duty_key(name, period))
        for name, duty in (duties() if known is None else known).items()
        for period in duty.periods(agency, now)
    ]
    with agency.store.writing() as writer:
        return sum(queue.ask(writer.connection, key, name, now) for name, key in found)
