"""A leader's page: what came, what was finished, how much of it in time, and what is late now."""

from collections.abc import Iterator

from engine.stores.sql import SqlReader
from procedures.text import nfc
from procedures.vietnamese import number
from procedures.words import Words, say
from quality import questions_cases
from quality.facts import CaseFact
from quality.figure import Figure
from quality.periods import Period, parts
from quality.questions_cases import Wanted
from quality.shown import shown
from visualize import charts
from visualize.drawing import DrawingUnavailable
from visualize.svg import svg
from web import visit as v
from web.asking import near
from web.behind import CASES, all_cases, cases_link
from web.parts import Cell, Head, Link, Page, Table
from web.reading import nonconformities
from web.status import case_tag
from web.visit import Visit
from web.volume import volume

#: A line of a table: its key, its name, its figures.
Line = tuple[str, str, dict[str, Figure]]
_LONGEST = 5
_KEYS = ("volume.received", "volume.completed", "volume.on_time", "volume.late", "volume.withdrawn")


def page(visit: Visit, _name: str) -> Page:
    """Return the page for a period, this year without one."""
    period, cases = visit.period(), all_cases(visit)
    title = _capital(visit.text(period.words))
    months = [one for one in parts(period, "month") if one.start <= visit.now] if period.kind != "month" else []
    by_month = [(one.key, _month(one), volume(_touched(cases, one), one)) for one in months]
    shows = {
        "cards": [_card(visit, figure) for figure in volume(cases, period).values()],
        "now": list(_now(visit)),
        "periods": list(_periods(visit, period)),
        "chart": _chart(visit, by_month),
        "months": _table(visit, say("Cases by month"), by_month),
        "procedures": _table(visit, say("Cases by procedure"), _by_procedure(visit, cases, period)),
        "late": _late(visit),
        "late_href": visit.link(CASES, {v.STANDING: "late"}),
        "empty": not cases,
        "start": visit.link("/quy-trinh"),
    }
    return Page("home.html", title, shows)


def _card(visit: Visit, figure: Figure) -> dict[str, str]:
    told = {
        "name": _capital(visit.text(figure.name)),
        "value": shown(figure, visit.lang),
        "about": visit.text(figure.definition),
        "href": cases_link(visit, figure),
        "look": "late" if figure.key == "volume.late" and figure.value else "",
        "part": "",
    }
    if figure.unit == "share":
        told |= {
            "part": number(len(figure.part), visit.lang, 0),
            "part_href": cases_link(visit, figure, part=True),
            "whole": number(figure.count, visit.lang, 0),
        }
    return told


def _now(visit: Visit) -> Iterator[dict[str, str]]:
    with visit.agency.store.reading() as reader:
        counts = {one: _count(visit, reader, one) for one in ("open", "late", "paused")}
    open_ = sum(not one.closed for one in nonconformities(visit))
    names = {"open": say("cases in progress"), "late": say("of them overdue"), "paused": say("of them paused")}
    for standing, words in names.items():
        href = visit.link(CASES, {v.STANDING: standing})
        yield {"value": number(counts[standing], visit.lang, 0), "name": visit.text(words), "href": href}
    href = visit.link("/khong-phu-hop", {v.STANDING: "open"})
    yield {"value": number(open_, visit.lang, 0), "name": visit.text(say("open nonconformities")), "href": href}


def _count(visit: Visit, reader: SqlReader, standing: questions_cases.Standing) -> int:
    return questions_cases.count(reader, Wanted(visit.now, near(visit), visit.scope, standings=(standing,)))


def _periods(visit: Visit, period: Period) -> Iterator[Link]:
    year = visit.year if period.kind == "span" else visit.named_period(f"{period.start.year:04}")
    for one in (year, *(quarter for quarter in parts(year, "quarter") if quarter.start <= visit.now)):
        text = _capital(visit.text(one.words))
        yield Link(text, visit.here(ky=one.key), here=one.key == period.key)


def _chart(visit: Visit, months: list[Line]) -> str:
    done = [(name, figures["volume.completed"].value or 0) for _, name, figures in months]
    if not any(value for _, value in done):
        return ""
    title = visit.text(say("Cases completed, by month"))
    try:
        return svg(charts.bars(title, "", done, lang=visit.lang).picture, links=False).decode()
    except DrawingUnavailable:
        return ""


def _touched(cases: list[CaseFact], period: Period) -> list[CaseFact]:
    return [case for case in cases if period.has(case.opened_at) or period.has(case.ended_at)]


def _by_procedure(visit: Visit, cases: list[CaseFact], period: Period) -> list[Line]:
    names = {one.code: one.procedure.name for one in visit.agency.shelf.all()}
    of_code: dict[str, list[CaseFact]] = {}
    for case in cases:
        of_code.setdefault(case.procedure, []).append(case)
    rows = ((code, names.get(code, ""), volume(of_code[code], period, code)) for code in sorted(of_code))
    return [row for row in rows if any(figure.count for figure in row[2].values())]


def _table(visit: Visit, caption: Words, rows: list[Line]) -> Table | None:
    if not rows:
        return None
    first = visit.text(say("Month") if rows[0][0] != rows[0][1] and rows[0][0][:2].isdigit() else say("Procedure"))
    heads = (Head(first), *(Head(_capital(visit.text(rows[0][2][key].name)), number=True) for key in _KEYS))
    return Table(visit.text(caption), heads, tuple(tuple(_row(visit, *row)) for row in rows))


def _row(visit: Visit, key: str, name: str, figures: dict[str, Figure]) -> Iterator[Cell]:
    if key[:2].isdigit():
        yield Cell(name)
    else:
        yield Cell(key, visit.link(f"/quy-trinh/{nfc(key)}"), note=name, vi=True)
    for one in _KEYS:
        figure = figures[one]
        yield Cell(shown(figure, visit.lang), cases_link(visit, figure) if figure.count else "")


def _late(visit: Visit) -> Table | None:
    with visit.agency.store.reading() as reader:
        wanted = Wanted(visit.now, near(visit), visit.scope, standings=("late",))
        found = questions_cases.page(reader, wanted, skip=0, size=1000)
    longest = sorted(found, key=lambda case: (case.due or case.opened_at, case.id))[:_LONGEST]
    if not longest:
        return None
    heads = tuple(Head(visit.text(word)) for word in (say("Case"), say("How it stands"), say("Due")))
    rows = tuple(
        (
            Cell(one.id, visit.link(f"{CASES}/{one.id}"), note=one.title, vi=True),
            Cell(tag=case_tag(visit, one)),
            Cell(visit.at(one.due)),
        )
        for one in longest
    )
    return Table(visit.text(say("Overdue the longest")), heads, rows)


def _month(period: Period) -> str:
    return f"{period.start:%m/%Y}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
