"""Procedures of other agencies, to look up: their part of the catalogue, and a page to read each, with no acts."""

from collections.abc import Iterator
from itertools import groupby

from procedures.model import Procedure
from procedures.reference import Reference, references, referred
from procedures.vietnamese import day
from procedures.words import say
from web.pages.procedure import head, reading
from web.parts import Cell, Head, Page, Table
from web.visit import Missing, Visit


def path(agency: str, code: str) -> str:
    """Return where the procedure of an agency is read."""
    return f"/quy-trinh/tra-cuu/{agency}/{code}"


def shelf(visit: Visit) -> dict[str, object]:
    """Return what the catalogue shows of them: a table an agency, and for whoever is in, what cannot be read."""
    found = references(visit.agency.root)
    readable = ((one.agency, one.procedure) for one in found if one.procedure is not None)
    tables = [_table(visit, agency, [one for _, one in each]) for agency, each in groupby(readable, lambda one: one[0])]
    return {"references": tables, "unread": list(_unread(visit, found)) if visit.person else []}


def page(visit: Visit, name: str) -> Page:
    """Return the page of the procedure that the address names; raises Missing."""
    agency = visit.parts["agency"]
    found = referred(visit.agency.root, name, agency)
    if not found:
        raise Missing(say("{agency} has no procedure {code} to look up", agency=agency, code=name))
    procedure = found[0][1]
    shows = {
        **reading(visit, procedure),
        "facts": [
            (visit.text(say("Agency")), Cell(agency, vi=True)),
            *head(visit, procedure),
            (visit.text(say("Issue")), _issue(visit, procedure)),
        ],
        "behind": visit.text(say("A procedure of {agency}, only to look up; no case is opened by it.", agency=agency)),
        "releases": None,
    }
    return Page("reference.html", f"{procedure.code} {procedure.name}", shows)


def _table(visit: Visit, agency: str, found: list[Procedure]) -> Table:
    words = (say("Procedure"), say("Owner"), say("Time limit"), say("Steps"), say("Issue"))
    heads = tuple(Head(visit.text(word), number=place == 3) for place, word in enumerate(words))  # noqa: PLR2004
    return Table(agency, heads, tuple(tuple(_row(visit, agency, one)) for one in found))


def _row(visit: Visit, agency: str, one: Procedure) -> Iterator[Cell]:
    yield Cell(one.code, visit.link(path(agency, one.code)), note=one.name, vi=True)
    yield Cell(one.owner_unit, vi=True)
    yield Cell(one.within.text if one.within else "—", vi=True)
    yield Cell(str(len(one.steps)))
    yield _issue(visit, one)


def _issue(visit: Visit, one: Procedure) -> Cell:
    since = visit.text(say("in force from {day}", day=day(one.effective_from))) if one.effective_from else ""
    return Cell(visit.text(say("issue {issue}", issue=one.issue)), note=since)


def _unread(visit: Visit, found: list[Reference]) -> Iterator[dict[str, str]]:
    """Yield where a file cannot be read, why, and what to do."""
    for finding in (finding for one in found if one.procedure is None for finding in one.loaded.findings):
        at = finding.span
        yield {
            "place": f"{at.file}:{at.line}:{at.column}",
            "message": visit.text(finding.message),
            "help": visit.text(finding.help) if finding.help else "",
        }
