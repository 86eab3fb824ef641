"""When a window comes in a year: from which day, until which, and when that is by the agency's clock."""

import calendar as gregorian
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import assert_never

from procedures.calendar import Calendar
from procedures.durations import parse_duration
from procedures.lengths import Duration
from quality.programme.windows import Always, AsNeeded, Before, Each, Every, Months, OnChange, Window

_DAY = timedelta(days=1)
_MONTHS: dict[Each, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
#: The limit that a case of a task has: it counts from the eve of its last day, so that the clock rolls that day.
WITHIN: Duration = parse_duration("1 ngày")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time a task comes: the key of its period, the day from which it is open, and its last day, if it has one."""

    period: str
    opens: date
    last: date | None

    @property
    def eve(self) -> date | None:
        """The day from which the limit of its case counts."""
        return self.last - _DAY if self.last is not None else None

    def due(self, work: Calendar) -> datetime | None:
        """Return when it is due: the end of office hours of its last day, or of the working day to which that rolls."""
        if self.eve is None:
            return None
        return work.due(datetime.combine(self.eve, time(), work.zone), WITHIN, "C1")


def occurrences(window: Window, year: int, *, next_quarter: bool = False) -> tuple[Occurrence, ...]:
    """Return every time that a window comes in a plan for `year`, in order; none for what nobody knows beforehand.

    With `next_quarter` a day of every quarter or half year is one of the month after it, not of its last month.
    """
    match window:
        case Months():
            of = window.year or year
            key = (
                f"{of}-{window.first:02}"
                if window.first == window.last
                else f"{of}-{window.first:02}..{window.last:02}"
            )
            return (Occurrence(key, date(of, window.first, 1), _month_end(of, window.last)),)
        case Before():
            last = date(window.year or year, window.month, min(window.day, _length(window.year or year, window.month)))
            return (Occurrence(f"{last:%Y-%m-%d}", date(last.year, 1, 1), last),)
        case Every():
            return tuple(_every(window, year, next_quarter=next_quarter))
        case Always():
            return (Occurrence(str(year), date(year, 1, 1), None),)
        case AsNeeded(regularly=True):
            return (Occurrence(str(year), date(year, 1, 1), date(year, 12, 31)),)
        case AsNeeded() | OnChange():
            return ()
    assert_never(window)


def by_hand(window: Window) -> bool:
    """Tell whether a task may be begun by hand, as often as there is cause."""
    return isinstance(window, OnChange | AsNeeded) or (isinstance(window, Always) and window.on_change)


def _every(window: Every, year: int, *, next_quarter: bool) -> Iterator[Occurrence]:
    size = _MONTHS[window.each]
    for number in range(1, 12 // size + 1):
        month = number * size + (1 if next_quarter and window.day is not None and size > 1 else 0)
        at, month = year + (month - 1) // 12, (month - 1) % 12 + 1
        last = _month_end(at, month)
        if window.day is not None:
            last = last.replace(day=min(window.day, last.day))
        yield Occurrence(_key(window.each, year, number), last.replace(day=1), last)


def _key(each: Each, year: int, number: int) -> str:
    match each:
        case "month":
            return f"{year}-{number:02}"
        case "quarter":
            return f"{year}-Q{number}"
        case "half":
            return f"{year}-H{number}"
        case "year":
            return str(year)
    assert_never(each)


def _month_end(year: int, month: int) -> date:
    return date(year, month, _length(year, month))


def _length(year: int, month: int) -> int:
    return gregorian.monthrange(year, month)[1]
