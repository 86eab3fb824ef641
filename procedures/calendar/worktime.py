"""Working time measured, added and taken away, in O(log n) of the days that the calendar covers."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from procedures.calendar.draft import draft_days
from procedures.calendar.instants import MINUTE, SECOND, instant, micros, wall
from procedures.calendar.table import OpenDay, Table, build
from procedures.calendar.versions import DayKind, Session, SpecialDay, Version

#: A calendar that gives no working time within so many years gives none at all.
REACH = 100


class OutOfReachError(ValueError):
    """The calendar has not enough working time within its reach."""


class WorkTime:
    """The arithmetic of one calendar version. Instants must be aware; answers are in the calendar's zone."""

    def __init__(self, version: Version) -> None:
        self.version = version
        self.zone = ZoneInfo(version.timezone)
        self._special = {special.day: special for special in version.days}
        self._listed = {year.year: year.decided for year in version.years}
        self._table: Table | None = None

    # -- minutes ---------------------------------------------------------------------------------------------------

    def add_working_minutes(self, start: datetime, minutes: int) -> datetime:
        """Return the earliest instant at which `minutes` have been worked since `start`; zero returns `start`."""
        return instant(self.add(micros(start), minutes * MINUTE), self.zone)

    def subtract_working_minutes(self, end: datetime, minutes: int) -> datetime:
        """Return the latest instant from which `minutes` are worked until `end`; zero returns `end`."""
        return instant(self.add(micros(end), -minutes * MINUTE), self.zone)

    def add_working_seconds(self, start: datetime, seconds: int) -> datetime:
        """Do as `add_working_minutes`, with seconds; a negative amount goes back."""
        return instant(self.add(micros(start), seconds * SECOND), self.zone)

    def working_minutes(self, start: datetime, end: datetime) -> int:
        """Return the whole minutes worked from `start` to `end`; negative when `end` is earlier."""
        worked = self.between(micros(start), micros(end))
        return worked // MINUTE if worked >= 0 else -(-worked // MINUTE)

    def working_seconds(self, start: datetime, end: datetime) -> int:
        """Return the whole seconds worked from `start` to `end`; negative when `end` is earlier."""
        worked = self.between(micros(start), micros(end))
        return worked // SECOND if worked >= 0 else -(-worked // SECOND)

    def add(self, start: int, amount: int) -> int:
        """Do the same on microseconds since 1970; a negative `amount` goes back. Raises OutOfReachError."""
        if amount == 0:
            return start
        table = self._covering(start)
        opens = table.opens
        index = bisect_right(opens, start) - 1
        goal = amount
        if index >= 0:
            closes = table.closes[index]
            goal += table.worked[index] + min(start, closes) - opens[index]
        if amount > 0:
            while goal > table.worked[-1]:
                table = self._grow(table, later=True)
            index = bisect_left(table.worked, goal) - 1
            return table.opens[index] + goal - table.worked[index]
        if goal < 0:
            self._grow(table, later=False)
            return self.add(start, amount)
        index = bisect_right(table.worked, goal) - 1
        return table.opens[index] + goal - table.worked[index]

    def between(self, start: int, end: int) -> int:
        """Return the microseconds worked between two instants in microseconds since 1970."""
        self._covering(start)
        table = self._covering(end)
        return _worked(table, end) - _worked(table, start)

    # -- days ------------------------------------------------------------------------------------------------------

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

    def next_working_day(self, day: date, count: int = 1) -> date:
        """Return the `count`-th working day after the day. Raises OutOfReachError."""
        table = self._covering(wall(day.toordinal(), 0, self.zone))
        index = bisect_right(table.days, day.toordinal()) + count - 1
        while index >= len(table.days):
            table = self._grow(table, later=True)
        return date.fromordinal(table.days[index])

    def previous_working_day(self, day: date, count: int = 1) -> date:
        """Return the `count`-th working day before the day. Raises OutOfReachError."""
        table = self._covering(wall(day.toordinal(), 0, self.zone))
        while (index := bisect_left(table.days, day.toordinal()) - count) < 0:
            table = self._grow(table, later=False)
        return date.fromordinal(table.days[index])

    def working_days(self, first: date, last: date) -> int:
        """Return how many working days lie after `first` up to and with `last`; negative when `last` is earlier."""
        self._covering(wall(first.toordinal(), 0, self.zone))
        days = self._covering(wall(last.toordinal(), 0, self.zone)).days
        return bisect_right(days, last.toordinal()) - bisect_right(days, first.toordinal())

    # -- sessions as instants ----------------------------------------------------------------------------------------

    def local_date(self, at: datetime) -> date:
        """Return the date that the calendar's zone shows at the instant."""
        return at.astimezone(self.zone).date()

    def session_at(self, at: int) -> tuple[date, int, int] | None:
        """Return (day, opens, closes) of the session in progress at an instant in microseconds, else None.

        A session is still in progress at the very instant at which it closes.
        """
        table = self._covering(at)
        index = bisect_right(table.opens, at) - 1
        if index < 0 or at > table.closes[index]:
            return None
        return date.fromordinal(table.owner[index]), table.opens[index], table.closes[index]

    def next_opening(self, at: int) -> tuple[date, int, int]:
        """Return (day, opens, closes) of the first session to open at or after the instant. Raises OutOfReachError."""
        table = self._covering(at)
        index = bisect_left(table.opens, at)
        while index >= len(table.opens):
            table = self._grow(table, later=True)
        return date.fromordinal(table.owner[index]), table.opens[index], table.closes[index]

    def sessions_of(self, day: date) -> list[tuple[int, int]]:
        """Return the sessions of the day as (opens, closes) in microseconds; empty on a day off."""
        ordinal = day.toordinal()
        table = self._covering(wall(ordinal, 0, self.zone))
        place = bisect_left(table.days, ordinal)
        if place == len(table.days) or table.days[place] != ordinal:
            return []
        span = range(table.first[place], table.first[place + 1])
        return [(table.opens[index], table.closes[index]) for index in span]

    # -- the table ---------------------------------------------------------------------------------------------------

    def _covering(self, at: int) -> Table:
        table = self._table
        if table is not None and table.begins <= at < table.ends:
            return table
        start, end = self._span(table, instant(at, self.zone).date())
        self._table = table = build(start, end, self._open_days(start, end), self.zone)
        return table

    def _span(self, table: Table | None, day: date) -> tuple[int, int]:
        years = [(day - timedelta(days=3)).year, (day + timedelta(days=2)).year]
        years += self._listed if table is None else (table.start, table.end)
        return min(years), max(years)

    def _grow(self, table: Table, *, later: bool) -> Table:
        years = table.end - table.start + 1
        if years > REACH:
            raise OutOfReachError("the calendar has not enough working time within its reach")
        start = table.start if later else max(2, table.start - years)
        end = min(9998, table.end + years) if later else table.end
        self._table = table = build(start, end, self._open_days(start, end), self.zone)
        return table

    def _open_days(self, start: int, end: int) -> Iterator[OpenDay]:
        day = date(start, 1, 1)
        while day.year <= end:
            if sessions := self.sessions_on(day):
                yield day.toordinal(), sessions
            day += timedelta(days=1)


def _worked(table: Table, at: int) -> int:
    index = bisect_right(table.opens, at) - 1
    if index < 0:
        return 0
    return table.worked[index] + min(at, table.closes[index]) - table.opens[index]
