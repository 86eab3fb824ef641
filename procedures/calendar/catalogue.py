"""Calendars given as JSON: a week, holidays and overridden days, good for every year."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from procedures.calendar.clock import Calendar
from procedures.calendar.versions import ZONE, DayKind, Hours, Sessions, Source, SpecialDay, Version
from procedures.calendar.wording import MisreadError, as_week, read_sessions
from procedures.words import Words, say

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_GIVEN = Source(document="JSON")


class CatalogueError(ValueError):
    """A calendar given as JSON is faulty; `words` name the calendar and the fault."""

    def __init__(self, words: Words) -> None:
        super().__init__(str(words))
        self.words = words


def read_catalogue(text: str) -> dict[str, Calendar]:
    """Return the calendars of `{"calendars": [{"id", "timezone", "weekly", "holidays", "overrides"}]}` by id.

    `weekly` maps mon … sun to [["07:30", "11:30"], …]; `overrides` maps a date to such sessions and wins over
    `holidays`. Raises CatalogueError; then no calendar is returned at all.
    """
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        raise CatalogueError(say("this is not JSON")) from None
    listed = told.get("calendars") if isinstance(told, dict) else None
    if not isinstance(listed, list) or any(not isinstance(entry, dict) or "id" not in entry for entry in listed):
        raise CatalogueError(say("it is not “calendars” with a list of calendars, each with its “id”"))
    return {str(entry["id"]): _calendar(entry) for entry in listed}


def _calendar(entry: Mapping[str, Any]) -> Calendar:
    try:
        zone = _zone(entry.get("timezone", ZONE))
        weekly = {_weekday(day): _sessions(spans) for day, spans in _map(entry, "weekly").items()}
        off = {_date(day): () for day in _list(entry, "holidays")}
        own = {_date(day): _sessions(spans) for day, spans in _map(entry, "overrides").items()}
    except MisreadError as fault:
        raise CatalogueError(say("calendar {name}: {fault}", name=entry["id"], fault=fault.words)) from fault
    days = off | own
    hours = Hours(since=date.min, week=as_week(weekly))
    specials = tuple(_special(day, days[day], overridden=day in own) for day in sorted(days))
    return Calendar(Version(timezone=zone, hours=(hours,), days=specials, open_ended=True))


def _zone(name: object) -> str:
    try:
        return ZoneInfo(name if isinstance(name, str) else "").key
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise MisreadError(say("no time zone is called “{text}”", text=name)) from error


def _weekday(name: str) -> int:
    if name not in _DAYS:
        raise MisreadError(say("“{text}” is not a day of the week", text=name))
    return _DAYS.index(name)


def _date(text: object) -> date:
    try:
        return date.fromisoformat(text if isinstance(text, str) else "")
    except ValueError as error:
        raise MisreadError(say("“{text}” is not a date; write it as 2026-12-31", text=text)) from error


def _map(entry: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = entry.get(key, {})
    if not isinstance(found, dict):
        raise MisreadError(say("“{key}” is not an object", key=key))
    return found


def _list(entry: Mapping[str, Any], key: str) -> Sequence[object]:
    found = entry.get(key, [])
    if not isinstance(found, list):
        raise MisreadError(say("“{key}” is not a list", key=key))
    return found


def _special(day: date, sessions: Sessions, *, overridden: bool) -> SpecialDay:
    kind = DayKind.CLOSURE if overridden else DayKind.HOLIDAY
    return SpecialDay(day=day, kind=kind, sessions=sessions, source=_GIVEN)


def _sessions(spans: object) -> Sessions:
    if not isinstance(spans, list) or any(not isinstance(span, list) or len(span) != 2 for span in spans):  # noqa: PLR2004 a session opens and closes
        raise MisreadError(say("a session is [opens, closes]"), "session")
    return read_sessions(", ".join(f"{opens}-{closes}" for opens, closes in spans)) if spans else ()
