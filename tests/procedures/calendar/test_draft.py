"""A year computed ahead of its decision, as a file that reads back."""

from pathlib import Path

import pytest

from procedures.calendar.draft import draft_days, draft_text
from procedures.calendar.load import load_calendar, read_version
from procedures.calendar.versions import weekdays
from tests.procedures.calendar.building import USUAL, day

SHIPPED = Path(__file__).parents[3] / "calendar.d"


@pytest.mark.parametrize("year", [2028, 2029, 2035])
def test_a_drafted_year_reads_back_with_the_holidays_of_the_law_and_is_not_decided(year: int) -> None:
    version, findings = read_version(draft_text(year, weekdays(*USUAL), "Asia/Ho_Chi_Minh").encode(), "x.yaml")
    assert findings == []
    assert version is not None
    assert [(one.year, one.decided) for one in version.years] == [(year, False)]
    assert {special.day: special for special in version.days} == dict(draft_days(year))
    assert {day(f"1/1/{year}"), day(f"30/4/{year}"), day(f"1/5/{year}"), day(f"2/9/{year}")} <= draft_days(year).keys()
    assert day(f"24/11/{year}") not in draft_days(year)
    assert version.hours[0].week == weekdays(*USUAL)


def test_a_day_off_in_lieu_names_the_article_on_it() -> None:
    found = draft_days(2028)[day("3/1/2028")]
    assert (found.reason, found.source.document) == ("Nghỉ bù Tết Dương lịch", "BLLĐ 2019 Đ.111.3")


def test_the_computed_days_of_2026_are_the_decided_ones_but_for_the_swaps() -> None:
    shipped, _ = load_calendar(SHIPPED)
    computed = draft_days(2026)
    decided = {special.day for special in shipped.version.days if special.day.year == 2026 and not special.partner}
    assert decided - computed.keys() == set()
    assert all(not shipped.is_working_day(off) for off in computed)
