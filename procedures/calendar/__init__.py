"""The clock: calendars as dated data, working time in O(log n), due instants and why they are what they are."""

from procedures.calendar.clock import Calendar
from procedures.calendar.explain import Explanation, explain
from procedures.calendar.kept import KeptCalendars
from procedures.calendar.load import coverage, load_calendar, load_calendars
from procedures.calendar.pauses import paused
from procedures.calendar.standing import Timeliness, timeliness
from procedures.calendar.units import Calendars

__all__ = [
    "Calendar",
    "Calendars",
    "Explanation",
    "KeptCalendars",
    "Timeliness",
    "coverage",
    "explain",
    "load_calendar",
    "load_calendars",
    "paused",
    "timeliness",
]
