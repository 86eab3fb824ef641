"""How many questions the clock answers in a second, beside a naive loop over days."""

import random
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median

from procedures.calendar import Calendar, load_calendar
from procedures.calendar.instants import MINUTE, micros
from procedures.finding import errors
from procedures.model import Duration, Unit

ROUNDS, QUESTIONS, DAYS, NAIVE = 5, 100_000, 20_000, 2_000
FOLDER = Path(__file__).parent.parent / "calendar.d"


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


def speed(work: Callable[[], None], count: int) -> float:
    """Return operations a second, the median of a few rounds."""
    taken = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    return count / median(taken)


class Questions:
    """The same random questions in every run, and the ways to ask them."""

    def __init__(self, calendar: Calendar) -> None:
        chance, first = random.Random(1), datetime(2024, 3, 1, tzinfo=calendar.zone)  # noqa: S311 no secrets here
        self.calendar = calendar
        self.starts = [first + timedelta(minutes=chance.randrange(1_500_000)) for _ in range(QUESTIONS)]
        self.amounts = [chance.randrange(1, 9_600) for _ in range(QUESTIONS)]
        self.numbers = [micros(start) for start in self.starts]
        self.both = list(zip(self.starts, self.amounts, strict=True))
        self.ends = [calendar.add_working_minutes(start, amount) for start, amount in self.both]
        self.week = Duration(amount=Decimal(5), unit=Unit.WORKING_DAY, text="5 ngày làm việc")

    def check(self) -> None:
        """Hold the answers against the naive loop."""
        for start, amount in self.both[:NAIVE]:
            assert naive_add(self.calendar, start, amount) == self.calendar.add_working_minutes(start, amount)

    def on_numbers(self) -> None:
        """Microseconds in and out."""
        for start, amount in zip(self.numbers, self.amounts, strict=True):
            self.calendar.add(start, amount * MINUTE)

    def with_datetimes(self) -> None:
        """Aware datetimes in and out."""
        for start, amount in self.both:
            self.calendar.add_working_minutes(start, amount)

    def elapsed(self) -> None:
        """Minutes between two datetimes."""
        for start, end in zip(self.starts, self.ends, strict=True):
            self.calendar.working_minutes(start, end)

    def by_law(self) -> None:
        """Five working days by C1."""
        for start in self.starts[:DAYS]:
            self.calendar.due(start, self.week, "C1")

    def by_clock(self) -> None:
        """Five working days by C2."""
        for start in self.starts[:DAYS]:
            self.calendar.due(start, self.week, "C2")

    def naive(self) -> None:
        """Minutes the ordinary way."""
        for start, amount in self.both[:NAIVE]:
            naive_add(self.calendar, start, amount)


def main() -> None:
    """Measure and print."""
    calendar, findings = load_calendar(FOLDER)
    questions = Questions(calendar)
    questions.check()
    slow = speed(questions.naive, NAIVE)
    rows = [
        ("add minutes, whole numbers in and out", speed(questions.on_numbers, QUESTIONS)),
        ("add minutes, aware datetimes at both ends", speed(questions.with_datetimes, QUESTIONS)),
        ("minutes between two aware datetimes", speed(questions.elapsed, QUESTIONS)),
        ("due in 5 working days by C1", speed(questions.by_law, DAYS)),
        ("due in 5 working days by C2", speed(questions.by_clock, DAYS)),
        ("add minutes, naive loop over days", slow),
    ]
    print(f"calendar.d: {len(errors(findings))} errors; {NAIVE} answers held against the naive loop")
    for name, rate in rows:
        print(f"{name:<44} {rate:>12,.0f} a second  {rate / slow:>8.1f}x the naive loop")


if __name__ == "__main__":
    main()
