"""The head of a paper by NĐ 30/2020: quốc hiệu, agency, number, place and date, title and trích yếu."""

from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Pt

from visualize.dateline import ngay, so
from visualize.document import Document, Letterhead, grounds_line
from visualize.docx_parts import another, bare_table, put, rule
from visualize.typeset import PRINT, width

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
_LEFT = 62.0
_PAD = 3.8  # millimetres that Word keeps free at both sides of a cell


def letterhead(paper: Paper, head: Letterhead, text: float) -> None:
    """Write the block with the agency at the left and the country at the right, `text` mm wide together."""
    left, right = bare_table(paper, (_LEFT, text - _LEFT))
    if head.superior:
        put(left, head.superior.upper(), 12, align=ALIGN.CENTER)
        left = another(left)
    put(left, head.issuer.upper(), 12, bold=True, align=ALIGN.CENTER)
    issuer = min(width(head.issuer.upper(), 12, PRINT, bold=True), _LEFT - _PAD)
    rule(another(left), _LEFT - _PAD, issuer * 0.4)
    put(another(left), so(head.number, head.symbol), 13, align=ALIGN.CENTER, after=6)
    put(right, COUNTRY, 12, bold=True, align=ALIGN.CENTER)
    put(another(right), MOTTO, 13, bold=True, align=ALIGN.CENTER)
    rule(another(right), text - _LEFT - _PAD, width(MOTTO, 13, PRINT, bold=True))
    put(another(right), dateline(head), 13, italic=True, align=ALIGN.CENTER, after=6)


def title(paper: Paper, document: Document, text: float) -> None:
    """Write type, trích yếu with its rule, addressees and grounds."""
    after = 0 if document.about else 10
    kind = paper.add_paragraph()
    put(kind, document.kind.upper(), 14, bold=True, align=ALIGN.CENTER, after=after)
    kind.paragraph_format.space_before = Pt(12 if document.letterhead else 0)
    if document.about:
        put(paper.add_paragraph(), document.about, 14, bold=True, align=ALIGN.CENTER)
        rule(paper.add_paragraph(), text, min(text, width(document.about, 14, PRINT, bold=True)) * 0.4)
    if len(document.addressees) == 1:
        put(paper.add_paragraph(), f"Kính gửi: {document.addressees[0]}", 13, align=ALIGN.CENTER, after=6)
    elif document.addressees:
        put(paper.add_paragraph(), "Kính gửi:", 13, align=ALIGN.CENTER)
        for number, name in enumerate(document.addressees):
            mark = "." if number == len(document.addressees) - 1 else ";"
            put(paper.add_paragraph(), f"- {name}{mark}", 13, align=ALIGN.CENTER)
    if document.enacts:
        put(paper.add_paragraph(), document.enacts.upper(), 14, bold=True, align=ALIGN.CENTER, after=6)
    for number in range(len(document.grounds)):
        put(paper.add_paragraph(), grounds_line(number, document), 13, italic=True, align=ALIGN.JUSTIFY, after=6)
    if document.enacts:
        put(paper.add_paragraph(), f"{document.kind.upper()}:", 14, bold=True, align=ALIGN.CENTER, after=6)


def dateline(head: Letterhead) -> str:
    """Return place and date of a paper; a date that is not known yet leaves room to write it."""
    if head.on is None:
        return f"{head.place}, ngày     tháng     năm"
    return f"{head.place}, {ngay(head.on.year, head.on.month, head.on.day)}"
