"""The pack of a management review: the periods to choose from, the pack to read, and the same as a DOCX to keep."""

import re
from collections.abc import Iterator
from datetime import timedelta

from procedures.words import say
from quality import questions_cases
from quality.periods import Period, last, parts
from quality.review import ReviewPack, review_pack, to_json
from visualize import document as paper
from visualize.document import Document
from visualize.docx import to_docx
from visualize.review_document import pack_name, review_document, sets_of
from visualize.review_forms import named_then
from visualize.sheet import to_csv
from web import visit as v
from web.behind import CASES
from web.listing import case_sheet
from web.pages.cases import CSV
from web.parts import Cell, File, Head, Link, Page, Table
from web.visit import Missing, Visit

PATH = "/xem-xet"
_CASE = re.compile(r"(?:HS|KPH)-\d{4}-\d{4,}")
#: How the paper names a set of cases, by itself or after a value.
_SET = re.compile(r"(?:^|\()(H\d+)\)?$")
#: What the address of a sheet asks for: the name of a set of cases.
_NAMED = "tap"
#: So many cases are read at a time.
_BLOCK = 5_000
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def page(visit: Visit, name: str) -> Page:
    """Return the pack of a period as a page, of the last year without one; raises Missing."""
    period = visit.named_period(name) if name else visit.year
    document = _document(visit, period)
    shows = {
        "document": document,
        "blocks": list(_blocks(visit, document, period)),
        "periods": list(_periods(visit, period)),
        "files": [
            Link(visit.text(words), visit.link(f"{PATH}/{period.key}.{ending}"))
            for words, ending in (
                (say("Download as DOCX"), "docx"),
                (say("All figures with their cases (JSON)"), "json"),
            )
        ],
        "head": document.letterhead,
    }
    return Page("review.html", visit.text(say("Management review, {period}", period=period.words)), shows)


def file(visit: Visit, name: str) -> File:
    """Return the pack of a period as DOCX; raises Missing."""
    period = visit.named_period(name)
    return File(f"{pack_name(period)}.docx", _DOCX, to_docx(_document(visit, period)))


def figures(visit: Visit, name: str) -> File:
    """Return everything that the pack of a period holds as JSON; raises Missing."""
    period = visit.named_period(name)
    return File(f"{pack_name(period)}.json", "application/json", to_json(_pack(visit, period)).encode())


def cases(visit: Visit, name: str) -> File:
    """Return the cases of one set of the pack as a sheet; raises Missing."""
    period, named = visit.named_period(name), visit.asked(_NAMED) or ""
    ids = sets_of(_pack(visit, period)).get(named)
    if ids is None:
        raise Missing(say("the review of {period} has no set {name}", period=period.words, name=named))
    with visit.agency.store.reading() as reader:
        blocks = (ids[start : start + _BLOCK] for start in range(0, len(ids), _BLOCK))
        found = [one for block in blocks for one in questions_cases.named(reader, block, visit.scope)]
    about = say("Set {name} of the management review, {period}", name=named, period=period.words)
    return File(f"{pack_name(period)}-{named}.csv", CSV, to_csv(case_sheet(visit, visit.text(about), found)))


def _document(visit: Visit, period: Period) -> Document:
    return review_document(_pack(visit, period), visit.lang)


def _pack(visit: Visit, period: Period) -> ReviewPack:
    if not visit.reads_all:
        raise Missing(say("the review is for those who may read every case of the agency"))
    if period.start >= visit.now:
        raise Missing(say("{period} has not begun", period=period.words))
    cut_off = min(visit.now, period.end)
    return review_pack(visit.agency, period, cut_off, named_then(visit.agency, period, cut_off))


def _blocks(visit: Visit, document: Document, period: Period) -> Iterator[tuple[str, object]]:
    """Yield the paper block by block, tables with links; what only seals the paper stays in its DOCX."""
    for block in (*document.blocks, *document.annexes):
        table = block.twin if isinstance(block, paper.Figure) else block
        if table is not block:
            yield type(block).__name__, block
        if isinstance(table, paper.Table):
            if table.header[-1] != visit.text(say("Seal of the last event")):
                yield "Table", _table(visit, table, period)
        elif table is not None:
            yield type(table).__name__, table


def _table(visit: Visit, table: paper.Table, period: Period) -> Table:
    heads = tuple(Head(head) for head in table.header)
    if table.header[0] == visit.text(say("Set")):
        rows = tuple(tuple(_set(visit, period, *row)) for row in table.rows)
        return Table(table.caption, heads, rows, tuple(row[0] for row in table.rows))
    return Table(table.caption, heads, tuple(tuple(_cell(visit, cell) for cell in row) for row in table.rows))


def _set(visit: Visit, period: Period, name: str, count: str, numbers: str) -> Iterator[Cell]:
    yield Cell(name)
    if "…" in numbers:  # too many for an address
        yield Cell(count, visit.link(f"{PATH}/{period.key}.csv", {_NAMED: name}))
    else:
        yield Cell(count, visit.link(CASES, {v.IDS: numbers.replace(" ", "")}))
    first, _, more = numbers.partition(", ")
    yield Cell(f"{first}, …" if more else first)


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
        yield Link(text[:1].upper() + text[1:], visit.link(f"{PATH}/{one.key}"), here=one.key == period.key)
