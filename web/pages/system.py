"""The quality system on one page: what needs somebody, what is declared, who is audited, what is to be reviewed."""

from collections.abc import Iterator
from datetime import date

from procedures.words import say
from quality.attention import attention
from quality.audits.audit import audits
from quality.audits.programme import programme
from quality.covered import covered
from quality.declarations.declared import declarations
from quality.declarations.in_force import in_force, owned
from quality.declarations.mandatory import coverage, mandatory
from quality.declarations.reviews import kept
from quality.unit_kinds import keepers
from visualize.audit_sheets import programme_sheet
from visualize.sheet import Sheet, read
from visualize.system_sheets import declared_sheet, kept_sheet, matrix_sheet, scope_sheet
from visualize.xlsx import to_xlsx
from web.parts import Cell, File, Head, Link, Page, Table
from web.visit import Missing, Visit

PATH = "/he-thong"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def page(visit: Visit, _name: str) -> Page:
    """Return the page."""
    today = visit.now.astimezone(visit.agency.calendar.zone).date()
    found = dict(_sheets(visit, today))
    shows = {
        "needs": [visit.text(words) for words in attention(visit.agency, visit.now)],
        "sections": [(sheet.title, _table(visit, sheet), _files(visit, key)) for key, sheet in found.items()],
    }
    return Page("system.html", visit.text(say("Quality management system")), shows)


def file(visit: Visit, name: str) -> File:
    """Give one of the tables out as a workbook; raises Missing for one that there is not."""
    today = visit.now.astimezone(visit.agency.calendar.zone).date()
    sheet = dict(_sheets(visit, today)).get(name)
    if sheet is None:
        raise Missing(say("there is no table {name}", name=name))
    return File(f"{name}.xlsx", XLSX, to_xlsx([sheet], sheet.title, visit.agency.settings.agency))


def _sheets(visit: Visit, today: date) -> Iterator[tuple[str, Sheet]]:
    agency, lang, unit = visit.agency, visit.lang, visit.agency.settings.agency
    releases = in_force(agency.shelf, today)
    with agency.store.reading() as reader:
        audited, declared = audits(reader), declarations(reader)
        reviewed = kept(reader, releases, agency.calendar.zone)
    units = covered(agency.organisation, unit, today)
    wanted = mandatory(agency.root)
    keeping = keepers(agency.organisation, today)
    yield "cong-bo", declared_sheet(declared, agency, lang)
    yield "pham-vi", scope_sheet(owned(releases, agency.organisation, unit, today), unit, agency, lang)
    matrix = coverage(wanted, keeping, releases, declared, agency.organisation, today)
    yield "ma-tran", matrix_sheet(matrix, agency, lang)
    lines = programme(units, audited, agency, today.year, today)
    yield "danh-gia", programme_sheet(lines, agency, today.year, lang)
    yield "ra-soat", kept_sheet(reviewed, today, agency, lang)


def _table(visit: Visit, sheet: Sheet) -> Table | None:
    if not sheet.rows:
        return None
    heads = tuple(Head(column.head, number=column.kind == "number") for column in sheet.columns)
    rows = tuple(
        tuple(
            Cell(read(cell, column.kind, visit.lang) or "—", vi=column.kind == "text")
            for cell, column in zip(row, sheet.columns, strict=True)
        )
        for row in sheet.rows
    )
    return Table(sheet.title, heads, rows)


def _files(visit: Visit, key: str) -> Link:
    return Link(visit.text(say("As a workbook")), visit.link(f"{PATH}/{key}.xlsx"))
