"""How many questions the clock answers in a second, beside what others answer of the same work in the same rounds."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as hour
from decimal import Decimal
from pathlib import Path
from statistics import median

import businesstimedelta
import numpy as np
from holidays import country_holidays
from workalendar.core import Calendar as WorkalendarBase

from procedures.calendar import Calendar, load_calendar
from procedures.calendar.instants import MINUTE, micros
from procedures.calendar.vectors import Vectors
from procedures.finding import errors
from procedures.model import Duration, Unit

ROUNDS, DAYS = 5, 5
FOLDER = Path(__file__).parent.parent / "calendar.d"


@dataclass(frozen=True)
class Work:
    """One way to do one kind of work: so many questions, and how to answer all, or (`checks`) the first of them."""

    kind: str
    name: str
    count: int
    run: Callable[[], object]
    checks: Callable[[], list[object]] | None = None


def naive_add(calendar: Calendar, start: datetime, minutes: int) -> datetime:
    """Add working minutes the ordinary way: day after day, session after session."""
    at, left, day = start, timedelta(minutes=minutes), start.date()
    while True:
        for session in calendar.sessions_on(day):
            midnight = datetime(day.year, day.month, day.day, tzinfo=calendar.zone)
            opens = max(at, midnight + timedelta(minutes=session.opens))
            closes = midnight + timedelta(minutes=session.closes)
            if closes > opens:
                if closes - opens >= left:
                    return opens + left
                left -= closes - opens
        day += timedelta(days=1)


class Peers:
    """The same calendar as others can be told it."""

    def __init__(self, calendar: Calendar) -> None:
        years = range(2024, 2027)
        days = [date(year, 1, 1) + timedelta(days=number) for year in years for number in range(366)]
        self.off = sorted({day for day in days if day.weekday() < 5 and not calendar.is_working_day(day)})
        self.made_up = sorted({day for day in days if day.weekday() > 4 and calendar.is_working_day(day)})
        self.numpy = np.busdaycalendar(holidays=np.array(self.off, "datetime64[D]"))
        self.holidays = country_holidays("VN", years=list(years), language="vi")
        self.workalendar = type("Told", (WorkalendarBase,), {"holidays": self._holidays, "WEEKEND_DAYS": (5, 6)})()
        morning, afternoon = (
            businesstimedelta.WorkDayRule(start_time=hour(*opens), end_time=hour(*closes), working_days=[0, 1, 2, 3, 4])
            for opens, closes in (((7, 30), (11, 30)), ((13, 30), (17, 0)))
        )
        free = businesstimedelta.HolidayRule(dict.fromkeys(self.off, "nghỉ"))
        self.rules = businesstimedelta.Rules([morning, afternoon, free])

    def _holidays(self, _self: object, year: int | None = None) -> list[tuple[date, str]]:
        return [(day, "nghỉ") for day in self.off if day.year == year]


class Questions:
    """The same random questions in every run, and the ways to answer them."""

    def __init__(self, calendar: Calendar, count: int = 50_000) -> None:
        chance, first = random.Random(1), datetime(2024, 3, 1, tzinfo=calendar.zone)  # noqa: S311 no secrets here
        self.calendar, self.peers = calendar, Peers(calendar)
        self.starts = [first + timedelta(minutes=chance.randrange(1_400_000)) for _ in range(count)]
        self.amounts = [chance.randrange(1, 9_600) for _ in range(count)]
        self.numbers = [micros(start) for start in self.starts]
        self.days = [start.date() for start in self.starts]
        self.ends = [calendar.add_working_minutes(start, amount) for start, amount in self.both()]
        self.week = Duration(amount=Decimal(DAYS), unit=Unit.WORKING_DAY, text="5 ngày làm việc")
        self.four_hours = Duration(amount=Decimal(4), unit=Unit.WORKING_HOUR, text="4 giờ làm việc")
        self.vectors = Vectors(calendar, 2024, 2026)
        self.many = np.tile(np.array(self.numbers, np.int64), 20)
        self.many_days = np.tile(np.array(self.days, "datetime64[D]"), 20)

    def both(self) -> list[tuple[datetime, int]]:
        """Return the starts with the minutes to add."""
        return list(zip(self.starts, self.amounts, strict=True))

    def working_days(self) -> list[Work]:
        """Return the ways to find the 5th working day after a date."""
        ours, peers, kind, few = self.calendar, self.peers, "the 5th working day after a date", self.days[:2_000]
        numpy_one = [np.datetime64(day) for day in self.days[:20_000]]
        add, nth = peers.workalendar.add_working_days, peers.holidays.get_nth_working_day
        made_up = peers.made_up

        def in_numpy(day: object) -> object:
            return np.busday_offset(day, DAYS, roll="backward", busdaycal=peers.numpy)

        return [
            Work(kind, "ours", len(self.days), lambda: [ours.next_working_day(day, DAYS) for day in self.days],
                 lambda: [ours.next_working_day(day, DAYS) for day in few]),
            Work(kind, "numpy.busday_offset, one by one", len(numpy_one), lambda: [in_numpy(day) for day in numpy_one],
                 lambda: [in_numpy(np.datetime64(day)).astype(object) for day in few]),
            Work(kind, "holidays.get_nth_working_day", len(few), lambda: [nth(day, DAYS) for day in few],
                 lambda: [nth(day, DAYS) for day in few]),
            Work(kind, "workalendar.add_working_days", len(few),
                 lambda: [add(day, DAYS, extra_working_days=made_up) for day in few],
                 lambda: [add(day, DAYS, extra_working_days=made_up) for day in few]),
        ]  # fmt: skip

    def minutes(self) -> list[Work]:
        """Return the ways to add working minutes."""
        ours, kind, few, fewer = self.calendar, "add working minutes", self.both()[:1_000], self.both()[:100]
        numbers = list(zip(self.numbers, self.amounts, strict=True))

        def in_deltas(start: datetime, amount: int) -> datetime:
            delta = businesstimedelta.BusinessTimeDelta(self.peers.rules, seconds=amount * 60)
            found: datetime = start.replace(tzinfo=None) + delta
            return found.replace(tzinfo=ours.zone)

        return [
            Work(kind, "ours, whole numbers", len(numbers), lambda: [ours.add(at, n * MINUTE) for at, n in numbers]),
            Work(kind, "ours, aware datetimes at both ends", len(self.starts),
                 lambda: [ours.add_working_minutes(at, n) for at, n in self.both()],
                 lambda: [ours.add_working_minutes(at, n) for at, n in fewer]),
            Work(kind, "naive loop over days", len(few), lambda: [naive_add(ours, at, n) for at, n in few],
                 lambda: [naive_add(ours, at, n) for at, n in fewer]),
            Work(kind, "businesstimedelta", len(fewer), lambda: [in_deltas(at, n) for at, n in fewer],
                 lambda: [in_deltas(at, n) for at, n in fewer]),
        ]  # fmt: skip

    def dues(self) -> list[Work]:
        """Return what others cannot do: due instants by the two rules, and time between."""
        kind, some, due = "aware datetimes at both ends", self.starts[:20_000], self.calendar.due
        pairs = list(zip(self.starts, self.ends, strict=True))
        return [
            Work(kind, "due in 5 working days by C1", len(some), lambda: [due(at, self.week, "C1") for at in some]),
            Work(kind, "due in 5 working days by C2", len(some), lambda: [due(at, self.week, "C2") for at in some]),
            Work(kind, "minutes between", len(pairs), lambda: [self.calendar.working_minutes(*pair) for pair in pairs]),
        ]

    def arrays(self) -> list[Work]:
        """Return the ways to answer a million at once."""
        kind, many, due = "a million at once", len(self.many), self.vectors.due
        days, calendar = self.many_days, self.peers.numpy
        return [
            Work(kind, "ours, due in 5 working days by C1", many, lambda: due(self.many, self.week, "C1")),
            Work(kind, "ours, due in 5 working days by C2", many, lambda: due(self.many, self.week, "C2")),
            Work(kind, "ours, due in 4 working hours", many, lambda: due(self.many, self.four_hours)),
            Work(kind, "numpy.busday_offset, dates only", many,
                 lambda: np.busday_offset(days, DAYS, roll="backward", busdaycal=calendar)),
        ]  # fmt: skip


def rates(works: list[Work]) -> dict[str, float]:
    """Return questions a second of each way: the median of rounds in which all take turns."""
    taken: dict[str, list[float]] = {work.name: [] for work in works}
    for _ in range(ROUNDS):
        for work in works:
            begin = time.process_time()
            work.run()
            taken[work.name].append(time.process_time() - begin)
    return {work.name: work.count / median(taken[work.name]) for work in works}


def other_answers(works: list[Work]) -> dict[str, float]:
    """Return the share of answers that differ from ours, of those that check."""
    checked = {work.name: work.checks() for work in works if work.checks is not None}
    right = next(iter(checked.values()), [])
    return {
        name: sum(one != other for one, other in zip(right, told, strict=True)) / len(right)
        for name, told in checked.items()
    }


def main() -> None:
    """Measure and print."""
    calendar, findings = load_calendar(FOLDER)
    questions = Questions(calendar)
    print(f"calendar.d: {len(errors(findings))} errors; processor time, medians of {ROUNDS} interleaved rounds")
    for works in (questions.minutes(), questions.dues(), questions.working_days(), questions.arrays()):
        found, other = rates(works), other_answers(works)
        slowest = min(found.values())
        print(f"\n{works[0].kind}")
        for name, rate in found.items():
            wrong = f"  {other[name]:>5.1%} other answers" if name in other else ""
            print(f"  {name:<40} {rate:>12,.0f} a second  {rate / slowest:>8.1f}x the slowest{wrong}")


if __name__ == "__main__":
    main()
