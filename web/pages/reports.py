"""Registers and reports to be kept as files: the register of each procedure, the book of dossiers, what is owed."""

from collections.abc import Iterator

from procedures.vietnamese import number
from procedures.words import say
from quality.periods import Period, parts
from quality.registers import Asked, register
from quality.reports.duties import owed_in
from quality.reports.kinds import REPORT
from quality.reports.owed import lines
from visualize.case_document import DOCX
from visualize.docx import to_docx
from visualize.onestop.book import book, book_sheet, entries
from visualize.register_sheet import register_document, register_sheet
from visualize.sheet import to_csv
from visualize.xlsx import to_xlsx
from web import visit as v
from web.asking import UNIT
from web.behind import CASES
from web.pages.cases import CSV, XLSX
from web.pages.opening import PATH as OPENING
from web.pages.opening import may_open
from web.parts import Cell, File, Head, Link, Option, Page, Table
from web.visit import Missing, Visit

PATH = "/bao-cao"
BOOK, BOOK_SHEET = f"{PATH}/so-theo-doi.docx", f"{PATH}/so-theo-doi.xlsx"
ENDINGS = ("xlsx", "docx", "csv")


def page(visit: Visit, _name: str) -> Page:
    """Return what can be kept for a period, this year without one, and for a unit, all without one."""
    period, unit = visit.period(), visit.asked(UNIT)
    asks = {v.PERIOD: period.key, UNIT: unit}
    shows = {
        "periods": list(_periods(visit, period)),
        "period": visit.asked(v.PERIOD) or "",
        "units": [Option(one.name, one.name, one.name == unit) for one in visit.agency.organisation.units],
        "registers": _registers(visit, asks),
        "whole": [*_asked(visit), *(_whole(visit, period, asks) if visit.reads_all else ())],
        "owed": _owed(visit) if visit.reads_all else None,
    }
    return Page("reports.html", visit.text(say("Reports and registers")), shows)


def file(visit: Visit, name: str) -> File:
    """Return the register of a procedure with the cases that may be read, in the format that the address ends in."""
    code, ending = name, visit.path.rpartition(".")[2]
    if code not in {release.code for release in visit.agency.shelf.all()}:
        raise Missing(say("no procedure {code} has been issued", code=code))
    period = visit.period() if visit.asked(v.PERIOD) else None
    with visit.agency.store.reading() as reader:
        found = register(reader, visit.agency, Asked(code, period, visit.asked(UNIT), visit.scope), visit.now)
    stem = f"so-{code}-{period.key if period else visit.today.date()}"
    if ending == "docx":
        return File(f"{stem}.docx", DOCX, to_docx(register_document(found, visit.agency, visit.lang)))
    sheet = register_sheet(found, visit.agency, visit.lang)
    if ending == "csv":
        return File(f"{stem}.csv", CSV, to_csv(sheet))
    return File(f"{stem}.xlsx", XLSX, to_xlsx([sheet], sheet.title, visit.agency.settings.agency))


def book_file(visit: Visit, _name: str) -> File:
    """Return the book of all dossiers (form 07) of a period; it is a paper about the whole agency."""
    if not visit.reads_all:
        raise Missing(say("there is no page {path}", path=visit.path))
    period, unit = visit.period(), visit.asked(UNIT)
    found = list(entries(visit, period, unit))
    if visit.path.endswith(".xlsx"):
        sheet = book_sheet(visit, period, found, unit)
        return File(f"so-theo-doi-{period.key}.xlsx", XLSX, to_xlsx([sheet], sheet.title, visit.agency.settings.agency))
    return File(f"so-theo-doi-{period.key}.docx", DOCX, to_docx(book(visit, period, found, unit)))


def _registers(visit: Visit, asks: dict[str, str | None]) -> Table | None:
    codes = {release.code: release.procedure.name for release in visit.agency.shelf.all()}
    if not codes:
        return None
    heads = [Head(visit.text(say("Procedure"))), *(Head(one.upper()) for one in ENDINGS)]
    rows = tuple(
        (
            Cell(code, visit.link(f"/quy-trinh/{code}"), note=name, vi=True),
            *(Cell(visit.text(say("download")), visit.link(f"{PATH}/so/{code}.{one}", asks)) for one in ENDINGS),
        )
        for code, name in sorted(codes.items())
    )
    return Table(visit.text(say("The register of each procedure")), tuple(heads), rows)


def _asked(visit: Visit) -> Iterator[Link]:
    """Yield where a report is opened that is asked for out of turn, for whoever may write reports."""
    if may_open(visit, REPORT):
        yield Link(visit.text(say("Open a report that is asked for out of turn")), visit.link(f"{OPENING}/{REPORT}"))


def _whole(visit: Visit, period: Period, asks: dict[str, str | None]) -> Iterator[Link]:
    yield Link(visit.text(say("Book of dossiers (form 07), DOCX")), visit.link(BOOK, asks))
    yield Link(visit.text(say("Book of dossiers (form 07), XLSX")), visit.link(BOOK_SHEET, asks))
    if period.kind in {"year", "quarter"}:
        words = say("Papers for the management review, {period}, DOCX", period=period.words)
        yield Link(visit.text(words), visit.link(f"/xem-xet/{period.key}.docx"))


def _owed(visit: Visit) -> Table | None:
    with visit.agency.store.reading() as reader:
        found = lines(reader, visit.agency, owed_in(visit.agency, visit.now), visit.now)
    if not found:
        return None
    words = (say("Report"), say("Period"), say("Unit"), say("To whom"), say("Due"), say("How it stands"))
    rows = tuple(
        (
            Cell(one.owed.kind.code, visit.link(f"{CASES}/{one.case.id}") if one.case is not None else "", vi=True),
            Cell(one.owed.period),
            Cell(one.owed.unit, vi=True),
            Cell(one.owed.to, vi=True),
            Cell(visit.at(one.due)),
            Cell(visit.text(one.standing.words)),
        )
        for one in found
    )
    caption = visit.text(say("{count} reports are owed", count=number(len(rows), visit.lang, 0)))
    return Table(caption, tuple(Head(visit.text(one)) for one in words), rows)


def _periods(visit: Visit, period: Period) -> Iterator[Link]:
    year = visit.year if period.kind == "span" else visit.named_period(f"{period.start.year:04}")
    for one in (year, *(quarter for quarter in parts(year, "quarter") if quarter.start <= visit.now)):
        text = visit.text(one.words)
        yield Link(text[:1].upper() + text[1:], visit.here(ky=one.key), here=one.key == period.key)
