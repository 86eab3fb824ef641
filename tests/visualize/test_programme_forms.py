"""A plan and how it stands are papers of NĐ 30/2020 and a sheet."""

from pathlib import Path

import docx

from quality.programme.opening import open_due
from tests.quality.programme.sample import at, do, folder, issued, programme, sample
from tests.visualize.nd30 import Asked, faults
from visualize.programme_forms import write_board, write_plan


def test_a_plan_is_a_paper_with_its_number_its_grounds_and_a_table_for_each_section(tmp_path: Path) -> None:
    agency, one = folder(tmp_path), issued(sample())
    (path,) = write_plan(agency, one, tmp_path / "ra", "vi")
    assert faults(path.read_bytes(), Asked(grounds=3)) == []
    paper = docx.Document(str(path))
    assert "Số: 12/KH-SA" in paper.tables[0].rows[0].cells[0].text
    assert [len(table.rows) for table in paper.tables[1:3]] == [6, 5]
    said = [line.text for line in paper.paragraphs]
    assert [line for line in said if line.startswith("Căn cứ")] == [
        "Căn cứ Quyết định 19/2014/QĐ-TTg ngày 05/3/2014 của Thủ tướng Chính phủ;",
        "Căn cứ Thông tư 26/2014/TT-BKHCN ngày 10/10/2014 của Bộ Khoa học và Công nghệ;",
        "Căn cứ kết quả xem xét của lãnh đạo năm 2025.",
    ]
    assert "Bảng 1. Phần I: Việc chung của Sở" in said
    left, right = (cell.text.split("\n") for cell in paper.tables[-1].rows[0].cells)
    assert (left[0], left[-1]) == ("Nơi nhận:", "- Lưu: VT.")
    assert "- Văn phòng;" in left
    assert (right[0], right[-1]) == ("THỦ TRƯỞNG CƠ QUAN", "Nguyễn Văn An")
    (again,) = write_plan(agency, one, tmp_path / "nữa", "vi")
    assert again.read_bytes() == path.read_bytes()


def test_the_board_names_every_task_of_every_unit_and_who_has_not_filed_a_plan(tmp_path: Path) -> None:
    agency, one = folder(tmp_path), issued(sample())
    programme(agency).keep(one)
    opened = open_due(agency.store, agency, [one], at(3, 1))
    do(agency, next(done.case for done in opened if done.case == "CT-2026-0002"), "dung.pt", at(20, 1))
    paper, sheet = write_board(agency, one, at(10, 2), tmp_path / "ra", "vi")
    assert faults(paper.read_bytes(), Asked(letterhead=False)) == []
    read = docx.Document(str(paper))
    assert len(read.tables[1].rows) == 26
    bullets = [line.text for line in read.paragraphs if line.style is not None and line.style.name == "List Bullet"]
    assert "Phòng Nghiệp vụ" in bullets
    assert "Văn phòng" not in bullets
    assert sheet.read_bytes().startswith(b"PK")
