"""Somebody's deadlines as an iCalendar, for the calendar they keep anyway."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import icalendar

from engine.agency import Agency
from engine.store import Work
from procedures.words import Lang, say

#: A deadline is shown as the quarter of an hour before it.
_SHOWN = timedelta(minutes=15)


def deadlines(agency: Agency, works: Sequence[Work], now: datetime, lang: Lang = "vi") -> bytes:
    """Return an event for each piece of work that has a due instant; the same work keeps its identity when it moves."""
    made = icalendar.Calendar()
    made.add("prodid", "-//quytrinh//deadlines//VI")
    made.add("version", "2.0")
    made.add("x-wr-calname", say("Deadlines at {agency}", agency=agency.settings.agency).into(lang))
    for work in works:
        if work.due is not None:
            made.add_component(_event(agency, work, work.due, now, lang))
    made.add_missing_timezones()
    return bytes(made.to_ical())


def _event(agency: Agency, work: Work, due: datetime, now: datetime, lang: Lang) -> icalendar.Event:
    at = due.astimezone(agency.calendar.zone)
    event = icalendar.Event()
    event.add("uid", f"{work.case}-{work.item}@quytrinh")
    event.add("dtstamp", now)
    event.add("dtstart", at - _SHOWN)
    event.add("dtend", at)
    event.add("summary", say("Due: {step} ({case})", step=work.step, case=work.case).into(lang))
    event.add("description", f"{work.title} — {work.procedure}")
    event.add("transp", "TRANSPARENT")
    return event
