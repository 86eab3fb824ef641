"""The clock against a second clock that walks minute by minute."""

import json
import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from procedures.calendar import Calendar
from procedures.calendar.catalogue import read_catalogue
from procedures.calendar.pauses import paused
from procedures.model import Duration, Unit
from tests.procedures.calendar.catalogue import CATALOGUE
from tests.procedures.calendar.reference import Reference

FIRST = datetime(2020, 1, 4, tzinfo=UTC)
SPAN = int((datetime(2030, 12, 1, tzinfo=UTC) - FIRST).total_seconds())
CLOCKS = read_catalogue(json.dumps({"calendars": CATALOGUE}))
#: Instants around which clocks are put forward or back in the zones of the catalogue.
CHANGES = [datetime(2026, *day, tzinfo=UTC) for day in ((3, 29), (10, 25), (3, 8), (11, 1), (4, 5), (10, 4), (9, 6))]


class Round:
    """Random questions to both clocks."""

    def __init__(self, entry: dict, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 the same questions in every run
        self.slow = Reference(entry)
        self.fast: Calendar = CLOCKS[entry["id"]]

    def moment(self) -> datetime:
        if self.chance.random() < 0.2:
            at = self.chance.choice(CHANGES) + timedelta(minutes=self.chance.randrange(-1440, 2880))
        else:
            at = FIRST + timedelta(minutes=self.chance.randrange(SPAN // 60))
        if self.chance.random() < 0.3:
            at += timedelta(seconds=self.chance.randrange(60))
        return self.edge(at) if self.chance.random() < 0.15 else at

    def edge(self, at: datetime) -> datetime:
        """An opening or closing near the instant."""
        day = at.astimezone(self.slow.zone).date()
        edges = [edge for span in self.slow.spans(day) for edge in span]
        return self.chance.choice(edges) if edges else at

    def seconds(self) -> int:
        long = self.chance.random() < 0.1
        amount = self.chance.randrange(1, 40 if not long else 400) * self.chance.choice([60, 600, 3600, 977])
        return min(amount, 600_000)

    def agree(self, fast: datetime, slow: datetime, *question: object) -> None:
        # In UTC, because Python calls times that clocks show twice unequal to the same instant of another zone.
        assert fast.astimezone(UTC) == slow.astimezone(UTC), question

    def ask(self) -> None:
        getattr(
            self,
            self.chance.choice(["add", "subtract", "elapsed", "days", "calendar_days", "months", "hours", "pauses"]),
        )()

    def add(self) -> None:
        start, seconds = self.moment(), self.seconds()
        self.agree(self.fast.add_working_seconds(start, seconds), self.slow.add(start, seconds), start, seconds)

    def subtract(self) -> None:
        end, seconds = self.moment(), self.seconds()
        self.agree(self.fast.add_working_seconds(end, -seconds), self.slow.subtract(end, seconds), end, seconds)

    def elapsed(self) -> None:
        start = self.moment()
        end = start + timedelta(seconds=self.chance.randrange(30 * 86_400))
        assert self.fast.working_seconds(start, end) == self.slow.elapsed(start, end), (start, end)

    def days(self) -> None:
        start, count = self.moment(), self.chance.randrange(1, 12)
        within = Duration(amount=Decimal(count), unit=Unit.WORKING_DAY, text="")
        self.agree(self.fast.due(start, within, "C1"), self.slow.c1(start, count), start, count)
        self.agree(self.fast.due(start, within, "C2"), self.slow.c2(start, count), start, count)

    def calendar_days(self) -> None:
        start, count, rule = self.moment(), self.chance.randrange(1, 40), self.chance.choice(["C1", "C2"])
        within = Duration(amount=Decimal(count), unit=Unit.DAY, text="")
        self.agree(self.fast.due(start, within, rule), self.slow.calendar_days(start, count), start, count, rule)

    def months(self) -> None:
        start, count, rule = self.moment(), self.chance.randrange(1, 14), self.chance.choice(["C1", "C2"])
        within = Duration(amount=Decimal(count), unit=Unit.MONTH, text="")
        self.agree(self.fast.due(start, within, rule), self.slow.months(start, count), start, count, rule)

    def hours(self) -> None:
        start, hours = self.moment(), self.chance.randrange(1, 200)
        within = Duration(amount=Decimal(hours), unit=Unit.HOUR, text="")
        due = self.fast.due(start.astimezone(self.fast.zone), within)
        self.agree(due, start.astimezone(UTC) + timedelta(hours=hours), start, hours)

    def pauses(self) -> None:
        start, seconds = self.moment(), self.seconds()
        stops = []
        for _ in range(self.chance.randrange(1, 4)):
            begin = start + timedelta(seconds=self.chance.randrange(-86_400, 6 * 86_400))
            stops.append((begin, begin + timedelta(seconds=self.chance.randrange(3 * 86_400))))
        due = self.fast.add_working_seconds(start, seconds)
        self.agree(
            paused(self.fast, due, stops, since=start), self.slow.add(start, seconds, stops), start, seconds, stops
        )


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry["id"])
def test_both_clocks_agree(entry: dict) -> None:
    asked = Round(entry, seed=20_260_820)
    for _ in range(200):
        asked.ask()


@pytest.mark.torture
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry["id"])
def test_both_clocks_agree_on_very_many_questions(entry: dict) -> None:
    asked = Round(entry, seed=7)
    for _ in range(7_500):
        asked.ask()
