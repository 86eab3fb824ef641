"""Opening a case: who may, what was promised, and the first step."""

from datetime import datetime

from engine import clocks, moves
from engine.commands import MACHINE, OpenCase
from engine.course import length
from engine.draft import Draft
from engine.entering import enter
from engine.events import CaseOpened, WorkClaimed
from engine.posts import person_of, posts_for, posts_of
from engine.refusal import Refusal
from engine.refusals.access import NotYoursToOpen, UnknownPerson, UnknownUnit
from engine.refusals.stuck import Stuck
from engine.rules import Rules


def open_case(rules: Rules, case_id: str, command: OpenCase, now: datetime) -> Draft | Refusal:
    """Return the draft of a new case under the rules in force, or why it is refused."""
    unit = _unit(rules, command, now)
    if isinstance(unit, Refusal):
        return unit
    draft = Draft(rules, case_id, now, None, {})
    entered = enter(draft, rules.procedure.start, command.fields, command.salt)
    if isinstance(entered, Refusal):
        return entered
    draft.happen(
        CaseOpened(
            procedure=rules.procedure.code,
            issue=rules.procedure.issue,
            release=rules.release.hash,
            title=command.title,
            opener=command.actor,
            unit=unit,
            due=clocks.promise(rules.procedure, rules.calendar, now) if _begins(rules) else None,
            within=length(rules.procedure.within) if _begins(rules) else None,
            calendar=rules.calendars.hash,
            entered=entered,
            marking=tuple(place for place, _ in rules.net.start),
            parent=command.parent,
        )
    )
    try:
        moves.settle(draft)
    except Stuck as stuck:
        return stuck.refusal
    _take_first(draft, command.actor)
    return draft


def _begins(rules: Rules) -> bool:
    """Tell whether the limit is known and counts from the reception."""
    return not rules.procedure.variants and rules.procedure.counted_from.event == "reception"


def _unit(rules: Rules, command: OpenCase, now: datetime) -> str | Refusal | None:
    if command.actor == MACHINE:
        return command.unit or rules.procedure.owner_unit
    person = person_of(rules.organisation, command.actor)
    if person is None:
        return UnknownPerson(command.actor)
    today = rules.today(now)
    units = rules.organisation.units_of(person.id, today)
    if command.unit is not None and command.unit not in units:
        return UnknownUnit(person.name, command.unit)
    start = rules.procedure.start
    for unit in (command.unit,) if command.unit else units:
        posts = posts_for(start, rules.procedure, rules.organisation, opener=person.id, unit=unit, on=today)
        if posts_of(rules.organisation, person.id, today) & set(posts):
            return unit
    return NotYoursToOpen(person.name, rules.procedure.code, " / ".join(start.responsible))


def _take_first(draft: Draft, actor: str) -> None:
    """Whoever opens a case begins with its first step."""
    for item in draft.case.live_items:
        if item.step == draft.rules.procedure.start.key and actor != MACHINE:
            draft.happen(WorkClaimed(item=item.number, by=actor))
