"""The body of a paper in Word: each block by its rule, tables and figures numbered, the end marked."""

from dataclasses import replace
from io import BytesIO

from docx.document import Document as Paper
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_BREAK
from docx.shared import Mm, Pt

from visualize.document import (
    END_MARK,
    AnnexTitle,
    Answer,
    Block,
    Bullets,
    Document,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Signatures,
    Table,
    ended,
    figure_caption,
    table_caption,
)
from visualize.docx_parts import count_anew, keep_whole, leader, put, repeat, set_widths

_BODY = 13
_TABLE = 11
_INDENT = 12.7  # 1,27 cm
_LONG = 40  # signs


class Body:
    """Writes blocks to a paper whose text is `text` mm wide, and counts its tables and figures."""

    def __init__(self, paper: Paper, lang: str, text: float) -> None:
        self.paper = paper
        self.lang = lang
        self.text = text
        self.tables = 0
        self.figures = 0

    def write(self, document: Document) -> None:
        """Write every block; the last text of the body ends in `./.`, unless it is a form."""
        blocks = list(document.blocks)
        last = (
            -1
            if document.form
            else max((n for n, block in enumerate(blocks) if not isinstance(block, Signatures)), default=-1)
        )
        for number, block in enumerate(blocks):
            if number == last and isinstance(block, Paragraph):
                self.block(replace(block, text=ended(block.text)))
            else:
                self.block(block)
                if number == last:
                    put(self.paper.add_paragraph(), END_MARK, _BODY, align=ALIGN.RIGHT)

    def block(self, block: Block) -> None:
        """Write one block."""
        match block:
            case Heading():
                self.paper.add_heading(block.text, min(3, block.level))
            case Paragraph():
                self._paragraph(block)
            case Bullets():
                self._bullets(block)
            case Table():
                self._table(block)
            case Figure():
                self._figure(block)
            case Answer():
                self._answer(block)
            case PageBreak():
                self.paper.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            case Signatures():
                self._signatures(block)
            case AnnexTitle():
                self._annex(block)

    def _annex(self, block: AnnexTitle) -> None:
        count_anew(self.paper.add_section(WD_SECTION.NEW_PAGE))
        put(self.paper.add_paragraph(), block.name, 14, bold=True, align=ALIGN.CENTER)
        title = self.paper.add_paragraph()
        put(title, block.title.upper(), 14, bold=True, align=ALIGN.CENTER, after=0 if block.note else 6)
        if block.note:
            put(self.paper.add_paragraph(), block.note, _BODY, italic=True, align=ALIGN.CENTER, after=6)

    def _bullets(self, block: Bullets) -> None:
        for item in block.items:
            self.paper.add_paragraph(item, style="List Number" if block.ordered else "List Bullet")

    def _answer(self, block: Answer) -> None:
        for _ in range(block.lines):
            leader(self.paper.add_paragraph(), self.text)

    def _paragraph(self, block: Paragraph) -> None:
        paragraph = self.paper.add_paragraph()
        # A seal is one long word: justified, it would tear the line before it apart.
        side = ALIGN.JUSTIFY if block.indent or max(map(len, block.text.split()), default=0) < _LONG else ALIGN.LEFT
        if block.lead:
            put(paragraph, f"{block.lead} ", _BODY, bold=True)
        put(paragraph, block.text, _BODY, bold=block.bold, italic=block.italic, align=side, after=6)
        if block.indent:
            paragraph.paragraph_format.first_line_indent = Mm(_INDENT)

    def _table(self, block: Table) -> None:
        if block.caption:
            self.tables += 1
            caption = self.paper.add_paragraph(table_caption(self.tables, block.caption, self.lang), style="Caption")
            caption.paragraph_format.keep_with_next = True
        table = self.paper.add_table(rows=1, cols=len(block.header), style="Table Grid")
        shares = block.widths or (1.0,) * len(block.header)
        widths = [self.text * share / sum(shares) for share in shares]
        for _ in block.rows:
            table.add_row()
        counted = block.counts  # looked at once: it reads the whole table
        for number, (row, cells) in enumerate(zip(table.rows, (block.header, *block.rows), strict=True)):
            for cell, text, counts in zip(row.cells, cells, counted, strict=True):
                side = ALIGN.CENTER if number == 0 else ALIGN.RIGHT if counts else None
                put(cell.paragraphs[0], text, _TABLE, bold=number == 0, align=side)
            keep_whole(row)
        set_widths(table, widths)
        repeat(table.rows[0])
        self.paper.add_paragraph().paragraph_format.space_after = Pt(0)

    def _figure(self, block: Figure) -> None:
        if block.png is not None:
            paragraph = self.paper.add_paragraph()
            paragraph.alignment = ALIGN.CENTER
            paragraph.paragraph_format.keep_with_next = True
            picture = paragraph.add_run().add_picture(BytesIO(block.png), width=Mm(min(block.width, self.text)))
            about = picture._inline.docPr  # noqa: SLF001 -- alternative text has no other door
            about.set("descr", block.caption)
            self.figures += 1
            said = self.paper.add_paragraph(figure_caption(self.figures, block.caption, self.lang), style="Caption")
            said.alignment = ALIGN.CENTER
        if block.twin is not None:
            self.block(block.twin)

    def _signatures(self, block: Signatures) -> None:
        if self.paper.paragraphs:  # nobody signs on a page on which nothing else stands
            self.paper.paragraphs[-1].paragraph_format.keep_with_next = True
        table = self.paper.add_table(rows=1, cols=len(block.places))
        for cell, (role, name) in zip(table.rows[0].cells, block.places, strict=True):
            put(cell.paragraphs[0], role, _BODY, bold=True, align=ALIGN.CENTER)
            cell.paragraphs[0].paragraph_format.space_before = Pt(12)
            for _ in range(3):
                cell.add_paragraph()
            put(cell.add_paragraph(), name, _BODY, bold=True, align=ALIGN.CENTER)
        keep_whole(table.rows[0])
