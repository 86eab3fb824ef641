"""The list of cases: found by words and filters, or exactly those behind a number; as a page and as a sheet."""

from collections.abc import Iterator

from engine.case import Case
from procedures.vietnamese import number
from procedures.words import Words, say
from quality import questions_cases
from quality.figure import Figure
from visualize.sheet import to_csv
from visualize.xlsx import to_xlsx
from web import visit as v
from web.asking import NAMES, Asked, asked_cases, options, said
from web.behind import FIND, figure_asked
from web.listing import SIZE, case_sheet, case_table, pages
from web.parts import File, Link, Page
from web.visit import Missing, Visit

#: An address with more ids than this was not made by this site.
_MOST_IDS = 500
#: Whoever looks for words and finds more than this needs another word, not a count.
_MOST = 1_000
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: The longest sheet.
_ROWS = 10_000


def page(visit: Visit, _name: str) -> Page:
    """Return a page of the list."""
    figure, asked = figure_asked(visit), asked_cases(visit)
    here = visit.number(v.PAGE, 1)
    total, found = (0, []) if asked.faults else _found(visit, figure, asked, (here - 1) * SIZE, SIZE)
    if here > 1 and not found:
        raise Missing(say("the list has no page {page}", page=here))
    shows = {
        "faults": asked.faults,
        "table": case_table(visit, _counted(visit, total), found) if found else None,
        "pages": pages(visit, total, here),
        "narrowed": any(visit.asked(name) for name in (*NAMES, v.IDS, v.FIGURE)),
        "listed": visit.asked(v.IDS) is not None,
        "plain": visit.link(visit.path),
        "wider": _wider(visit) if not found and not asked.faults else None,
        "figure": _about(visit, figure) if figure else None,
        "said": said(visit),
        "sheets": list(_sheets(visit)),
        "options": options(visit),
        "asked": {name: visit.asked(name) or "" for name in NAMES},
    }
    title = say("Find cases") if visit.path == FIND else say("Case list")
    return Page("cases.html", visit.text(title), shows, 422 if asked.faults else 200)


def file(visit: Visit, _name: str) -> File:
    """Return the same list as a sheet, in the format that the address ends in."""
    figure, asked = figure_asked(visit), asked_cases(visit)
    if asked.faults:
        raise Missing(say("the list cannot be made: {fault}", fault=asked.faults[0][0]))
    _, found = _found(visit, figure, asked, 0, _ROWS)
    made, stem = case_sheet(visit, said(visit), found), f"ho-so-{visit.today:%Y-%m-%d}"
    if visit.path.endswith(".csv"):
        return File(f"{stem}.csv", CSV, to_csv(made))
    return File(f"{stem}.xlsx", XLSX, to_xlsx([made], made.title, visit.agency.settings.agency))


def _found(visit: Visit, figure: Figure | None, asked: Asked, skip: int, size: int) -> tuple[int, list[Case]]:
    with visit.agency.store.reading() as reader:
        if figure is not None:
            ids = figure.part if visit.asked(v.PART) else figure.cases
            return len(ids), questions_cases.named(reader, ids[skip : skip + size], visit.scope)
        if listed := visit.asked(v.IDS):
            known = questions_cases.named(reader, [one.strip() for one in listed.split(",")][:_MOST_IDS], visit.scope)
            return len(known), known[skip : skip + size]
        most = _MOST + 1 if asked.wanted.words else None
        total = questions_cases.count(reader, asked.wanted, most)
        return total, questions_cases.page(reader, asked.wanted, skip=skip, size=size) if total else []


def _counted(visit: Visit, total: int) -> Words:
    if visit.asked(v.SEARCH) and total > _MOST:
        return say("more than {count} cases, the newest first; another word leaves fewer", count=_count(visit, _MOST))
    return say("{count} cases, the newest first", count=_count(visit, total))


def _wider(visit: Visit) -> Link | None:
    """Return where the same words find something without any other filter."""
    text = visit.asked(v.SEARCH)
    if text is None or not any(visit.asked(name) for name in NAMES if name != v.SEARCH):
        return None
    wanted = asked_cases(visit.asking(**{v.SEARCH: text})).wanted
    with visit.agency.store.reading() as reader:
        found = questions_cases.count(reader, wanted, _MOST)
    words = say("Look among all cases, whatever stands in the other fields ({count})", count=_count(visit, found))
    return Link(visit.text(words), visit.link(visit.path, {v.SEARCH: text})) if found else None


def _sheets(visit: Visit) -> Iterator[Link]:
    asked = {name: text for name, text in visit.query.items() if name not in {v.LANG, v.PAGE}}
    for words, ending in ((say("Excel"), "xlsx"), (say("CSV"), "csv")):
        yield Link(visit.text(words), visit.link(f"{FIND}.{ending}", asked))


def _count(visit: Visit, count: int) -> str:
    return number(count, visit.lang, 0)


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
