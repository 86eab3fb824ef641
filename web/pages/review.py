"""The pack of a management review: the periods to choose from, the pack to read, and the same as a DOCX to keep."""

import re
from collections.abc import Iterator
from datetime import timedelta

from procedures.words import say
from quality.periods import Period, last, parts
from quality.review import review_pack
from visualize import document as paper
from visualize.document import Document
from visualize.docx import to_docx
from visualize.review_document import review_document
from web import visit as v
from web.behind import CASES
from web.parts import Cell, File, Head, Link, Page, Table
from web.visit import Missing, Visit

_CASE = re.compile(r"(?:HS|KPH)-\d{4}-\d{4,}")
#: How the paper names a set of cases, by itself or after a value.
_SET = re.compile(r"(?:^|\()(H\d+)\)?$")
#: A longer list of cases does not fit into an address; the page spells it out.
_MOST_IDS = 500
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def page(visit: Visit, name: str) -> Page:
    """Return the pack of a period as a page, of the last year without one; raises Missing."""
    period = visit.named_period(name) if name else visit.year
    document = _document(visit, period)
    shows = {
        "document": document,
        "blocks": list(_blocks(visit, document)),
        "periods": list(_periods(visit, period)),
        "download": visit.link(f"/xem-xet/{period.key}.docx"),
        "head": document.letterhead,
    }
    return Page("review.html", visit.text(say("Management review, {period}", period=period.words)), shows)


def file(visit: Visit, name: str) -> File:
    """Return the pack of a period as DOCX; raises Missing."""
    period = visit.named_period(name)
    return File(f"xem-xet-cua-lanh-dao-{period.key}.docx", _DOCX, to_docx(_document(visit, period)))


def _document(visit: Visit, period: Period) -> Document:
    if not visit.reads_all:
        raise Missing(say("the review is for those who may read every case of the agency"))
    if period.start >= visit.now:
        raise Missing(say("{period} has not begun", period=period.words))
    return review_document(review_pack(visit.agency, period, min(visit.now, period.end)), visit.lang)


def _blocks(visit: Visit, document: Document) -> Iterator[tuple[str, object]]:
    """Yield the paper block by block, tables with links; what only seals the paper stays in its DOCX."""
    for block in document.blocks:
        table = block.twin if isinstance(block, paper.Figure) else block
        if table is not block:
            yield type(block).__name__, block
        if isinstance(table, paper.Table):
            if table.header[-1] != visit.text(say("Seal of the last event")):
                yield "Table", _table(visit, table)
        elif table is not None:
            yield type(table).__name__, table


def _table(visit: Visit, table: paper.Table) -> Table:
    heads = tuple(Head(head) for head in table.header)
    if table.header[0] == visit.text(say("Set")):
        rows = tuple(tuple(_set(visit, *row)) for row in table.rows)
        return Table(table.caption, heads, rows, tuple(row[0] for row in table.rows))
    return Table(table.caption, heads, tuple(tuple(_cell(visit, cell) for cell in row) for row in table.rows))


def _set(visit: Visit, name: str, count: str, numbers: str) -> Iterator[Cell]:
    yield Cell(name)
    listed = numbers.replace(" ", "")
    if listed.count(",") < _MOST_IDS:
        yield Cell(count, visit.link(CASES, {v.IDS: listed}))
        first, _, more = numbers.partition(", ")
        yield Cell(f"{first}, …" if more else first)
    else:
        yield Cell(count)
        yield Cell(numbers)


def _cell(visit: Visit, text: str) -> Cell:
    if _CASE.fullmatch(text):
        return Cell(text, visit.link(f"{CASES}/{text}"))
    found = _SET.search(text)
    return Cell(text, f"#{found[1]}") if found else Cell(text)


def _periods(visit: Visit, period: Period) -> Iterator[Link]:
    year = visit.named_period(f"{period.start.year:04}")
    before = last(1, visit.named_period(f"{(year.start - timedelta(days=1)).year:04}"), "year")
    quarters = (quarter for quarter in parts(year, "quarter") if quarter.start < visit.now)
    for one in (*before, year, *quarters):
        text = visit.text(one.words)
        yield Link(text[:1].upper() + text[1:], visit.link(f"/xem-xet/{one.key}"), here=one.key == period.key)
