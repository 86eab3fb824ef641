"""A paper as DOCX by the rules of NĐ 30/2020: paper, type and places of every part; the same bytes each time."""

from datetime import UTC, datetime
from io import BytesIO

import docx
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT as ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from visualize.document import Document, recipient_lines
from visualize.docx_blocks import Body
from visualize.docx_head import letterhead, title
from visualize.docx_parts import FONT, another, bare_table, field, keep_whole, put
from visualize.zipped import same_bytes

#: Margins in millimetres: top, bottom, left, right; they leave 160 mm of text.
MARGINS = (20, 20, 30, 20)
#: What the margins leave of the width of an upright page, in millimetres.
TEXT = 160.0
_WIDE, _HIGH = 210, 297
_BODY = 13
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def to_docx(document: Document) -> bytes:
    """Return the paper as a DOCX file."""
    paper = docx.Document()
    _page(paper, document)
    _styles(paper)
    _properties(paper, document)
    if document.letterhead is not None:
        letterhead(paper, document.letterhead, _text(document))
    title(paper, document, _text(document))
    body = Body(paper, document.lang, _text(document))
    body.write(document)
    if document.signer is not None or document.recipients or document.archive:
        _closing(paper, document)
    for block in document.annexes:
        body.block(block)
    kept = BytesIO()
    paper.save(kept)
    return same_bytes(kept.getvalue())


def _text(document: Document) -> float:
    """Return how wide the text of a paper is, in millimetres."""
    return TEXT + (_HIGH - _WIDE) * document.landscape


def _page(paper: Paper, document: Document) -> None:
    section = paper.sections[0]
    wide, high = (_HIGH, _WIDE) if document.landscape else (_WIDE, _HIGH)
    section.orientation = ORIENT.LANDSCAPE if document.landscape else ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(wide), Mm(high)
    section.top_margin, section.bottom_margin = Mm(MARGINS[0]), Mm(MARGINS[1])
    section.left_margin, section.right_margin = Mm(MARGINS[2]), Mm(MARGINS[3])
    section.header_distance = section.footer_distance = Mm(10)
    # The first page carries no number: it has a header of its own, which stays empty.
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = ALIGN.CENTER
    field(number, "PAGE", _BODY)
    if document.footer:
        for footer in (section.footer, section.first_page_footer):
            put(footer.paragraphs[0], document.footer, 11, italic=True, align=ALIGN.CENTER)


def _styles(paper: Paper) -> None:
    for name, size, bold in (("Normal", _BODY, False), ("Heading 1", 14, True), ("Heading 2", 13, True),
                             ("Heading 3", 13, True), ("List Bullet", _BODY, False), ("List Number", _BODY, False),
                             ("Caption", 12, False)):  # fmt: skip
        style = paper.styles[name]
        if not isinstance(style, ParagraphStyle):
            continue
        style.font.size, style.font.bold, style.font.color.rgb = Pt(size), bold, RGBColor(0, 0, 0)
        style.font.italic = name == "Caption"
        _font(style)
        style.paragraph_format.space_before = Pt(6 if name.startswith("Heading") else 0)
        style.paragraph_format.space_after = Pt(6)
        style.paragraph_format.line_spacing = 1.15


def _font(style: ParagraphStyle) -> None:
    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)


def _properties(paper: Paper, document: Document) -> None:
    about = paper.core_properties
    about.title, about.language = document.title, "vi-VN" if document.lang == "vi" else "en"
    about.author = document.letterhead.issuer if document.letterhead else ""
    about.comments, about.last_modified_by, about.revision = "", "", 1
    about.created = about.modified = _EPOCH
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), about.language)
    paper.styles["Normal"].element.get_or_add_rPr().append(language)


def _closing(paper: Paper, document: Document) -> None:
    # Word would join this table to one right above it. Nobody signs on a page on which nothing else stands.
    said = paper.paragraphs[-1]
    between = paper.add_paragraph()
    between.paragraph_format.space_after = Pt(0)
    for one in (said, between):
        one.paragraph_format.keep_with_next = True
    left, right = bare_table(paper, (80, 80))
    keep_whole(paper.tables[-1].rows[0])
    if document.recipients or document.archive:
        put(left, "Nơi nhận:", 12, bold=True, italic=True)
        for line in recipient_lines(document):
            put(another(left), line, 11)
    if document.signer is not None:
        first, *others = document.signer.authority
        put(right, first.upper(), 13, bold=True, align=ALIGN.CENTER)
        for line in (*others, "", "", ""):
            put(another(right), line.upper(), 13, bold=True, align=ALIGN.CENTER)
        put(another(right), document.signer.name, 14, bold=True, align=ALIGN.CENTER)
