"""Tables as an XLSX workbook to print on A4: real dates and numbers, text that is never computed, the same bytes."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import groupby
from math import ceil

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from visualize.sheet import Cell, Column, Kind, Sheet, computed
from visualize.zipped import same_bytes

_FONT = "Times New Roman"
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_A4 = 9
#: Margins in inches: 15 mm at the sides, 20 mm above and below.
_SIDE, _END = 0.59, 0.79
#: So many characters go side by side on a landscape A4 page before its print is too small to be read; more than that
#: goes onto a second page beside it.
_ACROSS = 170
_TAB, _BAD_IN_TAB = 31, str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_SHOWN: dict[Kind, str] = {
    "text": "@",
    "day": "dd/mm/yyyy",
    "instant": "dd/mm/yyyy hh:mm",
    "number": "#,##0.##",
    "money": "#,##0",
    "share": "0.0%",
}
_FIGURES: dict[str, object] = {"align": "right", "indent": 1}
_ALIGNED: dict[Kind, dict[str, object]] = {
    "day": {"align": "center"},
    "instant": {"align": "center"},
    "number": _FIGURES,
    "money": _FIGURES,
    "share": _FIGURES,
}
#: Points of a line of print, and the most that a row may be high.
_LINE, _HIGHEST = 15.0, 180.0
#: What a spreadsheet holds in one cell at most.
_LONGEST = 32_767


def to_xlsx(sheets: Sequence[Sheet], title: str, author: str = "") -> bytes:
    """Return a workbook of at least one table, each on its tab; equal tables give equal bytes."""
    kept = BytesIO()
    with Workbook(kept, {"in_memory": True, "strings_to_urls": False}) as book:
        book.set_properties({"title": title, "author": author, "created": _EPOCH})
        looks = _Looks(book)
        for name, sheet in zip(_tabs(sheets), sheets, strict=True):
            _write(book.add_worksheet(name), sheet, looks)
    return same_bytes(kept.getvalue())


class _Looks:
    """The looks of cells, each made once."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        plain = {"font_name": _FONT, "font_size": 11}
        boxed = {**plain, "border": 1, "valign": "top", "text_wrap": True}
        head = {**boxed, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#E8EEF5"}
        self.issuer = book.add_format({**plain, "bold": True})
        self.title = book.add_format({**plain, "font_size": 14, "bold": True})
        self.line = book.add_format({**plain, "italic": True})
        self.head = book.add_format(head)
        self.cells: dict[Kind, Format] = {
            kind: book.add_format({**boxed, **_ALIGNED.get(kind, {}), "num_format": form})
            for kind, form in _SHOWN.items()
        }
        # Keeps a text that looks like a formula a text when somebody edits its cell.
        self.quoted = book.add_format({**boxed, "num_format": "@", "quote_prefix": True})


def _tabs(sheets: Sequence[Sheet]) -> Iterator[str]:
    """Yield a name for each tab that a spreadsheet accepts, each once whatever the case of its letters."""
    used: set[str] = set()
    for number, sheet in enumerate(sheets, 1):
        name = " ".join(sheet.name.translate(_BAD_IN_TAB).split())[:_TAB] or str(number)
        if name.lower() in used:
            name = f"{name[: _TAB - 4]} {number}"
        used.add(name.lower())
        yield name


def _write(page: Worksheet, sheet: Sheet, looks: _Looks) -> None:
    top = _heading(page, sheet, looks)
    below = _heads(page, sheet, looks, top)
    for number, row in enumerate(sheet.rows, below):
        for place, (column, cell) in enumerate(zip(sheet.columns, row, strict=True)):
            _cell(page, (number, place), cell, column.kind, looks)
        page.set_row(number, _height(sheet.columns, row))
    for number, note in enumerate(sheet.notes, below + len(sheet.rows) + 1):
        page.write_string(number, 0, note, looks.line)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
    page.freeze_panes(below, sheet.frozen)
    if sheet.rows:
        page.autofilter(below - 1, 0, below + len(sheet.rows) - 1, len(sheet.columns) - 1)
    _paper(page, sheet, top, below)


def _height(columns: Sequence[Column], row: Sequence[Cell]) -> float:
    """Return how high a row must be for its longest text, in points; spreadsheets do not all find out themselves."""
    lines = max((_lines(cell, column.width) for column, cell in zip(columns, row, strict=True)), default=1)
    return min(_LINE * lines + 2, _HIGHEST)


def _lines(cell: Cell, width: float) -> int:
    if not isinstance(cell, str):
        return 1
    return sum(ceil(len(line) / (1.2 * width)) or 1 for line in cell.split("\n"))


def _heading(page: Worksheet, sheet: Sheet, looks: _Looks) -> int:
    """Write what stands above the table and return the row below it."""
    told = [*((line, looks.issuer) for line in sheet.issuer), (sheet.title, looks.title)]
    told += [(line, looks.line) for line in sheet.lines]
    for number, (text, look) in enumerate(told):
        page.write_string(number, 0, text, look)
    return len(told) + 1


def _heads(page: Worksheet, sheet: Sheet, looks: _Looks, top: int) -> int:
    """Write the heads, in two rows where columns share one, and return the row below them."""
    if not any(column.group for column in sheet.columns):
        for place, column in enumerate(sheet.columns):
            page.write_string(top, place, column.head, looks.head)
        return top + 1
    for group, found in groupby(enumerate(sheet.columns), key=lambda pair: pair[1].group):
        members = list(found)
        if not group:
            for place, column in members:
                page.merge_range(top, place, top + 1, place, column.head, looks.head)
            continue
        _over(page, top, members, group, looks.head)
        for place, column in members:
            page.write_string(top + 1, place, column.head, looks.head)
    return top + 2


def _over(page: Worksheet, row: int, members: list[tuple[int, Column]], group: str, look: Format) -> None:
    first, last = members[0][0], members[-1][0]
    if first == last:
        page.write_string(row, first, group, look)
    else:
        page.merge_range(row, first, row, last, group, look)


def _cell(page: Worksheet, at: tuple[int, int], cell: Cell, kind: Kind, looks: _Looks) -> None:
    row, place = at
    look = looks.cells[kind]
    if cell is None or cell == "":
        page.write_blank(row, place, None, look)
    elif isinstance(cell, str):
        page.write_string(row, place, cell[:_LONGEST], looks.quoted if computed(cell) else looks.cells["text"])
    elif isinstance(cell, datetime):
        page.write_datetime(row, place, cell.replace(tzinfo=None), look)
    elif isinstance(cell, date):
        page.write_datetime(row, place, datetime(cell.year, cell.month, cell.day), look)  # noqa: DTZ001 - a day
    else:
        page.write_number(row, place, float(cell) if isinstance(cell, Decimal) else cell, look)


def _paper(page: Worksheet, sheet: Sheet, top: int, below: int) -> None:
    page.set_paper(_A4)
    page.set_landscape()
    page.set_margins(left=_SIDE, right=_SIDE, top=_END, bottom=_END)
    across = sum(column.width for column in sheet.columns)
    page.fit_to_pages(ceil(across / _ACROSS) or 1, 0)
    page.repeat_rows(top, below - 1)
    if sheet.frozen:
        page.repeat_columns(0, sheet.frozen - 1)
    page.set_footer(f"&L&9{sheet.title.replace('&', '&&')[:180]}&R&9&P/&N")
    page.hide_gridlines(2)
