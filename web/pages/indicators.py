"""Indicators of a period: every procedure in a line, or everything that is measured of one."""

from collections.abc import Iterator

from procedures.vietnamese import number
from procedures.words import say
from quality.figure import Figure
from quality.groups import Group, by_issue
from quality.periods import Period, parts
from quality.shown import shown
from visualize.analysis import side_by_side
from visualize.drawing import DrawingUnavailable
from visualize.svg import svg
from web import visit as v
from web.behind import all_facts, cases_link, declared, figures
from web.parts import Cell, Head, Link, Page, Table
from web.visit import Missing, Visit

#: The figures of the line of a procedure.
_LINE = ("case.received", "case.completed", "case.on_time", "case.cycle.working.p50", "case.returned", "case.open")


def page(visit: Visit, _name: str) -> Page:
    """Return the overview, or the page of one procedure."""
    period, asked = visit.period(), visit.asked(v.PROCEDURE)
    chosen = by_issue(all_facts(visit, asked))
    if asked and not chosen and asked not in {one.code for one in visit.agency.shelf.all()}:
        raise Missing(say("no procedure {code} has been issued", code=asked))
    measured = [(group, figures(visit, group, period, steps=asked is not None)) for group in chosen]
    said = visit.text(say("Indicators, {period}", period=period.words))
    shows = {
        "periods": list(_periods(visit, period)),
        "asked": asked or "",
        "overview": visit.link("/chi-tieu", {v.PERIOD: visit.asked(v.PERIOD)}),
        "line": None if asked or not measured else _line(visit, measured),
        "definitions": [] if asked or not measured else _definitions(visit, measured[0][1]),
        "months": None if asked else _months(visit, chosen, period),
        "targets": _targets(visit, chosen, period),
        "details": [_detail(visit, group, found) for group, found in measured] if asked else [],
        "empty": not measured,
    }
    return Page("indicators.html", f"{asked} – {said}" if asked else said, shows)


def _periods(visit: Visit, period: Period) -> Iterator[Link]:
    year = visit.named_period(f"{period.start.year:04}")
    for one in (year, *(quarter for quarter in parts(year, "quarter") if quarter.start <= visit.now)):
        yield Link(_capital(visit.text(one.words)), visit.here(ky=one.key), here=one.key == period.key)


def _line(visit: Visit, measured: list[tuple[Group, list[Figure]]]) -> Table:
    first = {figure.key: figure for figure in measured[0][1]}
    heads = [Head(visit.text(say("Procedure")))]
    heads += [Head(_capital(visit.text(first[key].name)), number=True) for key in _LINE]
    rows = tuple(tuple(_cells(visit, group, found)) for group, found in measured)
    return Table(visit.text(say("Main indicators of every procedure")), tuple(heads), rows)


def _cells(visit: Visit, group: Group, found: list[Figure]) -> Iterator[Cell]:
    by_key = {figure.key: figure for figure in found if "step" not in dict(figure.scope)}
    period = visit.asked(v.PERIOD)
    href = visit.link("/chi-tieu", {v.PROCEDURE: group.procedure, v.PERIOD: period})
    issue = visit.text(say("issue {issue}", issue=group.issues[0][0]))
    yield Cell(group.procedure, href, note=issue)
    for key in _LINE:
        figure = by_key[key]
        if figure.unit == "count":
            yield Cell(shown(figure, visit.lang), cases_link(visit, figure) if figure.count else "")
        else:
            href = cases_link(visit, figure) if figure.count else ""
            yield Cell(shown(figure, visit.lang), href, note=_of(visit, figure))


def _of(visit: Visit, figure: Figure) -> str:
    return visit.text(say("of {count} cases", count=number(figure.count, visit.lang, 0))) if figure.count else ""


def _definitions(visit: Visit, found: list[Figure]) -> list[tuple[str, str]]:
    by_key = {figure.key: figure for figure in found if "step" not in dict(figure.scope)}
    return [(_capital(visit.text(by_key[key].name)), visit.text(by_key[key].definition)) for key in _LINE]


def _months(visit: Visit, groups: list[Group], period: Period) -> dict[str, object] | None:
    """Return the rates of all procedures side by side, as a picture and as a table."""
    chart = side_by_side(groups, period, visit.lang)
    if chart is None:
        return None
    try:
        picture = svg(chart.picture, links=False).decode()
    except DrawingUnavailable:
        picture = ""
    heads = tuple(Head(head, number=place > 0) for place, head in enumerate(chart.twin.header))
    rows = tuple(tuple(Cell(cell) for cell in row) for row in chart.twin.rows)
    return {"svg": picture, "table": Table(chart.twin.caption, heads, rows)}


def _targets(visit: Visit, groups: list[Group], period: Period) -> Table | None:
    rows = tuple(row for group in groups for row in _target_rows(visit, group, period))
    if not rows:
        return None
    words = (say("Target"), say("Period"), say("Measured"), say("Cases"), say("Met"))
    heads = tuple(Head(visit.text(word), number=place in {2, 3}) for place, word in enumerate(words))
    return Table(visit.text(say("Targets that procedures declare, and what was measured")), heads, rows)


def _target_rows(visit: Visit, group: Group, period: Period) -> Iterator[tuple[Cell, ...]]:
    for text, part, figure, met in declared(visit, group, period):
        if met is None:
            continue
        name = visit.text(say("{code} issue {issue}", code=group.procedure, issue=group.issues[0][0]))
        yield (
            Cell(name, note=text, vi=True),
            Cell(_capital(visit.text(part.words))),
            Cell(shown(figure, visit.lang)),
            Cell(number(figure.count, visit.lang, 0), cases_link(visit, figure)),
            Cell(visit.text(say("met") if met else say("not met"))),
        )


def _detail(visit: Visit, group: Group, found: list[Figure]) -> Table:
    words = (say("Indicator"), say("Value"), say("Cases"), say("Definition"))
    heads = tuple(Head(visit.text(word), number=place in {1, 2}) for place, word in enumerate(words))
    return Table(_capital(visit.text(group.words)), heads, tuple(_detail_row(visit, figure) for figure in found))


def _detail_row(visit: Visit, figure: Figure) -> tuple[Cell, ...]:
    return (
        Cell(_capital(visit.text(figure.name)), note=dict(figure.scope).get("step", ""), vi=False),
        Cell(shown(figure, visit.lang)),
        Cell(number(figure.count, visit.lang, 0), cases_link(visit, figure) if figure.count else ""),
        Cell(visit.text(figure.definition)),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
