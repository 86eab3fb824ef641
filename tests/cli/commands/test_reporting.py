"""Reports on the command line: who owes what, their cases, and their papers."""

from pathlib import Path

import pytest

from tests.cli.office import Office
from tests.quality.reports.sample import office as made


@pytest.fixture
def sub(tmp_path: Path) -> Office:
    agency = made(tmp_path)
    agency.store.close()
    return Office(agency.root)


def test_what_is_owed_is_shown_opened_and_followed(sub: Office) -> None:
    assert sub.say("report", "check").code == 0
    told = sub.told("report", "board", at="2026-03-02T08:00")["reports"]
    assert len(told) == 22
    assert [one["standing"] for one in told if one["period"] == "2026-Q1"] == ["in_window"] * 3
    assert len(sub.say("report", "open", at="2026-03-02T08:00").out.split()) == 3
    assert sub.say("report", "open", at="2026-03-02T09:00").err == "đã mở 0 hồ sơ\n"
    shown = sub.say("report", "board", at="2026-03-24T08:00").out
    assert "trễ hạn" in shown
    assert "BC-2026-0001" in shown


def test_a_report_is_written_for_a_day_that_is_over(sub: Office, tmp_path: Path) -> None:
    line = ("report", "write", "BC-QUY", "--unit", "Sở A", "--period", "2026-Q1", "-o", tmp_path / "ra")
    early = sub.say(*line, at="2026-03-23T08:00")
    assert (early.code, early.err) == (4, "ngày 23/03/2026 chưa hết; số liệu chốt vào cuối ngày\n")
    said = sub.say(*line, at="2026-03-24T08:00")
    assert said.code == 0, said.err
    assert len(said.out.splitlines()) == 3
    assert sub.say("report", "write", "BC-X", "--unit", "Sở A", "--period", "2026-Q1").code == 2
    wrong = sub.say("report", "write", "BC-QUY", "--unit", "Văn phòng", "--period", "2026-Q1")
    assert wrong.err == "Văn phòng không phải gửi BC-QUY kỳ 2026-Q1\n"


def test_a_fault_in_the_declaration_is_told_and_nothing_is_owed(sub: Office) -> None:
    file = sub.root / "programme.d" / "báo cáo.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("Sở A, hạn", "Sở Z, hạn"), encoding="utf-8")
    wrong = sub.say("report", "check")
    assert wrong.code == 1
    assert "không có đơn vị nào tên “Sở Z”" in wrong.out
    assert sub.told("report", "board")["reports"] == []
