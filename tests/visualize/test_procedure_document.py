"""The procedure on paper: its seven parts in order, every step, the flowchart page by page."""

from datetime import UTC, date, datetime
from io import BytesIO

import docx
import pytest

from procedures.appraisal import Appraisal
from procedures.model import Acceptance, Procedure
from procedures.release import Release, release
from procedures.words import Lang
from visualize.document import Figure, Heading, Paragraph, Signatures, Table
from visualize.docx import to_docx
from visualize.html import to_html
from visualize.procedure_document import procedure_document
from visualize.typeset import PRINT, width

#: Between the margins of the page, and what a cell keeps free on both sides, in millimetres.
_TEXT, _MARGINS = 160, 3.8


def test_the_parts_stand_in_the_order_of_the_custom(sample: Procedure) -> None:
    heads = [block.text for block in procedure_document(sample).blocks if isinstance(block, Heading)]
    assert heads[:9] == [
        "1. Mục đích", "2. Phạm vi", "3. Tài liệu viện dẫn", "4. Định nghĩa, viết tắt", "5. Nội dung", "5.1. Lưu đồ",
        "5.2. Mô tả các bước", "6. Biểu mẫu", "7. Hồ sơ lưu",
    ]  # fmt: skip


def test_what_is_not_laid_down_is_said(sample: Procedure) -> None:
    blocks = procedure_document(sample).blocks
    assert Paragraph("Chưa quy định.", italic=True) in blocks
    named = procedure_document(sample.model_copy(update={"purpose": "Thống nhất cách làm."})).blocks
    assert Paragraph("Thống nhất cách làm.") in named


def test_every_step_is_a_row(sample: Procedure) -> None:
    table = next(block for block in procedure_document(sample).blocks if isinstance(block, Table))
    assert [row[1] for row in table.rows] == [step.name for step in sample.steps]
    assert table.rows[2] == ("3", "Khảo sát giá", "Quản trị", "2 ngày làm việc", "BM-VP-05-02", "bước 5")


def test_who_is_told_when_it_is_late_is_laid_down(sample: Procedure) -> None:
    silent = {b.text for b in procedure_document(sample).blocks if isinstance(b, Paragraph)}
    assert "Khi quá hạn, báo: người đứng đầu đơn vị chậm tiến độ." in silent
    steps = (sample.steps[0], sample.steps[1].model_copy(update={"when_late": ("kế toán",)}), *sample.steps[2:])
    said = sample.model_copy(update={"when_late": ("lãnh đạo",), "steps": steps})
    told = {b.text for b in procedure_document(said).blocks if isinstance(b, Paragraph)}
    assert "Khi quá hạn, báo: lãnh đạo; ở bước 2: kế toán." in told


def test_a_long_flowchart_is_a_figure_a_page_and_one_list(long: Procedure) -> None:
    figures = [block for block in procedure_document(long).blocks if isinstance(block, Figure)]
    assert [figure.twin is not None for figure in figures] == [False, False, True]
    assert figures[1].caption == "Lưu đồ QT-KH-19, trang 2/3"
    assert "<a " not in figures[0].svg.decode()


def test_one_page_is_not_counted(sample: Procedure) -> None:
    [figure] = [block for block in procedure_document(sample).blocks if isinstance(block, Figure)]
    assert figure.caption == "Lưu đồ QT-VP-05"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_word_of_a_head_is_broken(sample: Procedure, lang: Lang) -> None:
    tables = [block for block in procedure_document(sample, lang=lang).blocks if isinstance(block, Table)]
    assert tables
    for table in tables:
        for head, share in zip(table.header, table.widths, strict=True):
            room = _TEXT * share / sum(table.widths) - _MARGINS
            assert all(width(word, 11, PRINT, bold=True) <= room for word in head.split()), (table.caption, head)


def test_the_code_of_a_form_stands_on_one_line(sample: Procedure) -> None:
    table = next(block for block in procedure_document(sample).blocks if isinstance(block, Table))
    room = _TEXT * table.widths[4] / sum(table.widths) - _MARGINS
    assert sample.forms
    assert all(width(form.code, 11, PRINT) <= room for form in sample.forms)


def test_it_becomes_word_and_a_page_with_the_same_words(long: Procedure) -> None:
    document = procedure_document(long)
    paper = docx.Document(BytesIO(to_docx(document)))
    assert len(paper.inline_shapes) == 3
    page = to_html(document)
    assert page.count("<svg") == 3
    for step in long.steps:
        assert step.name in page
    assert "Bản in không kiểm soát" in page


def test_in_english_the_frame_is_english(sample: Procedure) -> None:
    page = to_html(procedure_document(sample, lang="en"))
    assert "7. Kept records" in page
    assert "Hồ sơ lưu" not in page
    assert "Table 1." in page
    assert "Figure 1." in page


def test_an_issue_is_signed_by_those_who_issued_it_and_a_draft_by_nobody(sample: Procedure) -> None:
    def boxes(issued: Release | None) -> list[str]:
        blocks = procedure_document(sample, issued=issued).blocks
        return [name for block in blocks if isinstance(block, Signatures) for _, name in block.boxes]

    appraisal = Appraisal(number="12/TĐ-VP", day=date(2026, 12, 5), unit="Phòng Tổng hợp")
    issued = release(
        sample,
        drafted_by="Lê Thị Soạn",
        approved_by="Giám đốc",
        issued_at=datetime(2026, 12, 6, tzinfo=UTC),
        appraisal=appraisal,
        replaces="QT-VP-04",
        accepted=(Acceptance(code="QT401", reason="theo bản công bố"),),
    )
    assert boxes(None) == ["", "", ""]
    assert boxes(issued) == ["Lê Thị Soạn", "Phòng Tổng hợp", "Giám đốc"]
    tables = [block for block in procedure_document(sample, issued=issued).blocks if isinstance(block, Table)]
    assert tables[-1].rows[0][2] == (
        "thay cho QT-VP-04; thẩm định tại văn bản 12/TĐ-VP ngày 05/12/2026; chấp nhận QT401: theo bản công bố"
    )
