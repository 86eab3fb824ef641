"""The annual programme on the command line, from its check to the draft of the next one."""

import shutil
from pathlib import Path

from tests.cli.office import DATA, Office

ISSUE = ("--number", "12/KH-SA", "--date", "02/01/2026", "--signatory", "Nguyễn Văn An, Giám đốc")
PLAN = """\
TT\tNội dung công việc\tCơ quan chủ trì\tThời gian\tKết quả
1\tBan hành kế hoạch\tUBND huyện\tTháng 01/2027\tKế hoạch
2\tTập huấn\tUBND xã\tlúc nào tiện\tDanh sách
"""


def office(shelf: Office, tmp_path: Path) -> Office:
    own = shelf.copy(tmp_path / "sở")
    shutil.copytree(DATA / "programme.d", own.root / "programme.d")
    from tests.cli.office import ISSUED

    assert own.say("publish", "QT-HT-20", *ISSUED).code == 0
    return own


def issued(shelf: Office, tmp_path: Path) -> Office:
    own = office(shelf, tmp_path)
    said = own.say(
        "programme", "issue", own.root / "programme.d" / "2026.yaml", *ISSUE, by="linh.vt", at="2026-01-02T09:00"
    )
    assert said.code == 0, said.err
    assert said.out.startswith("sha256:")
    return own


def test_a_programme_is_checked_issued_carried_out_and_followed(shelf: Office, tmp_path: Path) -> None:
    own = issued(shelf, tmp_path)
    opened = own.say("programme", "open", at="2026-01-05T08:00")
    assert len(opened.out.split()) == 16
    assert own.say("programme", "open", at="2026-01-05T09:00").out == ""
    told = own.told("programme", "board", at="2026-02-10T08:00")
    standing = {(one["number"], one["unit"]): one["standing"] for one in told["tasks"]}
    assert standing["II.1", "Văn phòng"] == "late"
    assert standing["I.3", "Bộ phận Quản lý chất lượng"] == "not_begun"
    assert {one["unit"] for one in told["plans_asked"] if not one["filed"]} >= {"Văn phòng", "Phòng Nghiệp vụ"}
    shown = own.say("programme", "board", at="2026-02-10T08:00").out
    assert "Theo đơn vị" in shown
    assert "chưa nộp: Văn phòng; Phòng Tổ chức cán bộ" in shown
    assert "12/KH-SA ngày 02/01/2026, Nguyễn Văn An, Giám đốc ký; lần 1" in own.say("programme", "show").out
    assert own.told("programme", "show")["plan"]["code"] == "CT-2026"
    papers = [own.say("programme", act, "-o", tmp_path / "ra", at="2026-02-10T08:00") for act in ("show", "board")]
    assert [Path(line).name for paper in papers for line in paper.out.splitlines()] == [
        "ct-2026.docx",
        "ct-2026-tien-do.docx",
        "ct-2026-tien-do.xlsx",
    ]


def test_a_plan_that_says_nothing_new_is_not_issued_again_and_a_changed_one_is_the_next_issue(
    shelf: Office, tmp_path: Path
) -> None:
    own = issued(shelf, tmp_path)
    file = own.root / "programme.d" / "2026.yaml"
    again = own.say("programme", "issue", file, *ISSUE, by="linh.vt", at="2026-01-03T09:00")
    assert (again.code, again.err) == (4, "CT-2026 không có gì mới so với lần 1\n")
    file.write_text(file.read_text(encoding="utf-8").replace("Quý I hoặc Quý II", "Quý II"), encoding="utf-8")
    assert own.say("programme", "issue", file, *ISSUE, by="linh.vt", at="2026-01-03T09:00").code == 0
    assert own.told("programme", "show")["issue"] == 2


def test_a_programme_with_a_fault_is_not_issued(shelf: Office, tmp_path: Path) -> None:
    own = office(shelf, tmp_path)
    file = own.root / "programme.d" / "2026.yaml"
    assert own.say("programme", "check").code == 0
    file.write_text(file.read_text(encoding="utf-8").replace("Quý IV\n", "cuối năm\n"), encoding="utf-8")
    wrong = own.say("programme", "check")
    assert wrong.code == 1
    assert "không hiểu thời gian “cuối năm”" in wrong.out
    assert own.say("programme", "issue", file, *ISSUE, by="linh.vt").code == 1
    assert "chưa ban hành chương trình nào" in own.say("programme", "show").err


def test_a_task_for_which_there_is_cause_is_opened_by_its_unit(shelf: Office, tmp_path: Path) -> None:
    own = issued(shelf, tmp_path)
    told = own.told("programme", "open", "I.1", by="dung.pt", at="2026-05-04T08:00")
    assert "Kiện toàn Ban chỉ đạo ISO" in told["title"]
    refused = own.say("programme", "open", "I.2", by="dung.pt", at="2026-05-04T08:00")
    assert (refused.code, refused.err) == (4, "mục I.2 tự mở khi đến kỳ (“Quý I hoặc Quý II”)\n")
    assert own.say("programme", "open", "IX.9", by="dung.pt").code == 2
    other = own.say("programme", "open", "I.1", "--unit", "Phòng Nghiệp vụ", by="dung.pt", at="2026-05-04T08:00")
    assert other.code == 4


def test_the_next_year_is_drafted_and_passes_the_check(shelf: Office, tmp_path: Path) -> None:
    own = issued(shelf, tmp_path)
    own.say("programme", "open", at="2026-12-15T08:00")
    draft = own.root / "programme.d" / "2027.yaml"
    said = own.say("programme", "carry-over", "-o", draft, at="2026-12-28T08:00")
    assert said.code == 0, said.err
    assert "Việc chuyển từ năm trước" in draft.read_text(encoding="utf-8")
    assert own.say("programme", "check", draft).code == 0
    assert own.say("programme", "carry-over", "-o", draft, at="2026-12-28T08:00").code == 4


def test_a_written_plan_is_taken_in_as_a_draft(shelf: Office, tmp_path: Path) -> None:
    text, draft = tmp_path / "kế hoạch.txt", tmp_path / "2027.yaml"
    text.write_text(PLAN, encoding="utf-8")
    said = shelf.say("programme", "import", text, "-o", draft)
    assert said.code == 0
    assert "QT911" in said.out
    assert "đã đọc 2 dòng bảng và 0 nhiệm vụ: 2 việc; 1 chỗ cần xem lại" in said.err
    wrong = shelf.say("programme", "check", draft)
    assert wrong.code == 1
    assert "QT454" in wrong.out
