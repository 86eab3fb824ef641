"""A workbook opens as a register should: typed cells, heads in sight, nothing computed, the same bytes."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from visualize.sheet import Cell, Column, Sheet, to_csv
from visualize.xlsx import to_xlsx

_NS = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
COLUMNS = (
    Column("TT", "number", 6),
    Column("Trích yếu", width=30),
    Column("Ngày nhận", "day", group="Nhận và trả"),
    Column("Lúc trả", "instant", group="Nhận và trả"),
    Column("Số tiền", "money"),
    Column("Tỷ lệ", "share"),
)
ROW: tuple[Cell, ...] = (
    1,
    "Mua máy in",
    date(2026, 3, 5),
    datetime(2026, 3, 6, 9, 30, tzinfo=UTC),
    Decimal(12_500_000),
    0.934,
)


def sheet(*rows: tuple[Cell, ...], columns: tuple[Column, ...] = COLUMNS) -> Sheet:
    return Sheet("QT-VP-05", "Sổ theo dõi", columns, rows, ("UBND TỈNH A", "SỞ A"), ("Quý I/2026",))


def part(book: bytes, name: str) -> etree._Element:
    with ZipFile(BytesIO(book)) as zipped:
        return etree.fromstring(zipped.read(name))


def cells(book: bytes) -> dict[str, tuple[str | None, str | None]]:
    """Read each cell of the first tab as (type, content), shared strings looked up: an oracle that shares no code."""
    texts = ["".join(one.itertext()) for one in part(book, "xl/sharedStrings.xml")]
    found = {}
    for cell in part(book, "xl/worksheets/sheet1.xml").iterfind(".//s:c", _NS):
        kind, value = cell.get("t"), cell.findtext("s:v", namespaces=_NS)
        assert cell.find("s:f", _NS) is None, "a formula"
        found[cell.get("r", "")] = (kind, texts[int(value or 0)] if kind == "s" else value)
    return found


def test_dates_and_numbers_are_numbers_that_a_spreadsheet_can_count_with() -> None:
    found = cells(to_xlsx([sheet(ROW)], "x"))
    # Four lines stand above, an empty one, and two rows of heads.
    assert found["A8"] == (None, "1")
    assert found["B8"] == ("s", "Mua máy in")
    assert found["C8"] == (None, "46086")
    assert found["D8"][1] is not None
    assert float(found["D8"][1]) == pytest.approx(46087 + 9.5 / 24)
    assert found["E8"] == (None, "12500000")
    assert float(found["F8"][1] or 0) == pytest.approx(0.934)


def test_heads_that_share_one_are_merged_below_it() -> None:
    book = to_xlsx([sheet(ROW)], "x")
    found = cells(book)
    assert (found["C6"][1], found["C7"][1], found["D7"][1]) == ("Nhận và trả", "Ngày nhận", "Lúc trả")
    merged = {one.get("ref") for one in part(book, "xl/worksheets/sheet1.xml").iterfind(".//s:mergeCell", _NS)}
    assert {"C6:D6", "A6:A7", "B6:B7"} <= merged


def test_the_heads_stay_in_sight_and_the_page_is_a4_across() -> None:
    page = part(to_xlsx([sheet(ROW)], "x"), "xl/worksheets/sheet1.xml")
    pane = page.find(".//s:pane", _NS)
    assert pane is not None
    assert (pane.get("state"), pane.get("ySplit"), pane.get("xSplit")) == ("frozen", "7", "1")
    setup = page.find("s:pageSetup", _NS)
    assert setup is not None
    assert (setup.get("paperSize"), setup.get("orientation"), setup.get("fitToHeight")) == ("9", "landscape", "0")


def test_the_same_table_is_the_same_bytes() -> None:
    assert to_xlsx([sheet(ROW)], "x") == to_xlsx([sheet(ROW)], "x")
    assert to_xlsx([sheet(ROW)], "x") != to_xlsx([sheet((2, *ROW[1:]))], "x")


@settings(max_examples=25)
@given(st.text(min_size=1, max_size=30).map(lambda text: text.replace("\x00", "")))
def test_no_text_is_ever_computed(text: str) -> None:
    for hostile in (text, f"={text}", f"+{text}", "@SUM(A1)", "-2+3", "\t=1", '=HYPERLINK("http://x")', "{=1}"):
        if not hostile.strip():
            continue
        book = to_xlsx([sheet((hostile,), columns=(Column("Nội dung"),))], "x")
        assert cells(book)["A7"][0] == "s"
        [line] = to_csv(sheet((hostile,), columns=(Column("Nội dung"),))).decode("utf-8-sig").split("\r\n", 1)[1:]
        assert line.lstrip('" ')[:1] not in {"=", "+", "-", "@", "\t"}


def test_tabs_have_names_that_a_spreadsheet_accepts_and_no_two_alike() -> None:
    long = Sheet("Sổ [1/2]: " + "dài " * 20, "x", (Column("a"),), ())
    book = part(to_xlsx([long, long, Sheet("", "y", (Column("a"),), ())], "x"), "xl/workbook.xml")
    names = [one.get("name") for one in book.iterfind(".//s:sheet", _NS)]
    assert len({name.lower() for name in names if name}) == 3
    assert all(name and len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_numbers_in_csv_stay_numbers_though_they_are_negative() -> None:
    assert (
        to_csv(sheet((-2, Decimal("-1.5")), columns=(Column("a", "number"), Column("b", "number"))))
        .decode("utf-8-sig")
        .endswith("-2,-1.5\r\n")
    )
