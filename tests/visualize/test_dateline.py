"""Dates and numbers of papers: the vectors of the rule."""

from types import SimpleNamespace

import pytest

from engine.agency import Settings
from procedures.organisation import Organisation, OrgUnit
from visualize.dateline import ngay, place_of, so


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((2020, 1, 5), "ngày 05 tháng 01 năm 2020"),
        ((2019, 6, 29), "ngày 29 tháng 6 năm 2019"),
        ((2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        ((2026, 2, 10), "ngày 10 tháng 02 năm 2026"),
        ((2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
    ],
)
def test_a_date_is_written_as_the_rule_says(given: tuple[int, int, int], said: str) -> None:
    assert ngay(*given) == said


def test_a_day_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="day"):
        ngay(2026, 2, 30)


def test_a_number_below_ten_takes_a_nought() -> None:
    assert so(5, "BNV-VP") == "Số: 05/BNV-VP"
    assert so(15, "QĐ-BNV") == "Số: 15/QĐ-BNV"
    assert so(None, "BC-VP").endswith("/BC-VP")


def test_a_commune_dates_its_papers_at_itself_and_everybody_else_where_the_agency_is() -> None:
    units = (
        OrgUnit("UBND xã B", kind="ủy ban nhân dân xã", parent="UBND tỉnh A"),
        OrgUnit("UBND tỉnh A", kind="ủy ban nhân dân tỉnh"),
        OrgUnit("Phòng Kinh tế xã B", kind="phòng", parent="UBND xã B"),
        OrgUnit("UBND phường C", kind="Ủy ban nhân dân phường"),
    )
    there = SimpleNamespace(organisation=Organisation(units=units), settings=Settings(place="Tỉnh A"))
    places = [place_of(there, unit.name) for unit in units]  # type: ignore[arg-type]
    assert places == ["Xã B", "Tỉnh A", "Xã B", "Phường C"]
    assert place_of(there, "một đơn vị lạ") == "Tỉnh A"  # type: ignore[arg-type]
