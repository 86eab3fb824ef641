"""The register of nonconformities: each with its source, where it stands, its cause and its action."""

from collections.abc import Callable, Iterator, Mapping

from procedures.model import LIST
from procedures.vietnamese import number
from procedures.words import say
from quality.nonconformity import Nonconformity, recurring
from quality.policy import HANDLING
from web import visit as v
from web.behind import CASES
from web.listing import SIZE, pages
from web.parts import Cell, Head, Link, Page, Table, Tag
from web.reading import nonconformities
from web.status import LATE, SAFE, SAID
from web.visit import Missing, Visit

_CHOICES = {"open": say("Open"), "closed": say("Closed"), "recurring": say("Came again")}
#: What the list can be narrowed by, as the address asks for it.
_FILTERS: Mapping[str, Callable[[Nonconformity], str]] = {
    v.PROCEDURE: lambda one: one.source_procedure,
    "don-vi": lambda one: one.unit,
    "nguon": lambda one: one.source,
    "nhom": lambda one: one.category,
}
_NAMES = {v.PROCEDURE: say("Procedure"), "don-vi": say("Unit"), "nguon": say("Source"), "nhom": say("Group of causes")}


def page(visit: Visit, _name: str) -> Page:
    """Return the register, or of it what is open or closed."""
    found = nonconformities(visit)
    asked = visit.asked(v.STANDING)
    if asked is not None and asked not in _CHOICES:
        raise Missing(say("“{text}” is no standing of a nonconformity", text=asked))
    repeats = {later.id: earlier.id for earlier, later in recurring(found)}
    narrowed = [one for one in found if _meets(visit, one)]
    wanted = [one for one in narrowed if _stands(one, asked, repeats)]
    here = visit.number(v.PAGE, 1)
    shown = wanted[::-1][(here - 1) * SIZE : here * SIZE]
    if here > 1 and not shown:
        raise Missing(say("the list has no page {page}", page=here))
    shows = {
        "table": _table(visit, shown, len(wanted), repeats) if shown else None,
        "filters": _filters(visit, found),
        "tools": [
            Link(visit.text(say("Pareto and trend")), visit.link("/khong-phu-hop/phan-tich")),
            Link(visit.text(say("Register")), visit.link(f"/so/{HANDLING}")),
        ],
        "pages": pages(visit, len(wanted), here),
        "choices": list(_choices(visit, narrowed, asked, repeats)),
        "narrowed": any(visit.asked(name) for name in (v.STANDING, *_FILTERS)),
        "plain": visit.link("/khong-phu-hop"),
    }
    return Page("nonconformities.html", visit.text(say("Nonconformities")), shows)


def _meets(visit: Visit, one: Nonconformity) -> bool:
    return all(visit.asked(name) in {None, read(one)} for name, read in _FILTERS.items())


def _stands(one: Nonconformity, asked: str | None, repeats: Mapping[str, str]) -> bool:
    if asked == "recurring":
        return one.id in repeats
    return asked is None or one.closed == (asked == "closed")


def _filters(visit: Visit, found: list[Nonconformity]) -> list[dict[str, object]]:
    return [
        {
            "name": name,
            "label": visit.text(_NAMES[name]),
            "choices": [(one, one == visit.asked(name)) for one in sorted({read(each) for each in found} - {""})],
        }
        for name, read in _FILTERS.items()
    ]


def _choices(visit: Visit, found: list[Nonconformity], asked: str | None, repeats: Mapping[str, str]) -> Iterator[Link]:
    every = say("All: {count}", count=number(len(found), visit.lang, 0))
    kept = {name: visit.asked(name) for name in _FILTERS}
    yield Link(visit.text(every), visit.link("/khong-phu-hop", kept), here=asked is None)
    for key, words in _CHOICES.items():
        count = sum(_stands(one, key, repeats) for one in found)
        text = visit.text(say("{name}: {count}", name=words, count=number(count, visit.lang, 0)))
        yield Link(text, visit.link("/khong-phu-hop", {**kept, v.STANDING: key}), here=asked == key)


def _table(visit: Visit, found: list[Nonconformity], total: int, repeats: Mapping[str, str]) -> Table:
    words = (
        say("Nonconformity"),
        say("Source"),
        say("Stands at"),
        say("Responsible"),
        say("Cause and action"),
        say("Due"),
    )
    heads = tuple(Head(visit.text(word)) for word in words)
    caption = visit.text(say("{count} nonconformities, the newest first", count=number(total, visit.lang, 0)))
    return Table(caption, heads, tuple(tuple(_row(visit, one, repeats.get(one.id))) for one in found))


def _row(visit: Visit, one: Nonconformity, repeats: str | None) -> Iterator[Cell]:
    again = f" · {visit.text(say('recurs, see {case}', case=repeats))}" if repeats else ""
    yield Cell(one.id, visit.link(f"{CASES}/{one.id}"), note=one.title + again, vi=True)
    where = " · ".join(part for part in (one.source_procedure, one.step) if part)
    if one.source_case:
        yield Cell(one.source_case.split(",")[0], visit.link(CASES, {v.IDS: _ids(one)}), note=where or one.source)
    else:
        yield Cell(one.source or "—", note=where, vi=True)
    look, word = (LATE, SAID[LATE]) if one.overdue and not one.closed else (SAFE, SAID[SAFE])
    stands = visit.text(say("closed: {result}", result=one.result)) if one.closed else one.stage
    yield Cell(stands, vi=True) if one.closed else Cell(tag=Tag(look, visit.text(word)), note=stands, vi=True)
    yield Cell(", ".join(visit.name(who) for who in one.owner.split(LIST)) if one.owner else "—", vi=True)
    yield Cell(one.cause or "—", note=one.action, vi=True)
    yield Cell(visit.day(one.closed_at) if one.closed else visit.day(one.due))


def _ids(one: Nonconformity) -> str:
    return ",".join(part.strip() for part in one.source_case.split(",") if part.strip())
