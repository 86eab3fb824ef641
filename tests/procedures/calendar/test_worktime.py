"""Working time of odd calendars: nights, clock changes, late years, no working time at all."""

from datetime import UTC, date, datetime

import pytest

from procedures.calendar.faults import NaiveInstantError, OutOfReachError
from procedures.calendar.versions import Hours, Version, Week
from procedures.calendar.worktime import WorkTime
from tests.procedures.calendar.building import agency, at, calendar, day, sessions


def always(zone: str, *texts: str) -> WorkTime:
    """The same sessions on all seven days."""
    week: Week = (sessions(*texts),) * 7
    return WorkTime(Version(timezone=zone, hours=(Hours(since=date.min, week=week),), open_ended=True))


def test_a_night_shift_is_an_hour_longer_when_clocks_go_back() -> None:
    night = always("Europe/Berlin", "22:00-30:00")
    evening, morning = (datetime(2026, 10, 24, 22, tzinfo=night.zone), datetime(2026, 10, 25, 6, tzinfo=night.zone))
    assert night.working_minutes(evening, morning) == 9 * 60
    assert night.add_working_minutes(evening, 9 * 60) == morning


def test_a_night_shift_is_an_hour_shorter_when_clocks_go_forward() -> None:
    night = always("Europe/Berlin", "22:00-30:00")
    evening, morning = (datetime(2026, 3, 28, 22, tzinfo=night.zone), datetime(2026, 3, 29, 6, tzinfo=night.zone))
    assert night.working_minutes(evening, morning) == 7 * 60


def test_an_opening_that_clocks_skip_is_the_instant_of_the_change() -> None:
    early = always("Europe/Berlin", "02:30-06:00")
    assert early.sessions_of(date(2026, 3, 29))[0][0] == datetime(2026, 3, 29, 1, tzinfo=UTC).timestamp() * 1_000_000


def test_a_time_that_clocks_show_twice_is_the_first() -> None:
    early = always("Europe/Berlin", "02:30-06:00")
    begins = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert early.sessions_of(date(2026, 10, 25))[0][0] == begins.timestamp() * 1_000_000


def test_whole_days_of_a_night_shift_count_from_the_evening_they_began() -> None:
    night = always("Asia/Ho_Chi_Minh", "22:00-30:00")
    session = night.session_at(int(at("18/8/2026 02:00").timestamp()) * 1_000_000)
    assert session is not None
    assert session[0] == day("17/8/2026")


def test_sessions_that_run_into_each_other_count_once() -> None:
    crowded = always("Asia/Ho_Chi_Minh", "07:00-12:00", "11:00-13:00")
    assert crowded.working_minutes(at("18/8/2026 06:00"), at("18/8/2026 20:00")) == 6 * 60


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(NaiveInstantError, match="no time zone"):
        agency().add_working_minutes(at("17/8/2026 09:00").replace(tzinfo=None), 5)


def test_a_calendar_that_never_opens_says_so() -> None:
    closed = always("Asia/Ho_Chi_Minh")
    with pytest.raises(OutOfReachError):
        closed.add_working_minutes(at("17/8/2026 09:00"), 1)
    with pytest.raises(OutOfReachError):
        closed.subtract_working_minutes(at("17/8/2026 09:00"), 1)
    with pytest.raises(OutOfReachError):
        closed.next_working_day(day("17/8/2026"))


def test_answers_beyond_the_declared_years_are_computed_and_marked() -> None:
    office = agency()
    assert office.add_working_minutes(at("31/12/2026 17:00"), 60) == at("4/1/2027 08:00")  # Fri 1/1/2027 is off by law
    assert office.undecided_years(day("1/12/2026"), day("4/1/2027")) == (2027,)
    assert office.undecided_years(day("1/12/2025"), day("31/12/2026")) == ()


def test_the_first_hours_of_the_first_declared_year_are_covered() -> None:
    office = agency()
    assert office.subtract_working_minutes(at("2/1/2024 07:30"), 510) == at("29/12/2023 17:00")


def test_the_working_days_between_two_dates_leave_out_the_first() -> None:
    office = agency()
    assert office.working_days(day("20/8/2026"), day("24/8/2026")) == 3
    assert office.working_days(day("24/8/2026"), day("20/8/2026")) == -3
    assert office.next_working_day(day("28/8/2026")) == day("3/9/2026")


def test_going_back_stops_at_the_opening_of_a_session() -> None:
    assert agency().subtract_working_minutes(at("17/8/2026 17:30"), 480) == at("17/8/2026 07:30")
    assert agency().subtract_working_minutes(at("17/8/2026 07:45"), 30) == at("14/8/2026 17:15")


def test_time_measured_backwards_is_negative() -> None:
    assert agency().working_minutes(at("17/8/2026 09:00"), at("17/8/2026 08:00")) == -60
    assert agency().working_seconds(at("17/8/2026 09:00"), at("17/8/2026 08:59:30")) == -30
    assert agency().working_minutes(at("17/8/2026 09:00"), at("17/8/2026 08:59:30")) == 0


def test_hours_that_change_within_a_year_hold_from_their_day() -> None:
    base = calendar().version
    summer = Hours(since=day("1/6/2026"), week=(sessions("07:00-11:00"),) * 7)
    office = WorkTime(base.model_copy(update={"hours": (*base.hours, summer)}))
    assert str(office.sessions_on(day("31/5/2026"))) == "()"
    assert [str(session) for session in office.sessions_on(day("1/6/2026"))] == ["07:00-11:00"]
