"""What plans write in their column of times is read, and comes when it says."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.calendar.wording import MisreadError
from quality.programme.occurrences import by_hand, occurrences
from quality.programme.windows import Always, AsNeeded, Before, Every, Months, OnChange, Window, parse_window
from tests.engine.house import working_time

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("Tháng 01/2025", Months(text="Tháng 01/2025", first=1, last=1, year=2025)),
        ("Tháng 3/2022", Months(text="Tháng 3/2022", first=3, last=3, year=2022)),
        ("Tháng 12", Months(text="Tháng 12", first=12, last=12)),
        ("Từ tháng 3 đến tháng 5/2027", Months(text="Từ tháng 3 đến tháng 5/2027", first=3, last=5, year=2027)),
        ("Quý I/2022", Months(text="Quý I/2022", first=1, last=3, year=2022)),
        ("Quý II", Months(text="Quý II", first=4, last=6)),
        ("Quý IV năm 2022", Months(text="Quý IV năm 2022", first=10, last=12, year=2022)),
        ("Quý III hoặc Quý IV", Months(text="Quý III hoặc Quý IV", first=7, last=12, either=True)),
        ("Quý I hoặc quý II", Months(text="Quý I hoặc quý II", first=1, last=6, either=True)),
        ("Quý III, IV", Months(text="Quý III, IV", first=7, last=12)),
        ("Từ Quý II đến Quý III", Months(text="Từ Quý II đến Quý III", first=4, last=9)),
        ("6 tháng đầu năm", Months(text="6 tháng đầu năm", first=1, last=6)),
        ("Cả năm", Months(text="Cả năm", first=1, last=12)),
        ("Năm 2027", Months(text="Năm 2027", first=1, last=12, year=2027)),
        ("trước ngày 10/01/2025", Before(text="trước ngày 10/01/2025", day=10, month=1, year=2025)),
        ("xong trước ngày 31/1/2022", Before(text="xong trước ngày 31/1/2022", day=31, month=1, year=2022)),
        ("15/12", Before(text="15/12", day=15, month=12)),
        ("Chậm nhất ngày 15 tháng 12", None),
        ("trước ngày 25 hàng quý", Every(text="trước ngày 25 hàng quý", each="quarter", day=25)),
        ("trước ngày 5 hằng tháng", Every(text="trước ngày 5 hằng tháng", each="month", day=5)),
        ("Định kỳ hàng quý", Every(text="Định kỳ hàng quý", each="quarter")),
        ("định kỳ 6 tháng", Every(text="định kỳ 6 tháng", each="half")),
        ("6 tháng", Every(text="6 tháng", each="half")),
        ("Hàng năm", Every(text="Hàng năm", each="year")),
        ("Thường xuyên", Always(text="Thường xuyên")),
        ("Thường xuyên khi có sự thay đổi", Always(text="Thường xuyên khi có sự thay đổi", on_change=True)),
        ("Khi có sự thay đổi", OnChange(text="Khi có sự thay đổi")),
        ("Khi có  thay đổi\nnhân sự", OnChange(text="Khi có thay đổi nhân sự")),
        ("Đột xuất hoặc Định kỳ", AsNeeded(text="Đột xuất hoặc Định kỳ", regularly=True)),
        ("Đột xuất", AsNeeded(text="Đột xuất")),
    ],
)
def test_every_time_that_plans_write_is_read(text: str, window: Window | None) -> None:
    found = parse_window(text)
    assert found == (window or Before(text=text, day=15, month=12))


@pytest.mark.parametrize("text", ["", "sớm", "Quý V", "Tháng 13", "trước ngày 31/2/2025", "Từ Quý III đến Quý I", "25"])
def test_what_is_no_time_is_told_and_not_guessed(text: str) -> None:
    with pytest.raises((MisreadError, ValueError)):
        parse_window(text)


def comes(text: str, year: int = 2027, **how: bool) -> list[tuple[str, date, date | None]]:
    return [(one.period, one.opens, one.last) for one in occurrences(parse_window(text), year, **how)]


def test_a_month_and_quarters_come_once_from_their_first_day_to_their_last() -> None:
    assert comes("Tháng 02/2028") == [("2028-02", date(2028, 2, 1), date(2028, 2, 29))]
    assert comes("Quý III hoặc Quý IV") == [("2027-07..12", date(2027, 7, 1), date(2027, 12, 31))]
    assert comes("trước ngày 10/01/2027") == [("2027-01-10", date(2027, 1, 1), date(2027, 1, 10))]


def test_a_day_of_every_quarter_is_one_of_its_last_month_or_of_the_month_after_it() -> None:
    asked = comes("trước ngày 25 hàng quý")
    assert [last for _, _, last in asked] == [date(2027, month, 25) for month in (3, 6, 9, 12)]
    assert [period for period, _, _ in asked] == ["2027-Q1", "2027-Q2", "2027-Q3", "2027-Q4"]
    after = comes("trước ngày 25 hàng quý", next_quarter=True)
    assert [last for _, _, last in after] == [
        date(2027, 4, 25),
        date(2027, 7, 25),
        date(2027, 10, 25),
        date(2028, 1, 25),
    ]
    assert [last for _, _, last in comes("6 tháng")] == [date(2027, 6, 30), date(2027, 12, 31)]


def test_what_nobody_knows_beforehand_comes_by_hand_and_what_is_always_done_has_no_last_day() -> None:
    assert comes("Khi có sự thay đổi") == comes("Đột xuất") == []
    assert comes("Thường xuyên") == [("2027", date(2027, 1, 1), None)]
    assert comes("Đột xuất hoặc Định kỳ") == [("2027", date(2027, 1, 1), date(2027, 12, 31))]
    hands = [by_hand(parse_window(text)) for text in ("Khi có sự thay đổi", "Đột xuất", "Thường xuyên", "Quý I")]
    assert hands == [True, True, False, False]


def test_a_last_day_that_nobody_works_rolls_to_the_next_working_day() -> None:
    (one,) = occurrences(parse_window("trước ngày 25/04/2026"), 2026)  # a Saturday; the Monday after is a holiday
    assert one.due(working_time()) == datetime(2026, 4, 28, 17, tzinfo=ZONE)
    (two,) = occurrences(parse_window("trước ngày 22/04/2026"), 2026)
    assert two.due(working_time()) == datetime(2026, 4, 22, 17, tzinfo=ZONE)


@given(st.integers(1, 12), st.integers(2024, 2030), st.sampled_from(["Tháng {}", "tháng {:02}", "Trong tháng  {}"]))
def test_a_month_lasts_as_long_as_the_calendar_says(month: int, year: int, form: str) -> None:
    (one,) = occurrences(parse_window(f"{form.format(month)}/{year}"), 1999)
    days = (one.last - one.opens).days + 1 if one.last else 0
    following = date(year + month // 12, month % 12 + 1, 1)
    assert days == (following - date(year, month, 1)).days
