"""The calendar of a year as a grid of months, and what the calendar files as they stand now would move."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import islice

from engine.agency import Unusable, reread
from engine.following import Change, changes
from procedures.calendar.sentence import why
from procedures.calendar.year import CalendarYear, year_of
from procedures.vietnamese import day, number
from procedures.words import say
from web.behind import CASES
from web.pages.admin import PATH, guarded
from web.parts import Cell, Head, Link, Page, Table
from web.visit import Visit

YEAR, PREVIEW = "nam", "xem-truoc"
_WEEK = 7
#: Of the cases that would be due otherwise so many are named.
_NAMED = 200


def page(visit: Visit, _name: str) -> Page:
    """Return a year of the agency's calendar; asked for, also what the files would move."""
    guarded(visit)
    year = visit.number(YEAR, visit.today.year)
    seen = year_of(visit.agency.calendar, year)
    special = {one.line.day: one for one in seen.days}
    shows = {
        "months": [_month(visit, seen, month, special) for month in range(1, 13)],
        "years": [Link(str(one), visit.here(nam=str(one)), here=one == year) for one in range(year - 1, year + 2)],
        "decided": visit.text(say("decided") if seen.decided else say("computed, not decided")),
        "days": visit.text(say("{count} working days", count=number(seen.working_days, visit.lang, 0))),
        "table": _special(visit, seen),
        "preview": _preview(visit) if visit.asked(PREVIEW) else None,
        "ask": visit.here(xem_truoc="1"),
        "back": visit.link(PATH),
    }
    return Page("admin_calendar.html", visit.text(say("Calendar of {year}", year=year)), shows)


def _month(visit: Visit, seen: CalendarYear, month: int, special: Mapping[date, object]) -> dict[str, object]:
    """Return the weeks of a month, Monday first; what is not of the month is None."""
    first = date(seen.year, month, 1)
    start = first - timedelta(days=first.weekday())
    weeks = []
    for week in range(6):
        days = [start + timedelta(days=week * _WEEK + step) for step in range(_WEEK)]
        if any(one.month == month for one in days):
            weeks.append([_cell(visit, one, special) if one.month == month else None for one in days])
    return {"name": f"{month:02}/{seen.year}", "weeks": weeks}


def _cell(visit: Visit, one: date, special: Mapping[date, object]) -> dict[str, object]:
    works = visit.agency.calendar.is_working_day(one)
    sign = "•" if one in special and works else "×" if one in special else ""
    look = "made-up" if one in special and works else "holiday" if one in special else "works" if works else "rest"
    return {"number": one.day, "look": look, "sign": sign}


def _special(visit: Visit, seen: CalendarYear) -> Table | None:
    heads = tuple(Head(visit.text(one)) for one in (say("Day"), say("What holds"), say("Sessions")))
    rows = tuple(
        (
            Cell(day(one.line.day)),
            Cell(visit.text(words) if (words := why(one.line)) is not None else "—"),
            Cell(", ".join(map(str, one.sessions)) or visit.text(say("off"))),
        )
        for one in seen.days
    )
    return Table(visit.text(say("Days that differ from the week")), heads, rows) if rows else None


def _preview(visit: Visit) -> dict[str, object]:
    try:
        agency = reread(visit.agency)
    except Unusable as fault:
        return {"said": " ".join(visit.text(one.message) for one in fault.findings), "table": None}
    with visit.agency.store.reading() as reader:
        found = list(islice(changes(reader, agency), _NAMED + 1))
    rows = tuple(tuple(_change(visit, one)) for one in found[:_NAMED])
    count = number(min(len(found), _NAMED), visit.lang, 0)
    heads = tuple(Head(visit.text(one)) for one in (say("Case"), say("Due before"), say("Due by these files")))
    words = say("{count} cases would be due otherwise", count=count)
    if len(found) > _NAMED:
        words = say("more than {count} cases would be due otherwise", count=count)
    return {"said": visit.text(words), "table": Table(visit.text(words), heads, rows) if rows else None}


def _change(visit: Visit, one: Change) -> Iterator[Cell]:
    case, event = one.case, one.event
    before, after = event.case or (case.due, case.due)
    yield Cell(case.id, visit.link(f"{CASES}/{case.id}"), note=case.title, vi=True)
    yield Cell(visit.at(before))
    yield Cell(visit.at(after))
