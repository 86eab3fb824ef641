"""NĐ 30/2020, Phụ lục I, as a checker of its own: it reads a DOCX and tells every rule that the paper breaks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

COUNTRY, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
ANNEX = re.compile("Phụ lục( [IVX0-9]+)?")
NUMBER = re.compile(r"Số:(?: (?:0[1-9]|[1-9]\d+)|\s+)/[A-ZĐ0-9]*(?:-[A-ZĐ0-9&]+)*")
DATE = re.compile(r".+, ngày (?:(0[1-9]|[12]\d|3[01]) tháng (01|02|[3-9]|1[0-2]) năm \d{4}|\s+tháng\s+năm\s*)")


@dataclass(frozen=True)
class Asked:
    """What a paper is to have.

    A form is not ended by a mark; only some have a letterhead, what they are about, recipients and a signer.
    """

    form: bool = False
    letterhead: bool = True
    grounds: int = 0
    about: bool = True


def faults(made: bytes, asked: Asked | None = None) -> list[str]:
    """Return every rule that a paper breaks, in the order of the appendix."""
    paper, wanted = docx.Document(BytesIO(made)), asked or Asked()
    found = [*_page(paper), *_letters(paper), *_numbers(paper)]
    if wanted.letterhead:
        found += _head(paper)
    found += [*_title(paper, about=wanted.about), *_grounds(paper, wanted.grounds), *_body(paper)]
    if not wanted.form:
        found += _end(paper)
    return [*found, *_closing(paper), *_annexes(paper)]


def _page(paper: Document) -> Iterator[str]:
    for section in paper.sections:
        sides = sorted((section.page_width or 0, section.page_height or 0))
        if [round(side / 36000) for side in sides] != [210, 297]:
            yield f"paper {sides} is not A4"
        margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        for margin, (least, most) in zip(margins, ((20, 25), (20, 25), (30, 35), (15, 20)), strict=True):
            if margin is None or not least <= round(margin / 36000, 1) <= most:
                yield f"margin {margin} is not within {least} to {most} mm"


def _letters(paper: Document) -> Iterator[str]:
    for run in _runs(paper):
        name = run.font.name or _style_font(run)
        if run.text.strip() and name != "Times New Roman":
            yield f"“{run.text[:30]}” is in {name}"
        if run.font.color is not None and run.font.color.rgb not in {None, docx.shared.RGBColor(0, 0, 0)}:
            yield f"“{run.text[:30]}” is not black"


def _numbers(paper: Document) -> Iterator[str]:
    section = paper.sections[0]
    if not section.different_first_page_header_footer:
        yield "the first page shows its number"
    number = section.header.paragraphs[0]
    if "PAGE" not in number._element.xml:
        yield "pages have no number in the top margin"
    elif number.alignment is not ALIGN.CENTER:
        yield "the page number is not in the middle"
    if any(one.text.strip() for one in section.first_page_header.paragraphs):
        yield "the first page has a header"


def _head(paper: Document) -> Iterator[str]:
    if not paper.tables or len(paper.tables[0].columns) != 2:
        yield "there is no letterhead"
        return
    left, right = ([one for one in cell.paragraphs if one.text.strip()] for cell in paper.tables[0].rows[0].cells)
    for text, sizes in ((COUNTRY, (12, 13)), (MOTTO, (13, 14))):
        found = next((one for one in right if one.text == text), None)
        yield from _set(found, text, sizes, bold=True, italic=False)
    agency = left[-2] if len(left) > 1 else left[0]
    yield from _set(agency, "the issuer", (12, 13), bold=True, italic=False)
    if len(left) > 2:
        yield from _set(left[0], "the superior", (12, 13), bold=False, italic=False)
    if any(one.text != one.text.upper() for one in left[:-1]):
        yield "an agency is not in capitals"
    if not NUMBER.fullmatch(left[-1].text):
        yield f"“{left[-1].text}” is no number and symbol"
    place = right[-1]
    if not DATE.fullmatch(place.text):
        yield f"“{place.text}” is no place and date"
    yield from _set(place, "place and date", (13, 14), bold=False, italic=True)
    if paper.tables[0].rows[0].cells[0]._element.xml.count("w:pBdr") < 2:
        yield "no rule under the issuer"
    if "w:pBdr" not in paper.tables[0].rows[0].cells[1]._element.xml:
        yield "no rule under the motto"


def _title(paper: Document, *, about: bool) -> Iterator[str]:
    told = [one for one in paper.paragraphs if one.text.strip()]
    kind = told[0]
    if kind.text != kind.text.upper():
        yield f"“{kind.text}” is not in capitals"
    for one in told[: 1 + about]:
        yield from _set(one, one.text, (13, 14), bold=True, italic=False)
        if one.alignment is not ALIGN.CENTER:
            yield f"“{one.text}” is not in the middle"


def _grounds(paper: Document, count: int) -> Iterator[str]:
    told = [one for one in paper.paragraphs if one.text.strip() and _all(one, "italic")][:count]
    if len(told) < count:
        yield f"{len(told)} grounds of {count} are in italics"
    for number, one in enumerate(told, 1):
        if not one.text.endswith("." if number == count else ";"):
            yield f"ground “{one.text[-20:]}” ends otherwise"


def _body(paper: Document) -> Iterator[str]:
    for one in paper.paragraphs:
        look = one.paragraph_format
        if not one.text.strip() or not look.first_line_indent:
            continue
        indent = round(look.first_line_indent / 360000, 2)
        if indent not in {1.0, 1.27}:
            yield f"first line indented by {indent} cm"
        if one.alignment is not ALIGN.JUSTIFY:
            yield f"“{one.text[:30]}” is not justified"
        if (look.space_after or 0) < docx.shared.Pt(6):
            yield f"less than 6 pt below “{one.text[:30]}”"
        spacing = look.line_spacing or one.style.paragraph_format.line_spacing or 1.0  # type: ignore[union-attr]
        if isinstance(spacing, float) and not 1.0 <= spacing <= 1.5:
            yield f"line spacing {spacing}"
        if any(run.font.size is not None and not 13 <= run.font.size.pt <= 14 for run in one.runs):
            yield f"“{one.text[:30]}” is not in 13 to 14"


def _end(paper: Document) -> Iterator[str]:
    if not any(one.text.rstrip().endswith("./.") for one in paper.paragraphs):
        yield "nothing marks the end of the body"


def _closing(paper: Document) -> Iterator[str]:
    cells = [cell for table in paper.tables for row in table.rows for cell in row.cells]
    there = next((cell for cell in cells if cell.paragraphs[0].text == "Nơi nhận:"), None)
    if there is None:
        return
    first, *others = [one for one in there.paragraphs if one.text.strip()]
    yield from _set(first, "Nơi nhận", (12, 12), bold=True, italic=True)
    for one in others:
        yield from _set(one, one.text, (11, 11), bold=False, italic=False)
        if not one.text.startswith("- ") or not one.text.endswith("." if one is others[-1] else ";"):
            yield f"recipient “{one.text}” is written otherwise"
    if others and not others[-1].text.startswith("- Lưu: "):
        yield "the archive is not the last recipient"
    signer = [one for one in cells[cells.index(there) + 1].paragraphs if one.text.strip()]
    if signer and (signer[0].text != signer[0].text.upper() or not _all(signer[0], "bold")):
        yield f"“{signer[0].text}” does not sign in bold capitals"


def _annexes(paper: Document) -> Iterator[str]:
    """Each appendix has a page of its own, its name and title in the middle, and whose it is below in italics."""
    paragraphs = paper.paragraphs
    for at, one in enumerate(paragraphs):
        if not ANNEX.fullmatch(one.text):
            continue
        title, note = paragraphs[at + 1], paragraphs[at + 2] if at + 2 < len(paragraphs) else None
        yield from _set(one, one.text, (14, 14), bold=True, italic=False)
        yield from _set(title, title.text, (13, 14), bold=True, italic=False)
        if title.text != title.text.upper() or ALIGN.CENTER not in {one.alignment} & {title.alignment}:
            yield f"“{one.text}” has no title in capitals in the middle"
        if note is not None and note.text.startswith("(") and not _all(note, "italic"):
            yield f"“{note.text}” is not in italics"
        before = one._element.getprevious()
        if before is None or not any(True for _ in before.iter(qn("w:sectPr"))):
            yield f"“{one.text}” does not begin a page with a number of its own"


def _set(one: Paragraph | None, name: str, sizes: tuple[int, int], *, bold: bool, italic: bool) -> Iterator[str]:
    if one is None:
        yield f"“{name}” is missing"
        return
    if any(
        run.font.size is None or not sizes[0] <= run.font.size.pt <= sizes[1] for run in one.runs if run.text.strip()
    ):
        yield f"“{name}” is not in {sizes[0]} to {sizes[1]}"
    if _all(one, "bold") is not bold or _all(one, "italic") is not italic:
        yield f"“{name}” is not {'bold' if bold else 'plain'}{' italic' if italic else ''}"


def _all(one: Paragraph, what: str) -> bool:
    return all(bool(getattr(run, what)) for run in one.runs if run.text.strip())


def _runs(paper: Document) -> Iterator[Run]:
    for element in paper.element.body.iter(qn("w:p")):
        yield from Paragraph(element, paper).runs


def _style_font(run: Run) -> str | None:
    style = run._parent.style
    while style is not None and style.font.name is None:
        style = style.base_style
    return style.font.name if style is not None else "Times New Roman"
