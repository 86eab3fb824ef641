"""Many instants at once get the answers that the calendar gives one by one."""

import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procedures.calendar.catalogue import read_catalogue
from procedures.calendar.durations import Rule
from procedures.calendar.faults import NotMeasuredError, OutOfReachError
from procedures.calendar.instants import instant, micros
from procedures.calendar.vectors import Vectors
from procedures.model import Duration, Unit
from tests.procedures.calendar.building import agency, at, calendar, day, lasting, sessions
from tests.procedures.calendar.catalogue import CATALOGUE

CLOCKS = list(read_catalogue(json.dumps({"calendars": CATALOGUE})).values())
VECTORS = [Vectors(clock, 2024, 2025) for clock in CLOCKS]
FIRST = datetime(2024, 1, 1, tzinfo=UTC)
OUTSIDE = {Unit.NOT_COUNTED, Unit.UNSPECIFIED, Unit.WINDOW}

durations = st.builds(
    lambda sixths, unit: Duration(amount=Decimal(sixths) / 6, unit=unit, text=""),
    st.integers(0, 90),
    st.sampled_from([unit for unit in Unit if unit not in OUTSIDE]),
)


@settings(max_examples=250, deadline=None)
@given(
    st.sampled_from(VECTORS),
    st.lists(st.integers(0, 700 * 86_400), min_size=1, max_size=12),
    durations,
    st.sampled_from(["C1", "C2"]),
    st.none() | st.sampled_from([time(15), time(16, 30), time(6)]),
)
def test_many_at_once_are_due_when_each_alone_is(
    vectors: Vectors, seconds: list[int], within: Duration, rule: Rule, cut_off: time | None
) -> None:
    starts = [FIRST + timedelta(seconds=one) for one in seconds]
    found = vectors.due(np.array([micros(start) for start in starts]), within, rule, cut_off)
    assert found.tolist() == [micros(vectors.calendar.due(start, within, rule, cut_off)) for start in starts]


def test_the_calendars_asked_are_of_both_kinds_with_and_without_summer_time() -> None:
    assert {vectors._offset is None for vectors in VECTORS} == {True, False}


@pytest.mark.parametrize(
    ("start", "within", "rule", "cut_off", "due"),
    [
        ("20/8/2026 09:00", lasting(3), "C1", None, "24/8/2026 17:30"),
        ("20/8/2026 09:00", lasting(3), "C2", None, "24/8/2026 09:00"),
        ("28/8/2026 10:00", lasting(2), "C2", None, "4/9/2026 10:00"),
        ("31/12/2025 14:00", lasting(1), "C1", None, "5/1/2026 17:30"),
        ("13/2/2026 16:00", lasting(5), "C1", time(15), "2/3/2026 17:30"),
        ("26/4/2024 10:00", lasting(3), "C1", None, "4/5/2024 17:30"),
        ("20/8/2026 09:00", lasting(10, Unit.DAY), "C1", None, "3/9/2026 17:30"),
        ("5/2/2026 09:00", lasting(15, Unit.DAY), "C2", None, "23/2/2026 17:30"),
        ("28/8/2026 14:30", lasting(4, Unit.WORKING_HOUR), "C2", None, "3/9/2026 08:30"),
        ("31/12/2025 16:00", lasting("0.25"), "C2", None, "5/1/2026 08:00"),
    ],
)
def test_the_vectors_of_the_law(start: str, within: Duration, rule: Rule, cut_off: time | None, due: str) -> None:
    found = Vectors(agency(), 2024, 2026).due(np.array([micros(at(start))]), within, rule, cut_off)
    assert [instant(int(one), agency().zone) for one in found] == [at(due)]


def test_answers_beyond_the_years_asked_for_are_found_all_the_same() -> None:
    vectors, start = Vectors(agency(), 2026, 2026), at("1/12/2026 09:00")
    found = vectors.due(np.array([micros(start)]), lasting(2_000))
    assert found.tolist() == [micros(agency().due(start, lasting(2_000)))]


def test_a_calendar_without_working_time_gives_no_answer() -> None:
    with pytest.raises(OutOfReachError):
        Vectors(calendar(hours=()), 2026, 2026).due(np.array([micros(at("1/12/2026 09:00"))]), lasting(1))


def test_what_has_no_measure_is_refused_as_by_the_calendar() -> None:
    vectors = Vectors(agency(), 2026, 2026)
    with pytest.raises(NotMeasuredError):
        vectors.due(np.array([0]), lasting(0, Unit.UNSPECIFIED))
    with pytest.raises(ValueError, match="negative"):
        vectors.due(np.array([0]), lasting(-1))


def test_every_minute_of_a_day_is_received_also_the_last() -> None:
    vectors = Vectors(calendar(hours=sessions("07:30-11:30", "13:30-17:00")), 2026, 2026)
    minutes = vectors.received(day("13/2/2026"), day("15/2/2026"))
    shown = [f"{instant(int(one), ZoneInfo('Asia/Ho_Chi_Minh')):%d %H:%M}" for one in minutes]
    assert (len(shown), shown[0], shown[240], shown[241], shown[-1]) == (
        452,
        "13 07:30",
        "13 11:30",
        "13 13:30",
        "13 17:00",
    )
    assert vectors.ends_of_each_date(minutes).tolist() == [micros(at("13/2/2026 07:30")), micros(at("13/2/2026 17:00"))]


def test_a_session_past_midnight_has_ends_on_either_date() -> None:
    vectors = Vectors(calendar(hours=sessions("22:00-26:00")), 2026, 2026)
    minutes = vectors.received(day("9/2/2026"), day("9/2/2026"))
    shown = ["9/2/2026 22:00", "9/2/2026 23:59", "10/2/2026 00:00", "10/2/2026 02:00"]
    assert vectors.ends_of_each_date(minutes).tolist() == [micros(at(one)) for one in shown]


@pytest.mark.parametrize("number", range(len(CLOCKS)))
def test_the_ends_of_a_date_are_those_of_its_own_zone(number: int) -> None:
    vectors, clock = VECTORS[number], CLOCKS[number]
    minutes = vectors.received(date(2024, 3, 25), date(2024, 4, 14))
    ends: dict[date, list[int]] = {}
    for one in minutes.tolist():
        ends.setdefault(clock.local_date(instant(one, clock.zone)), []).append(one)
    wanted = sorted({end for day in ends.values() for end in (day[0], day[-1])})
    assert vectors.ends_of_each_date(minutes).tolist() == wanted


@pytest.mark.parametrize("number", range(len(CLOCKS)))
def test_what_is_worked_between_is_what_the_calendar_measures(number: int) -> None:
    vectors, clock = VECTORS[number], CLOCKS[number]
    starts = [FIRST + timedelta(hours=37 * step) for step in range(40)]
    ends = [start + timedelta(hours=29 * (step - 20)) for step, start in enumerate(starts)]
    found = vectors.worked_between(np.array([micros(one) for one in starts]), np.array([micros(one) for one in ends]))
    assert (found // 1_000_000).tolist() == [clock.working_seconds(a, b) for a, b in zip(starts, ends, strict=True)]
