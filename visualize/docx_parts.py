"""The few strokes of Word that python-docx has no word for: runs in our type, rules, fields, tables without lines."""

from collections.abc import Sequence

from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph as Lines
from docx.text.run import Run

FONT = "Times New Roman"


def put(
    paragraph: Lines,
    text: str,
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    align: ALIGN | None = None,
    after: float = 0.0,
) -> Run:
    """Add a run of text in points to `paragraph` and return it; `after` is the space below in points."""
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.bold, run.italic = FONT, Pt(size), bold, italic
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001 -- the only way to a script's font
    for script in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    if align is not None:
        paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(after)
    return run


def field(paragraph: Lines, code: str, size: float) -> None:
    """Add a field that Word computes, such as PAGE."""
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        run = put(paragraph, "", size)
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._element.append(part)  # noqa: SLF001 -- fields have no other door


def rule(paragraph: Lines, room: float, length: float) -> None:
    """Make `paragraph` a level line `length` mm long in the middle of `room` mm."""
    border = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    border.append(top)
    # Before spacing and indents, in the order that Word's schema asks for.
    paragraph._element.get_or_add_pPr().append(border)  # noqa: SLF001 -- borders have no other door
    look = paragraph.paragraph_format
    look.left_indent = look.right_indent = Mm((room - length) / 2)
    look.space_after, look.space_before = Pt(2), Pt(2)
    look.line_spacing = Pt(4)


def leader(paragraph: Lines, room: float) -> None:
    """Make `paragraph` a dotted line `room` mm long, to be written on."""
    look = paragraph.paragraph_format
    look.tab_stops.add_tab_stop(Mm(room), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    look.space_before = Pt(6)
    put(paragraph, "\t", 13)


def bare_table(paper: Paper, widths: tuple[float, ...]) -> tuple[Lines, ...]:
    """Add a table without lines, one row, `widths` in mm; return the first paragraph of each cell."""
    table = paper.add_table(rows=1, cols=len(widths))
    set_widths(table, widths)
    return tuple(cell.paragraphs[0] for cell in table.rows[0].cells)


def set_widths(table: Table, widths: Sequence[float]) -> None:
    """Fix the widths of columns in millimetres: of the grid for LibreOffice, of the cells for Word."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def another(paragraph: Lines) -> Lines:
    """Return a new paragraph at the end of the cell in which `paragraph` stands; raises TypeError outside a table."""
    cell = paragraph._parent  # noqa: SLF001 -- the cell a paragraph stands in
    if not isinstance(cell, _Cell):
        raise TypeError(cell)
    made: Lines = cell.add_paragraph()
    return made


def count_anew(section: Section) -> None:
    """Have the pages of a section numbered from one."""
    mark = OxmlElement("w:pgNumType")
    mark.set(qn("w:start"), "1")
    section._sectPr.append(mark)  # noqa: SLF001 -- page numbers have no other door


def repeat(row: _Row) -> None:
    """Have Word repeat `row` at the top of every page the table reaches."""
    _row_mark(row, "w:tblHeader")


def keep_whole(row: _Row) -> None:
    """Have Word never break `row` across pages."""
    _row_mark(row, "w:cantSplit")


def _row_mark(row: _Row, name: str) -> None:
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 -- row marks have no other door
