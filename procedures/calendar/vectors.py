"""The clock for many instants at once: arrays of microseconds since 1970, with the answers of the calendar."""

from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
from numpy.typing import NDArray

from procedures.calendar.clock import Calendar
from procedures.calendar.durations import SECONDS_OF, WHOLE, Rule, target_of, working_seconds_of
from procedures.calendar.faults import NotMeasuredError, OutOfReachError, negative
from procedures.calendar.instants import DAY, EPOCH_DAY, MINUTE, SECOND, instant, micros, offset_at, wall
from procedures.calendar.places import Numbers, Places
from procedures.calendar.schedule import REACH
from procedures.model import Duration, Unit

Instants = Numbers

_HOUR = 3_600
_LAST_YEAR = 9_998
#: So many at a time: what is between question and answer then stays in the cache of a processor.
_TOGETHER = 16_384
#: When the session before the first was worked, so that something lies before every instant.
_LONG_AGO = -(10**18)


class Vectors:
    """One calendar over some years, as arrays; it grows by itself when an answer lies beyond them."""

    def __init__(self, calendar: Calendar, first_year: int, last_year: int) -> None:
        """Prepare the years from `first_year` to `last_year` and one more on either side."""
        self.calendar = calendar
        self._read(first_year - 1, last_year + 1)

    def due(self, starts: Instants, within: Duration, rule: Rule = "C2", cut_off: time | None = None) -> Instants:
        """Return for each start when the duration is due, as `Calendar.due` does, and raise what it raises.

        Starts must lie within the years that were asked for.
        """
        if not within.measured:
            raise NotMeasuredError(within.text)
        if within.amount < 0:
            raise negative(within.amount)
        if within.amount == 0 or not len(starts):
            return starts
        if self._offset is None:
            return self._one_by_one(starts, within, rule, cut_off)
        while True:
            try:
                return self._in_parts(starts, within, rule, cut_off)
            except IndexError:
                self._grow()

    def received(self, first: date, last: date) -> Instants:
        """Return every minute of the sessions that begin from one day to another, both their ends included."""
        spans = [span for day in _days(first, last) for span in self.calendar.sessions_of(day)]
        minutes = [np.arange(opens, closes + 1, MINUTE, dtype=np.int64) for opens, closes in spans]
        return np.unique(np.concatenate(minutes)) if minutes else np.empty(0, np.int64)

    def ends_of_each_date(self, instants: Instants) -> Instants:
        """Return of ascending instants the first and the last one on every local date."""
        if self._offset is None:
            dates = np.array([instant(int(at), self.calendar.zone).toordinal() for at in instants])
        else:
            dates = self._date(instants)
        changes = np.flatnonzero(dates[1:] != dates[:-1])
        ends = np.concatenate(([0], changes, changes + 1, [len(dates) - 1])) if len(dates) else changes
        found: Instants = instants[np.unique(ends)]
        return found

    def worked_between(self, starts: Instants, ends: Instants) -> Instants:
        """Return the microseconds worked from each start to its end, negative where it is earlier."""
        return self._done(ends) - self._done(starts)

    def worked_until(self, at: Instants) -> Instants:
        """Return the microseconds worked before each instant, counted from the beginning of the years."""
        return self._done(at)

    # -- the years ---------------------------------------------------------------------------------------------------

    def _read(self, start: int, end: int) -> None:
        self._years = (max(2, start), min(_LAST_YEAR, end))
        days = _days(date(self._years[0], 1, 1), date(self._years[1], 12, 31))
        self.calendar.sessions_of(days[-1])  # its table then reaches as far at once, not year by year
        worked = [(day.toordinal(), self.calendar.sessions_of(day)) for day in days]
        spans = [(ordinal, opens, closes) for ordinal, sessions in worked for opens, closes in sessions]
        self._owner, self._opens, self._closes = np.array(spans, np.int64).reshape(-1, 3).T.copy()
        self._open_days, self._first, self._rank = np.unique(self._owner, return_index=True, return_inverse=True)
        self._first = np.append(self._first, len(self._owner))
        self._sum_up()
        zone = self.calendar.zone
        offsets = {offset_at(wall(day, 0, zone), zone) for day, _ in worked}
        self._offset = offsets.pop() if len(offsets) == 1 else None

    def _sum_up(self) -> None:
        worked = np.concatenate(([0], np.cumsum(self._closes - self._opens)))
        self._whole, self._done_when_open = int(worked[-1]), Places(worked[:-1])
        self._sessions, self._days = Places(self._opens), Places(self._open_days)
        # Of as many sessions as have begun: when the last of them closes, and what was worked before less its opening.
        self._closing = np.concatenate(([_LONG_AGO], self._closes))
        self._less = np.concatenate(([-_LONG_AGO], worked[:-1] - self._opens))

    def _grow(self) -> None:
        start, end = self._years
        if end - start > REACH or end == _LAST_YEAR:
            raise OutOfReachError
        self._read(start, end + (end - start + 1))

    def _date(self, at: Instants) -> Instants:
        shown: Instants = (at + (self._offset or 0)) // DAY + EPOCH_DAY
        return shown

    def _midnight(self, ordinal: Instants) -> Instants:
        begins: Instants = (ordinal - EPOCH_DAY) * DAY - (self._offset or 0)
        return begins

    # -- counting ----------------------------------------------------------------------------------------------------

    def _one_by_one(self, starts: Instants, within: Duration, rule: Rule, cut_off: time | None) -> Instants:
        # Where clocks are put forward and back, the same clock time is a matter of each day.
        zone = self.calendar.zone
        found = (self.calendar.due(instant(int(at), zone), within, rule, cut_off) for at in starts)
        return np.fromiter((micros(at) for at in found), np.int64, len(starts))

    def _in_parts(self, starts: Instants, within: Duration, rule: Rule, cut_off: time | None) -> Instants:
        found = np.empty_like(starts)
        for begin in range(0, len(starts), _TOGETHER):
            part = slice(begin, begin + _TOGETHER)
            found[part] = self._due(starts[part], within, rule, cut_off)
        return found

    def _due(self, starts: Instants, within: Duration, rule: Rule, cut_off: time | None) -> Instants:
        if within.unit is Unit.HOUR:
            return starts + _round(within.amount * _HOUR) * SECOND
        begin = starts if cut_off is None else self._after_cut_off(starts, cut_off)
        if within.unit not in WHOLE:
            return self._add(begin, working_seconds_of(within) * SECOND)
        if within.unit is Unit.MONTH:
            return self._end_of(self._targets(begin, within))
        whole, share = divmod(within.amount, 1)
        return self._add(
            self._whole_days(begin, within, int(whole), rule), _round(share * SECONDS_OF[within.unit]) * SECOND
        )

    def _whole_days(self, begin: Instants, within: Duration, count: int, rule: Rule) -> Instants:
        if count == 0:
            return begin if rule == "C2" else self._midnight(self._date(begin) + 1)
        if within.unit is Unit.DAY:
            return self._end_of(self._date(begin) + count)
        return self._closing_after(self._date(begin), count) if rule == "C1" else self._same_clock(begin, count)

    def _after_cut_off(self, starts: Instants, cut_off: time) -> Instants:
        dates = self._date(starts)
        begun = self._sessions.reached(starts)
        days = np.where(starts <= self._closing.take(begun), self._owner[begun - 1], dates)
        latest = ((cut_off.hour * 60 + cut_off.minute) * 60 + cut_off.second) * SECOND + cut_off.microsecond
        late = ~((days == dates) & self._is_open(dates) & (starts - self._midnight(dates) <= latest))
        begin = starts.copy()
        begin[late] = self._opens[self._first[self._place_after(days[late], 1)]]
        return begin

    def _is_open(self, dates: Instants) -> NDArray[np.bool_]:
        place = self._days.reached(dates)
        found: NDArray[np.bool_] = (place > 0) & (self._open_days[place - 1] == dates)
        return found

    def _place_after(self, dates: Instants, count: int) -> Numbers:
        return self._days.reached(dates) + (count - 1)

    def _closing_after(self, dates: Instants, count: int) -> Instants:
        closes: Instants = self._closes[self._first[self._place_after(dates, count) + 1] - 1]
        return closes

    def _end_of(self, targets: Instants) -> Instants:
        return self._closing_after(targets - 1, 1)

    def _targets(self, begin: Instants, within: Duration) -> Instants:
        dates, where = np.unique(self._date(begin), return_inverse=True)
        ends = np.array([target_of(date.fromordinal(int(day)), within).toordinal() for day in dates], np.int64)
        targets: Instants = ends[where]
        return targets

    def _add(self, starts: Instants, amount: int) -> Instants:
        """Return when `amount` microseconds have been worked, at the earliest."""
        if amount == 0:
            return starts
        goal = self._done(starts) + amount
        if int(goal.max()) > self._whole:
            raise IndexError(amount)
        ends: Instants = goal - self._less.take(self._done_when_open.reached(goal - 1))
        return ends

    def _done(self, at: Instants) -> Instants:
        """Return what has been worked before each instant."""
        begun = self._sessions.reached(at)
        done: Instants = np.minimum(at, self._closing.take(begun)) + self._less.take(begun)
        return done

    def _same_clock(self, starts: Instants, count: int) -> Instants:
        """Return the same clock time `count` working days later, clamped into a session."""
        begun = self._sessions.reached(starts)
        inside = starts <= self._closing.take(begun)
        opened = begun - inside
        begin = np.where(inside, starts, self._opens.take(opened))
        target = self._rank.take(opened) + count
        at = begin + (self._open_days.take(target) - self._owner.take(opened)) * DAY
        first = self._first.take(target)
        # The last session of that day that has begun by then; where none has, its first is still to open.
        last = np.minimum(np.maximum(self._sessions.reached(at) - 1, first), self._first.take(target + 1) - 1)
        found: Instants = np.maximum(np.minimum(at, self._closes.take(last)), self._opens.take(first))
        return found


def _days(first: date, last: date) -> list[date]:
    return [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)]


def _round(amount: Decimal) -> int:
    return int(amount.to_integral_value(ROUND_HALF_UP))
