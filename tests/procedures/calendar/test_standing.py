"""Early, on time, late."""

import pytest

from procedures.calendar import timeliness
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
