"""One procedure: its flowchart and the same as a list, its steps, forms, indicators, and every issue of it."""

from collections.abc import Iterator
from typing import cast

from procedures.ending import Ending
from procedures.model import Procedure, Step
from procedures.release import Release
from procedures.vietnamese import day
from procedures.words import Words, say
from visualize import brief
from visualize.drawing import DrawingUnavailable
from visualize.render import Style, list_twin, svg_sheets, svg_whole
from web import visit as v
from web.behind import CASES
from web.issues import KINDS, asks_for, current, draft, issued, name_of, wording
from web.pages import comparing, remarks
from web.parts import Cell, Head, Link, Page, Table
from web.visit import Missing, Visit

_STYLES: dict[str, Words] = {"luu-do": say("Flowchart"), "lan-boi": say("Swimlanes")}


def page(visit: Visit, name: str) -> Page:
    """Return the page of the issue that applies, or of the issue asked for; raises Missing."""
    shown, releases = wording(visit, name, visit.asked(v.ISSUE)), issued(visit, name)
    procedure = shown.procedure
    shows = {
        **reading(visit, procedure),
        "facts": list(_facts(visit, shown)),
        "analysis": visit.link(f"/phan-tich/{procedure.code}"),
        "releases": _releases(visit, releases, shown) if releases else None,
        "behind": _behind(visit, shown),
        "remarks": remarks.table(visit, shown),
        "stances": remarks.stances(visit, shown),
        "remark": visit.link(remarks.path(name), {v.ISSUE: asks_for(shown)}) if visit.person else "",
        "draft": _draft(visit, name) if shown.approved_by else None,
        **comparing.choosing(visit, name, shown),
    }
    return Page("procedure.html", f"{procedure.code} {procedure.name}", shows)


def reading(visit: Visit, procedure: Procedure) -> dict[str, object]:
    """Return what is read of a procedure, whoever issued it: its drawing, steps, forms and records; raises Missing."""
    style = visit.asked(v.STYLE) or "luu-do"
    if style not in _STYLES:
        raise Missing(say("there is no drawing called “{name}”", name=style))
    return {
        "procedure": procedure,
        "styles": [
            Link(visit.text(words), visit.here(ve=key if key != "luu-do" else None), here=key == style)
            for key, words in _STYLES.items()
        ],
        "drawing": _drawing(visit, procedure, cast("Style", style)),
        "sheets": _sheets(visit, procedure, cast("Style", style)),
        "twin": list_twin(procedure, lang=visit.lang),
        "steps": _steps(visit, procedure),
        "forms": _forms(visit, procedure),
        "records": _records(visit, procedure),
    }


def _behind(visit: Visit, shown: Release) -> str:
    """Say when something else than what applies is shown; empty when it is that."""
    if not shown.approved_by:
        return visit.text(say("This is a draft; no case runs under it."))
    other = shown.issue != current(visit, shown.code).issue
    return visit.text(say("This is not the issue that applies today.")) if other else ""


def _draft(visit: Visit, name: str) -> Link | None:
    written = draft(visit, name)
    if written is None:
        return None
    return Link(visit.text(name_of(written)), visit.link(f"/quy-trinh/{name}", {v.ISSUE: asks_for(written)}))


def head(visit: Visit, procedure: Procedure) -> Iterator[tuple[str, Cell]]:
    """Yield what a procedure says of itself: its kind, its owner and its time limit."""
    yield visit.text(say("Kind")), Cell(visit.text(KINDS[procedure.kind]))
    yield visit.text(say("Owner")), Cell(procedure.owner_unit, vi=True)
    yield visit.text(say("Time limit")), Cell(procedure.within.text if procedure.within else "—", vi=True)


def _facts(visit: Visit, one: Release) -> Iterator[tuple[str, Cell]]:
    procedure = one.procedure
    since = visit.text(say("in force from {day}", day=day(one.effective_from))) if one.approved_by else ""
    yield from head(visit, procedure)
    yield visit.text(say("Issue")), Cell(visit.text(name_of(one)), note=since)
    yield (
        visit.text(say("Case list")),
        Cell(visit.text(say("cases of this procedure")), visit.link(CASES, {v.PROCEDURE: one.code})),
    )
    over = next((end for end in visit.agency.shelf.endings() if end.code == one.code), None)
    if over is not None:
        yield visit.text(say("Abolished")), _ending(visit, over)
    if procedure.source:
        yield visit.text(say("Published in")), Cell(procedure.source, vi=True)


def _ending(visit: Visit, over: Ending) -> Cell:
    """Say from when no case can be opened, why, by whom, and what took its place."""
    since = visit.text(say("from {day}: {reason}", day=day(over.since), reason=over.reason))
    decided = visit.text(say("decided by {person}", person=over.approved_by))
    if over.replaced_by is None:
        return Cell(since, note=decided)
    replaced = visit.text(say("replaced by {code}", code=over.replaced_by))
    return Cell(since, visit.link(f"/quy-trinh/{over.replaced_by}"), note=f"{decided}; {replaced}")


def _drawing(visit: Visit, procedure: Procedure, style: Style) -> str:
    try:
        return svg_whole(procedure, style, lang=visit.lang).decode()
    except DrawingUnavailable:
        return ""


def _sheets(visit: Visit, procedure: Procedure, style: Style) -> list[str]:
    try:
        return [sheet.decode() for sheet in svg_sheets(procedure, style, lang=visit.lang)]
    except DrawingUnavailable:
        return []


def _steps(visit: Visit, procedure: Procedure) -> Table:
    words = (say("Step"), say("Responsible"), say("Time"), say("Forms / results"), say("Goes on to"))
    heads = tuple(Head(visit.text(word)) for word in words)
    rows = tuple(_step(visit, procedure, step) for step in procedure.steps)
    anchors = tuple(f"buoc-{procedure.number(step.key)}" for step in procedure.steps)
    return Table(visit.text(say("Steps of {code}", code=procedure.code)), heads, rows, anchors)


def _step(visit: Visit, procedure: Procedure, step: Step) -> tuple[Cell, ...]:
    checklist = "; ".join(step.checklist)
    return (
        Cell(f"{procedure.number(step.key)}. {step.name}", note=checklist, vi=True),
        Cell(brief.performer(procedure, step, visit.lang) or "—", vi=True),
        Cell(brief.allowed(step) or "—", vi=True),
        Cell(", ".join((*step.forms, *step.outputs)) or "—", vi=True),
        Cell("; ".join(brief.ways(procedure, step, visit.lang))),
    )


def _forms(visit: Visit, procedure: Procedure) -> Table | None:
    if not procedure.forms:
        return None
    heads = (Head(visit.text(say("Code"))), Head(visit.text(say("Name"))), Head(visit.text(say("Used in"))))
    rows = tuple(
        (Cell(form.code), Cell(form.name, vi=True), Cell(_used(visit, procedure, form.code)))
        for form in procedure.forms
    )
    return Table(visit.text(say("Forms of {code}", code=procedure.code)), heads, rows)


def _used(visit: Visit, procedure: Procedure, code: str) -> str:
    numbers = [str(procedure.number(step.key)) for step in procedure.steps if code in step.forms]
    return visit.text(say("step {number}", number=", ".join(numbers))) if numbers else "—"


def _records(visit: Visit, procedure: Procedure) -> Table | None:
    if not procedure.records:
        return None
    words = (say("Record"), say("Kept at"), say("Kept for"))
    heads = tuple(Head(visit.text(word)) for word in words)
    rows = tuple((Cell(r.name, vi=True), Cell(r.place, vi=True), Cell(r.retention, vi=True)) for r in procedure.records)
    return Table(visit.text(say("Records of {code}", code=procedure.code)), heads, rows)


def _releases(visit: Visit, releases: list[Release], shown: Release) -> Table:
    words = (
        say("Issue"),
        say("In force from"),
        say("Drafted by"),
        say("Appraised"),
        say("Approved by"),
        say("Issued at"),
        say("Content hash"),
    )
    heads = tuple(Head(visit.text(word)) for word in words)
    rows = tuple(tuple(_release(visit, one, shown)) for one in reversed(releases))
    return Table(visit.text(say("Issues of {code}", code=shown.code)), heads, rows)


def _appraised(one: Release) -> Cell:
    """Say by which document and unit an issue was appraised, where its kind demanded it."""
    found = one.appraisal
    return Cell("—") if found is None else Cell(f"{found.number}, {day(found.day)}", note=found.unit, vi=True)


def _release(visit: Visit, one: Release, shown: Release) -> Iterator[Cell]:
    text = visit.text(say("issue {issue}", issue=one.issue))
    href = "" if one is shown else visit.link(f"/quy-trinh/{one.code}", {v.ISSUE: str(one.issue)})
    yield Cell(text, href, note=visit.text(say("shown here")) if one is shown else "")
    yield Cell(day(one.effective_from))
    yield Cell(one.drafted_by or "—", vi=True)
    yield _appraised(one)
    yield Cell(one.approved_by, vi=True)
    yield Cell(visit.at(one.issued_at))
    accepted = "; ".join(f"{acceptance.code}: {acceptance.reason}" for acceptance in one.accepted)
    yield Cell(one.hash[:23], note=visit.text(say("accepted: {list}", list=accepted)) if accepted else "")
