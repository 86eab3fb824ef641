"""Procedures side by side: each with its rate by month, those with the most cases where there are very many."""

import pytest

from quality import questions
from quality.groups import Group, by_issue
from quality.periods import parse
from tests.quality.agency import DECLARED, ZONE, agency, at, loaded
from visualize import analysis
from visualize.analysis import side_by_side

YEAR = parse("2026", ZONE)


@pytest.fixture(scope="module")
def groups() -> list[Group]:
    """Three procedures: two cases in March and one in May, one of them late; one case in May; none that is done."""
    codes = ("QT-TT-01", "QT-TT-02", "QT-TT-03")
    office = agency(*(loaded(DECLARED.replace("QT-TT-01", code)) for code in codes))
    for code, month, late in ((codes[0], 3, 0), (codes[0], 3, 20), (codes[0], 5, 0), (codes[1], 5, 0)):
        case = office.open(at(4, month=month), procedure=code)
        office.finish(case, 1, "an", at(4, 9, month=month))
        office.finish(case, 2, "binh", at(4, 10, month=month), "Đủ")
        office.finish(case, 3, "chi", at(4 + late, 11, month=month), "Đồng ý")
    office.open(at(4, month=5), procedure=codes[2])
    with office.store.reading() as reader:
        return by_issue(questions.facts(reader, at(1, month=7)))


def test_each_procedure_has_its_rates_and_a_month_without_cases_none(groups: list[Group]) -> None:
    chart = side_by_side(groups, YEAR, "vi")
    assert chart is not None
    assert chart.twin.header[0] == "Quy trình"
    march, may = (chart.twin.header.index(month) for month in ("03/2026", "05/2026"))
    rows = {row[0]: row for row in chart.twin.rows}
    assert list(rows) == ["QT-TT-01@1", "QT-TT-02@1"]
    assert [(row[march], row[may]) for row in rows.values()] == [("50", "100"), ("–", "100")]
    assert side_by_side(groups[:1], YEAR, "vi") is None


def test_of_very_many_those_with_the_most_cases_are_shown_and_it_is_said(
    groups: list[Group], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analysis, "MOST_CELLS", 2)
    again = [*groups[1:2] * 2, groups[0]]
    chart = side_by_side(again, YEAR, "vi")
    assert chart is not None
    assert [row[0] for row in chart.twin.rows] == ["QT-TT-01@1", "QT-TT-02@1"]
    assert "(2 quy trình nhiều hồ sơ nhất)" in chart.picture.title
