"""One procedure analysed: where time goes, how cases went and deviated, how old open work is; pictures with tables."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from procedures.shelf import Release
from procedures.vietnamese import number, percent
from procedures.words import Words, say
from quality.conform import DEVIATIONS, Conformity, conformity, figures_of
from quality.figure import Figure
from quality.groups import Group, by_issue
from quality.indicators import measured
from quality.periods import Period, parts
from visualize import document
from visualize.analysis import MEASURES, Subject, ages, came_and_went, control, times, warm
from visualize.charts import Chart
from visualize.drawing import DrawingUnavailable
from visualize.svg import svg
from web import visit as v
from web.behind import all_facts, cases_link
from web.parts import Cell, Head, Link, Page, Table
from web.visit import Missing, Visit

#: What the address asks for to choose what the shades mean.
MEASURE = "do"
PATH = "/phan-tich"
#: With fewer finished cases the figures only give an idea.
_ENOUGH = 5
_RARE = 0.01


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture with its table; without a drawing (`picture` empty) the table alone says it."""

    id: str
    title: str
    picture: str
    table: Table


def page(visit: Visit, name: str) -> Page:
    """Return the page of the newest issue with cases, or of the issue asked for; raises Missing."""
    period, issued = visit.period(), {one.issue: one for one in visit.agency.shelf.all() if one.code == name}
    if not issued:
        raise Missing(say("no procedure {code} has been issued", code=name))
    groups = by_issue(all_facts(visit, name))
    title = visit.text(say("Analysis of {code}, {period}", code=name, period=period.words))
    shows: dict[str, object] = {
        "procedure": Link(name, visit.link(f"/quy-trinh/{name}")),
        "periods": list(_periods(visit, period)),
        "empty": not groups,
    }
    if groups:
        group = _chosen(visit, groups)
        shows |= _analysed(visit, group, groups, issued[group.issues[0][0]], period)
    return Page("analysis.html", title, shows)


def _analysed(visit: Visit, group: Group, groups: list[Group], release: Release, period: Period) -> dict[str, object]:
    worked = measured(group, visit.agency.calendar)
    found = conformity(group, release.procedure, period, worked)
    measure = visit.asked(MEASURE) or "luot"
    if measure not in MEASURES:
        raise Missing(say("there is no drawing called “{name}”", name=measure))
    about = Subject(release.procedure, group, period, worked, visit.lang, measure)
    said = {figure.key + str(dict(figure.scope).get("step", "")): figure for figure in figures_of(group, found, period)}
    return {
        "name": release.procedure.name,
        "issues": [_issue(visit, one, group) for one in groups],
        "measures": [
            Link(_capital(visit.text(words)), visit.here(do=key if key != "luot" else None), here=key == measure)
            for key, words in MEASURES.items()
        ],
        "few": found.rate.count < _ENOUGH,
        "heat": _drawn("heat", about, warm),
        "rate": _rate(visit, found),
        "deviations": _deviations(visit, found, said),
        "ways": _ways(visit, release, found, said),
        "charts": [
            _drawn(name, about, make)
            for name, make in (("times", times), ("ages", ages), ("flow", came_and_went), ("months", control))
        ],
    }


def _chosen(visit: Visit, groups: list[Group]) -> Group:
    if visit.asked(v.ISSUE) is None:
        return groups[-1]
    wanted = visit.number(v.ISSUE, 1)
    found = next((group for group in groups if group.issues[0][0] == wanted), None)
    if found is None:
        raise Missing(say("{code} has no issue {issue}", code=groups[0].procedure, issue=wanted))
    return found


def _issue(visit: Visit, one: Group, shown: Group) -> Link:
    issue, count = one.issues[0]
    said = visit.text(say("issue {issue} ({count})", issue=issue, count=count))
    return Link(_capital(said), visit.here(lan=str(issue)), here=one is shown)


def _periods(visit: Visit, period: Period) -> Iterator[Link]:
    year = visit.named_period(f"{period.start.year:04}")
    for one in (year, *(quarter for quarter in parts(year, "quarter") if quarter.start <= visit.now)):
        yield Link(_capital(visit.text(one.words)), visit.here(ky=one.key), here=one.key == period.key)


def _drawn(name: str, about: Subject, make: Callable[[Subject], Chart]) -> Drawn:
    chart = make(about)
    try:
        picture = svg(chart.picture, links=False).decode()
    except DrawingUnavailable:
        picture = ""
    return Drawn(name, chart.twin.caption, picture, _table(chart.twin))


def _table(twin: document.Table) -> Table:
    heads = tuple(Head(text, number=place > 0) for place, text in enumerate(twin.header))
    return Table(twin.caption, heads, tuple(tuple(Cell(text) for text in row) for row in twin.rows))


def _rate(visit: Visit, found: Conformity) -> dict[str, str]:
    rate = found.rate
    return {
        "value": percent(rate.value, visit.lang) if rate.value is not None else "–",
        "part": number(len(rate.part), visit.lang, 0),
        "whole": number(rate.count, visit.lang, 0),
        "href": cases_link(visit, rate) if rate.count else "",
        "about": visit.text(rate.definition),
    }


def _deviations(visit: Visit, found: Conformity, said: dict[str, Figure]) -> Table | None:
    if not found.deviations:
        return None
    words = (say("Deviation"), say("Step"), say("Times"), say("Cases"))
    rows = tuple(
        (
            Cell(_capital(visit.text(DEVIATIONS[one.kind]))),
            Cell(one.step or visit.text(say("the whole case")), vi=bool(one.step)),
            Cell(number(one.times, visit.lang, 0)),
            Cell(number(len(one.cases), visit.lang, 0), cases_link(visit, said[f"conform.{one.kind}{one.step or ''}"])),
        )
        for one in found.deviations
    )
    return Table(visit.text(say("Deviations from the procedure")), _heads(visit, words, 2), rows)


def _ways(visit: Visit, release: Release, found: Conformity, said: dict[str, Figure]) -> Table | None:
    if not found.variants:
        return None
    whole = found.rate.count
    place = {step.key: str(number_) for number_, step in enumerate(release.procedure.steps, 1)}
    words = (say("Way"), say("Cases"), say("Share"), say("Median, working days"), say("On time"))
    rows = []
    for rank, one in enumerate(found.variants, 1):
        if len(one.cases) >= _RARE * whole:
            path = "·".join(place.get(step, step) for step in one.path)
            note = "" if one.fits else visit.text(say("the procedure does not lead so"))
            days = "–" if one.median is None else number(round(one.median / 480, 1), visit.lang, 1)
            on_time = "–" if one.on_time is None else percent(one.on_time, visit.lang)
            href = cases_link(visit, said[f"conform.way.{rank}"])
            count, share = number(len(one.cases), visit.lang, 0), percent(len(one.cases) / whole, visit.lang)
            rows.append((Cell(path, note=note), Cell(count, href), Cell(share), Cell(days), Cell(on_time)))
    rest = whole - sum(len(one.cases) for one in found.variants if len(one.cases) >= _RARE * whole)
    if rest:
        other = visit.text(say("other ways"))
        cells = Cell(other), Cell(number(rest, visit.lang, 0)), Cell(percent(rest / whole, visit.lang))
        rows.append((*cells, Cell("–"), Cell("–")))
    caption = visit.text(say("Ways that finished cases took, by numbers of steps"))
    return Table(caption, _heads(visit, words, 1), tuple(rows))


def _heads(visit: Visit, words: tuple[Words, ...], numbers_from: int) -> tuple[Head, ...]:
    return tuple(Head(visit.text(word), number=place >= numbers_from) for place, word in enumerate(words))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
