"""A year of the calendar as an answer: for scripts, and for people."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cli.desk import Desk
from cli.tables import table
from procedures.calendar.sentence import why
from procedures.calendar.versions import Sessions
from procedures.calendar.wording import week_lines
from procedures.vietnamese import day, weekday
from procedures.words import say

if TYPE_CHECKING:
    from procedures.calendar.year import CalendarYear, Day


def year_json(seen: "CalendarYear") -> dict[str, Any]:
    """Return a year for scripts."""
    return {
        "year": seen.year,
        "unit": seen.unit,
        "decided": seen.decided,
        "timezone": seen.zone,
        "working_days": seen.working_days,
        "hours": [{"since": one.since.isoformat(), "week": dict(week_lines(one.week))} for one in seen.hours],
        "days": [_day_json(one) for one in seen.days],
        "calendar": seen.calendar,
    }


def _day_json(seen: "Day") -> dict[str, Any]:
    line, source = seen.line, seen.line.source
    return {
        "date": line.day.isoformat(),
        "why": line.why,
        "reason": line.reason,
        "partner": line.partner.isoformat() if line.partner else None,
        "sessions": [str(session) for session in seen.sessions],
        "document": source.document if source else None,
        "issued": source.issued.isoformat() if source and source.issued else None,
    }


def year_lines(desk: Desk, seen: "CalendarYear") -> Iterator[str]:
    """Yield a year for people."""
    status = say("decided") if seen.decided else say("computed, not decided")
    whose = seen.unit or say("the whole agency")
    yield desk.text(say("calendar of {year} · {whose} · {status}", year=seen.year, whose=whose, status=status))
    for hours in seen.hours:
        if len(seen.hours) > 1:
            yield desk.text(say("from {day}:", day=day(hours.since)))
        for days, sessions in week_lines(hours.week):
            yield f"  {days}: {sessions}"
    heads = (say("day"), say("weekday"), say("what holds"), say("sessions"))
    yield table(desk, heads, [_row(desk, one) for one in seen.days])
    yield desk.text(say("{count} working days", count=seen.working_days))


def _row(desk: Desk, seen: "Day") -> tuple[str, str, str, str]:
    line = seen.line
    return day(line.day), weekday(line.day, desk.lang), desk.text(why(line) or ""), _shown(desk, seen.sessions)


def _shown(desk: Desk, sessions: Sessions) -> str:
    return ", ".join(map(str, sessions)) or desk.text(say("off"))
