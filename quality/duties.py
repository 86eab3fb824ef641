"""What is to be done once in a period, however many fire for it: asked for by a key, drained like any errand."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time

from engine.agency import Agency
from engine.errands.drain import Duty
from engine.errands.errand import duty_key
from engine.stores import errands as queue
from quality import nightly

#: The night's work may begin from this hour on; a machine that was off does it when it is on again.
_NIGHT = time(1)
NIGHTLY = "việc đêm"
DUTIES: Mapping[str, Duty] = {NIGHTLY: nightly.run}


def ask_for(agency: Agency, now: datetime) -> int:
    """Ask for every duty whose time has come at `now`; return how many nobody had asked for yet."""
    with agency.store.writing() as writer:
        return sum(queue.ask(writer.connection, key, task, now) for task, key in due(agency, now))


def due(agency: Agency, now: datetime) -> Iterator[tuple[str, str]]:
    """Yield task and key of each duty of the present periods whose hour has come."""
    here = now.astimezone(agency.calendar.zone)
    if here.time() >= _NIGHT:
        yield NIGHTLY, duty_key(NIGHTLY, here.date().isoformat())
