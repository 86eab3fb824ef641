from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from procedures.vietnamese import (
    amount,
    day,
    moment,
    money,
    number,
    percent,
    short_time,
    short_working_time,
    weekday,
    working_time,
)


@pytest.mark.parametrize(
    ("value", "digits", "vi", "en"),
    [
        (Decimal("1234.5"), 1, "1.234,5", "1,234.5"),
        (Decimal("0.25"), 1, "0,3", "0.3"),
        (0.25, 2, "0,25", "0.25"),
        (2.0, 1, "2", "2"),
        (-0.04, 1, "0", "0"),
        (1_000_000, 1, "1.000.000", "1,000,000"),
        (Decimal("1E+3"), 0, "1.000", "1,000"),
    ],
)
def test_a_number_is_rounded_half_up_and_grouped(value: Decimal | float, digits: int, vi: str, en: str) -> None:
    assert (number(value, "vi", digits), number(value, "en", digits)) == (vi, en)


def test_amounts_money_and_shares() -> None:
    assert amount(Decimal(50_000_000), "vi") == "50 triệu"
    assert amount(Decimal(1_250_000), "vi") == "1,25 triệu"
    assert amount(Decimal("12.5"), "vi") == "12,5"
    assert amount(Decimal(0), "vi") == "0"
    assert money(Decimal(12_000_000), "vi") == "12.000.000 đồng"
    assert (percent(0.934, "vi"), percent(Decimal("0.934"), "en")) == ("93,4 %", "93.4%")


def test_days_and_moments() -> None:
    assert day(date(2026, 11, 6)) == "06/11/2026"
    assert moment(datetime(2026, 11, 26, 16, 30, tzinfo=UTC), "vi") == "26/11/2026 16:30"
    assert (weekday(date(2026, 11, 27), "vi"), weekday(date(2026, 11, 29), "en")) == ("thứ Sáu", "Sunday")


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (0, "0 phút làm việc", "0 working minutes"),
        (60, "1 giờ làm việc", "1 working hour"),
        (480, "1 ngày làm việc", "1 working day"),
        (720, "1 ngày 4 giờ làm việc", "1 day 4 hours of working time"),
        (90, "1 giờ 30 phút làm việc", "1 hour 30 minutes of working time"),
        (485, "1 ngày 5 phút làm việc", "1 day 5 minutes of working time"),
        (961 + 60, "2 ngày 1 giờ 1 phút làm việc", "2 days 1 hour 1 minute of working time"),
        (-480, "1 ngày làm việc", "1 working day"),
    ],
)
def test_working_time_is_said_whole(value: int, vi: str, en: str) -> None:
    assert (working_time(value).into("vi"), working_time(value).into("en")) == (vi, en)


@pytest.mark.parametrize(
    ("value", "working", "clock"),
    [
        (59, "59 phút LV", "59 phút"),
        (90, "1,5 giờ LV", "1,5 giờ"),
        (720, "1,5 ngày LV", "12 giờ"),
        (4320, "9 ngày LV", "3 ngày"),
    ],
)
def test_time_is_said_shortly_for_a_narrow_column(value: int, working: str, clock: str) -> None:
    assert (short_working_time(value, "vi").into("vi"), short_time(value, "vi").into("vi")) == (working, clock)
