"""The DOCX by NĐ 30/2020: paper, type, places, and the same bytes each time."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from tests.visualize import nd30
from visualize import document as written
from visualize.document import Document, Signatures
from visualize.docx import to_docx
from visualize.typeset import PRINT, width


@pytest.fixture(scope="module")
def made() -> bytes:
    import papers

    return to_docx(papers.REPORT)


@pytest.fixture
def paper(made: bytes) -> "docx.document.Document":
    return docx.Document(BytesIO(made))


def head(paper: "docx.document.Document") -> dict[str, Paragraph]:
    return {p.text: p for cell in paper.tables[0].rows[0].cells for p in cell.paragraphs}


def test_the_paper_is_a4_with_the_margins_of_the_rule(paper: "docx.document.Document") -> None:
    section = paper.sections[0]
    near = {"abs": 1000}
    assert section.page_width == pytest.approx(Mm(210), **near)
    assert section.page_height == pytest.approx(Mm(297), **near)
    assert section.top_margin == section.bottom_margin == section.right_margin == pytest.approx(Mm(20), **near)
    assert section.left_margin == pytest.approx(Mm(30), **near)


def test_every_letter_is_times_new_roman_and_black(made: bytes, paper: "docx.document.Document") -> None:
    fonts = {
        style.font.name for style in paper.styles if style.name in {"Normal", "Heading 1", "Caption", "List Bullet"}
    }
    assert fonts == {"Times New Roman"}
    body = ZipFile(BytesIO(made)).read("word/document.xml").decode()
    assert "Times New Roman" in body
    assert "Calibri" not in body
    assert "w:color w:val" not in body.replace('w:color w:val="000000"', "")


def test_the_country_and_the_motto_stand_as_the_rule_says(paper: "docx.document.Document") -> None:
    said = head(paper)
    country = said["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"].runs[0]
    assert country.bold
    assert Pt(12) <= country.font.size <= Pt(13)
    motto = said["Độc lập - Tự do - Hạnh phúc"].runs[0]
    assert motto.bold
    assert Pt(13) <= motto.font.size <= Pt(14)


def test_the_rules_are_as_long_as_the_rule_says(paper: "docx.document.Document") -> None:
    rooms = {"left": 62 - 3.8, "right": 98 - 3.8}
    drawn = {}
    for side, cell in zip(rooms, paper.tables[0].rows[0].cells, strict=True):
        lines = [p for p in cell.paragraphs if p._p.find(f".//{qn('w:pBdr')}") is not None]
        assert len(lines) == 1
        drawn[side] = rooms[side] - 2 * lines[0].paragraph_format.left_indent / Mm(1)
    assert drawn["right"] == pytest.approx(width("Độc lập - Tự do - Hạnh phúc", 13, PRINT, bold=True), abs=0.5)
    issuer = width("VĂN PHÒNG", 12, PRINT, bold=True)
    assert issuer / 3 <= drawn["left"] <= issuer / 2


def test_the_country_fits_on_one_line(paper: "docx.document.Document") -> None:
    left, right = paper.tables[0].columns
    assert left.width + right.width == pytest.approx(Mm(160), abs=1000)
    assert width("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, PRINT, bold=True) < right.width / Mm(1) - 3.8


def test_agency_number_place_and_date_follow_the_rule(paper: "docx.document.Document") -> None:
    said = head(paper)
    assert not said["SỞ A"].runs[0].bold
    assert said["VĂN PHÒNG"].runs[0].bold
    assert said["Số: 05/BC-VP"].runs[0].font.size == Pt(13)
    date = said["Hà Nội, ngày 09 tháng 3 năm 2026"].runs[0]
    assert date.italic
    assert date.font.size == Pt(13)


def test_the_title_is_centred_capitals_and_the_body_justified(paper: "docx.document.Document") -> None:
    texts = {p.text: p for p in paper.paragraphs}
    assert texts["BÁO CÁO"].alignment == 1
    assert texts["BÁO CÁO"].runs[0].font.size == Pt(14)
    body = next(p for p in paper.paragraphs if p.text.startswith("Trong quý"))
    assert body.alignment == 3
    assert body.paragraph_format.first_line_indent == pytest.approx(Mm(12.7), abs=1000)
    assert body.paragraph_format.space_after == Pt(6)
    assert body.runs[0].font.size == Pt(13)
    assert body.text.endswith("96,5% đúng hạn <trước & đúng>.")


def test_grounds_end_in_semicolons_and_a_full_stop(paper: "docx.document.Document") -> None:
    grounds = [p for p in paper.paragraphs if p.text.startswith(("Căn cứ", "Theo đề nghị"))]
    assert [p.text[-1] for p in grounds] == [";", "."]
    assert all(p.runs[0].italic for p in grounds)


def test_the_body_ends_with_its_mark(paper: "docx.document.Document") -> None:
    assert "Đề nghị Giám đốc xem xét, cho ý kiến./." in [p.text for p in paper.paragraphs]


def test_page_numbers_are_centred_on_top_and_not_on_the_first_page(paper: "docx.document.Document") -> None:
    section = paper.sections[0]
    assert section.different_first_page_header_footer
    header = section.header.paragraphs[0]
    assert header.alignment == 1
    assert "PAGE" in header._p.xml
    assert "PAGE" not in section.first_page_header._element.xml


def test_recipients_and_signer_have_their_type(paper: "docx.document.Document") -> None:
    left, right = paper.tables[-1].rows[0].cells
    first = left.paragraphs[0].runs[0]
    assert (first.text, first.bold, first.italic, first.font.size) == ("Nơi nhận:", True, True, Pt(12))
    assert [p.text for p in left.paragraphs[1:]] == ["- Như trên;", "- Phòng Tổ chức;", "- Lưu: VT, VP (3)."]
    assert left.paragraphs[1].runs[0].font.size == Pt(11)
    assert right.paragraphs[0].text == "KT. CHÁNH VĂN PHÒNG"
    assert right.paragraphs[-1].runs[0].text == "Nguyễn Văn An"
    assert right.paragraphs[-1].runs[0].bold


def test_a_table_repeats_its_header_and_no_row_is_cut(paper: "docx.document.Document") -> None:
    table = next(table for table in paper.tables if len(table.rows) == 60)
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert "w:tblHeader" not in table.rows[1]._tr.xml
    assert all("w:cantSplit" in row._tr.xml for row in table.rows)
    assert "Bảng 1. Hồ sơ theo đơn vị" in [p.text for p in paper.paragraphs]


def test_a_figure_is_a_picture_with_words_and_its_table(paper: "docx.document.Document") -> None:
    assert len(paper.inline_shapes) == 1
    assert 'descr="Thời gian giải quyết theo tháng"' in paper.element.xml
    assert any("trung bình 5,2" in p.text for p in paper.paragraphs)


def test_the_same_paper_is_the_same_bytes(made: bytes) -> None:
    import papers

    assert to_docx(papers.REPORT) == made
    assert {info.date_time for info in ZipFile(BytesIO(made)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_whoever_signs_alone_signs_in_the_right_half() -> None:
    alone = Document("Phiếu", "", (Signatures((("Người hướng dẫn", "Lê Văn B"),)),))
    left, right = docx.Document(BytesIO(to_docx(alone))).tables[-1].rows[0].cells
    assert left.text.strip() == ""
    assert (right.paragraphs[0].text, right.paragraphs[-1].text) == ("Người hướng dẫn", "Lê Văn B")
    assert right.paragraphs[0].paragraph_format.space_before == Pt(12)


def test_the_title_keeps_a_distance_from_the_head(paper: "docx.document.Document") -> None:
    [kind] = [one for one in paper.paragraphs if one.text == "BÁO CÁO"]
    assert kind.paragraph_format.space_before == Pt(12)


DECISION = Document(
    kind="Quyết định",
    about="Công bố",
    blocks=(written.Paragraph("Công bố hệ thống.", lead="Điều 1."), written.Paragraph("Thi hành.", lead="Điều 2.")),
    letterhead=written.Letterhead("Sở A", "QĐ-SA", "Tỉnh B", date(2026, 3, 2), number=7),
    grounds=("Căn cứ Luật",),
    recipients=("Như Điều 2",),
    archive="VT",
    signer=written.Signer(("Giám đốc",), "Nguyễn Văn An"),
    enacts="Giám đốc Sở A",
    annexes=(
        written.AnnexTitle("Phụ lục I", "Danh mục", "(Kèm theo Quyết định số 07/QĐ-SA)"),
        written.Table(
            "", ("TT", "Tên", "Số", "Tỷ lệ", "Ghi"), (("1", "An", "1.204", "93,4 %", "1"), ("2", "B", "7", "–", "x"))
        ),
        written.AnnexTitle("Phụ lục II", "Biểu"),
    ),
)


def test_a_decision_stands_as_the_rule_says_with_its_annexes_behind_the_signature() -> None:
    made = to_docx(DECISION)
    assert nd30.faults(made, nd30.Asked(grounds=1)) == []
    paper = docx.Document(BytesIO(made))
    said = [one.text for one in paper.paragraphs if one.text.strip()]
    assert said[:7] == [
        "QUYẾT ĐỊNH", "Công bố", "GIÁM ĐỐC SỞ A", "Căn cứ Luật.", "QUYẾT ĐỊNH:",
        "Điều 1. Công bố hệ thống.", "Điều 2. Thi hành./.",
    ]  # fmt: skip
    article = next(one for one in paper.paragraphs if one.text.startswith("Điều 1"))
    assert [(run.text, bool(run.bold)) for run in article.runs] == [("Điều 1. ", True), ("Công bố hệ thống.", False)]
    order = [child.tag.rpartition("}")[2] for child in paper.element.body if "".join(child.itertext()).strip()]
    assert order.index("tbl", 1) < len(order) - order[::-1].index("p") - 1  # the signature, and then the annex
    assert "DANH MỤC" in said
    assert len(paper.sections) == 3
    for section in paper.sections[1:]:
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
        assert section.different_first_page_header_footer


def test_nobody_signs_on_a_page_of_his_own_and_no_signature_is_torn_apart() -> None:
    paper = docx.Document(BytesIO(to_docx(DECISION)))
    closing = next(table for table in paper.tables if table.rows[0].cells[0].text.startswith("Nơi nhận"))
    assert "w:cantSplit" in closing.rows[0]._tr.xml
    before = closing._tbl.getprevious()
    assert "w:keepNext" in before.xml
    assert "w:keepNext" in before.getprevious().xml


def test_columns_of_numbers_stand_at_the_right_and_no_others() -> None:
    paper = docx.Document(BytesIO(to_docx(DECISION)))
    (table,) = [table for table in paper.tables if table.rows[0].cells[0].text == "TT"]
    sides = [[cell.paragraphs[0].alignment for cell in row.cells] for row in table.rows]
    assert sides[0] == [ALIGN.CENTER] * 5
    assert sides[1] == sides[2] == [None, None, ALIGN.RIGHT, ALIGN.RIGHT, None]


def test_a_seal_is_no_reason_to_tear_a_line_apart() -> None:
    seal = written.Paragraph(f"Mã kiểm sha256:{'a' * 64}", indent=False)
    paper = docx.Document(BytesIO(to_docx(Document("Báo cáo", "", (seal,)))))
    (found,) = [one for one in paper.paragraphs if one.text.startswith("Mã kiểm")]
    assert found.alignment is ALIGN.LEFT
