"""Nonconformities on the command line: opened from a record, counted, followed month by month."""

from pathlib import Path

from tests.cli.commands.test_cases import opened
from tests.cli.office import Office

OFFICER = "khanh.pv"


def raised(office: Office, *more: str, at: str = "2026-03-03T09:00") -> str:
    asked = ("nc", "open", "--title", "Thiếu chữ ký", *more)
    return str(office.told(*asked, by=OFFICER, at=at)["case"])


def test_one_is_opened_from_a_case_with_what_there_was_to_see(office: Office) -> None:
    case = opened(office)
    number = raised(office, "--from", case, "--step", "kiểm tra")
    told = office.told("nc", "show", number, at="2026-03-03T10:00")
    assert (told["source_case"], told["source_procedure"], told["step"]) == (case, "QT-VP-05", "kiểm tra")
    assert told["source"] == "Phát hiện khác"
    last = office.told("case", "show", case)["events"][-1]
    assert told["evidence"] == f"{case}#{last['seq']} {last['hash'][:16]}"
    assert "hiệu lực: chưa đo được" in office.say("nc", "show", number).out
    assert office.say("nc", "open", "--title", "x", "--from", "HS-2026-9999", by=OFFICER).code == 2


def test_they_are_counted_and_followed_by_month(office: Office, tmp_path: Path) -> None:
    case = opened(office)
    raised(office, "--from", case)
    raised(office, "--from", case, at="2026-04-03T09:00")
    drawn = tmp_path / "pareto.svg"
    asked = ("nc", "pareto", "--by", "quy-trinh", "-o", drawn)
    assert office.say(*asked, at="2026-05-04T09:00").code == 0
    assert drawn.read_text("utf-8").startswith("<?xml") or "<svg" in drawn.read_text("utf-8")
    [bar] = office.told("nc", "pareto", "--by", "quy-trinh", at="2026-05-04T09:00")["bars"]
    assert (bar["name"], bar["count"], bar["cumulated"]) == ("QT-VP-05", 2, 1.0)
    months = {one["period"]: one for one in office.told("nc", "trend", at="2026-05-04T09:00")["months"]}
    assert [len(months[key]["opened"]) for key in ("2026-02", "2026-03", "2026-04")] == [0, 1, 1]
    assert [len(months[key]["open"]) for key in ("2026-03", "2026-04")] == [1, 2]
    assert office.say("nc", "pareto", "--by", "mau", at="2026-05-04T09:00").code == 2


def test_the_list_is_narrowed(office: Office) -> None:
    raised(office, "--from", opened(office))
    assert len(office.told("nc", "list", "--procedure", "QT-VP-05")["nonconformities"]) == 1
    assert office.told("nc", "list", "--procedure", "QT-XX")["nonconformities"] == []
    assert office.told("nc", "list", "--recurring")["nonconformities"] == []
