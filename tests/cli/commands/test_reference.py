"""Procedures of other agencies are listed and read at the command line, and nothing else can be done with them."""

import shutil
from pathlib import Path

import pytest

from tests.cli.office import DATA, ISSUED, Office

FILE = "reference.d/UBND tỉnh A/QT-UB-01.yaml"


@pytest.fixture
def looking(office: Office) -> Office:
    shutil.copytree(DATA / "reference.d", office.root / "reference.d")
    return office


def test_they_are_listed_with_their_agency_and_a_bad_file_hides_no_other(looking: Office) -> None:
    assert looking.told("reference", "list")["procedures"] == [
        {
            "agency": "UBND tỉnh A",
            "code": "QT-UB-01",
            "name": "Trình UBND tỉnh giải quyết hồ sơ TTHC do các Sở tiếp nhận",
            "file": FILE,
        }
    ]
    (looking.root / "reference.d" / "lạc.yaml").write_text("quy trình: x\n", encoding="utf-8")
    answer = looking.say("reference", "list")
    assert answer.code == 1
    assert "UBND tỉnh A   QT-UB-01" in answer.out
    assert "lỗi[QT011]: không rõ tệp này là quy trình của cơ quan nào\n  --> reference.d/lạc.yaml:1:1" in answer.out
    assert "để tệp vào thư mục mang tên cơ quan: reference.d/…/lạc.yaml" in answer.out
    assert looking.say("reference", "list", "--agency", "UBND tỉnh A").code == 0


def test_one_is_read_and_drawn_and_named_with_its_agency_where_several_have_it(looking: Office) -> None:
    answer = looking.say("reference", "show", "QT-UB-01")
    assert answer.out.startswith("UBND tỉnh A\nQT-UB-01  Trình UBND tỉnh")
    assert answer.err == f"vẽ lưu đồ: quytrinh render '{FILE}'\n"
    drawn = looking.say("render", FILE, "-o", looking.root / "hình")
    assert "<svg" in Path(drawn.out.strip()).read_text("utf-8")
    assert looking.told("reference", "show", "QT-UB-01")["procedure"]["code"] == "QT-UB-01"
    shutil.copytree(looking.root / "reference.d" / "UBND tỉnh A", looking.root / "reference.d" / "Bộ B")
    several = looking.say("reference", "show", "QT-UB-01")
    assert several.code == 2
    assert several.err == "nhiều cơ quan có quy trình QT-UB-01: Bộ B, UBND tỉnh A; chọn bằng --agency\n"
    assert looking.say("reference", "show", "QT-UB-01", "--agency", "Bộ B").out.startswith("Bộ B\n")
    assert looking.say("reference", "show", "QT-VP-05").code == 2


def test_none_is_issued_checked_rewritten_tried_or_opened(looking: Office) -> None:
    before = sorted((looking.root / "releases").iterdir())
    theirs = looking.root / FILE
    text = theirs.read_bytes()
    for line in (
        ("publish", theirs, *ISSUED),
        ("publish", theirs.parent, *ISSUED),
        ("check", FILE),
        ("check", "--fix", theirs),
        ("fmt", "--keys", "en", theirs),
        ("test", theirs),
    ):
        answer = looking.say(*line)
        assert answer.code == 4, line
        assert "là của cơ quan khác, chỉ để tra cứu: quytrinh reference list" in answer.err
    assert sorted((looking.root / "releases").iterdir()) == before
    assert theirs.read_bytes() == text
    opened = looking.say("case", "open", "QT-UB-01", "--title", "x", by="hai.bv", at="2026-03-02T08:00")
    assert (opened.code, looking.say("show", "QT-UB-01").code) == (2, 2), opened.err


def test_a_bad_one_points_to_the_command_that_tells_its_faults_and_one_of_ours_to_the_check(looking: Office) -> None:
    ours = looking.root / "procedures.d" / "QT-VP-05.yaml"
    for file, command in ((looking.root / FILE, "reference list"), (ours, "check")):
        text = file.read_text("utf-8")
        assert text.count("  tên: ") > 1
        file.write_text(text.replace("  mã: ", "  ma so: ", 1), "utf-8")
        for line in (("render", file, "-o", looking.root / "hình"), ("show", file)):
            answer = looking.say(*line)
            assert answer.code == 1
            assert f"còn lỗi; chạy quytrinh {command} để biết lỗi nào" in answer.err
        told = looking.say(*command.split(" "))
        assert (told.code, "không hiểu mục “ma so”" in told.out) == (1, True)
