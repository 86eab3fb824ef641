"""Working time measured, added and taken away, in O(log n) of the days that the calendar covers."""

from bisect import bisect_left, bisect_right
from datetime import date, datetime

from procedures.calendar.instants import DAY, EPOCH_DAY, MINUTE, SECOND, instant, micros, offset_at, wall
from procedures.calendar.schedule import Schedule
from procedures.calendar.table import Table


class WorkTime(Schedule):
    """The arithmetic of one calendar version. Instants must be aware; answers are in the calendar's zone."""

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

    def next_working_day(self, day: date, count: int = 1) -> date:
        """Return the `count`-th working day after the day. Raises OutOfReachError."""
        table, place = self._place_after(day.toordinal(), count)
        return date.fromordinal(table.days[place])

    def closing_after(self, ordinal: int, count: int) -> int:
        """Return when the last session of the `count`-th working day after a day ends, in microseconds."""
        table, place = self._place_after(ordinal, count)
        return table.closes[table.first[place + 1] - 1]

    def same_clock_after(self, at: int, count: int) -> int:
        """Return the same clock time `count` working days later, clamped into a session of that day.

        Before the first session that is its opening, between sessions or after the last the end of the one before.
        An instant outside sessions counts from the next opening; one in a session that began the evening before
        counts from that evening. In microseconds since 1970. Raises OutOfReachError.
        """
        table, index = self._counts_from(at)
        opens, ordinal = table.opens[index], table.owner[index]
        place = table.rank[index] + count
        if place >= len(table.days):
            table, place = self._place_after(ordinal, count)
        later = self._days_later(table, max(at, opens), ordinal, table.days[place])
        first, last = table.first[place], table.first[place + 1]
        index = bisect_right(table.opens, later, first, last) - 1
        return min(later, table.closes[index]) if index >= first else table.opens[first]

    def opened(self, at: int) -> tuple[int, int]:
        """Return the ordinal of the working day, and the instant, from which something that starts at `at` counts."""
        table, index = self._counts_from(at)
        return table.owner[index], max(at, table.opens[index])

    def _counts_from(self, at: int) -> tuple[Table, int]:
        """Return the session from which something that starts at `at` counts: the one in progress, or the next."""
        table = self._covering(at)
        index = bisect_right(table.opens, at) - 1
        if index >= 0 and at <= table.closes[index]:
            return table, index
        while index + 1 >= len(table.opens):
            table = self._grow(table, later=True)
        return table, index + 1

    def _days_later(self, table: Table, at: int, ordinal: int, target: int) -> int:
        """Return when clocks show on another day what they show at an instant that belongs to the day `ordinal`."""
        if table.offset is not None:
            return at + (target - ordinal) * DAY
        minutes, rest = divmod(at + offset_at(at, self.zone) - (ordinal - EPOCH_DAY) * DAY, MINUTE)
        return wall(target, minutes, self.zone) + rest

    def working_days(self, first: date, last: date) -> int:
        """Return how many working days lie after `first` up to and with `last`; negative when `last` is earlier."""
        self._covering_day(first.toordinal())
        days = self._covering_day(last.toordinal()).days
        return bisect_right(days, last.toordinal()) - bisect_right(days, first.toordinal())

    # -- sessions as instants --------------------------------------------------------------------------------------

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
        table = self._covering_day(ordinal)
        place = bisect_left(table.days, ordinal)
        if place == len(table.days) or table.days[place] != ordinal:
            return []
        span = range(table.first[place], table.first[place + 1])
        return [(table.opens[index], table.closes[index]) for index in span]


def _worked(table: Table, at: int) -> int:
    index = bisect_right(table.opens, at) - 1
    if index < 0:
        return 0
    return table.worked[index] + min(at, table.closes[index]) - table.opens[index]
