"""Every report that is owed opens its case once, is due earlier below than above, and stands somewhere."""

from datetime import date
from pathlib import Path

from procedures.calendar import Calendars
from quality.programme.board import Standing
from quality.reports.owed import all_owed, lines, open_owed, period_words, told
from tests.quality.programme.sample import at
from tests.quality.reports.sample import KINDS, ORGANISATION, office, owed, send


def test_the_lower_level_is_due_before_the_upper_one_and_each_knows_where_it_sends() -> None:
    every = [one for one in all_owed(KINDS, ORGANISATION, "Sở A", 2026) if one.period == "2026-Q2"]
    assert [(one.unit, one.to, one.occurrence.last, one.cut_off) for one in every] == [
        ("UBND xã B", "Sở A", date(2026, 6, 22), date(2026, 6, 15)),
        ("UBND xã C", "Sở A", date(2026, 6, 22), date(2026, 6, 15)),
        ("Sở A", "UBND tỉnh A", date(2026, 6, 25), date(2026, 6, 23)),
    ]
    sector = [one for one in all_owed(KINDS, ORGANISATION, "Sở A", 2026) if one.period == "2026-H1"]
    assert [one.to for one in sector] == ["Văn phòng"] * 4 + ["Sở A"]
    assert len({one.command for one in all_owed(KINDS, ORGANISATION, "Sở A", 2026)}) == 22


def test_a_report_opens_its_case_once_in_the_month_it_is_due(tmp_path: Path) -> None:
    agency = office(tmp_path)
    every = list(all_owed(KINDS, agency.organisation, "Sở A", 2026))
    assert open_owed(agency.store, agency, every, at(28, 2)) == []
    assert len(open_owed(agency.store, agency, every, at(1, 3))) == 3
    assert open_owed(agency.store, agency, every, at(2, 3)) == []
    with agency.store.reading() as reader:
        case = next(case for case in reader.cases(procedure="QT-HT-21") if case.unit == "UBND xã B")
        held = reader.held(case.id)
    assert held is not None
    assert case.title == "Báo cáo quý, quý I/2026"
    assert case.due == at(23, 3, 17)  # the 22nd is a Sunday
    assert held.values["số liệu đến hết ngày"] == "2026-03-15"
    assert case.id.startswith("BC-2026-")


def test_each_report_stands_somewhere(tmp_path: Path) -> None:
    agency = office(tmp_path)
    send(agency, owed(agency, "UBND xã B"), ("thai.lv", "thom.tt"), at(20, 3))
    every = [one for one in all_owed(KINDS, agency.organisation, "Sở A", 2026) if one.period in {"2026-Q1", "2026-Q2"}]
    with agency.store.reading() as reader:
        found = {(line.owed.unit, line.owed.period): line.standing for line in lines(reader, agency, every, at(24, 3))}
    assert found["UBND xã B", "2026-Q1"] is Standing.ON_TIME
    assert found["UBND xã C", "2026-Q1"] is Standing.LATE
    assert found["Sở A", "2026-Q1"] is Standing.IN_WINDOW
    assert found["Sở A", "2026-Q2"] is Standing.NOT_BEGUN


def test_a_period_is_said_as_people_say_it(tmp_path: Path) -> None:
    agency = office(tmp_path)
    assert isinstance(agency.calendars, Calendars)
    said = [period_words(told(key, agency)).into("vi") for key in ("2026-Q1", "2026-H1", "2026-H2", "2026", "2026-03")]
    assert said == ["quý I/2026", "6 tháng đầu năm 2026", "6 tháng cuối năm 2026", "năm 2026", "tháng 3/2026"]
    half = told("2026-H2", agency)
    assert (half.start, half.end) == (at(1, 7, 0), at(1, 1, 0, year=2027))
