"""The forms 01 to 07 of a case say what happened to it, and nothing else."""

import pytest

from engine.commands import (
    DecideExtension,
    RefuseCase,
    RequestExtension,
    RequestSupplement,
    StopCase,
)
from procedures.words import Words
from tests.quality.agency import Agency, at
from tests.visualize.onestop.desk import finished, given, office, told
from visualize.document import Bullets, Document, Paragraph, Signatures, Table
from visualize.docx import to_docx
from visualize.onestop.forms import due, form
from visualize.onestop.sheets import lines, sheets
from visualize.onestop.told import BLANK, PLACES


@pytest.fixture
def desk() -> Agency:
    return office()


def paper(desk: Agency, case: str, number: str) -> Document:
    made = form(told(desk, case), number)
    assert isinstance(made, Document), made
    return made


def said(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def test_the_receipt_says_whose_dossier_it_is_when_it_came_and_when_its_result_is_due(desk: Agency) -> None:
    made = paper(desk, finished(desk), "01")
    assert made.title == "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
    text = said(made)
    assert "Mã hồ sơ: HS-2026-0001" in text
    assert "Tiếp nhận hồ sơ của: Nguyễn Văn Thử" in text
    assert "Địa chỉ: Thôn 1, xã B" in text
    assert "Thời gian nhận hồ sơ: 08 giờ 00 phút, ngày 02 tháng 3 năm 2026" in text
    assert any(line.startswith("Thời gian trả kết quả giải quyết hồ sơ: 17 giờ") for line in text)
    assert "Thời gian giải quyết hồ sơ theo quy định: 3 ngày làm việc" in text
    assert [block.items for block in made.blocks if isinstance(block, Bullets)] == [("Đơn đề nghị",)]
    assert made.letterhead is not None
    assert (made.letterhead.superior, made.letterhead.issuer) == ("Sở A", "Phòng Kế hoạch")


def test_what_nobody_entered_stays_blank(desk: Agency) -> None:
    case = desk.open(at(2))
    text = said(paper(desk, case, "01"))
    for label in ("Tiếp nhận hồ sơ của", "Địa chỉ", "Số điện thoại", "Số lượng hồ sơ (bộ)"):
        assert f"{label}: {BLANK}" in text


def test_the_request_lists_what_lacks_with_its_reason_and_who_explains(desk: Agency) -> None:
    case = desk.open(at(2))
    desk.finish(case, 1, "an", at(2, 9), checked=("Đơn đề nghị",))
    lacking = ("Bản sao quyết định", "Danh sách")
    asked = RequestSupplement(id="s", actor="binh", case=case, item=2, lacking=lacking, reason="Chưa đủ thành phần")
    given(desk, asked, at(2, 10))
    made = paper(desk, case, "02")
    assert [block.items for block in made.blocks if isinstance(block, Bullets)] == [lacking]
    assert "Lý do: Chưa đủ thành phần" in said(made)
    assert "Khi cần hướng dẫn, xin liên hệ: Binh" in said(made)
    assert [block.boxes for block in made.blocks if isinstance(block, Signatures)] == [(("Người hướng dẫn", "Binh"),)]


def test_a_refusal_gives_the_reason_of_whoever_refused(desk: Agency) -> None:
    case = desk.open(at(2))
    given(desk, RefuseCase(id="r", actor="chi", case=case, reason="Không thuộc thẩm quyền"), at(2, 11))
    assert "Nay không tiếp nhận, không giải quyết hồ sơ này vì lý do: Không thuộc thẩm quyền" in said(
        paper(desk, case, "03")
    )


def test_a_refusal_by_the_outcome_of_a_step_names_it_where_nobody_wrote_a_reason(desk: Agency) -> None:
    case = desk.open(at(2))
    desk.finish(case, 1, "an", at(2, 9), checked=("Đơn đề nghị",))
    desk.finish(case, 2, "binh", at(2, 10), "Đủ")
    desk.finish(case, 3, "chi", at(2, 11), "Không")
    assert "Nay không tiếp nhận, không giải quyết hồ sơ này vì lý do: Duyệt: Không" in said(paper(desk, case, "03"))


def test_an_apology_repeats_the_promise_and_gives_the_new_day_only_once_it_is_granted(desk: Agency) -> None:
    case = desk.open(at(2))
    asked = RequestExtension(
        id="e", actor="an", case=case, by="2 ngày làm việc", reason="Chờ kinh phí", apology="Xin lỗi ông, bà"
    )
    given(desk, asked, at(3))
    before = said(paper(desk, case, "04"))
    assert "Lời xin lỗi: Xin lỗi ông, bà" in before
    assert f"Thời gian trả kết quả mới: {BLANK}" in before
    given(desk, DecideExtension(id="d", actor="chi", case=case, extension=1, grant=True), at(3, 9))
    after = said(paper(desk, case, "04"))
    promised = next(line for line in after if line.startswith("Thời gian hẹn trả kết quả ban đầu"))
    assert promised.endswith("ngày 05 tháng 3 năm 2026")
    new = next(line for line in after if line.startswith("Thời gian trả kết quả mới"))
    assert new.endswith("ngày 09 tháng 3 năm 2026")


def test_a_late_case_has_an_apology_with_blank_places(desk: Agency) -> None:
    case = desk.open(at(2))
    text = said(paper(desk, case, "04"))
    assert f"Đến nay chưa trả được kết quả vì lý do: {BLANK}" in text


def test_a_stop_gives_its_reason_and_basis(desk: Agency) -> None:
    case = desk.open(at(2))
    stop = StopCase(id="x", actor="chi", case=case, reason="Người nộp đề nghị dừng", basis="Điều 21")
    given(desk, stop, at(2, 11))
    text = said(paper(desk, case, "05"))
    assert "Lý do dừng giải quyết: Người nộp đề nghị dừng" in text
    assert "Căn cứ: Điều 21" in text


def test_the_control_slip_has_each_hand_over_once_with_both_names_and_how_it_stood(desk: Agency) -> None:
    (slip,) = [block for block in paper(desk, finished(desk), "06").blocks if isinstance(block, Table)]
    assert [row[2] for row in slip.rows] == ["", "", "Quá hạn", "Đúng hạn"]
    assert slip.rows[2][0] == "1. Văn phòng\n2. Văn phòng"
    assert slip.rows[2][1] == (
        "09 giờ 00 phút, ngày 04 tháng 3 năm 2026: Binh\n09 giờ 30 phút, ngày 04 tháng 3 năm 2026: Chi"
    )
    assert [row[3] for row in slip.rows] == ["Lập phiếu", "Kiểm tra", "Duyệt", "trả kết quả: hoàn thành"]


@pytest.mark.parametrize("number", ["02", "03", "04", "05"])
def test_a_form_that_a_case_has_not_come_to_is_not_made_up(desk: Agency, number: str) -> None:
    case = finished(desk)
    assert number not in set(due(told(desk, case)))
    made = form(told(desk, case), number)
    assert isinstance(made, Words)
    assert case in made.into("vi")
    assert number in made.into("vi")


def test_every_form_has_a_name_lines_whose_places_exist_and_makes_a_paper_in_both_languages(desk: Agency) -> None:
    assert sorted(sheets()) == ["01", "02", "03", "04", "05", "06", "07"]
    case = finished(desk)
    for number in due(told(desk, case)):
        for lang in ("vi", "en"):
            made = form(told(desk, case, lang=lang), number)
            assert isinstance(made, Document)
            assert to_docx(made).startswith(b"PK")
    from visualize.onestop.sheets import field_names

    for sheet in sheets():
        for line in lines(sheet):
            assert line.place in PLACES or line.place == "book" or field_names(line.place), line
