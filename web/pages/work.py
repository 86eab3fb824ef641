"""Open work, what is due first on top: one's own, that of one's units, or of the whole agency for a guest."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from engine.store import Work
from engine.stores.sql import SqlReader
from procedures.shelf import ShelfRefusal
from procedures.vietnamese import day, number
from procedures.words import Words, say
from quality import questions_work
from quality.overseen import overseen
from quality.questions_work import Look, Wanted
from visualize.case_words import dated
from web import visit as v
from web.asking import near
from web.behind import CASES
from web.bulk import TOGETHER
from web.listing import SIZE, pages
from web.parts import Cell, Head, Link, Option, Page, Table, Tag
from web.status import SAID, time_left, work_tag
from web.visit import Missing, Visit

#: The lists of work that somebody who is in can choose between.
MINE, UNITS = "cua-toi", "don-vi"
LISTS: dict[str, Words] = {MINE: say("For me to do"), UNITS: say("Of my units")}
_LOOKS: tuple[Look, ...] = ("late", "slow", "near", "safe", "paused")


def page(visit: Visit, _name: str) -> Page:
    """Return a page of the list; work of overdue cases first, then by due instant.

    Of a list without end what is due first is shown, and nothing is said of how much stands how.
    """
    asked, here = visit.asked(v.STANDING), visit.number(v.PAGE, 1)
    look = next((one for one in _LOOKS if one == asked), None)
    if asked is not None and look is None:
        raise Missing(say("“{text}” is no standing of work", text=asked))
    wanted = replace(_wanted(visit), look=look)
    with visit.agency.store.reading() as reader:
        counts = questions_work.counts(reader, replace(wanted, look=None))
        total = _total(reader, wanted, counts)
        found = questions_work.page(reader, wanted, skip=(here - 1) * SIZE, size=SIZE)
    if here > 1 and not found:
        raise Missing(say("the list has no page {page}", page=here))
    shown = [(work, work_tag(visit, work)) for work in found]
    shows = {
        "table": _table(visit, shown, _counted(visit, total)) if shown else None,
        "together": [Option(visit.text(act.name), act.key) for act in TOGETHER] if visit.person else [],
        "choices": list(_choices(visit, counts, look)),
        "pages": pages(visit, questions_work.MOST if total is None else total, here),
        "narrowed": asked is not None,
        "plain": visit.link("/viec", {v.LIST: visit.asked(v.LIST)}),
        "lists": list(_lists(visit)),
        "asked": _asked(visit) if visit.asked(v.LIST) in {None, MINE} else None,
        "overseen": _overseen(visit) if visit.asked(v.LIST) in {None, MINE} else None,
    }
    return Page("work.html", visit.text(say("Open work")), shows)


def _wanted(visit: Visit) -> Wanted:
    """Return the work of the list that is shown."""
    which = visit.asked(v.LIST) or MINE
    if which not in LISTS:
        raise Missing(say("“{text}” is no list of work", text=which))
    whose: questions_work.Whose = "all" if visit.person is None else "mine" if which == MINE else "units"
    return Wanted(visit.now, near(visit), whose, visit.scope)


def _mine(visit: Visit, work: Work) -> bool:
    """Tell whether a piece of work is free or already in one's own hands."""
    return work.assignee in {None, visit.person}


def _lists(visit: Visit) -> Iterator[Link]:
    if visit.person is not None:
        here = visit.asked(v.LIST) or MINE
        yield from (
            Link(visit.text(words), visit.link("/viec", {v.LIST: key if key != MINE else None}), here=key == here)
            for key, words in LISTS.items()
        )


def _asked(visit: Visit) -> Table | None:
    """Return the opinions that are asked of whoever is in, each leading to where it is given; None without any."""
    if visit.person is None:
        return None
    with visit.agency.store.reading() as reader:
        found = reader.asked(visit.scope.posts)
    if not found:
        return None
    heads = (say("Question"), say("Case"), say("Asked by"), say("Due"))
    rows = tuple(
        (
            Cell(one.question, visit.link(f"{CASES}/{one.case}/lam/cho-y-kien", {"so": str(one.number)}), vi=True),
            Cell(one.case, visit.link(f"{CASES}/{one.case}"), note=one.title, vi=True),
            Cell(visit.name(one.by), vi=True),
            Cell(visit.at(one.due), note=visit.text(time_left(visit, one.due))),
        )
        for one in found
    )
    caption = visit.text(say("Opinions that are asked of you"))
    return Table(caption, tuple(Head(visit.text(word)) for word in heads), rows)


def _overseen(visit: Visit) -> Table | None:
    """Return what is late with others and whoever is in has to see after, until it is done; None without any."""
    found = overseen(visit.agency, visit.now, visit.person) if visit.person is not None else []
    if not found:
        return None
    heads = (say("What is late"), say("Case"), say("With whom"), say("Was due"))
    today = visit.now.astimezone(visit.agency.calendar.zone).date()
    rows = tuple(
        (
            Cell(one.what, vi=True),
            Cell(one.case, visit.link(f"{CASES}/{one.case}"), note=one.title, vi=True),
            Cell(", ".join(visit.name(owner) for owner in one.owners) or visit.text(say("nobody yet")), vi=True),
            Cell(day(one.due), note=visit.text(say("{count} days ago", count=(today - one.due).days))),
        )
        for one in found
    )
    caption = visit.text(say("Late with others, for you to see after ({count})", count=len(found)))
    return Table(caption, tuple(Head(visit.text(word)) for word in heads), rows)


def _choices(visit: Visit, counts: Mapping[Look, int], asked: Look | None) -> Iterator[tuple[Tag, Link]]:
    endless = questions_work.total(counts) is None
    for look in _LOOKS:
        if endless or counts.get(look):
            href = visit.here(tinh_trang=None if look == asked else look, trang=None)
            text = "" if endless else number(counts[look], visit.lang, 0)
            yield Tag(look, visit.text(SAID[look])), Link(text, href, here=look == asked)


def _total(reader: SqlReader, wanted: Wanted, counts: Mapping[Look, int]) -> int | None:
    """Return how much is wanted, given how much stands how; only of a list without end it has to be counted anew."""
    whole = questions_work.total(counts)
    if wanted.look is None:
        return whole
    return questions_work.total(questions_work.counts(reader, wanted)) if whole is None else counts.get(wanted.look, 0)


def _counted(visit: Visit, total: int | None) -> Words:
    if total is None:
        count = number(questions_work.MOST, visit.lang, 0)
        return say("more than {count} pieces of work, what is due first on top", count=count)
    return say("{count} pieces of work, what is due first on top", count=number(total, visit.lang, 0))


def _table(visit: Visit, shown: list[tuple[Work, Tag]], caption: Words) -> Table:
    words = (say("Step"), say("Case"), say("Who has it"), say("How it stands"), say("Due"))
    heads = tuple(Head(visit.text(word)) for word in words)
    return Table(visit.text(caption), heads, tuple(tuple(_row(visit, work, tag)) for work, tag in shown))


def _row(visit: Visit, work: Work, tag: Tag) -> Iterator[Cell]:
    times = f" ×{work.attempt}" if work.attempt > 1 else ""
    doing = visit.person is not None and _mine(visit, work) and visit.asked(v.LIST) in {None, MINE}
    at = visit.link(f"{CASES}/{work.case}/buoc/{work.item}") if doing else ""
    pick = f"{work.case}.{work.item}" if visit.person is not None else ""
    yield Cell(f"{_step(visit, work)}{times}", at, note=work.procedure, vi=True, pick=pick)
    yield Cell(work.case, visit.link(f"{CASES}/{work.case}"), note=work.title, vi=True)
    yield Cell(visit.name(work.assignee) if work.assignee else "—", note=work.role or "", vi=True)
    yield Cell(tag=tag)
    of_case = visit.text(say("the case: {due}", due=visit.at(work.case_due))) if work.case_due else ""
    due = visit.text(dated(visit, work.due, work.opened_at, work.unit)) if work.due else visit.at(None)
    yield Cell(due, note=of_case)


def _step(visit: Visit, work: Work) -> str:
    """Return the name of a step; the newest issue that has it knows it well enough for a list."""
    try:
        release = visit.agency.shelf.current(work.procedure, visit.today.date())
        return release.procedure.step(work.step).name
    except (ShelfRefusal, KeyError):
        return work.step
