"""Figures, charts, points and conformity, seen from the command line."""

from pathlib import Path

import pytest

from tests.cli.commands.test_cases import filled, opened
from tests.cli.office import Office

AFTER = "2026-03-19T08:00"


@pytest.fixture
def late(office: Office) -> Office:
    """A folder with one case that nobody worked on after it was filled in."""
    assert filled(office, opened(office)).code == 0
    return office


@pytest.mark.parametrize("chart", ["xmr", "scatter", "cfd", "ageing", "heat"])
def test_every_chart_is_a_table_and_a_picture(late: Office, chart: str, tmp_path: Path) -> None:
    assert late.say("metrics", "QT-VP-05", "--chart", chart, "--period", "2026", at=AFTER).code == 0
    file = tmp_path / f"{chart}.svg"
    assert late.say("metrics", "QT-VP-05", "--chart", chart, "-o", str(file), at=AFTER).code == 0
    assert file.read_bytes().startswith(b"<svg")
    table = tmp_path / f"{chart}.csv"
    assert late.say("metrics", "QT-VP-05", "--chart", chart, "-o", str(table), at=AFTER).code == 0
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_chart_is_of_one_procedure_that_has_cases(late: Office) -> None:
    assert late.say("metrics", "--chart", "xmr", at=AFTER).code == 2
    assert "không có hồ sơ nào của QT-TC-01" in late.say("metrics", "QT-TC-01", "--chart", "xmr", at=AFTER).err


def test_figures_of_units_are_rolled_up_the_tree(late: Office) -> None:
    figures = late.told("metrics", "QT-VP-05", "--by", "don-vi", "--period", "2026", at=AFTER)["figures"]
    assert {figure["key"] for figure in figures} >= {"case.received", "breach.bypass"}
    assert all(figure["count"] <= 1 for figure in figures)


def test_conformity_without_a_finished_case_says_so(late: Office) -> None:
    assert "không có hồ sơ nào giải quyết xong" in late.say("conform", "--period", "2026", at=AFTER).err
    assert late.told("conform", "--period", "2026", at=AFTER)["conformity"] == []


@pytest.mark.parametrize("given", ["1=2", "4=3", "4=hai", "10=1"])
def test_points_are_given_only_for_what_events_do_not_tell(late: Office, given: str) -> None:
    assert late.say("metrics", "--score", "--set", given, at=AFTER).code == 2


def test_points_are_told_of_the_agency(late: Office) -> None:
    told = late.say("metrics", "--score", "--set", "4=1,5", at=AFTER)
    assert told.code == 0
    assert "cơ quan" in told.out
