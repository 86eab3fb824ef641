"""Due instants of declared durations."""

from datetime import time
from decimal import Decimal

import pytest

from procedures.calendar.durations import working_seconds_of
from procedures.calendar.faults import NotMeasuredError
from procedures.model import Unit
from tests.procedures.calendar.building import agency, at, calendar, day, lasting, off, sessions


@pytest.mark.parametrize(
    ("amount", "start", "by_law", "by_clock"),
    [
        ("3", "20/8/2026 09:00", "24/8/2026 17:30", "24/8/2026 09:00"),  # Sat 22/8 is worked
        ("2", "28/8/2026 10:00", "4/9/2026 17:30", "4/9/2026 10:00"),
        ("1", "31/12/2025 14:00", "5/1/2026 17:30", "5/1/2026 14:00"),
        ("5", "13/2/2026 16:00", "27/2/2026 17:30", "27/2/2026 16:00"),
        ("3", "26/4/2024 10:00", "4/5/2024 17:30", "4/5/2024 10:00"),  # due on a made-up Saturday
    ],
)
def test_working_days_end_by_law_and_by_the_clock(amount: str, start: str, by_law: str, by_clock: str) -> None:
    assert agency().due(at(start), lasting(amount), "C1") == at(by_law)
    assert agency().due(at(start), lasting(amount), "C2") == at(by_clock)


@pytest.mark.parametrize(
    ("amount", "start", "due"),
    [
        ("3", "20/8/2026 09:00", "24/8/2026 17:30"),
        ("2", "28/8/2026 10:00", "4/9/2026 17:30"),
        ("1", "31/12/2025 14:00", "5/1/2026 17:30"),
        ("5", "13/2/2026 16:00", "2/3/2026 17:30"),
        ("3", "26/4/2024 10:00", "4/5/2024 17:30"),
    ],
)
def test_received_after_15_00_counts_from_the_next_working_day(amount: str, start: str, due: str) -> None:
    assert agency().due(at(start), lasting(amount), "C1", time(15)) == at(due)


def test_the_cut_off_hour_itself_is_not_late_and_a_day_off_is() -> None:
    assert agency().due(at("18/8/2026 15:00"), lasting(1), "C1", time(15)) == at("19/8/2026 17:30")
    assert agency().due(at("18/8/2026 15:00:01"), lasting(1), "C1", time(15)) == at("20/8/2026 17:30")
    assert agency().due(at("16/8/2026 09:00"), lasting(1), "C1", time(15)) == at("18/8/2026 17:30")


@pytest.mark.parametrize(
    ("amount", "start", "due"),
    [("10", "20/8/2026 09:00", "3/9/2026 17:30"), ("15", "5/2/2026 09:00", "23/2/2026 17:30")],
)
def test_calendar_days_roll_over_days_off(amount: str, start: str, due: str) -> None:
    assert agency().due(at(start), lasting(amount, Unit.DAY), "C1") == at(due)


def test_calendar_time_ends_by_the_law_under_either_rule() -> None:
    for amount, unit in (("10", Unit.DAY), ("1", Unit.MONTH)):
        start = at("20/8/2026 09:00")
        assert agency().due(start, lasting(amount, unit), "C2") == agency().due(start, lasting(amount, unit), "C1")
    assert agency().due(at("20/8/2026 09:00"), lasting("0.5", Unit.DAY), "C2") == at("20/8/2026 15:00")


def test_hours_and_shares_of_a_day_are_working_minutes() -> None:
    assert agency().due(at("28/8/2026 14:30"), lasting(4, Unit.WORKING_HOUR)) == at("3/9/2026 08:30")
    assert agency().due(at("31/12/2025 16:00"), lasting("0.25")) == at("5/1/2026 08:00")
    assert agency().due(at("20/8/2026 08:00"), lasting(1, Unit.SESSION)) == at("20/8/2026 14:00")


def test_four_hours_from_friday_16_00_end_on_monday_11_00() -> None:
    office = calendar(hours=sessions("08:00-12:00", "13:00-17:00"))
    assert office.due(at("20/11/2026 16:00"), lasting(4, Unit.WORKING_HOUR)) == at("23/11/2026 11:00")


def test_a_day_is_eight_hours_whatever_its_sessions_add_up_to() -> None:
    short = calendar(hours=sessions("07:30-11:30", "13:30-17:00"))
    assert short.due(at("17/8/2026 07:30"), lasting(8, Unit.WORKING_HOUR)) == at("18/8/2026 08:00")
    assert short.due(at("17/8/2026 09:00"), lasting("1.5")) == at("18/8/2026 15:00")
    assert working_seconds_of(lasting(2)) == 2 * 8 * 3600


def test_an_exact_end_of_a_session_stays_there() -> None:
    assert agency().due(at("17/8/2026 07:30"), lasting(8, Unit.WORKING_HOUR)) == at("17/8/2026 17:30")
    assert agency().due(at("17/8/2026 07:30"), lasting(4, Unit.WORKING_HOUR)) == at("17/8/2026 11:30")
    assert agency().due(at("17/8/2026 17:30"), lasting(1)) == at("18/8/2026 17:30")


def test_a_start_outside_sessions_counts_from_the_next_opening() -> None:
    assert agency().due(at("15/8/2026 10:00"), lasting(1)) == at("18/8/2026 07:30")
    assert agency().due(at("17/8/2026 12:00"), lasting(2)) == at("19/8/2026 13:30")
    assert agency().due(at("17/8/2026 18:00"), lasting(1, Unit.WORKING_HOUR)) == at("18/8/2026 08:30")


def test_the_same_clock_time_is_clamped_into_a_session_of_the_due_day() -> None:
    morning = off("19/8/2026")
    half = [special.model_copy(update={"sessions": sessions("08:00-11:00")}) for special in morning]
    office = calendar(*half)
    assert office.due(at("18/8/2026 16:00"), lasting(1)) == at("19/8/2026 11:00")
    assert office.due(at("18/8/2026 07:45"), lasting(1)) == at("19/8/2026 08:00")


def test_seconds_are_kept() -> None:
    assert agency().due(at("20/8/2026 09:00:30"), lasting(2)) == at("22/8/2026 09:00:30")
    assert agency().due(at("20/8/2026 09:00:30"), lasting(5, Unit.WORKING_MINUTE)) == at("20/8/2026 09:05:30")


def test_clock_hours_run_through_nights_and_days_off() -> None:
    assert agency().due(at("14/2/2026 22:00"), lasting(12, Unit.HOUR)) == at("15/2/2026 10:00")


@pytest.mark.parametrize(
    ("months", "start", "due"),
    [
        ("1", "31/1/2025 09:00", "28/2/2025 17:30"),  # the month is shorter
        ("1", "28/2/2025 09:00", "28/3/2025 17:30"),
        ("2", "30/6/2025 09:00", "1/9/2025 17:30"),  # Sat 30/8 rolls
        ("0.5", "3/3/2025 09:00", "18/3/2025 17:30"),  # half a month is 15 days
        ("12", "29/2/2024 09:00", "28/2/2025 17:30"),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_the_month(months: str, start: str, due: str) -> None:
    assert calendar().due(at(start), lasting(months, Unit.MONTH), "C1") == at(due)


def test_a_share_of_a_day_comes_after_the_whole_days_under_the_law_too() -> None:
    assert agency().due(at("17/8/2026 09:00"), lasting("2.5"), "C1") == at("20/8/2026 11:30")
    assert agency().due(at("17/8/2026 09:00"), lasting("0.5"), "C1") == at("18/8/2026 11:30")


@pytest.mark.parametrize("unit", [unit for unit in Unit if lasting(0, unit).measured])
def test_a_norm_of_zero_returns_the_start(unit: Unit) -> None:
    sunday = at("16/8/2026 03:00")
    assert agency().due(sunday, lasting(0, unit), "C1", time(15)) == sunday


@pytest.mark.parametrize("unit", [Unit.NOT_COUNTED, Unit.UNSPECIFIED, Unit.WINDOW])
def test_what_has_no_amount_is_never_due(unit: Unit) -> None:
    with pytest.raises(NotMeasuredError):
        agency().due(at("17/8/2026 09:00"), lasting(0, unit, "không quy định"))


def test_a_negative_duration_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        agency().due(at("17/8/2026 09:00"), lasting(-1))


def test_real_time_is_not_working_time() -> None:
    with pytest.raises(ValueError, match="working time"):
        working_seconds_of(lasting(Decimal(1), Unit.MONTH))


def test_a_make_up_day_has_the_sessions_of_the_day_it_stands_for() -> None:
    assert agency().sessions_on(day("22/8/2026")) == agency().sessions_on(day("20/8/2026"))
    assert not agency().is_working_day(day("31/8/2026"))


def test_in_a_session_that_began_the_evening_before_the_cut_off_hour_of_that_evening_has_passed() -> None:
    nights = calendar(hours=sessions("22:00-30:00"))
    due = [nights.due(at(start), lasting(2, Unit.WORKING_HOUR), cut_off=time(15)) for start in (
        "9/2/2026 15:00", "9/2/2026 15:01", "10/2/2026 00:30", "10/2/2026 06:00", "10/2/2026 06:01", "10/2/2026 15:01"
    )]  # fmt: skip
    tonight, tomorrow, after = at("10/2/2026 00:00"), at("11/2/2026 00:00"), at("12/2/2026 00:00")
    assert due == [tonight, tomorrow, tomorrow, tomorrow, tomorrow, after]
