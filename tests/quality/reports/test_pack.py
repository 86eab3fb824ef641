"""A report counts what its units' cases tell up to its last day, sums what was sent from below, and is built again."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from engine.agency import Agency
from quality.figure import Figure
from quality.reports.pack import UnitReport, own_units, to_json, unit_report
from tests.quality.programme.sample import at
from tests.quality.reports.sample import KINDS, ORGANISATION, office, owed, send, work

UNTIL = date(2026, 3, 15)


def report(agency: Agency, unit: str, until: date = UNTIL) -> UnitReport:
    with agency.store.reading() as reader:
        return unit_report(reader, agency, owed(agency, unit), KINDS, "Sở A", until)


def counts(figures: tuple[Figure, ...]) -> Mapping[str, int]:
    return {figure.key.removeprefix("report."): int(figure.value or 0) for figure in figures}


def test_a_unit_counts_the_cases_of_its_own_units_each_with_its_number(tmp_path: Path) -> None:
    agency = office(tmp_path)
    own = report(agency, "UBND xã B")
    told = counts(own.own)
    assert (told["received"], told["finished"], told["late"], told["open"], told["overdue"]) == (3, 2, 1, 1, 1)
    assert all(len(figure.cases) == figure.value for figure in own.own)
    above = counts(report(agency, "Sở A").own)  # the director's and the room's, not the commune's
    assert (above["received"], above["finished"], above["open"]) == (2, 1, 1)


def test_what_happens_after_the_last_day_changes_nothing_and_the_seal_tells_what_does(tmp_path: Path) -> None:
    agency = office(tmp_path)
    before = report(agency, "UBND xã B")
    work(agency, "thai.lv", at(16, 3), at(17, 3))
    assert report(agency, "UBND xã B").digest == before.digest
    assert to_json(report(agency, "UBND xã B")) == to_json(before)
    assert report(agency, "UBND xã B", date(2026, 3, 16)).digest != before.digest


def test_the_upper_report_sums_what_was_sent_and_names_who_sent_nothing(tmp_path: Path) -> None:
    agency = office(tmp_path)
    assert report(agency, "Sở A", date(2026, 3, 18)).missing == ("UBND xã B", "UBND xã C")
    case = send(agency, owed(agency, "UBND xã B"), ("thai.lv", "thom.tt"), at(18, 3))
    made = report(agency, "Sở A", date(2026, 3, 18))
    (part,) = made.parts
    assert (part.unit, part.case, part.until) == ("UBND xã B", case, UNTIL)
    assert made.missing == ("UBND xã C",)
    total, own, lower = counts(made.total), counts(made.own), counts(part.figures)
    assert total == {key: own[key] + lower[key] for key in own}
    assert total["received"] == 5
    assert {case for figure in made.total for case in figure.cases} <= {line[0] for line in made.evidence}
    assert report(agency, "Sở A", date(2026, 3, 17)).missing == ("UBND xã B", "UBND xã C"), "it was sent on the 18th"


def test_a_unit_that_reports_itself_is_not_counted_above_it_and_nobody_twice() -> None:
    units = {unit.name for unit in ORGANISATION.units}
    reporting = frozenset({"UBND xã B", "UBND xã C", "Sở A", "UBND tỉnh A"})
    owned = {unit: own_units(ORGANISATION, unit, reporting) for unit in reporting}
    assert "Phòng Kinh tế xã B" in owned["UBND xã B"]
    assert "Phòng Nghiệp vụ" in owned["Sở A"]
    assert "Sở Y tế" in owned["UBND tỉnh A"]
    assert sum(len(one) for one in owned.values()) == len(set().union(*owned.values()))
    assert set().union(*owned.values()) <= units
