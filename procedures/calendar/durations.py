"""Due instants of declared durations: every unit, by the rule of the law (C1) or of systems (C2)."""

import calendar as gregorian
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, TypeAlias

from procedures.calendar.faults import ClockFault, NotMeasuredError, OutOfReachError, negative
from procedures.calendar.instants import SECOND, instant, micros, wall
from procedures.calendar.worktime import WorkTime
from procedures.model import Duration, Unit
from procedures.words import say

#: C1: the day of the event is not counted, due when the last session of day n ends.
#: C2: whole working days to the same clock time, clamped into a session.
#: Calendar days and months end by the law under either.
Rule: TypeAlias = Literal["C1", "C2"]

#: One working day is eight working hours for arithmetic, whatever its sessions add up to; half of it is a session.
SECONDS_OF = {
    Unit.WORKING_DAY: 28_800,
    Unit.DAY: 28_800,
    Unit.SESSION: 14_400,
    Unit.WORKING_HOUR: 3_600,
    Unit.WORKING_MINUTE: 60,
}
#: Durations that run over whole days or months first; an amount below one, or what is left over, is a share of a day.
WHOLE = frozenset({Unit.WORKING_DAY, Unit.DAY, Unit.MONTH})
#: Asked for every due instant; a member of an enumeration is slow to reach by its name.
_REAL_HOUR, _DAY, _MONTH = Unit.HOUR, Unit.DAY, Unit.MONTH
_HOUR = 3_600
_MIDNIGHT = 1_440
_DAYS_A_MONTH = 30  # half a month is 15 days (Civil Code 2015, art. 146)


def due(work: WorkTime, start: datetime, within: Duration, rule: Rule = "C2", cut_off: time | None = None) -> datetime:
    """Return the instant at which a duration that runs from `start` is due; an amount of zero returns `start`.

    `cut_off` moves a start later than that hour, or on a day off, to the opening of the next working day.
    Raises NotMeasuredError, ClockFault for a negative amount, OutOfReachError.
    """
    if not within.measured:
        raise NotMeasuredError(within.text)
    if within.amount <= 0:
        if within.amount < 0:
            raise negative(within.amount)
        return start.astimezone(work.zone)
    if within.unit is _REAL_HOUR:
        # Not `start + timedelta(…)`: that moves the hands of the clock, also over a change to summer time.
        return instant(micros(start) + _seconds(within.amount, _HOUR) * SECOND, work.zone)
    begin = start if cut_off is None else after_cut_off(work, start, cut_off)
    if within.unit in WHOLE:
        base, share = whole_part(work, begin, within, rule)
        return work.add_working_seconds(base, share) if share else base
    return work.add_working_seconds(begin, working_seconds_of(within))


def working_seconds_of(within: Duration) -> int:
    """Return a duration in working time as seconds; ClockFault for real time, days of the calendar and months."""
    if within.unit in {Unit.HOUR, Unit.DAY, Unit.MONTH} or not within.measured:
        raise ClockFault(say("“{text}” is not working time", text=within.text or within.unit))
    return _seconds(within.amount, SECONDS_OF[within.unit])


def after_cut_off(work: WorkTime, start: datetime, cut_off: time | None) -> datetime:
    """Return from when `start` counts: received after the cut-off hour it counts from the next working day.

    What comes in during a session that began the evening before has come after the hour of that evening.
    """
    local = start.astimezone(work.zone)
    if cut_off is None:
        return local
    session = work.session_at(micros(start))
    day = local.date() if session is None else session[0]
    if day == local.date() and work.is_working_day(day) and local.time() <= cut_off:
        return local
    return instant(work.sessions_of(work.next_working_day(day))[0][0], work.zone)


def whole_part(work: WorkTime, begin: datetime, within: Duration, rule: Rule) -> tuple[datetime, int]:
    """Return where the whole days or months of a duration end, and the share of a day left, in working seconds."""
    unit, amount = within.unit, within.amount
    if unit is _MONTH:
        return _date_end(work, target_of(work.local_date(begin), within)), 0
    count = int(amount)
    seconds = 0 if count == amount else _seconds(amount - count, SECONDS_OF[unit])
    if count == 0:
        return (begin if rule == "C2" else _day_end(work, work.local_date(begin))), seconds
    if unit is _DAY:
        return _date_end(work, target_of(work.local_date(begin), within)), seconds
    if rule == "C1":
        return instant(work.closing_after(work.local_date(begin).toordinal(), count), work.zone), seconds
    return instant(work.same_clock_after(micros(begin), count), work.zone), seconds


def target_of(event: date, within: Duration) -> date:
    """Return the date on which whole calendar days or months end that run from `event`, before it rolls."""
    try:
        if within.unit is Unit.DAY:
            return event + timedelta(days=int(within.amount))
        return month_later(event, int(within.amount)) + timedelta(days=_round(within.amount % 1 * _DAYS_A_MONTH))
    except (OverflowError, ValueError):  # beyond the year 9999
        raise OutOfReachError from None


def month_later(day: date, count: int) -> date:
    """Return the same day `count` months later, or the last day of that month when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, gregorian.monthrange(year, month + 1)[1]))


def rolled(work: WorkTime, day: date) -> date:
    """Return the day itself when it is worked, else the next working day."""
    return day if work.is_working_day(day) else work.next_working_day(day)


def _date_end(work: WorkTime, target: date) -> datetime:
    """Return when the last session of the date ends, or of the working day to which a day off rolls.

    Calendar time ends so under either rule: a clock time that rolls could fall earlier for a later start.
    """
    return instant(work.closing_after(target.toordinal() - 1, 1), work.zone)


def _day_end(work: WorkTime, day: date) -> datetime:
    return instant(wall(day.toordinal(), _MIDNIGHT, work.zone), work.zone)


def _seconds(amount: Decimal, each: int) -> int:
    return _round(amount * each) if amount else 0


def _round(amount: Decimal) -> int:
    return int(amount.to_integral_value(ROUND_HALF_UP))
