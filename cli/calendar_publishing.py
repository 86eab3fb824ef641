"""A new calendar on the command line: what it moves as a list, and running cases brought over with their progress."""

from typing import TYPE_CHECKING, Any

from cli.case_view import instant, shown
from cli.desk import Desk
from cli.exits import Exit, Stop
from cli.tables import table
from engine.following import Change, Follower, changes, follow_all
from engine.handle import rules_for
from engine.refusal import Refusal
from procedures.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from engine.agency import Agency

#: So many lines of a list are shown to people; machines get all.
_SHOWN = 40
#: One due instant that moves: case, item, name (None: the whole case) of a step, a part or a phase, before and after.
Line = tuple[str, int | None, str | None, "datetime", "datetime"]


def put_changes(desk: Desk, agency: "Agency") -> int:
    """Print what the calendars of an agency would move in its running cases; return in how many."""
    cases = moved = 0
    lines: list[Line] = []
    with agency.store.reading() as reader:
        for change in changes(reader, agency):
            told = list(_lines(desk, agency, change))
            cases, moved = cases + 1, moved + len(told)
            if desk.json or len(lines) < _SHOWN:
                lines += told
    if desk.json:
        desk.put_json({"cases": cases, "dues": [_json(desk, line) for line in lines]})
    elif cases:
        total = say("{cases} cases are due otherwise by this calendar: {dues} due instants", cases=cases, dues=moved)
        desk.put(desk.text(total))
        heads = (say("case"), say("which work"), say("due before"), say("due by the new calendar"))
        desk.put(table(desk, heads, [_row(desk, line) for line in lines[:_SHOWN]]))
        if moved > _SHOWN:
            desk.put(desk.text(say("… and {count} more; --format json gives all", count=moved - _SHOWN)))
    else:
        desk.put(desk.text(say("nothing is due at another time by this calendar")))
    return cases


def bring_over(desk: Desk, agency: "Agency", actor: str) -> None:
    """Bring the running cases of an agency onto its calendars, and tell how far it is after each page."""
    moved, refused = 0, list[Refusal]()
    for page in follow_all(agency.store, agency, Follower(actor, desk.now)):
        moved += page.moved
        refused += page.refused
        if page.moved:
            desk.tell(say("brought over: {count} cases", count=moved))
    desk.tell(say("the calendar is in force; {count} cases were reckoned anew, what was promised is kept", count=moved))
    if refused:
        first = refused[0].words
        left = say("{count} cases were left as they are; the first: {sentence}", count=len(refused), sentence=first)
        raise Stop(left, Exit.CONTENT)


def _lines(desk: Desk, agency: "Agency", change: Change) -> "Iterator[Line]":
    case, event = change.case, change.event
    procedure = rules_for(case, agency).procedure
    names = {item.number: procedure.step(item.step).name for item in case.live_items}
    phases = {run.number: run.label for run in case.running_phases}
    if event.case is not None:
        yield case.id, None, None, *event.case
    yield from ((case.id, number, names[number], was, due) for number, was, due in event.items)
    yield from ((case.id, number, part, was, due) for number, part, was, due in event.parts)
    yield from ((case.id, None, phases[number], was, due) for number, was, due in event.phases)
    yield from ((case.id, None, desk.text(say("supplement")), was, due) for _, was, due in event.supplements)
    yield from (
        (case.id, None, desk.text(say("opinion {number}", number=one)), was, due) for one, was, due in event.opinions
    )


def _row(desk: Desk, line: Line) -> tuple[str, str, str, str]:
    case, number, name, was, due = line
    what = desk.text(say("the whole case")) if name is None else name if number is None else f"[{number}] {name}"
    return case, what, shown(desk, was), shown(desk, due)


def _json(desk: Desk, line: Line) -> dict[str, Any]:
    case, number, name, was, due = line
    return {"case": case, "item": number, "name": name, "was": instant(desk, was), "due": instant(desk, due)}
