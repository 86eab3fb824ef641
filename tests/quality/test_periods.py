from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from procedures.values import ValueSaid
from quality.periods import containing, finder, last, parse, parts

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026", (2026, 1), (2027, 1)),
        ("2026-Q4", (2026, 10), (2027, 1)),
        ("2026-q1", (2026, 1), (2026, 4)),
        ("2026-11", (2026, 11), (2026, 12)),
        (" 2026-12 ", (2026, 12), (2027, 1)),
    ],
)
def test_a_period_begins_and_ends_at_midnight_in_the_agency(text: str, start: tuple, end: tuple) -> None:
    period = parse(text, ZONE)
    assert period.start == datetime(*start, 1, tzinfo=ZONE)
    assert period.end == datetime(*end, 1, tzinfo=ZONE)


@pytest.mark.parametrize("text", ["", "26", "2026-13", "2026-Q5", "2026-00", "2026-1", "quý 4", "0000", "9999-12-31"])
def test_what_is_no_period_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueSaid) as refused:
        parse(text, ZONE)
    assert refused.value.words.into("vi")


def test_a_period_is_half_open() -> None:
    november = parse("2026-11", ZONE)
    assert november.has(int(datetime(2026, 11, 1, tzinfo=ZONE).timestamp()))
    assert not november.has(int(datetime(2026, 12, 1, tzinfo=ZONE).timestamp()))
    assert not november.has(None)


def test_an_instant_late_on_the_last_evening_in_utc_is_already_next_month_in_the_agency() -> None:
    assert containing(datetime(2026, 10, 31, 17, tzinfo=UTC), "month", ZONE).key == "2026-11"


def test_a_year_has_its_months_and_quarters() -> None:
    year = parse("2026", ZONE)
    assert [part.key for part in parts(year, "quarter")] == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
    assert [part.key for part in parts(year, "month")][::11] == ["2026-01", "2026-12"]


def test_the_last_months_reach_back_over_the_new_year() -> None:
    keys = [period.key for period in last(14, parse("2026-Q1", ZONE), "month")]
    assert (keys[0], keys[-1], len(keys)) == ("2025-02", "2026-03", 14)


def test_a_finder_agrees_with_looking_up_each_instant() -> None:
    first, until = (int(datetime(year, 3, 9, 5, tzinfo=UTC).timestamp()) for year in (2025, 2027))
    find = finder("quarter", first, until, ZONE)
    for at in range(first, until, 1_000_003):
        assert find(at) == containing(datetime.fromtimestamp(at, UTC), "quarter", ZONE)


def test_a_period_is_said_in_vietnamese() -> None:
    said = [parse(text, ZONE).words.into("vi") for text in ("2026", "2026-Q4", "2026-11")]
    assert said == ["năm 2026", "quý IV/2026", "tháng 11/2026"]
