"""Calendars given as JSON: a week, holidays and overridden days, good for every year."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from procedures.calendar.clock import Calendar
from procedures.calendar.versions import ZONE, DayKind, Hours, Sessions, Source, SpecialDay, Version
from procedures.calendar.wording import MisreadError, as_week, read_sessions
from procedures.words import say

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_GIVEN = Source(document="JSON")


class CatalogueError(ValueError):
    """A calendar given as JSON is faulty; the message names the calendar and the fault."""


def read_catalogue(text: str) -> dict[str, Calendar]:
    """Return the calendars of `{"calendars": [{"id", "timezone", "weekly", "holidays", "overrides"}]}` by id.

    `weekly` maps mon … sun to [["07:30", "11:30"], …]; `overrides` maps a date to such sessions and wins over
    `holidays`. Raises CatalogueError; then no calendar is returned at all.
    """
    try:
        listed = json.loads(text)["calendars"]
        return {str(entry["id"]): _calendar(entry) for entry in listed}
    except (json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise CatalogueError(f"not a list of calendars: {error!r}") from error


def _calendar(entry: Mapping[str, Any]) -> Calendar:
    zone, name = entry.get("timezone", ZONE), entry["id"]
    try:
        ZoneInfo(zone)
        weekly = {_DAYS.index(day): _sessions(spans) for day, spans in entry.get("weekly", {}).items()}
        off = {date.fromisoformat(day): () for day in entry.get("holidays", ())}
        own = {date.fromisoformat(day): _sessions(spans) for day, spans in entry.get("overrides", {}).items()}
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise CatalogueError(f"calendar {name}: {error}") from error
    days = off | own
    hours = Hours(since=date.min, week=as_week(weekly))
    specials = tuple(_special(day, days[day], overridden=day in own) for day in sorted(days))
    return Calendar(Version(timezone=zone, hours=(hours,), days=specials, open_ended=True))


def _special(day: date, sessions: Sessions, *, overridden: bool) -> SpecialDay:
    kind = DayKind.CLOSURE if overridden else DayKind.HOLIDAY
    return SpecialDay(day=day, kind=kind, sessions=sessions, source=_GIVEN)


def _sessions(spans: Sequence[Sequence[str]]) -> Sessions:
    if not spans:
        return ()
    if any(len(span) != 2 for span in spans):  # noqa: PLR2004 a session opens and closes
        raise MisreadError(say("a session is [opens, closes]"), "session")
    return read_sessions(", ".join(f"{opens}-{closes}" for opens, closes in spans))
