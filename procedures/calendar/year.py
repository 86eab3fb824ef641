"""One year of a calendar as people look it up: its hours, and the days that differ from the week."""

from dataclasses import dataclass
from datetime import date, timedelta

from procedures.calendar.clock import Calendar
from procedures.calendar.counting import Line, about
from procedures.calendar.versions import Hours, Sessions


@dataclass(frozen=True, slots=True)
class Day:
    """A day that differs from its weekday: what the calendar says of it, and the sessions that are worked."""

    line: Line
    sessions: Sessions


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """A year of a calendar; `hours` are the weeks that hold in it, oldest first."""

    year: int
    unit: str | None
    decided: bool
    zone: str
    hours: tuple[Hours, ...]
    days: tuple[Day, ...]
    working_days: int
    calendar: str


def year_of(work: Calendar, year: int, unit: str | None = None) -> CalendarYear:
    """Return a year of a calendar; `unit` is whose it is."""
    dates = [date(year, 1, 1) + timedelta(days=step) for step in range(366)]
    dates = [day for day in dates if day.year == year]
    hours = work.version.hours
    before = [one for one in hours if one.since <= dates[0]][-1:]
    return CalendarYear(
        year=year,
        unit=unit,
        decided=work.is_decided(year),
        zone=work.zone.key,
        hours=(*before, *(one for one in hours if dates[0] < one.since <= dates[-1])),
        days=tuple(Day(about(work, day), work.sessions_on(day)) for day in dates if work.special(day) is not None),
        working_days=sum(map(work.is_working_day, dates)),
        calendar=work.hash,
    )
