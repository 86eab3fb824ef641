"""The small texts of a calendar file: dates, spans of dates, hours and days of the week."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import Literal, cast

from procedures.calendar.versions import Session, Sessions, Week
from procedures.words import Words, say

OFF = ("nghỉ", "off")
WEEKDAYS = (
    ("thứ hai", "monday"),
    ("thứ ba", "tuesday"),
    ("thứ tư", "wednesday"),
    ("thứ năm", "thursday"),
    ("thứ sáu", "friday"),
    ("thứ bảy", "saturday"),
    ("chủ nhật", "sunday"),
)
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_SESSION = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")
_TO = re.compile(r"\s+[-–]\s+|\s+đến\s+|\s+to\s+")
_DAY = 1_440


class MisreadError(ValueError):
    """A text is not what it should be; `words` says so, `about` says of what kind the fault is."""

    def __init__(self, words: Words, about: Literal["value", "session", "overlap"] = "value") -> None:
        super().__init__(str(words))
        self.words = words
        self.about = about


def read_date(text: str) -> date:
    """Return the date written as dd/MM/yyyy; raises MisreadError."""
    found = _DATE.fullmatch(text.strip())
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else _no_date(text)
    except ValueError as error:
        raise MisreadError(say("“{text}” is not a date; write it as 31/12/2026", text=text)) from error


def _no_date(text: str) -> date:
    raise ValueError(text)


def read_dates(text: str) -> list[date]:
    """Return the days of "16/02/2026 - 20/02/2026" or of a single date; raises MisreadError."""
    ends = [read_date(part) for part in _TO.split(text.strip())]
    if len(ends) > 2 or ends[-1] < ends[0]:  # noqa: PLR2004 a span has two ends
        raise MisreadError(say("“{text}” is not a span of days", text=text))
    return [ends[0] + timedelta(days=step) for step in range((ends[-1] - ends[0]).days + 1)]


def read_sessions(text: str) -> Sessions:
    """Return the sessions of "07:30-11:30, 13:30-17:00", in order; "nghỉ" is none. Raises MisreadError."""
    if text.strip().lower() in OFF:
        return ()
    sessions = sorted((_session(part) for part in text.split(",")), key=lambda session: session.opens)
    for before, after in pairwise(sessions):
        if after.opens < before.closes:
            words = say("sessions {first} and {second} overlap", first=str(before), second=str(after))
            raise MisreadError(words, "overlap")
    return tuple(sessions)


def _session(text: str) -> Session:
    found = _SESSION.fullmatch(text.strip())
    if found is None:
        raise MisreadError(say("“{text}” is not a session; write it as 07:30-11:30", text=text.strip()), "session")
    opens, closes = (_minutes(found[hour], found[hour + 1], text) for hour in (1, 3))
    if opens in {closes, _DAY}:
        raise MisreadError(say("session “{text}” has no length", text=text.strip()), "session")
    # A session that closes at an earlier hour than it opens passes midnight.
    return Session(opens=opens, closes=closes if closes > opens else closes + _DAY)


def _minutes(hour: str, minute: str, text: str) -> int:
    minutes = int(hour) * 60 + int(minute)
    if int(minute) > 59 or minutes > _DAY:  # noqa: PLR2004 minutes of an hour
        raise MisreadError(say("“{text}” has a time that no clock shows", text=text.strip()), "session")
    return minutes


def read_weekdays(text: str) -> list[int]:
    """Return the weekdays, from Monday 0, of "thứ hai - thứ sáu" or of a single one; raises MisreadError."""
    ends = [_weekday(part.strip().lower()) for part in _TO.split(text.strip())]
    if len(ends) > 2 or ends[-1] < ends[0]:  # noqa: PLR2004 a span has two ends
        raise MisreadError(say("“{text}” is not a span of weekdays", text=text))
    return list(range(ends[0], ends[-1] + 1))


def _weekday(name: str) -> int:
    found = next((number for number, names in enumerate(WEEKDAYS) if name in names), None)
    if found is None:
        raise MisreadError(say("“{text}” is not a day of the week", text=name))
    return found


def overlaps(week: Week) -> Iterator[tuple[int, Session, Session]]:
    """Yield (weekday, session, session) where a session past midnight runs into the first of the next day."""
    for number, sessions in enumerate(week):
        following = week[(number + 1) % 7]
        if sessions and following and sessions[-1].closes - _DAY > following[0].opens:
            yield number, sessions[-1], following[0]


def week_lines(week: Week) -> Iterator[tuple[str, str]]:
    """Yield the spans of weekdays that have the same sessions, and those sessions, as a calendar file writes them."""
    for sessions, days in groupby(range(7), key=lambda number: week[number]):
        names = [WEEKDAYS[number][0] for number in days]
        if sessions:
            yield names[0] if len(names) == 1 else f"{names[0]} - {names[-1]}", ", ".join(map(str, sessions))


def as_week(days: dict[int, Sessions]) -> Week:
    """Return seven days from those declared; a weekday that is not declared is off."""
    return cast("Week", tuple(days.get(number, ()) for number in range(7)))
