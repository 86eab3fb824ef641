"""Files on the command line: attached, listed, taken out again."""

from pathlib import Path

from tests.cli.commands.test_cases import ASKER, CHIEF, opened
from tests.cli.office import Office

AT = "2026-03-02T08:20"
PDF = b"%PDF-1.7\n%%EOF\n"


def test_a_file_goes_in_and_comes_out_as_it_was(office: Office, tmp_path: Path) -> None:
    case, paper = opened(office), tmp_path / "Báo giá.pdf"
    paper.write_bytes(PDF)
    assert office.say("case", "attach", case, paper, by=ASKER, at=AT).code == 0
    assert "1. Báo giá.pdf  1 KB" in office.say("case", "files", case).out
    out = tmp_path / "ra.pdf"
    assert office.say("case", "file", case, "1", out).code == 0
    assert out.read_bytes() == PDF
    assert office.say("case", "file", case, "2", out).code == 2


def test_what_is_not_taken_is_told(office: Office, tmp_path: Path) -> None:
    case, page = opened(office), tmp_path / "trang.html"
    page.write_text("<p>", encoding="utf-8")
    answer = office.say("case", "attach", case, page, by=ASKER, at=AT)
    assert (answer.code, "Không nhận tệp" in answer.err) == (4, True)
    missing = office.say("case", "attach", case, tmp_path / "không có.pdf", by=ASKER, at=AT)
    assert missing.code == 2
    assert "không đọc được" in missing.err
    paper = tmp_path / "a.pdf"
    paper.write_bytes(PDF)
    assert office.say("case", "attach", case, paper, by=CHIEF, at=AT).code == 4
    assert office.told("case", "files", case)["files"] == []
