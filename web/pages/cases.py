"""The list of cases: by procedure and standing, or exactly those behind a number."""

from collections.abc import Iterator

from engine.case import Case
from procedures.vietnamese import number
from procedures.words import Words, say
from quality import questions_cases
from quality.figure import Figure
from quality.questions_cases import STANDINGS, Standing, Wanted
from web import visit as v
from web.behind import figure_asked
from web.listing import SIZE, case_table, pages
from web.parts import Page
from web.visit import Missing, Visit

SAID: dict[Standing, Words] = {
    "open": say("In progress"),
    "late": say("In progress and overdue"),
    "paused": say("Paused"),
    "ended": say("Ended"),
    "withdrawn": say("Withdrawn"),
}
#: An address with more ids than this was not made by this site.
_MOST_IDS = 500


def page(visit: Visit, _name: str) -> Page:
    """Return a page of the list."""
    figure = figure_asked(visit)
    here = visit.number(v.PAGE, 1)
    total, found = _found(visit, figure, (here - 1) * SIZE)
    if here > 1 and not found:
        raise Missing(say("the list has no page {page}", page=here))
    count = number(total, visit.lang, 0)
    shows = {
        "table": case_table(visit, say("{count} cases, the newest first", count=count), found) if found else None,
        "count": count,
        "pages": pages(visit, total, here),
        "procedures": [(one, one == visit.asked(v.PROCEDURE)) for one in _procedures(visit)],
        "standings": [(one, visit.text(SAID[one]), one == visit.asked(v.STANDING)) for one in STANDINGS],
        "narrowed": any(visit.asked(name) for name in (v.PROCEDURE, v.STANDING, v.IDS, v.FIGURE)),
        "listed": visit.asked(v.IDS) is not None,
        "plain": visit.link("/ho-so"),
        "figure": _about(visit, figure) if figure else None,
        "lang": visit.lang if visit.lang != visit.usual else "",
    }
    return Page("cases.html", visit.text(say("Case list")), shows)


def _found(visit: Visit, figure: Figure | None, skip: int) -> tuple[int, list[Case]]:
    with visit.agency.store.reading() as reader:
        if figure is not None:
            ids = figure.part if visit.asked(v.PART) else figure.cases
            return len(ids), questions_cases.named(reader, ids[skip : skip + SIZE], visit.scope)
        if asked := visit.asked(v.IDS):
            known = questions_cases.named(reader, [one.strip() for one in asked.split(",")][:_MOST_IDS], visit.scope)
            return len(known), known[skip : skip + SIZE]
        wanted = Wanted(visit.asked(v.PROCEDURE), _standing(visit), visit.scope)
        total = questions_cases.count(reader, wanted, visit.now)
        return total, questions_cases.page(reader, wanted, visit.now, skip=skip, size=SIZE)


def _standing(visit: Visit) -> Standing | None:
    asked = visit.asked(v.STANDING)
    if asked is not None and asked not in STANDINGS:
        raise Missing(say("“{text}” is no standing of a case", text=asked))
    return asked


def _procedures(visit: Visit) -> list[str]:
    return list(dict.fromkeys(release.code for release in visit.agency.shelf.all()))


def _about(visit: Visit, figure: Figure) -> dict[str, str]:
    return {
        "name": visit.text(figure.name),
        "definition": visit.text(figure.definition),
        "scope": " · ".join(_scope(visit, figure)),
        "part": visit.text(say("only those that make up the share")) if visit.asked(v.PART) else "",
    }


def _scope(visit: Visit, figure: Figure) -> Iterator[str]:
    told = dict(figure.scope)
    if "procedure" in told:
        yield told["procedure"]
    if "issue" in told:
        yield visit.text(say("issue {issue}", issue=told["issue"]))
    if "step" in told:
        yield visit.text(say("step “{step}”", step=told["step"]))
    yield visit.text(visit.period().words)
