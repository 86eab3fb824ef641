"""Two wordings of one procedure side by side: what changed in words and upon one flowchart, and whom it touches."""

from procedures.difference import Difference, difference
from procedures.release import Release
from procedures.vietnamese import number
from procedures.words import say
from quality import questions_cases
from visualize.difference import difference_listing, difference_sheets, difference_svg
from visualize.drawing import DrawingUnavailable
from web.issues import asks_for, draft, issued, name_of, wording
from web.parts import Cell, Head, Option, Page, Table
from web.visit import Missing, Visit

BEFORE, AFTER = "tu", "den"


def path(name: str) -> str:
    """Return where two wordings of a procedure are compared."""
    return f"/quy-trinh/{name}/so-sanh"


def page(visit: Visit, name: str) -> Page:
    """Return the comparison that is asked for, or that of the newest wording with the one before it."""
    every = wordings(visit, name)
    if not every:
        raise Missing(say("no procedure {code} has been issued", code=name))
    asked = visit.asked(BEFORE), visit.asked(AFTER)
    after = wording(visit, name, asked[1]) if asked[1] else every[-1]
    before = wording(visit, name, asked[0]) if asked[0] else _one_before(every, after)
    found = difference(before.procedure, after.procedure)
    between = visit.text(say("{before} → {after}", before=name_of(before), after=name_of(after)))
    shows = {
        **choosing(visit, name, before, after),
        "procedure": after.procedure,
        "between": between,
        "changes": _changes(visit, found, between) if found else None,
        "renamed": [f"{old} → {new}" for old, new in found.undeclared.items()],
        "runs": _runs(visit, name, after),
        **_drawn(visit, found),
        "back": visit.link(f"/quy-trinh/{name}"),
    }
    return Page("comparing.html", visit.text(say("Compare {code}", code=name)), shows)


def wordings(visit: Visit, name: str) -> list[Release]:
    """Return every issue and, for whoever is in, the draft, the earliest first."""
    written = draft(visit, name)
    return [*issued(visit, name), *([written] if written is not None else [])]


def choosing(visit: Visit, name: str, before: Release, after: Release | None = None) -> dict[str, object]:
    """Return the form in which two wordings are chosen; where there is only one there is nothing to choose."""
    every = wordings(visit, name)
    other = after or next((one for one in reversed(every) if one.hash != before.hash), before)
    if after is None and every.index(_same(every, before)) > every.index(_same(every, other)):
        before, other = other, before
    fields = [
        (BEFORE, [_option(visit, one, before) for one in every]),
        (AFTER, [_option(visit, one, other) for one in every]),
    ]
    return {"compared": fields if len(every) > 1 else [], "compare": path(name)}


def _same(every: list[Release], wanted: Release) -> Release:
    return next((one for one in every if one.hash == wanted.hash), every[-1])


def _option(visit: Visit, one: Release, chosen: Release) -> Option:
    return Option(visit.text(name_of(one)), asks_for(one), one.hash == chosen.hash)


def _one_before(every: list[Release], after: Release) -> Release:
    place = every.index(_same(every, after))
    return every[max(place - 1, 0)]


def _changes(visit: Visit, found: Difference, caption: str) -> Table:
    words = (say("Sign"), say("Where"), say("Part"), say("Earlier"), say("Later"))
    rows = tuple(
        (Cell(sign), Cell(where), Cell(what), Cell(before, vi=True), Cell(after, vi=True))
        for sign, where, what, before, after in found.rows(visit.lang)
    )
    return Table(caption, tuple(Head(visit.text(word)) for word in words), rows)


def _runs(visit: Visit, name: str, after: Release) -> str:
    """Say how many running cases, of those that may be read, keep the issue they were opened under."""
    with visit.agency.store.reading() as reader:
        running = questions_cases.running_before(reader, name, after.issue, visit.scope)
    if not running:
        return visit.text(say("No running case is under an earlier issue."))
    return visit.text(
        say("{count} running cases keep their earlier issue until they end.", count=number(running, visit.lang, 0))
    )


def _drawn(visit: Visit, found: Difference) -> dict[str, object]:
    try:
        whole = difference_svg(found, visit.lang, links=False).decode()
        sheets = [sheet.decode() for sheet in difference_sheets(found, visit.lang)]
    except DrawingUnavailable:
        whole, sheets = "", []
    return {"drawing": whole, "sheets": sheets, "twin": difference_listing(found, visit.lang)}
