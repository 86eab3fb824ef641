"""Decisions about what is on record: corrections that change nothing that was decided, and new homes of open work."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from engine import clocks
from engine.appliers import apply
from engine.case import Case
from engine.clocks.dues import work_dues
from engine.commands import MACHINE, CorrectRecord, CorrectValues, RehomeCase
from engine.decisions.family import decide_on
from engine.decisions.looking import who
from engine.draft import Draft
from engine.entering import corrected
from engine.events import CaseRehomed, MovedDues, MovedParts, RecordCorrected, StepPassed, ValuesCorrected, WorkFinished
from engine.refusal import Refusal
from engine.refusals.access import OnlyTheSystem
from engine.refusals.entering import ReasonNeeded
from engine.refusals.people import WordsNeeded
from engine.refusals.records import DecidedByIt, NeverEntered, NotYoursToCorrect, UnknownEvent
from engine.rights import head_of, told
from engine.run import told as so_far
from procedures.candidates import Candidate, post_key
from procedures.condition import Value
from procedures.expression import MissingValue, evaluate
from procedures.model import Step


@decide_on.register
def _(command: CorrectValues, draft: Draft) -> Refusal | None:
    if not command.reason.strip():
        return ReasonNeeded()
    events = so_far(draft)
    entered_at = {said.name: n for n, event in enumerate(events, 1) for said in getattr(event, "entered", ())}
    strange = next((name for name in command.fields if name not in entered_at or name not in draft.values), None)
    if strange is not None:
        return NeverEntered(strange, draft.case_id)
    of = tuple(sorted({entered_at[name] for name in command.fields}))
    head = _may_correct(draft, command.actor, of)
    if isinstance(head, Refusal):
        return head
    before, time = dict(draft.values), clocks.hanging(draft)
    entered = corrected(draft, command.fields, command.salt)
    if isinstance(entered, Refusal):
        return entered
    for step, branch in _decided(draft, events):
        if _branch(draft, step, branch[0], before) == branch[1] != _branch(draft, step, branch[0], draft.values):
            return DecidedByIt(", ".join(command.fields), step.name)
    draft.happen(
        ValuesCorrected(entered=entered, of=of, reason=command.reason, **clocks.moved(draft, time), **told(head))
    )
    return None


@decide_on.register
def _(command: CorrectRecord, draft: Draft) -> Refusal | None:
    if not command.reason.strip():
        return ReasonNeeded()
    if not command.says.strip():
        return WordsNeeded()
    if not 1 <= command.event <= draft.case.version:
        return UnknownEvent(draft.case_id, command.event)
    head = _may_correct(draft, command.actor, (command.event,))
    if isinstance(head, Refusal):
        return head
    draft.happen(RecordCorrected(of=command.event, says=command.says, reason=command.reason, **told(head)))
    return None


@decide_on.register
def _(command: RehomeCase, draft: Draft) -> Refusal | None:
    if command.actor != MACHINE:
        return OnlyTheSystem(who(draft, command.actor))
    organisation, today = draft.rules.organisation, draft.today
    named = {draft.case.unit, *(item.unit for item in draft.case.live_items), *map(_unit, _posts(draft.case))}
    homes = {unit: organisation.standing(unit, today) for unit in sorted(filter(None, named))}
    moved = {unit: home for unit, home in homes.items() if unit != home}
    if moved:
        fixed = (organisation.unit(unit).decision for unit in moved)
        decisions = tuple(dict.fromkeys(decision for decision in fixed if decision))
        over = CaseRehomed(units=tuple(moved.items()), decisions=decisions, posts=tuple(_renamed(draft, moved, today)))
        dues, parts = _moved_dues(draft, apply(over, draft.case, draft.now))
        draft.happen(over.but(dues=dues, parts=parts))
    return None


def _moved_dues(draft: Draft, there: Case) -> tuple[MovedDues, MovedParts]:
    """Return the due instants that the calendars of the new units change."""
    procedure, calendar_of = draft.rules.procedure, draft.rules.calendar_of
    kept, parts = (frozenset(dues) for dues in work_dues(draft.case, procedure, calendar_of))
    items, limits = work_dues(there, procedure, calendar_of)
    return tuple(one for one in items if one not in kept), tuple(one for one in limits if one not in parts)


def _renamed(draft: Draft, homes: Mapping[str, str], on: date) -> Iterator[tuple[str, str]]:
    """Yield the posts of open work whose position is called otherwise in the unit that took over."""
    for post in dict.fromkeys(_posts(draft.case)):
        position, _, unit = post.partition("@")
        after = draft.rules.organisation.position_after(position, unit, on) if unit in homes else position
        if after != position:
            yield post, post_key(after, homes[unit])


def _posts(case: Case) -> Iterator[str]:
    """Yield the posts of all that is open: of work, and of opinions that may still be given."""
    yield from (post for item in case.live_items for post in item.posts)
    yield from (post for asked in case.consultations if asked.answerable for post in asked.posts)


def _unit(post: str) -> str:
    return post.partition("@")[2]


def _may_correct(draft: Draft, actor: str, events: tuple[int, ...]) -> Candidate | Refusal | None:
    """Return what somebody corrects these events in: None who wrote all of them, else as head of the owning unit."""
    owner, records = draft.rules.procedure.owner_unit, draft.history()
    writers = {records[number - 1].actor for number in events}
    if writers == {actor} and actor != MACHINE:
        return None
    head = head_of(draft, owner, actor)
    if head is not None:
        return head
    names = ", ".join(who(draft, writer) for writer in sorted(writers))
    return NotYoursToCorrect(who(draft, actor), names, owner)


def _decided(draft: Draft, events: Sequence[object]) -> Iterator[tuple[Step, tuple[str, int]]]:
    """Yield the steps that went a way by entered values, with the outcome and the number of the branch."""
    for event in events:
        if isinstance(event, WorkFinished):
            step = draft.rules.procedure.step(draft.case.items[event.item - 1].step)
        elif isinstance(event, StepPassed) and event.outcome is not None:
            step = draft.rules.procedure.step(event.step)
        else:
            continue
        if event.outcome is not None and event.branch is not None:
            yield step, (event.outcome, event.branch)


def _branch(draft: Draft, step: Step, label: str, values: Mapping[str, Value]) -> int | None:
    outcome, calendar = step.outcome(label), draft.rules.calendar
    if outcome is None:
        return None
    for number, branch in enumerate(outcome.branches):
        try:
            if branch.when is None or evaluate(branch.when, values, draft.today, calendar.working_days):
                return number
        except MissingValue:
            return None
    return None
