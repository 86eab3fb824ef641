"""Pauses, and extensions."""

import pytest

from procedures.calendar import paused
from procedures.calendar.pauses import extended
from procedures.model import Unit
from tests.procedures.calendar.building import agency, at, lasting


def test_a_pause_over_a_weekend_and_a_holiday_moves_the_due_date_by_its_working_time() -> None:
    # Fri 28/8 10:00 to Fri 4/9 10:00: two working days, for 29/8-2/9 are all off.
    office, promised = agency(), at("4/9/2026 17:30")
    pause = (at("28/8/2026 10:00"), at("4/9/2026 10:00"))
    assert office.working_minutes(*pause) == 2 * 480
    assert paused(office, promised, [pause]) == at("8/9/2026 17:30")
    assert office.working_minutes(promised, at("8/9/2026 17:30")) == 2 * 480


def test_a_pause_without_length_or_after_the_due_date_moves_nothing() -> None:
    office, due = agency(), at("4/9/2026 10:00")
    assert paused(office, due, [(at("3/9/2026 09:00"), at("3/9/2026 09:00"))]) == due
    assert paused(office, due, [(due, at("9/9/2026 10:00"))]) == due


def test_what_was_paused_twice_counts_once() -> None:
    office, due = agency(), at("4/9/2026 10:00")
    overlapping = [(at("3/9/2026 09:00"), at("3/9/2026 11:00")), (at("3/9/2026 08:00"), at("3/9/2026 10:00"))]
    assert paused(office, due, overlapping) == at("4/9/2026 15:00")


def test_a_pause_that_a_pause_before_it_brings_into_reach_counts() -> None:
    office, due = agency(), at("3/9/2026 10:00")
    first, second = (at("3/9/2026 09:00"), at("3/9/2026 10:00")), (at("3/9/2026 10:30"), at("3/9/2026 11:00"))
    assert paused(office, due, [second, first]) == at("3/9/2026 11:30")


def test_what_was_paused_before_the_start_moves_nothing() -> None:
    office = agency()
    pause = (at("3/9/2026 08:00"), at("3/9/2026 10:00"))
    assert paused(office, at("4/9/2026 10:00"), [pause], since=at("3/9/2026 09:00")) == at("4/9/2026 11:00")


def test_clock_hours_are_paused_by_real_time() -> None:
    pause = (at("14/2/2026 23:00"), at("15/2/2026 02:00"))
    assert paused(agency(), at("15/2/2026 10:00"), [pause], unit=Unit.HOUR) == at("15/2/2026 13:00")


def test_a_pause_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        paused(agency(), at("4/9/2026 10:00"), [(at("3/9/2026 10:00"), at("3/9/2026 09:00"))])


def test_an_extension_counts_from_what_was_due() -> None:
    assert extended(agency(), at("3/9/2026 17:30"), lasting(2)) == at("7/9/2026 17:30")
