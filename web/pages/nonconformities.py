"""The register of nonconformities: each with its source, where it stands, its cause and its action."""

from collections.abc import Iterator

from procedures.vietnamese import number
from procedures.words import say
from quality.nonconformity import Nonconformity
from web import visit as v
from web.behind import CASES
from web.listing import SIZE, pages
from web.parts import Cell, Head, Link, Page, Table, Tag
from web.reading import nonconformities
from web.status import LATE, SAFE, SAID
from web.visit import Missing, Visit

_CHOICES = {"open": say("Open"), "closed": say("Closed")}


def page(visit: Visit, _name: str) -> Page:
    """Return the register, or of it what is open or closed."""
    found = nonconformities(visit)
    asked = visit.asked(v.STANDING)
    if asked is not None and asked not in _CHOICES:
        raise Missing(say("“{text}” is no standing of a nonconformity", text=asked))
    wanted = [one for one in found if asked is None or one.closed == (asked == "closed")]
    here = visit.number(v.PAGE, 1)
    shown = wanted[::-1][(here - 1) * SIZE : here * SIZE]
    if here > 1 and not shown:
        raise Missing(say("the list has no page {page}", page=here))
    shows = {
        "table": _table(visit, shown, len(wanted)) if shown else None,
        "pages": pages(visit, len(wanted), here),
        "choices": list(_choices(visit, found, asked)),
        "narrowed": asked is not None,
        "plain": visit.link("/khong-phu-hop"),
    }
    return Page("nonconformities.html", visit.text(say("Nonconformities")), shows)


def _choices(visit: Visit, found: list[Nonconformity], asked: str | None) -> Iterator[Link]:
    counts = {"open": sum(not one.closed for one in found), "closed": sum(one.closed for one in found)}
    every = say("All: {count}", count=number(len(found), visit.lang, 0))
    yield Link(visit.text(every), visit.link("/khong-phu-hop"), here=asked is None)
    for key, words in _CHOICES.items():
        text = visit.text(say("{name}: {count}", name=words, count=number(counts[key], visit.lang, 0)))
        yield Link(text, visit.link("/khong-phu-hop", {v.STANDING: key}), here=asked == key)


def _table(visit: Visit, found: list[Nonconformity], total: int) -> Table:
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
    return Table(caption, heads, tuple(tuple(_row(visit, one)) for one in found))


def _row(visit: Visit, one: Nonconformity) -> Iterator[Cell]:
    yield Cell(one.id, visit.link(f"{CASES}/{one.id}"), note=one.title, vi=True)
    where = " · ".join(part for part in (one.source_procedure, one.step) if part)
    if one.source_case:
        yield Cell(one.source_case.split(",")[0], visit.link(CASES, {v.IDS: _ids(one)}), note=where or one.source)
    else:
        yield Cell(one.source or "—", note=where, vi=True)
    look, word = (LATE, SAID[LATE]) if one.overdue and not one.closed else (SAFE, SAID[SAFE])
    stands = visit.text(say("closed: {result}", result=one.result)) if one.closed else one.stage
    yield Cell(stands, vi=True) if one.closed else Cell(tag=Tag(look, visit.text(word)), note=stands, vi=True)
    yield Cell(visit.name(one.owner) if one.owner else "—", vi=True)
    yield Cell(one.cause or "—", note=one.action, vi=True)
    yield Cell(visit.day(one.closed_at) if one.closed else visit.day(one.due))


def _ids(one: Nonconformity) -> str:
    return ",".join(part.strip() for part in one.source_case.split(",") if part.strip())
