"""The catalogue: every procedure that has been issued, by kind."""

from collections.abc import Iterator

from procedures.model import Kind
from procedures.release import Release
from procedures.vietnamese import day, number
from procedures.words import say
from quality import questions_cases
from web import visit as v
from web.behind import CASES
from web.issues import KINDS, applying
from web.pages import reference
from web.parts import Cell, Head, Page, Table
from web.visit import Visit


def page(visit: Visit, _name: str) -> Page:
    """Return the catalogue."""
    with visit.agency.store.reading() as reader:
        running = questions_cases.open_by_procedure(reader, visit.scope)
    found = applying(visit)
    tables = [
        _table(visit, kind, [one for one in found if one.procedure.kind is kind], running)
        for kind in Kind
        if any(one.procedure.kind is kind for one in found)
    ]
    shows = {
        "tables": tables,
        "count": visit.text(say("{count} procedures issued", count=len(found))),
        **reference.shelf(visit),
    }
    return Page("catalogue.html", visit.text(say("Procedures")), shows)


def _table(visit: Visit, kind: Kind, found: list[Release], running: dict[str, int]) -> Table:
    words = (say("Procedure"), say("Owner"), say("Time limit"), say("Steps"), say("Issue"), say("In progress"))
    heads = tuple(Head(visit.text(word), number=place in {3, 5}) for place, word in enumerate(words))
    rows = tuple(tuple(_row(visit, one, running.get(one.code, 0))) for one in found)
    return Table(visit.text(KINDS[kind]), heads, rows)


def _row(visit: Visit, one: Release, running: int) -> Iterator[Cell]:
    procedure = one.procedure
    since = visit.text(say("in force from {day}", day=day(one.effective_from)))
    yield Cell(one.code, visit.link(f"/quy-trinh/{one.code}"), note=procedure.name, vi=True)
    yield Cell(procedure.owner_unit, vi=True)
    yield Cell(procedure.within.text if procedure.within else "—", vi=True)
    yield Cell(str(len(procedure.steps)))
    yield Cell(visit.text(say("issue {issue}", issue=one.issue)), note=since)
    href = visit.link(CASES, {v.PROCEDURE: one.code, v.STANDING: "open"}) if running else ""
    yield Cell(number(running, visit.lang, 0), href)
