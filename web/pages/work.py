"""Open work of the whole agency, what is due first on top."""

from collections import Counter
from collections.abc import Iterator

from engine.store import Work
from procedures.shelf import ShelfRefusal
from procedures.vietnamese import number
from procedures.words import say
from web import visit as v
from web.behind import CASES
from web.listing import SIZE, pages
from web.parts import Cell, Head, Link, Page, Table, Tag
from web.status import LATE, NEAR, PAUSED, SAFE, SAID, SLOW, work_tag
from web.visit import Missing, Visit

_LOOKS = (LATE, SLOW, NEAR, SAFE, PAUSED)


def page(visit: Visit, _name: str) -> Page:
    """Return a page of the list; late work first, then by due instant."""
    with visit.agency.store.reading() as reader:
        told = [(work, work_tag(visit, work)) for work in reader.work()]
    asked, here = visit.asked(v.STANDING), visit.number(v.PAGE, 1)
    if asked is not None and asked not in _LOOKS:
        raise Missing(say("“{text}” is no standing of work", text=asked))
    wanted = [(work, tag) for work, tag in told if asked in {None, tag.look}]
    wanted.sort(key=lambda pair: pair[1].look != LATE)
    shown = wanted[(here - 1) * SIZE : here * SIZE]
    if here > 1 and not shown:
        raise Missing(say("the list has no page {page}", page=here))
    shows = {
        "table": _table(visit, shown, len(wanted)) if shown else None,
        "choices": list(_choices(visit, Counter(tag.look for _, tag in told), asked)),
        "pages": pages(visit, len(wanted), here),
        "narrowed": asked is not None,
        "plain": visit.link("/viec"),
    }
    return Page("work.html", visit.text(say("Open work")), shows)


def _choices(visit: Visit, counts: Counter[str], asked: str | None) -> Iterator[tuple[Tag, Link]]:
    for look in _LOOKS:
        if counts[look]:
            href = visit.link("/viec", {v.STANDING: None if look == asked else look})
            text = number(counts[look], visit.lang, 0)
            yield Tag(look, visit.text(SAID[look])), Link(text, href, here=look == asked)


def _table(visit: Visit, shown: list[tuple[Work, Tag]], total: int) -> Table:
    words = (say("Step"), say("Case"), say("Who has it"), say("How it stands"), say("Due"))
    heads = tuple(Head(visit.text(word)) for word in words)
    caption = visit.text(say("{count} pieces of work, what is due first on top", count=number(total, visit.lang, 0)))
    return Table(caption, heads, tuple(tuple(_row(visit, work, tag)) for work, tag in shown))


def _row(visit: Visit, work: Work, tag: Tag) -> Iterator[Cell]:
    times = f" ×{work.attempt}" if work.attempt > 1 else ""
    yield Cell(f"{_step(visit, work)}{times}", note=work.procedure, vi=True)
    yield Cell(work.case, visit.link(f"{CASES}/{work.case}"), note=work.title, vi=True)
    yield Cell(visit.name(work.assignee) if work.assignee else "—", note=work.role or "", vi=True)
    yield Cell(tag=tag)
    of_case = visit.text(say("the case: {due}", due=visit.at(work.case_due))) if work.case_due else ""
    yield Cell(visit.at(work.due), note=of_case)


def _step(visit: Visit, work: Work) -> str:
    """Return the name of a step; the newest issue that has it knows it well enough for a list."""
    try:
        release = visit.agency.shelf.current(work.procedure, visit.today.date())
        return release.procedure.step(work.step).name
    except (ShelfRefusal, KeyError):
        return work.step
