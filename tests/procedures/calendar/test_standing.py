"""Early, on time, late; remaining and overdue."""

import pytest

from procedures.calendar import standing, timeliness
from procedures.calendar.standing import Timeliness
from tests.procedures.calendar.building import agency, at

DUE = at("24/8/2026 16:30")


@pytest.mark.parametrize(
    ("finished", "said"),
    [
        ("23/8/2026 23:59", "trước hạn"),
        ("24/8/2026 07:30", "đúng hạn"),
        ("24/8/2026 16:30", "đúng hạn"),
        ("24/8/2026 16:30:59", "đúng hạn"),
        ("24/8/2026 16:31", "quá hạn"),
        ("25/8/2026 07:30", "quá hạn"),
    ],
)
def test_an_earlier_date_is_early_the_due_minute_on_time_and_the_next_late(finished: str, said: str) -> None:
    assert timeliness(agency(), DUE, at(finished)).words().into("vi") == said


def test_what_remains_is_working_time() -> None:
    now = standing(agency(), DUE, at("21/8/2026 16:30"))
    assert now.remaining == 2 * 480  # Saturday 22/8 is worked, Sunday is not
    assert (now.overdue, now.is_late) == (0, False)


def test_what_is_overdue_is_working_time_too() -> None:
    now = standing(agency(), DUE, at("25/8/2026 08:00"))
    assert (now.remaining, now.overdue, now.is_late) == (-90, 90, True)


def test_a_night_after_the_due_minute_is_late_though_no_working_time_has_passed() -> None:
    evening = at("24/8/2026 17:30")
    now = standing(agency(), evening, at("24/8/2026 20:00"))
    assert (now.overdue, now.timeliness) == (0, Timeliness.LATE)
