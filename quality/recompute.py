"""What follows from a new calendar or organisation: running cases count by it, and work of a unit that ended moves."""

import hashlib
from collections.abc import Iterator
from datetime import datetime

from engine.agency import Agency
from engine.commands import MACHINE
from engine.errands.duty import Duty
from engine.following import Follower, follow_all
from engine.journal import note
from engine.rehoming import moved, rehomings
from quality.together import carry_out

_DIGITS = 12


def grounds(agency: Agency, now: datetime) -> Iterator[str]:
    """Yield the present day with what cases stand on: a change of either is a period of its own.

    Where there has been one calendar only and no unit has ended, nothing can differ.
    """
    today = now.astimezone(agency.calendar.zone).date()
    homes = sorted(moved(agency.organisation, today).items())
    if not homes and agency.kept_calendars.count() < 2:  # noqa: PLR2004 - one, and another
        return
    digest = hashlib.sha256(f"{agency.calendars.hash} {homes}".encode()).hexdigest()
    yield f"{today}/{digest[:_DIGITS]}"


def recompute(agency: Agency, period: str, now: datetime) -> None:
    """Bring every running case onto the calendar in force, and to the units that took over; what is right stays."""
    followed = sum(page.moved for page in follow_all(agency.store, agency, Follower(MACHINE, now)))
    homes = moved(agency.organisation, now.astimezone(agency.calendar.zone).date())
    commands = []
    if homes:
        with agency.store.reading() as reader:
            commands = rehomings(reader, agency.organisation, homes)
    rehomed = carry_out(commands, store=agency.store, ground=agency, now=now)
    if followed or rehomed:
        note("recompute", day=period, followed=followed, rehomed=len(rehomed))


RECOMPUTE = Duty(grounds, recompute)
