"""Opening a case: who may, what was promised, and the first step."""

from datetime import datetime, timedelta

from engine import clocks, moves
from engine.commands import MACHINE, OpenCase
from engine.course import length
from engine.draft import Draft
from engine.entering import enter
from engine.events import CaseOpened, WorkClaimed
from engine.posts import name_of, person_of, posts_for
from engine.refusal import Refusal
from engine.refusals.access import NotYoursToOpen, UnknownPerson, UnknownUnit
from engine.refusals.records import OpenedAlready, TitleNeeded, TitleTooLong
from engine.refusals.stuck import Stuck
from engine.rights import told
from engine.rules import Rules
from engine.store import Alike, Reader
from procedures.candidates import Candidate, met_by
from procedures.model import FieldType
from procedures.values import ValueSaid, parse_entered, to_text

#: So long after a case was opened, another of the same looks like the same one again.
SAME_WITHIN = timedelta(days=7)
#: How long the title of a case may be: it stands in one line of a list, and databases index it.
LONGEST_TITLE = 1000
_TEXTS = frozenset({FieldType.TEXT, FieldType.LONG_TEXT})


def open_case(rules: Rules, case_id: str, command: OpenCase, now: datetime) -> Draft | Refusal:
    """Return the draft of a new case under the rules in force, or why it is refused."""
    if not command.title:
        return TitleNeeded()
    if len(command.title) > LONGEST_TITLE and command.actor != MACHINE:  # machines add little to what people wrote
        return TitleTooLong(LONGEST_TITLE, len(command.title))
    place = _place(rules, command, now)
    if isinstance(place, Refusal):
        return place
    unit, able = place
    draft = Draft.anew(rules, case_id, now)
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
            again=command.again,
            **told(able),
        )
    )
    try:
        moves.settle(draft)
    except Stuck as stuck:
        return stuck.refusal
    _take_first(draft, command.actor, able)
    return draft


def _begins(rules: Rules) -> bool:
    """Tell whether the limit is known and counts from the reception."""
    return not rules.procedure.variants and rules.procedure.counted_from.event == "reception"


def opened_already(rules: Rules, command: OpenCase, reader: Reader, now: datetime) -> OpenedAlready | None:
    """Return a refusal when the same was opened not long ago and nobody says that this is another one.

    The same is: of the same procedure, by the same person or in the same unit, with the same title; or by the same
    person with the same values in all that the first step must be told, if a text is among them.
    """
    if command.actor == MACHINE or (command.again or "").strip():
        return None
    organisation = rules.organisation
    units = (command.unit,) if command.unit else organisation.units_of(command.actor, rules.today(now))
    title = "" if command.title in {rules.procedure.code, rules.procedure.name} else command.title
    asked = Alike(rules.procedure.code, now - SAME_WITHIN, command.actor, units, title, _key_values(rules, command))
    twin = reader.alike(asked)
    if twin is None:
        return None
    return OpenedAlready(name_of(organisation, twin.opener), twin.id, twin.title, twin.opened_at)


def _key_values(rules: Rules, command: OpenCase) -> tuple[tuple[str, str], ...]:
    start = rules.procedure.start
    specs = [spec for name in start.collect if (spec := rules.procedure.field(name)) is not None and spec.required]
    if not all(spec.name in command.fields for spec in specs) or not any(spec.type in _TEXTS for spec in specs):
        return ()
    try:
        return tuple((spec.name, to_text(parse_entered(spec, command.fields[spec.name]))) for spec in specs)
    except ValueSaid:
        return ()


def _place(rules: Rules, command: OpenCase, now: datetime) -> tuple[str | None, Candidate | None] | Refusal:
    """Return for which unit a case is opened, and what whoever opens it acts in; his own posts come first."""
    if command.actor == MACHINE:
        return command.unit or rules.procedure.owner_unit, None
    person = person_of(rules.organisation, command.actor)
    if person is None:
        return UnknownPerson(command.actor)
    procedure, start, today = rules.procedure, rules.procedure.start, rules.today(now)
    every = rules.organisation.capacities(person.id, today)
    able = [
        one for one in every if one.mandate is None or one.mandate.covers(procedure.code, procedure.kind, start.key)
    ]
    units = list(dict.fromkeys(unit for one in able if (unit := one.post.partition("@")[2])))
    if command.unit is not None and command.unit not in units:
        return UnknownUnit(person.name, command.unit)
    for unit in (command.unit,) if command.unit else units:
        posts = posts_for(start, procedure, rules.organisation, opener=person.id, unit=unit, on=today)
        for one in able:
            if not set(posts).isdisjoint(met_by(one.post)):
                return unit, one
    return NotYoursToOpen(person.name, procedure.code, " / ".join(start.responsible))


def _take_first(draft: Draft, actor: str, able: Candidate | None) -> None:
    """Whoever opens a case begins with its first step."""
    for item in draft.case.live_items:
        if item.step == draft.rules.procedure.start.key and actor != MACHINE:
            draft.happen(WorkClaimed(item=item.number, by=actor, **told(able)))
