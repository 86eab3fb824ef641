"""From a number to its cases: a figure becomes an address, and the address becomes the same figure again."""

from collections.abc import Iterator

from procedures.shelf import NotOnShelf
from procedures.words import say
from quality import questions
from quality.conform import conformity, figures_of
from quality.facts import Facts
from quality.figure import Figure
from quality.groups import Group, by_issue
from quality.indicators import case_figures, measured
from quality.periods import Period
from quality.steps import step_figures
from quality.targets import targets
from web import visit as v
from web.visit import Missing, Visit

CASES, FIND = "/ho-so", "/tra-cuu"
#: Which scope of a figure is asked for under which name.
_NAMES = {"procedure": v.PROCEDURE, "issue": v.ISSUE, "step": v.STEP, "target": v.TARGET, "period": v.PERIOD}


def cases_link(visit: Visit, figure: Figure, *, part: bool = False) -> str:
    """Return where the cases behind a figure are listed; `part` of a share are those that make it up."""
    told = {_NAMES[dimension]: value for dimension, value in figure.scope if dimension in _NAMES}
    return visit.link(CASES, {v.FIGURE: figure.key, **told, v.PART: "1" if part else None})


def figure_asked(visit: Visit) -> Figure | None:
    """Return the figure whose cases an address asks for, None when it asks for none; raises Missing."""
    key = visit.asked(v.FIGURE)
    if key is None:
        return None
    wanted = {dimension: visit.asked(name) for dimension, name in _NAMES.items()}
    for figure in _candidates(visit):
        scope = dict(figure.scope)
        if figure.key == key and all(scope.get(dimension) == asked for dimension, asked in wanted.items()):
            return figure
    raise Missing(say("there is no such figure"))


def all_facts(visit: Visit, procedure: str | None = None) -> Facts:
    """Return the facts about every case in the scope of the visit, or those of a procedure, as they stand."""
    with visit.agency.store.reading() as reader:
        return questions.facts(reader, visit.now, procedure=procedure, scope=visit.scope)


def figures(visit: Visit, group: Group, period: Period, *, steps: bool = True) -> list[Figure]:
    """Return the figures of a group of cases, then those of its steps if they are wanted."""
    worked = measured(group, visit.agency.calendar)
    return [*case_figures(group, period, worked), *(step_figures(group, period, worked) if steps else ())]


def declared(visit: Visit, group: Group, period: Period) -> "Iterator[tuple[str, Period, Figure, bool | None]]":
    """Yield the declared targets of a group: as written, the time, the figure, and whether it was met."""
    try:
        release = visit.agency.shelf.release(group.procedure, group.issues[0][0])
    except NotOnShelf:
        return
    worked = measured(group, visit.agency.calendar)
    for target in targets(group, release.procedure, period, worked):
        yield target.indicator.text, target.period, target.figure, target.met


def _candidates(visit: Visit) -> Iterator[Figure]:
    period, procedure, issue = visit.period(), visit.asked(v.PROCEDURE), visit.asked(v.ISSUE)
    for group in by_issue(all_facts(visit, procedure or "")):
        if str(group.issues[0][0]) == issue:
            if (visit.asked(v.FIGURE) or "").startswith("conform."):
                yield from _conformity(visit, group, period)
            elif visit.asked(v.TARGET):
                yield from (figure for _, _, figure, _ in declared(visit, group, period))
            else:
                yield from figures(visit, group, period)


def _conformity(visit: Visit, group: Group, period: Period) -> Iterator[Figure]:
    procedure = visit.agency.shelf.release(group.procedure, group.issues[0][0]).procedure
    worked = measured(group, visit.agency.calendar)
    yield from figures_of(group, conformity(group, procedure, period, worked), period)
