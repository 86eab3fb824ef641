"""What is kept until when, what is handed over, what may be erased, on the command line."""

import csv
import os
from pathlib import Path

import pytest

from tests.cli.commands.test_cases import CHIEF, KEEPER, at_the_chief, filled, opened
from tests.cli.office import Office

#: The director, whose office owns the procedure.
LEADER = "an.nv"


def over(office: Office, day: str = "2026-03-05", paper: Path | None = None) -> str:
    case = at_the_chief(office)
    if paper is not None:
        assert office.say("case", "attach", case, paper, by=CHIEF, at="2026-03-02T14:30").code == 0
    assert office.say("case", "advance", case, "--choose", "Đồng ý", by=CHIEF, at="2026-03-02T15:00").code == 0
    assert office.say("case", "advance", case, by=KEEPER, at=f"{day}T10:00").code == 0
    return case


def test_a_value_is_erased_with_reason_and_basis_and_the_log_still_verifies(office: Office) -> None:
    case = over(office)
    words = ("--reason", "theo đơn ngày 06/03/2026", "--basis", "Luật 91/2025/QH15")
    asked = ("case", "erase", case, "--field", "tổng tiền", *words)
    refused = office.say(*asked, by=KEEPER, at="2026-03-06T09:00")
    assert refused.code == 4
    assert "chỉ người đứng đầu đơn vị chủ trì quy trình" in refused.err
    assert office.say(*asked, by=LEADER, at="2026-03-06T09:00").code == 0
    shown = office.say("case", "show", case)
    assert "xoá thông tin tổng tiền: theo đơn ngày 06/03/2026 (căn cứ: Luật 91/2025/QH15)" in shown.out
    assert office.say("audit", "verify").code == 0


def test_a_record_is_destroyed_with_its_files_when_its_time_is_over_and_not_a_day_before(
    office: Office, tmp_path: Path
) -> None:
    (tmp_path / "giá.pdf").write_bytes(b"%PDF-1.7")
    case = over(office, paper=tmp_path / "giá.pdf")
    (paper,) = (office.root / "attachments").glob("??/*")
    os.utime(paper, (0, 0))
    assert office.say("retention", "due", at="2036-12-31T23:00").out.count(case) == 0
    assert office.say("retention", "due", at="2037-01-01T00:30").out.count(case) == 1
    asked = ("case", "erase", case, "--reason", "hết thời gian lưu", "--basis", "QĐ 12/QĐ-SA")
    early = office.say(*asked, by=LEADER, at="2036-12-31T09:00")
    assert early.code == 4
    assert "phải giữ đến hết 31/12/2036" in early.err
    assert office.say(*asked, by=LEADER, at="2037-01-04T09:00").code == 0
    assert not paper.exists()
    assert office.say("case", "files", case).out.startswith("1. (đã xoá)")
    assert office.told("retention", "due", at="2037-01-05")["records"] == []
    assert "đã huỷ 04/01/2037" in office.say("retention", "list").out
    assert office.say("audit", "verify").code == 0


def test_the_list_for_the_archive_has_every_case_of_the_year_in_the_order_they_ended(
    office: Office, tmp_path: Path
) -> None:
    late, early = over(office, "2026-03-10"), over(office, "2026-03-04")
    assert filled(office, opened(office)).code == 0
    listed = office.say("retention", "handover", "--year", "2026")
    assert listed.out.index(early) < listed.out.index(late)
    assert "10 năm" not in listed.out
    out = tmp_path / "mục lục.csv"
    assert office.say("retention", "handover", "--year", "2026", "--out", out).code == 0
    rows = list(csv.reader(out.read_text("utf-8-sig").splitlines()))
    assert [row[:2] for row in rows] == [["STT", "hồ sơ"], ["1", early], ["2", late]]
    assert rows[1][4:10] == ["02/03/2026", "04/03/2026", "Bộ phận Kế toán", "31/12/2036", "31/12/2027", "16"]
    log = office.told("case", "show", early)["events"]
    assert int(rows[1][9]) == len(log)
    assert office.told("retention", "handover", "--year", "2025")["records"] == []


def test_a_text_is_found_in_the_list_and_erased_by_its_place(office: Office) -> None:
    case = over(office)
    listed = office.say("case", "erasable", case)
    assert "trích yếu của hồ sơ ngày 02/03/2026" in listed.out
    told = office.told("case", "erasable", case)
    title = office.told("case", "show", case)["title"]
    said = {"place": "1.title", "what": "trích yếu của hồ sơ ngày 02/03/2026", "text": title}
    assert told["texts"][0] | said == told["texts"][0]
    assert told["fields"]["tổng tiền"]
    words = ("--reason", "theo đơn", "--basis", "Luật 91/2025/QH15")
    assert office.say("case", "erase", case, "--text", "1.title", *words, by=LEADER, at="2026-03-06T09:00").code == 0
    shown = office.say("case", "show", case)
    assert title not in shown.out
    assert "(đã xoá)" in shown.out
    assert "trích yếu của hồ sơ ở sự kiện số 1: theo đơn (căn cứ: Luật 91/2025/QH15)" in shown.out
    assert office.told("case", "erasable", case)["texts"] == told["texts"][1:]
    assert office.say("audit", "verify").code == 0
    unknown = office.say("case", "erase", case, "--text", "9.title", *words, by=LEADER, at="2026-03-06T09:00")
    assert unknown.code == 4
    assert "không giữ lời văn nào ở chỗ “9.title”" in unknown.err


def test_what_release_0_1_0_wrote_into_the_log_is_told_to_stay(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "0.1.0" not in office.say("case", "erasable", over(office)).err
    monkeypatch.setattr("engine.handle.apart", lambda *_: {})  # as it wrote
    case = over(office)
    said = "bản 0.1.0 đã ghi thẳng vào nhật ký, không xoá được: trích yếu của hồ sơ ngày 02/03/2026"
    assert said in office.say("case", "erasable", case).err
    asked = ("case", "erase", case, "--reason", "hết thời gian lưu", "--basis", "QĐ 12/QĐ-SA")
    done = office.say(*asked, by=LEADER, at="2037-01-04T09:00")
    assert done.code == 0
    assert said in done.err


def test_it_is_told_in_which_called_cases_the_title_goes_too(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    case, called = over(office), over(office)
    assert called not in office.say("case", "erasable", case).err
    monkeypatch.setattr("engine.carry_out.called_in_all", lambda _reader, asked: [called] if asked == case else [])
    said = f"hồ sơ được gọi còn trích yếu, sẽ bị xoá cùng trích yếu của {case}: {called}"
    assert said in office.say("case", "erasable", case).err
    words = ("--text", "1.title", "--reason", "theo đơn", "--basis", "Luật 91/2025/QH15")
    assert office.say("case", "erase", called, *words, by=LEADER, at="2026-03-06T09:00").code == 0
    done = office.say("case", "erase", case, *words, by=LEADER, at="2026-03-06T09:00")
    assert done.code == 0
    assert "1 hồ sơ được gọi không còn trích yếu" in done.err
