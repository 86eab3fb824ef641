"""A CSV file becomes cases of a register: all of it or nothing, and a line only once."""

from pathlib import Path

from procedures.load import load_file
from procedures.model import Procedure
from quality.taking_in import finishing, lines
from tests.quality.agency import ROOT

HEAD = "trích yếu,năm,hoạt động,nội dung chi,nguồn kinh phí,dự toán"
ROW = 'Đào tạo,2026,"Đào tạo, tập huấn",Một lớp,Ngân sách đơn vị,20 triệu'


def book() -> Procedure:
    found = load_file(ROOT / "procedures.d" / "QT-HT-17.yaml", Path(ROOT))
    assert found.procedure is not None
    return found.procedure


def test_each_line_is_a_case_and_no_id_tells_what_it_says() -> None:
    """An id stands in the log for ever: a digest of the line in it could be guessed when the line has been erased."""
    found, faults = lines(f"{HEAD}\n{ROW}\n\n", book())
    assert faults == []
    [line] = found
    assert line.values["dự toán"] == "20 triệu"
    one, other = line.opening(book(), "hai"), line.opening(book(), "hai")
    assert one.fields == other.fields
    assert one.id != other.id
    ending = finishing(one, "HS-2026-0001", book())
    assert ending is not None
    assert ending.id == f"{one.id}-xong"


def test_heads_are_found_without_accents_and_semicolons_part_columns_too() -> None:
    found, faults = lines(
        "TRICH YEU;Nam;hoat dong;noi dung chi;nguon kinh phi;du toan\nA;2026;Công bố;x;Nguồn khác;1 triệu", book()
    )
    assert faults == []
    assert found[0].values["nguồn kinh phí"] == "Nguồn khác"


def test_every_fault_is_told_with_its_line() -> None:
    _, faults = lines(f"{HEAD},lạ\n{ROW},x\n,hai nghìn,Công bố,y,Nguồn khác,\n", book())
    told = [(number, words.into("vi")) for number, words in faults]
    assert (1, "bước đầu không có thông tin nào tên là “lạ”") in told
    assert (3, "“trích yếu” để trống") in told
    assert (3, "“dự toán” để trống") in told
    assert any(number == 3 and text.startswith("“năm”") for number, text in told)
    assert lines("", book())[1][0][0] == 1


def test_a_first_step_with_a_choice_is_left_to_people() -> None:
    found = load_file(ROOT / "procedures.d" / "QT-HT-04.yaml", Path(ROOT)).procedure
    assert found is not None
    [line] = lines("trích yếu,nguồn,mô tả\nA,Khiếu nại,b\n", found)[0]
    assert finishing(line.opening(found, "x"), "KPH-2026-0001", found) is None
