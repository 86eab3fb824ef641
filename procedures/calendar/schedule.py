"""What a calendar version says about each day, and the table of working time built from it as far as it is asked."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from procedures.calendar.draft import draft_days
from procedures.calendar.faults import OutOfReachError
from procedures.calendar.instants import instant, wall
from procedures.calendar.table import OpenDay, Table, build
from procedures.calendar.versions import ZONE, DayKind, Session, SpecialDay, Version

#: A calendar that gives no working time within so many years gives none at all.
REACH = 100
_LAST_YEAR = 9_998


class Schedule:
    """The days of one calendar version."""

    def __init__(self, version: Version) -> None:
        self.version = version
        self.zone = ZoneInfo(version.timezone or ZONE)
        self._special = {special.day: special for special in version.days}
        self._listed = {year.year: year.decided for year in version.years}
        self._table: Table | None = None

    @cached_property
    def hash(self) -> str:
        """Return the content hash of the version."""
        return self.version.hash

    def special(self, day: date) -> SpecialDay | None:
        """Return what makes the day differ from its weekday, if anything."""
        if self.version.open_ended or day.year in self._listed:
            return self._special.get(day)
        return self._special.get(day) or draft_days(day.year).get(day)

    def sessions_on(self, day: date) -> tuple[Session, ...]:
        """Return the sessions that begin on the day; empty on a day off."""
        special = self.special(day)
        if special is None:
            return self._week_sessions(day)
        if special.kind is DayKind.MAKE_UP and special.partner and not special.sessions:
            return self._week_sessions(special.partner)
        return special.sessions

    def _week_sessions(self, day: date) -> tuple[Session, ...]:
        hours = self.version.hours
        known = [item for item in hours if item.since <= day] or hours[:1]
        return known[-1].week[day.weekday()] if known else ()

    def is_working_day(self, day: date) -> bool:
        """Tell whether anything is worked on the day."""
        return bool(self.sessions_on(day))

    def is_decided(self, year: int) -> bool:
        """Tell whether the year's days are decided, not merely computed."""
        return self.version.open_ended or self._listed.get(year, False)

    def undecided_years(self, first: date, last: date) -> tuple[int, ...]:
        """Return the years between two dates whose days are computed, not decided."""
        return tuple(year for year in range(first.year, last.year + 1) if not self.is_decided(year))

    def local_date(self, at: datetime) -> date:
        """Return the date that the calendar's zone shows at the instant."""
        return at.astimezone(self.zone).date()

    def _covering(self, at: int) -> Table:
        table = self._table
        if table is not None and table.begins <= at < table.ends:
            return table
        start, end = self._span(table, instant(at, self.zone).date())
        self._table = table = build(start, end, self._open_days(start, end), self.zone)
        return table

    def _place_after(self, ordinal: int, count: int) -> tuple[Table, int]:
        table = self._covering_day(ordinal)
        place = bisect_right(table.days, ordinal) + count - 1
        while place >= len(table.days):
            table = self._grow(table, later=True)
        return table, place

    def _covering_day(self, ordinal: int) -> Table:
        table = self._table
        if table is not None and table.first_day <= ordinal < table.last_day:
            return table
        return self._covering(wall(ordinal, 0, self.zone))

    def _span(self, table: Table | None, day: date) -> tuple[int, int]:
        years = [(day - timedelta(days=3)).year, (day + timedelta(days=2)).year] if day.year > 1 else [1, _LAST_YEAR]
        years += self._listed if table is None else (table.start, table.end)
        start, end = min(years), max(years)
        if end - start > 4 * REACH or end > _LAST_YEAR:
            raise OutOfReachError  # nobody meant it, and so long a table would take seconds to build
        return start, end

    def _grow(self, table: Table, *, later: bool) -> Table:
        years = table.end - table.start + 1
        if years > REACH:
            raise OutOfReachError
        start = table.start if later else max(2, table.start - years)
        end = min(_LAST_YEAR, table.end + years) if later else table.end
        self._table = table = build(start, end, self._open_days(start, end), self.zone)
        return table

    def _open_days(self, start: int, end: int) -> Iterator[OpenDay]:
        day = date(start, 1, 1)
        while day.year <= end:
            if sessions := self.sessions_on(day):
                yield day.toordinal(), sessions
            day += timedelta(days=1)
