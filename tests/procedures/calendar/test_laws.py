"""The laws of the clock, on any calendar, start and duration."""

import json
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from procedures.calendar import Calendar, explain, paused
from procedures.calendar.catalogue import read_catalogue
from procedures.calendar.durations import Rule
from procedures.calendar.explain import Explanation
from procedures.calendar.standing import Timeliness, timeliness
from procedures.model import Duration, Unit
from tests.procedures.calendar.catalogue import CATALOGUE

CLOCKS = list(read_catalogue(json.dumps({"calendars": CATALOGUE})).values())
FIRST = datetime(2020, 1, 4, tzinfo=UTC)

fast = settings(max_examples=120, deadline=None)
clocks = st.sampled_from(CLOCKS)
instants = st.integers(0, 345_000_000).map(lambda seconds: FIRST + timedelta(seconds=seconds))
minutes = st.integers(1, 20_000)
stretches = st.integers(0, 10 * 86_400).map(lambda seconds: timedelta(seconds=seconds))
rules = st.sampled_from(["C1", "C2"])
cut_offs = st.none() | st.sampled_from([time(15), time(16, 30)])
durations = st.builds(
    lambda quarters, unit: Duration(amount=Decimal(quarters) / 4, unit=unit, text=""),
    st.integers(0, 60),
    st.sampled_from([unit for unit in Unit if unit not in {Unit.NOT_COUNTED, Unit.UNSPECIFIED, Unit.WINDOW}]),
)


def utc(at: datetime) -> datetime:
    """In UTC, because Python compares instants of one zone by what its clocks show."""
    return at.astimezone(UTC)


@fast
@given(clocks, instants, minutes)
def test_adding_then_measuring_returns_the_norm(clock: Calendar, start: datetime, norm: int) -> None:
    due = clock.add_working_minutes(start, norm)
    assert clock.working_seconds(start, due) == norm * 60
    assert clock.working_seconds(start, due - timedelta(seconds=1)) < norm * 60


@fast
@given(clocks, instants, minutes)
def test_taking_away_then_measuring_returns_the_norm(clock: Calendar, end: datetime, norm: int) -> None:
    start = clock.subtract_working_minutes(end, norm)
    assert clock.working_seconds(start, end) == norm * 60
    assert clock.working_seconds(utc(start) + timedelta(seconds=1), end) < norm * 60


@fast
@given(clocks, instants, minutes, minutes)
def test_adding_twice_is_adding_the_sum(clock: Calendar, start: datetime, first: int, second: int) -> None:
    twice = clock.add_working_minutes(clock.add_working_minutes(start, first), second)
    assert utc(twice) == utc(clock.add_working_minutes(start, first + second))


@fast
@given(clocks, instants, stretches, durations, rules, cut_offs)
def test_a_later_start_is_never_due_earlier(
    clock: Calendar, start: datetime, wait: timedelta, within: Duration, rule: Rule, cut_off: time | None
) -> None:
    later = start + wait
    # Within the hour that clocks show twice, "the same clock time" comes back to an earlier one.
    assume(not later.astimezone(clock.zone).fold)
    assert utc(clock.due(start, within, rule, cut_off)) <= utc(clock.due(later, within, rule, cut_off))


@fast
@given(clocks, instants, durations, rules, cut_offs)
def test_nothing_is_due_before_it_starts(
    clock: Calendar, start: datetime, within: Duration, rule: Rule, cut_off: time | None
) -> None:
    assert utc(clock.due(start, within, rule, cut_off)) >= start


@fast
@given(clocks, instants, minutes, stretches)
def test_a_pause_of_length_zero_changes_nothing(clock: Calendar, start: datetime, norm: int, after: timedelta) -> None:
    due = clock.add_working_minutes(start, norm)
    assert utc(paused(clock, due, [(start + after, start + after)], since=start)) == utc(due)


@fast
@given(clocks, instants, minutes, stretches, stretches, stretches)
def test_splitting_a_pause_changes_nothing(
    clock: Calendar, start: datetime, norm: int, after: timedelta, first: timedelta, second: timedelta
) -> None:
    due, begin = clock.add_working_minutes(start, norm), start + after
    middle, end = begin + first, begin + first + second
    whole = paused(clock, due, [(begin, end)], since=start)
    assert utc(paused(clock, due, [(middle, end), (begin, middle)], since=start)) == utc(whole)


@fast
@given(clocks, instants, minutes, stretches, stretches)
def test_a_pause_moves_the_due_instant_by_exactly_its_working_time(
    clock: Calendar, start: datetime, norm: int, after: timedelta, length: timedelta
) -> None:
    due, begin = clock.add_working_minutes(start, norm), start + after
    assume(begin < utc(due))
    moved = paused(clock, due, [(begin, begin + length)], since=start)
    assert clock.working_seconds(due, moved) == clock.working_seconds(begin, begin + length)


@fast
@given(clocks, instants, durations, rules, cut_offs)
def test_the_explanation_recounted_gives_the_date(
    clock: Calendar, start: datetime, within: Duration, rule: Rule, cut_off: time | None
) -> None:
    told = explain(clock, start, within, rule, cut_off)
    assert utc(told.due) == utc(clock.due(start, within, rule, cut_off))
    assert [line.day for line in told.lines if line.counted == "day"] == sorted(
        {line.day for line in told.lines if line.counted == "day"}
    )
    if told.lines:
        recount(clock, told)


def recount(clock: Calendar, told: Explanation) -> None:
    """Count again what the explanation says, from its lines alone."""
    whole = [line for line in told.lines if line.counted == "day"]
    parts = [line for line in told.lines if line.counted == "seconds"]
    if told.within.unit in {Unit.WORKING_DAY, Unit.DAY}:
        assert len(whole) == int(told.within.amount)
        norm = told.within.amount % 1 * 8 * 3600
    elif told.within.unit is Unit.MONTH:
        norm = Decimal(0)
    else:
        norm = (
            told.within.amount
            * {Unit.SESSION: 14_400, Unit.WORKING_HOUR: 3_600, Unit.WORKING_MINUTE: 60}[told.within.unit]
        )
    assert sum(line.amount for line in parts) == norm
    for line in parts:
        assert line.amount == sum((utc(closes) - utc(opens)).total_seconds() for opens, closes in line.spans)
    if parts:
        assert utc(parts[-1].spans[-1][1]) == utc(told.due)
    else:
        last = told.lines[-1].day
        assert clock.is_working_day(last)
        opens, closes = clock.sessions_of(last)[0][0], clock.sessions_of(last)[-1][1]
        due = int(told.due.timestamp()) * 1_000_000
        assert (
            due == closes if told.rule == "C1" or told.within.unit is not Unit.WORKING_DAY else opens <= due <= closes
        )


@fast
@given(clocks, instants, minutes)
def test_what_is_finished_when_due_is_on_time(clock: Calendar, start: datetime, norm: int) -> None:
    due = clock.add_working_minutes(start, norm)
    assert timeliness(clock, due, due) is Timeliness.ON_TIME
    assert timeliness(clock, due, utc(due) + timedelta(minutes=1)) is Timeliness.LATE
    assert timeliness(clock, due, utc(due) - timedelta(days=2)) is Timeliness.EARLY
