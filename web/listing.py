"""Lists of cases as tables, and lists cut into pages."""

from collections.abc import Iterator, Sequence

from engine.case import Case
from engine.handle import rules_for
from procedures.words import Words, say
from visualize.sheet import Column, Sheet
from web.behind import CASES
from web.parts import Cell, Head, Link, Table
from web.status import case_tag
from web.visit import Visit

SIZE = 50
_HEADS = (say("Case"), say("Procedure"), say("Stands at"), say("How it stands"), say("Due"), say("Opened"))


def case_table(visit: Visit, caption: Words, cases: Sequence[Case]) -> Table:
    """Return cases as a table: which, where, how it stands, until when."""
    heads = tuple(Head(visit.text(word)) for word in _HEADS)
    return Table(visit.text(caption), heads, tuple(tuple(_row(visit, case)) for case in cases))


def case_sheet(visit: Visit, about: str, cases: Sequence[Case]) -> Sheet:
    """Return cases as a sheet: what the table says, each thing in a column of its own; `about` says which they are."""
    heads = (*_HEADS[:2], say("Subject"), *_HEADS[2:], say("Unit"), say("Opened by"))
    zone = visit.agency.calendar.zone
    rows = tuple(
        (
            case.id,
            case.procedure,
            case.title,
            case.result or _steps(visit, case),
            case_tag(visit, case).word,
            case.due and case.due.astimezone(zone),
            case.opened_at.astimezone(zone),
            case.unit,
            visit.name(case.opener),
        )
        for case in cases
    )
    columns = tuple(Column(visit.text(words), "instant" if words in _HEADS[-2:] else "text") for words in heads)
    title, issuer = visit.text(say("Case list")), (visit.agency.settings.agency,)
    return Sheet(title, title, columns, rows, issuer, (about,) if about else (), lang=visit.lang)


def pages(visit: Visit, total: int, here: int) -> list[Link]:
    """Return the pages around the one shown, first and last among them; none when one page holds everything."""
    last = -(-total // SIZE)
    if last <= 1:
        return []
    near = sorted({1, last, *range(max(1, here - 2), min(last, here + 2) + 1)})
    return [Link(str(page), visit.here(trang=str(page) if page > 1 else None), here=page == here) for page in near]


def _row(visit: Visit, case: Case) -> Iterator[Cell]:
    yield Cell(case.id, visit.link(f"{CASES}/{case.id}"), note=case.title, vi=True)
    yield Cell(case.procedure, visit.link(f"/quy-trinh/{case.procedure}"))
    yield Cell(case.result or _steps(visit, case), vi=True)
    yield Cell(tag=case_tag(visit, case))
    yield Cell(visit.at(case.due))
    yield Cell(visit.at(case.opened_at))


def _steps(visit: Visit, case: Case) -> str:
    procedure = rules_for(case, visit.agency).procedure
    live = (f"{procedure.number(item.step)}. {procedure.step(item.step).name}" for item in case.live_items)
    return " · ".join(live) or "—"
