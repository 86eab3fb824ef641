"""Months, quarters and years as half-open stretches of time in the agency's zone."""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, datetime, tzinfo
from functools import cached_property
from typing import Literal

from procedures.values import ValueSaid
from procedures.words import Words, say

Kind = Literal["month", "quarter", "year"]
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_YEAR, _QUARTER, _MONTH = (re.compile(form) for form in (r"(\d{4})", r"(\d{4})-Q([1-4])", r"(\d{4})-(0[1-9]|1[0-2])"))
_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Period:
    """A named stretch of time: `start` belongs to it, `end` does not; both are aware, in the agency's zone."""

    key: str
    kind: Kind | Literal["span"]
    start: datetime
    end: datetime

    @cached_property
    def since(self) -> int:
        """The start in seconds since 1970 UTC."""
        return int(self.start.timestamp())

    @cached_property
    def until(self) -> int:
        """The end in seconds since 1970 UTC."""
        return int(self.end.timestamp())

    def has(self, at: int | None) -> bool:
        """Tell whether an instant, in seconds since 1970 UTC, lies in the period; None never does."""
        return at is not None and self.since <= at < self.until

    @property
    def words(self) -> Words:
        """The period as people say it."""
        year, part = self.start.year, self.start.month
        if self.kind == "span":
            return say("{start} to {end}", start=f"{self.start:%d/%m/%Y}", end=f"{self.end:%d/%m/%Y}")
        if self.kind == "year":
            return say("year {year}", year=year)
        if self.kind == "quarter":
            return say("quarter {quarter}/{year}", quarter=_ROMAN[part // 3], year=year)
        return say("month {month}/{year}", month=part, year=year)


def parse(text: str, zone: tzinfo) -> Period:
    """Read “2026”, “2026-Q4” or “2026-11”; raises ValueSaid for anything else."""
    said = text.strip().upper()
    if found := _YEAR.fullmatch(said):
        return _made("year", int(found[1]), 1, zone)
    if found := _QUARTER.fullmatch(said):
        return _made("quarter", int(found[1]), int(found[2]) * 3 - 2, zone)
    if found := _MONTH.fullmatch(said):
        return _made("month", int(found[1]), int(found[2]), zone)
    raise ValueSaid(say("“{text}” is not a period; write “2026”, “2026-Q4” or “2026-11”", text=text))


def containing(at: datetime, kind: Kind, zone: tzinfo) -> Period:
    """Return the month, quarter or year that an aware instant lies in."""
    local = at.astimezone(zone)
    size = _MONTHS[kind]
    return _made(kind, local.year, (local.month - 1) // size * size + 1, zone)


def span(start: datetime, end: datetime) -> Period:
    """Return the stretch between two aware instants as a period of its own."""
    return Period(f"{start:%Y-%m-%dT%H:%M}/{end:%Y-%m-%dT%H:%M}", "span", start, end)


def parts(period: Period, kind: Kind) -> list[Period]:
    """Return the months or quarters of a period, oldest first."""
    found = [containing(period.start, kind, _zone(period))]
    while found[-1].end < period.end:
        found.append(containing(found[-1].end, kind, _zone(period)))
    return found


def last(count: int, upto: Period, kind: Kind) -> list[Period]:
    """Return the last `count` months, quarters or years up to the end of a period, oldest first."""
    months = _MONTHS[kind]
    end = upto.end.year * 12 + upto.end.month - 1
    starts = (end - months * back for back in range(count, 0, -1))
    return [_made(kind, month // 12, month % 12 + 1, _zone(upto)) for month in starts]


def covering(kind: Kind, first: int, last: int, zone: tzinfo) -> list[Period]:
    """Return the periods that two instants and all between lie in, both in seconds since 1970 UTC, oldest first."""
    known = [containing(datetime.fromtimestamp(first, UTC), kind, zone)]
    while known[-1].until <= last:
        known.append(containing(known[-1].end, kind, zone))
    return known


def finder(kind: Kind, first: int, last: int, zone: tzinfo) -> Callable[[int], Period]:
    """Return a function that finds the period of an instant between two, all in seconds since 1970 UTC."""
    known = covering(kind, first, last, zone)
    starts = [period.since for period in known]
    return lambda at: known[bisect_right(starts, at) - 1]


def _made(kind: Kind, year: int, month: int, zone: tzinfo) -> Period:
    if not 1 <= year < MAXYEAR:
        raise ValueSaid(say("the year {year} is out of reach", year=year))
    after = year * 12 + month - 1 + _MONTHS[kind]
    key = {"year": f"{year:04}", "quarter": f"{year:04}-Q{month // 3 + 1}", "month": f"{year:04}-{month:02}"}[kind]
    start, end = datetime(year, month, 1, tzinfo=zone), datetime(after // 12, after % 12 + 1, 1, tzinfo=zone)
    return Period(key, kind, start, end)


def _zone(period: Period) -> tzinfo:
    if period.start.tzinfo is None:
        raise ValueError("a period without a zone")
    return period.start.tzinfo
