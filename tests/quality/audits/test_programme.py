"""Every unit is audited at least once a year, or the programme says that it was not."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from quality.audits.audit import Audit
from quality.audits.programme import alerts, programme
from tests.quality.agency import agency, at, declared

UNITS = ("Văn phòng", "Phòng Kế hoạch")


def audit(*units: str, year: int = 2026, held: datetime | None = None) -> Audit:
    return Audit(
        id=f"HS-{year}-{len(units)}",
        title="",
        year=year,
        units=units,
        procedures=(),
        criteria="",
        when="Quý III",
        lead="",
        team=(),
        sample="",
        clauses="",
        strengths="",
        found="",
        stage="",
        opened_at=at(2, year=year),
        due=None,
        audited_on=held,
        ended_at=None,
        called_off=False,
    )


@pytest.mark.parametrize(
    ("found", "today", "standing"),
    [
        ([], date(2026, 6, 30), "unplanned"),
        ([], date(2026, 7, 1), "overdue"),
        ([audit("Văn phòng")], date(2026, 7, 1), "planned"),
        ([audit("Văn phòng")], date(2027, 1, 1), "overdue"),
        ([audit("Văn phòng", held=at(5))], date(2026, 3, 6), "audited"),
        ([audit("Văn phòng", year=2025, held=at(5, year=2025))], date(2026, 8, 1), "overdue"),
        ([replace(audit("Văn phòng", held=at(5)), called_off=True)], date(2026, 8, 1), "overdue"),
        ([audit("Sở A", held=at(5))], date(2026, 8, 1), "audited"),
    ],
)
def test_a_unit_stands_as_its_audits_and_the_day_say(found: list[Audit], today: date, standing: str) -> None:
    lines = programme(UNITS, found, agency(declared()), 2026, today)
    assert lines[0].standing == standing


def test_an_alert_names_each_unit_that_is_overdue_and_no_other() -> None:
    lines = programme(UNITS, [audit("Văn phòng", held=at(5))], agency(declared()), 2026, date(2026, 8, 1))
    assert [words.into("vi") for words in alerts(lines, 2026)] == ["Phòng Kế hoạch chưa được đánh giá trong năm 2026"]


def test_the_last_audit_of_any_year_is_kept() -> None:
    (line, _) = programme(
        UNITS, [audit("Văn phòng", year=2025, held=at(5, year=2025))], agency(declared()), 2026, date(2026, 3, 1)
    )
    assert line.last == date(2025, 3, 5)
