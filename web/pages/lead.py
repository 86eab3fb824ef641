"""A leader's page: how what runs stands, what came and went, where; each number leads to exactly its cases."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from engine.case import Case
from engine.stores.sql import SqlReader
from procedures.vietnamese import day, number, percent
from procedures.words import Words, say
from quality import questions_tallies as tallies
from quality.attention import attention
from quality.periods import Period, parts
from quality.questions_cases import Standing, Wanted
from visualize import charts
from visualize.drawing import DrawingUnavailable
from visualize.svg import svg
from web import visit as v
from web.answers import Go
from web.asking import BY, ENDED, NOWHERE, SINCE, UNIT, UNTIL, near
from web.behind import FIND
from web.parts import Cell, Head, Link, Option, Page, Table, Tag
from web.reading import nonconformities
from web.status import case_tag
from web.visit import Visit

PATH = "/dieu-hanh"
_LONGEST = 5
#: Ages of running cases in days: each group goes up to its number, the last is what is older.
_AGES = (5, 10, 20, 40)
_LOOKS: dict[Standing, Words] = {
    "late": say("Overdue"),
    "slow": say("Behind schedule"),
    "near": say("Due soon"),
    "safe": say("In time"),
    "paused": say("Paused"),
}
_TIMED: tuple[Standing, ...] = ("ended_in_time", "ended_late")
_DONE: tuple[Standing, ...] = ("ended_in_time", "ended_late", "ended")


@dataclass(frozen=True, slots=True)
class Came:
    """How many cases of a line came in the days from `since` to before `until`, and how many went, by their end."""

    name: str
    since: datetime
    until: datetime
    came: int
    went: Mapping[Standing, int]
    asks: Mapping[str, str | None]

    def count(self, *ends: Standing) -> int:
        """Return how many went with one of these ends."""
        return sum(self.went.get(one, 0) for one in ends)


def start(visit: Visit, _name: str) -> Go:
    """Lead everybody to what they come for: their work, or, for a guest, how things stand."""
    return Go(visit.link(PATH if visit.person is None else "/viec"))


def page(visit: Visit, _name: str) -> Page:
    """Return the page for a period, this year without one, and for a unit, all without one."""
    period, unit = visit.period(), visit.asked(UNIT)
    wanted = Wanted(visit.now, near(visit), visit.scope, unit=unit)
    with visit.agency.store.reading() as reader:
        running = tallies.running(reader, wanted)
        whole, months, procedures = _came(reader, wanted, period, _parts(visit, period))
        late = tallies.longest_late(reader, wanted, _LONGEST)
        ages = _ages(visit, reader, wanted)
    shows = {
        "empty": not running and not any(one.came or one.count(*_DONE, "withdrawn") for one in (whole, *months)),
        "periods": list(_periods(visit, period)),
        "period": visit.asked(v.PERIOD) or "",
        "units": [Option(one.name, one.name, one.name == unit) for one in visit.agency.organisation.units],
        "now": list(_now(visit, running)),
        **_needs(visit),
        "cards": list(_cards(visit, whole)),
        "by_unit": _by_unit(visit, running),
        "ages": ages,
        "late": _late(visit, late),
        "late_href": _cases(visit, {v.STANDING: "late"}),
        "chart": _chart(visit, months),
        "reading": _reading(visit, months),
        "months": _table(visit, say("Cases by month"), say("Month"), months) if months else None,
        "procedures": _table(visit, say("Cases by procedure"), say("Procedure"), procedures) if procedures else None,
        "start": visit.link("/quy-trinh"),
        "without": visit.link(PATH) if unit or visit.asked(v.PERIOD) else "",
    }
    title = visit.text(say("How things stand, {period}", period=period.words))
    return Page("lead.html", title, shows)


def _cases(visit: Visit, asks: Mapping[str, str | None]) -> str:
    """Return where the cases are listed that meet this, in the unit that the page is about."""
    return visit.link(FIND, {UNIT: visit.asked(UNIT), **asks})


def _count(visit: Visit, value: int, asks: Mapping[str, str | None], *, vi: bool = False) -> Cell:
    return Cell(number(value, visit.lang, 0), _cases(visit, asks) if value else "", vi=vi)


def _days(since: datetime, until: datetime) -> dict[str, str | None]:
    """Return how an address asks for whole days."""
    return {SINCE: day(since.date()), UNTIL: day((until - timedelta(days=1)).date())}


def _now(visit: Visit, running: Counter[tuple[str | None, Standing]]) -> Iterator[dict[str, object]]:
    counts: Counter[Standing] = Counter()
    for (_, look), many in running.items():
        counts[look] += many
    yield {"value": number(sum(counts.values()), visit.lang, 0), "name": visit.text(say("cases in progress")),
           "href": _cases(visit, {v.STANDING: "open"})}  # fmt: skip
    for look, words in _LOOKS.items():
        tag = Tag(look, visit.text(words))
        yield {"value": number(counts[look], visit.lang, 0), "tag": tag, "href": _cases(visit, {v.STANDING: look})}
    open_ = sum(not one.closed for one in nonconformities(visit))
    href = visit.link("/khong-phu-hop", {v.STANDING: "open"})
    yield {"value": number(open_, visit.lang, 0), "name": visit.text(say("open nonconformities")), "href": href}


def _needs(visit: Visit) -> dict[str, object]:
    """Return what of the quality system needs somebody, for those who may read everything: the first, and all."""
    if not visit.reads_all:
        return {"needs": []}
    found = [visit.text(words) for words in attention(visit.agency, visit.now)]
    words = say("All {count}, and how the quality system stands", count=len(found))
    return {"needs": found[:_LONGEST], "all_needs": Link(visit.text(words), visit.link("/he-thong"))}


def _cards(visit: Visit, whole: Came) -> Iterator[dict[str, str]]:
    done = (
        (say("received"), say("cases opened in the period"), whole.came, None),
        (say("completed"), say("cases that reached a result in the period"), whole.count(*_DONE), "ended"),
        (
            say("completed late"),
            say("cases that reached a result in the period after their due minute"),
            whole.count("ended_late"),
            "ended_late",
        ),
        (say("withdrawn"), say("cases withdrawn in the period"), whole.count("withdrawn"), "withdrawn"),
    )
    for words, about, value, standing in done:
        yield {
            "name": _capital(visit.text(words)),
            "value": number(value, visit.lang, 0),
            "about": visit.text(about),
            "href": _cases(visit, _asks(whole, standing)),
            "look": "late" if standing == "ended_late" and value else "",
        }
    timed = whole.count(*_TIMED)
    yield {
        "name": _capital(visit.text(say("on-time rate"))),
        "value": _share(visit, whole),
        "about": visit.text(say("completed cases that ended by their due minute, of all completed cases that had one")),
        "look": "",
        "href": "",
        "part": number(whole.count("ended_in_time"), visit.lang, 0),
        "part_href": _cases(visit, _asks(whole, "ended_in_time")),
        "whole": number(timed, visit.lang, 0),
        "whole_href": _cases(visit, _asks(whole, ",".join(_TIMED))),
    }


def _asks(one: Came, standing: str | None) -> dict[str, str | None]:
    """Return how an address asks for the cases of a line that came, or went with an end."""
    told = {**one.asks, **_days(one.since, one.until)}
    return told if standing is None else {**told, v.STANDING: standing, BY: ENDED}


def _share(visit: Visit, one: Came) -> str:
    timed = one.count(*_TIMED)
    return percent(one.count("ended_in_time") / timed, visit.lang) if timed else "—"


def _came(
    reader: SqlReader, wanted: Wanted, period: Period, months: Sequence[Period]
) -> tuple[Came, list[Came], list[Came]]:
    """Return what came and went in a period: as a whole, month by month, and by procedure."""
    edges = [*(one.start for one in months), months[-1].end] if months else [period.start, period.end]
    came, went = tallies.came(reader, wanted, edges), tallies.went(reader, wanted, edges)

    def line(name: str, days: Period, place: int | None = None, code: str | None = None) -> Came:
        ends: Counter[Standing] = Counter()
        for (where, whose, end), many in went.items():
            if place in {None, where} and code in {None, whose}:
                ends[end] += many
        all_came = (many for (where, whose), many in came.items() if place in {None, where} and code in {None, whose})
        return Came(name, days.start, days.end, sum(all_came), ends, {v.PROCEDURE: code} if code else {})

    codes = sorted({code for _, code in came} | {code for _, code, _ in went})
    return (
        line("", period),
        [line(f"{one.start:%m/%Y}", one, place) for place, one in enumerate(months)],
        [line(code, period, code=code) for code in codes],
    )


def _parts(visit: Visit, period: Period) -> list[Period]:
    """Return the months of a period that have begun; none of one that is a month itself."""
    return [one for one in parts(period, "month") if one.start <= visit.now] if period.kind != "month" else []


def _table(visit: Visit, caption: Words, first: Words, rows: Sequence[Came]) -> Table:
    words = (say("received"), say("completed"), say("on-time rate"), say("completed late"), say("withdrawn"))
    heads = (Head(visit.text(first)), *(Head(_capital(visit.text(one)), number=True) for one in words))
    return Table(visit.text(caption), heads, tuple(tuple(_line(visit, one)) for one in rows))


def _line(visit: Visit, one: Came) -> Iterator[Cell]:
    names = {release.code: release.procedure.name for release in visit.agency.shelf.all()}
    named = one.name in names
    yield Cell(one.name, visit.link(f"/quy-trinh/{one.name}") if named else "", note=names.get(one.name, ""), vi=True)
    yield _count(visit, one.came, _asks(one, None))
    yield _count(visit, one.count(*_DONE), _asks(one, "ended"))
    yield Cell(_share(visit, one), _cases(visit, _asks(one, ",".join(_TIMED))) if one.count(*_TIMED) else "")
    yield _count(visit, one.count("ended_late"), _asks(one, "ended_late"))
    yield _count(visit, one.count("withdrawn"), _asks(one, "withdrawn"))


def _by_unit(visit: Visit, running: Counter[tuple[str | None, Standing]]) -> Table | None:
    if not running:
        return None
    words = (say("Unit"), say("In progress"), *_LOOKS.values())
    heads = tuple(Head(visit.text(one), number=place > 0) for place, one in enumerate(words))
    known = [unit.name for unit in visit.agency.organisation.units]
    there = {unit for unit, _ in running}
    units = [*(one for one in known if one in there), *sorted(one for one in there if one and one not in known)]
    rows = [tuple(_unit(visit, unit, running)) for unit in (*units, *([None] if None in there else []))]
    return Table(visit.text(say("Running cases by unit")), heads, tuple(rows))


def _unit(visit: Visit, unit: str | None, running: Counter[tuple[str | None, Standing]]) -> Iterator[Cell]:
    asks = {UNIT: unit or NOWHERE}
    yield Cell(unit or visit.text(say("of no unit")), vi=unit is not None)
    yield _count(visit, sum(running[unit, look] for look in _LOOKS), {**asks, v.STANDING: "open"})
    for look in _LOOKS:
        yield _count(visit, running[unit, look], {**asks, v.STANDING: look})


def _ages(visit: Visit, reader: SqlReader, wanted: Wanted) -> Table | None:
    """Return how old what runs is, in whole days of the agency."""
    tomorrow = datetime.combine(visit.today.date() + timedelta(days=1), time(), visit.agency.calendar.zone)
    limits = [tomorrow - timedelta(days=days) for days in reversed(_AGES)]
    edges = [datetime(1970, 1, 2, tzinfo=visit.agency.calendar.zone), *limits, tomorrow]
    counts = tallies.ages(reader, wanted, edges)
    if not counts:
        return None
    names = [*(say("up to {days} days", days=days) for days in _AGES), say("older")]
    heads = (Head(visit.text(say("Age"))), Head(visit.text(say("In progress")), number=True))
    rows = []
    for back, words in enumerate(names):
        place = len(_AGES) - back
        asks = _days(edges[place], edges[place + 1]) | ({SINCE: None} if place == 0 else {})
        rows.append((Cell(visit.text(words)), _count(visit, counts[(place,)], {**asks, v.STANDING: "open"})))
    return Table(visit.text(say("How long running cases have been open")), heads, tuple(rows))


def _late(visit: Visit, found: Sequence[Case]) -> Table | None:
    if not found:
        return None
    heads = tuple(Head(visit.text(word)) for word in (say("Case"), say("How it stands"), say("Due")))
    rows = tuple(
        (
            Cell(one.id, visit.link(f"/ho-so/{one.id}"), note=one.title, vi=True),
            Cell(tag=case_tag(visit, one)),
            Cell(visit.at(one.due)),
        )
        for one in found
    )
    return Table(visit.text(say("Overdue the longest")), heads, rows)


def _chart(visit: Visit, months: Sequence[Came]) -> str:
    done = [(one.name, float(one.count(*_DONE))) for one in months]
    if not any(value for _, value in done):
        return ""
    title = visit.text(say("Cases completed, by month"))
    try:
        return svg(charts.bars(title, "", done, lang=visit.lang).picture, links=False).decode()
    except DrawingUnavailable:
        return ""


def _reading(visit: Visit, months: Sequence[Came]) -> str:
    """Return in a sentence what the last month that is over says beside the one before it."""
    over = [one for one in months if one.until <= visit.now and one.count(*_TIMED)][-2:]
    if len(over) < len(("before", "last")):
        return ""
    before, last = over
    said = say(
        "In {last}, {share} of the cases with a limit ended in time; in {before} it was {earlier}.",
        last=last.name,
        share=_share(visit, last),
        before=before.name,
        earlier=_share(visit, before),
    )
    return visit.text(said)


def _periods(visit: Visit, period: Period) -> Iterator[Link]:
    year = visit.year if period.kind == "span" else visit.named_period(f"{period.start.year:04}")
    for one in (year, *(quarter for quarter in parts(year, "quarter") if quarter.start <= visit.now)):
        text = _capital(visit.text(one.words))
        yield Link(text, visit.here(ky=one.key), here=one.key == period.key)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
