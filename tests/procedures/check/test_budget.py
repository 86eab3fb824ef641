"""The time budget held against every run and every minute, played through by brute force."""

import random
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache

import pytest

from procedures.calendar import Calendar
from procedures.calendar.instants import instant, micros
from procedures.calendar.versions import DayKind, Hours, Session, Source, SpecialDay, Version, Year, weekdays
from procedures.check.intake import Norms, worst_intake
from procedures.check.longest import longest_way
from procedures.check.overrun import cut_off, own_times
from procedures.check.subject import Subject
from procedures.finding import Span
from procedures.joins import JoinKind
from procedures.model import BackTo, Duration, Go, Norm, Procedure, Unit
from procedures.places import Places
from tests.procedures.building import days, end, go, norm, procedure, wait_all, wait_some, work
from tests.procedures.check.generating import sound_draft
from tests.procedures.check.running import Player

NOWHERE = Places(Span("a.yaml", 1, 1, 1, 1))
HERE = Source(document="thử")


def small(seed: int, units: tuple[Unit, ...], size: int) -> Procedure:
    """A sound procedure where every step has a norm and no branches race."""
    rng = random.Random(seed)  # noqa: S311
    while True:
        drafted = sound_draft(rng, size).build(rng)
        steps = tuple(
            step.model_copy(update={"norm": normed(rng, units), **held(rng, units)}) for step in drafted.steps
        )
        targets = [b.target for s in steps for o in s.outcomes for b in o.branches]
        races = any(step.join and step.join.kind is not JoinKind.ALL for step in steps)
        races |= any(isinstance(target, Go) and target.race for target in targets)
        returns = [target for target in targets if isinstance(target, BackTo)]
        if not races and len(steps) > 2 and len(returns) <= 3:
            return drafted.model_copy(update={"steps": steps})


def normed(rng: random.Random, units: tuple[Unit, ...]) -> Norm | None:
    unit = rng.choice(units)
    most = {Unit.WORKING_DAY: 6, Unit.DAY: 8, Unit.HOUR: 30, Unit.WORKING_HOUR: 12, Unit.SESSION: 3}[unit]
    halves = rng.randrange(1, most)
    return Norm(within=days(str(Decimal(halves) / 2), unit), counted=True) if rng.random() < 0.8 else None


def held(rng: random.Random, units: tuple[Unit, ...]) -> dict[str, object]:
    return {"hand_over_cut_off": "15:00" if len(units) > 1 and rng.random() < 0.3 else None}


@pytest.mark.parametrize("seed", range(60))
def test_the_longest_way_is_that_of_the_longest_run(seed: int) -> None:
    sample = small(seed, (Unit.WORKING_DAY, Unit.WORKING_HOUR, Unit.SESSION), 5)
    subject = Subject(sample, NOWHERE)
    own = own_times(subject)
    sizes = {Unit.WORKING_DAY: 480, Unit.WORKING_HOUR: 60, Unit.SESSION: 240}

    def finished(step: str, at: Decimal) -> Decimal:
        return at + (own[step].amount * sizes[own[step].unit] if step in own else 0)

    for returns in (False, True):
        try:
            wanted = Player(sample, finished).latest_end(Decimal(0), returns=returns)
        except OverflowError:
            continue
        found = longest_way(subject, returns=returns)
        assert found.total == wanted
        assert sum((finished(step, Decimal(0)) for step in found.steps), Decimal(0)) == wanted


@pytest.mark.parametrize(("at_least", "wanted"), [(1, 480), (2, 960), (3, 2400)])
def test_so_many_of_parallel_branches_take_as_long_as_the_last_that_is_needed(at_least: int, wanted: int) -> None:
    branches_ = [work(key, go("x"), norm=norm(time)) for key, time in (("a", "5"), ("b", "1"), ("c", "2"))]
    some = wait_some(at_least, "a", "b", "c") if at_least < 3 else wait_all("a", "b", "c")
    sample = procedure(work("s", go("a", "b", "c")), *branches_, work("x", end(), join=some))
    assert longest_way(Subject(sample, NOWHERE)).total == wanted


def quarter(seed: int) -> Calendar:
    """A calendar whose offices open in the last quarter of 2026, with odd hours and days off."""
    rng = random.Random(seed)  # noqa: S311
    opens, noon = rng.choice((420, 450, 480)), rng.choice((660, 690, 720))
    after, closes = rng.choice((780, 810)), rng.choice((990, 1020, 1050))
    usual = (Session(opens=opens, closes=noon), Session(opens=after, closes=closes))
    first = date(2026, 10, 1)
    off = sorted({first + timedelta(days=rng.randrange(130)) for _ in range(12)})
    free = tuple(SpecialDay(day=day, kind=DayKind.HOLIDAY, reason="Nghỉ", source=HERE) for day in off)
    saturday = usual[:1] if rng.random() < 0.5 else ()
    hours = (Hours(since=date.min, week=weekdays()), Hours(since=first, week=weekdays(*usual, saturday=saturday)))
    return Calendar(Version(hours=hours, days=free, years=(Year(year=2026), Year(year=2027, decided=False))))


def minutes(calendar: Calendar) -> list[datetime]:
    """Every minute of the quarter's sessions, the last one of each included."""
    found = []
    for number in range(92):
        for opens, closes in calendar.sessions_of(date(2026, 10, 1) + timedelta(days=number)):
            found += [instant(at, calendar.zone) for at in range(opens, closes + 1, 60_000_000)]
    return found


def norms_of(sample: Procedure, limit: Duration) -> Norms:
    own = own_times(Subject(sample, NOWHERE))
    hours = {key: hour for key in own if (hour := cut_off(sample.step(key))) is not None}
    return Norms(limit, own, hours)


LIMITS = (days("4"), days("6", Unit.DAY), days("60", Unit.HOUR), days("20", Unit.WORKING_HOUR), days("2.5"))


@pytest.mark.parametrize("seed", [6, 7, 10, 13])
def test_no_minute_of_a_quarter_is_worse_than_the_worst_intake(seed: int) -> None:
    calendar = quarter(seed)
    sample = small(seed + 500, (Unit.WORKING_DAY, Unit.DAY, Unit.HOUR, Unit.WORKING_HOUR), 3)
    norms = norms_of(sample, LIMITS[seed % 5])

    @cache
    def finished(step: str, at: datetime) -> datetime:
        within = norms.times.get(step)
        return at if within is None else calendar.due(at, within, "C2", norms.cut_offs.get(step))

    worst, always = (0, 0), True
    for start in minutes(calendar):
        end, due = Player(sample, finished).latest_end(start), calendar.due(start, norms.limit, "C1")
        late = micros(end) // 60_000_000 - micros(due) // 60_000_000
        worked = max(calendar.working_minutes(due, end), 0) if norms.limit.unit in WORKED else 0
        always = always and late > 0
        worst = max(worst, (worked, late) if late > 0 else (0, 0))
    found = worst_intake(Subject(sample, NOWHERE, None, calendar), norms, returns=True)
    if found is None:
        assert worst == (0, 0)
        return
    late = micros(found.finish) // 60_000_000 - micros(found.due) // 60_000_000
    worked = calendar.working_minutes(found.due, found.finish) if norms.limit.unit in WORKED else 0
    assert (worked, late) == worst
    assert found.always == always
    assert Player(sample, finished).latest_end(found.start) == found.finish


WORKED = {Unit.WORKING_DAY, Unit.WORKING_HOUR, Unit.SESSION}


@pytest.mark.parametrize("seed", range(15))
def test_the_ends_of_days_tell_for_all_their_minutes(seed: int) -> None:
    calendar = quarter(seed)
    sample = small(seed + 900, (Unit.WORKING_DAY, Unit.DAY, Unit.HOUR, Unit.WORKING_HOUR), 4)
    limit = (days("3"), days("9", Unit.DAY), days("1", Unit.MONTH), days("5.5"), days("12", Unit.DAY))[seed % 5]
    subject, norms = Subject(sample, NOWHERE, None, calendar), norms_of(sample, limit)
    for returns in (False, True):
        ends = worst_intake(subject, norms, returns=returns)
        every = worst_intake(subject, norms, returns=returns, every_minute=True)
        assert (ends is None) == (every is None)
        if ends is not None and every is not None:
            # The same lateness may be met at an earlier minute too; the last is told by both.
            assert replace(ends, way=()) == replace(every, way=())
            assert time(7) <= ends.start.time() <= time(18)
