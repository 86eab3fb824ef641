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
    assert office.say("case", "attach", case, paper, "--form", "khác", by=ASKER, at=AT).code == 0
    refused = office.say("case", "attach", case, paper, "--form", "BM-9", by=ASKER, at=AT)
    assert (refused.code, "BM-VP-05-01, khác" in refused.err) == (4, True)
    listed = office.say("case", "files", case).out
    assert "1. Báo giá.pdf  BM-VP-05-01  1 KB" in listed
    assert "2. Báo giá.pdf  1 KB" in listed
    assert [one["form"] for one in office.told("case", "files", case)["files"]] == ["BM-VP-05-01", None]
    out = tmp_path / "ra.pdf"
    assert office.say("case", "file", case, "1", out).code == 0
    assert out.read_bytes() == PDF
    assert office.say("case", "file", case, "3", out).code == 2


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
