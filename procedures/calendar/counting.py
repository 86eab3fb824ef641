"""The days of a count one by one: which counted, which did not, and who decided so."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, TypeAlias

from procedures.calendar.durations import Rule, rolled, target_of
from procedures.calendar.instants import SECOND, instant, micros
from procedures.calendar.versions import DayKind, Source
from procedures.calendar.worktime import WorkTime
from procedures.model import Duration, Unit

#: A whole day counted, working seconds counted, or nothing.
Counted: TypeAlias = Literal["day", "seconds", "nothing"]
#: Why a day counted or did not.
Why: TypeAlias = Literal[
    "work",  # an ordinary working day
    "make_up",  # làm bù: worked in place of another day
    "calendar",  # a calendar day, whether worked or not
    "event",  # the day of the event (C1)
    "start",  # the day from whose hour the count runs (C2)
    "after_hours",  # the start is after the last session
    "cut_off",  # the start is after the cut-off hour
    "weekend",
    "holiday",
    "swapped_off",  # nghỉ hoán đổi
    "closure",
    "rolled",  # the working day to which an end on a day off rolls
]
_WHY: dict[DayKind, Why] = {
    DayKind.HOLIDAY: "holiday",
    DayKind.SWAPPED_OFF: "swapped_off",
    DayKind.MAKE_UP: "make_up",
    DayKind.CLOSURE: "closure",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One day in a count: as a whole day, as `amount` working seconds worked in `spans`, or not at all.

    `reason`, `source` and `partner` (the other day of a swap) are those of the calendar, where it has any.
    """

    day: date
    counted: Counted
    why: Why
    amount: int = 0
    spans: tuple[tuple[datetime, datetime], ...] = ()
    reason: str = ""
    source: Source | None = None
    partner: date | None = None


def held_back(work: WorkTime, start: datetime, begin: datetime) -> Iterator[Line]:
    """Yield the days between a start after the cut-off hour and the day from which it counts."""
    if begin != start:
        for day in _dates(start.date(), begin.date() - timedelta(days=1)):
            yield _line(work, day, "nothing", "cut_off")


def whole_days(work: WorkTime, begin: datetime, within: Duration, rule: Rule) -> Iterator[Line]:
    """Yield the days of the whole part of a duration in days or months."""
    if within.unit is not Unit.MONTH and within.amount < 1:
        if rule == "C1":
            yield Line(work.local_date(begin), "nothing", "event")
    elif within.unit is Unit.WORKING_DAY:
        yield from _working_days(work, begin, int(within.amount), rule)
    else:
        yield from _calendar_days(work, work.local_date(begin), within)


def _calendar_days(work: WorkTime, event: date, within: Duration) -> Iterator[Line]:
    target = target_of(event, within)
    yield Line(event, "nothing", "event")
    for day in _dates(event + timedelta(days=1), target):
        yield Line(day, "day", "calendar")
    for day in _dates(target + timedelta(days=1), rolled(work, target)):
        yield _line(work, day, "nothing", "rolled")


def _working_days(work: WorkTime, begin: datetime, count: int, rule: Rule) -> Iterator[Line]:
    first = work.local_date(begin)
    if rule == "C2":
        counting = date.fromordinal(work.opened(micros(begin))[0])
        for day in _dates(first, counting - timedelta(days=1)):
            yield _line(work, day, "nothing", "after_hours")
        first = counting
    yield Line(first, "nothing", "event" if rule == "C1" else "start")
    for day in _dates(first + timedelta(days=1), work.next_working_day(first, count)):
        yield _line(work, day, "day", "work")


def seconds_worked(work: WorkTime, begin: datetime, end: datetime) -> Iterator[Line]:
    """Yield the days between two instants, each with what is worked of it."""
    start, stop = micros(begin), micros(end)
    for day in _dates(work.local_date(begin) - timedelta(days=1), work.local_date(end)):
        spans = [(max(opens, start), min(closes, stop)) for opens, closes in work.sessions_of(day)]
        done = [(opens, closes) for opens, closes in spans if closes > opens]
        if done:
            amount = sum(closes - opens for opens, closes in done) // SECOND
            shown = tuple((instant(opens, work.zone), instant(closes, work.zone)) for opens, closes in done)
            yield _line(work, day, "seconds", "work", amount, shown)
        elif day >= work.local_date(begin) and not (spans and spans[0][0] >= stop):
            yield _line(work, day, "nothing", "after_hours")


def about(work: WorkTime, day: date) -> Line:
    """Return what the calendar says of one day, outside any count."""
    return _line(work, day, "day", "work")


def _line(
    work: WorkTime,
    day: date,
    counted: Counted,
    why: Why,
    amount: int = 0,
    spans: tuple[tuple[datetime, datetime], ...] = (),
) -> Line:
    """Return the line of a day; on a day off it counts nothing, for the calendar's reason."""
    special, works = work.special(day), work.is_working_day(day)
    if special is None:
        return Line(day, counted, why, amount, spans) if works else Line(day, "nothing", "weekend")
    if not works:
        counted, why = "nothing", _WHY[special.kind]
    elif special.kind is DayKind.MAKE_UP and why == "work":
        why = "make_up"
    return Line(day, counted, why, amount, spans, special.reason, special.source, special.partner)


def _dates(first: date, last: date) -> Iterator[date]:
    for step in range((last - first).days + 1):
        yield first + timedelta(days=step)
