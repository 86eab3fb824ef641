"""The registers there are, and the register of one procedure as a page, a workbook and a paper."""

from collections.abc import Iterator

from procedures.release import ShelfRefusal
from procedures.vietnamese import number
from procedures.words import say
from quality.questions_registers import counted
from quality.registers import Asked, Register, register
from visualize.brief import capital
from visualize.docx import to_docx
from visualize.register_sheet import about, register_document, register_sheet, title
from visualize.sheet import read
from visualize.xlsx import to_xlsx
from web import visit as v
from web.behind import CASES
from web.listing import SIZE, pages
from web.parts import Cell, File, Head, Link, Page, Table
from web.visit import Missing, Visit

PATH = "/so"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: The columns that a page shows: number, case, subject, unit, opened, due, status, ended; the files have every value.
_SHOWN = 8


def page(visit: Visit, name: str) -> Page:
    """Return the register of a procedure, or without one all there are; raises Missing."""
    if not name:
        return Page(
            "register.html",
            visit.text(say("Registers")),
            {"table": _all(visit), "links": [], "pages": [], "periods": []},
        )
    found = _read(visit, name)
    sheet = register_sheet(found, visit.agency, visit.lang)
    here = visit.number(v.PAGE, 1)
    rows = sheet.rows[(here - 1) * SIZE : here * SIZE]
    if here > 1 and not rows:
        raise Missing(say("the list has no page {page}", page=here))
    heads = tuple(Head(column.head, number=column.kind == "number") for column in sheet.columns[:_SHOWN])
    table = Table(
        "; ".join(about(found, visit.agency, visit.lang)),
        heads,
        tuple(
            tuple(
                Cell(
                    read(cell, column.kind, visit.lang) or "—",
                    visit.link(f"{CASES}/{cell}") if place == 1 else "",
                    vi=column.kind == "text",
                )
                for place, (cell, column) in enumerate(zip(row[:_SHOWN], sheet.columns[:_SHOWN], strict=True))
            )
            for row in rows
        ),
    )
    shows = {
        "table": table if rows else None,
        "links": list(_links(visit, name)),
        "periods": list(_periods(visit)),
        "pages": pages(visit, len(sheet.rows), here),
    }
    return Page("register.html", title(found, visit.lang), shows)


def workbook(visit: Visit, name: str) -> File:
    """Return the register of a procedure as XLSX; raises Missing."""
    sheet = register_sheet(_read(visit, name), visit.agency, visit.lang)
    return File(f"so-{name}.xlsx", XLSX, to_xlsx([sheet], sheet.title, visit.agency.settings.agency))


def paper(visit: Visit, name: str) -> File:
    """Return the register of a procedure as DOCX; raises Missing."""
    found = _read(visit, name)
    return File(f"so-{name}.docx", DOCX, to_docx(register_document(found, visit.agency, visit.lang)))


def _read(visit: Visit, name: str) -> Register:
    period = visit.period()
    try:
        with visit.agency.store.reading() as reader:
            return register(reader, visit.agency, Asked(name, period, scope=visit.scope), visit.now)
    except ShelfRefusal as refusal:
        raise Missing(refusal.words) from refusal


def _links(visit: Visit, name: str) -> Iterator[Link]:
    asked = {v.PERIOD: visit.asked(v.PERIOD)}
    yield Link(visit.text(say("As a workbook (XLSX)")), visit.link(f"{PATH}/{name}.xlsx", asked))
    yield Link(visit.text(say("As a paper (DOCX)")), visit.link(f"{PATH}/{name}.docx", asked))
    yield Link(visit.text(say("Every register")), visit.link(PATH))


def _periods(visit: Visit) -> Iterator[Link]:
    """Yield the year shown and the one before: a register is opened and closed by the year."""
    chosen = visit.period()
    for year in (visit.year.start.year - 1, visit.year.start.year):
        one = visit.named_period(f"{year:04}")
        yield Link(capital(visit.text(one.words)), visit.here(ky=one.key), here=one.key == chosen.key)


def _all(visit: Visit) -> Table:
    names = {one.code: one.procedure.name for one in visit.agency.shelf.all()}
    with visit.agency.store.reading() as reader:
        counts = counted(reader, visit.scope)
    heads = tuple(Head(visit.text(word)) for word in (say("Procedure"), say("Name")))
    heads = (*heads, Head(visit.text(say("Cases")), number=True))
    rows = tuple(
        (
            Cell(code, visit.link(f"{PATH}/{code}")),
            Cell(name, vi=True),
            Cell(number(counts.get(code, 0), visit.lang, 0)),
        )
        for code, name in sorted(names.items())
    )
    return Table(visit.text(say("A register of each procedure")), heads, rows)
