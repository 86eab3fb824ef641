"""Decisions to undo: what was finished is taken back before the receiver has acted, an ended case goes on again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine import moves
from engine.case import Case, Item, ItemStatus
from engine.clocks.dues import course_due, work_dues
from engine.commands import RecallWork, ReopenCase
from engine.decisions.family import decide_on
from engine.decisions.looking import step_of, who
from engine.draft import Draft
from engine.events import CaseEnded, CaseReopened, MovedDues, PhaseLeft, WorkClaimed, WorkOpened, WorkRecalled
from engine.matters import Part
from engine.refusal import Refusal
from engine.refusals.entering import ReasonNeeded
from engine.refusals.people import MovedOn, NotFinished, NotTheHead, NotYoursToRecall, ReceiverActed
from engine.refusals.records import CalledByAnother, CaseRuns, TooLateToReopen
from engine.refusals.work import NotForPeople, UnknownItem
from engine.rights import acting, head_of, told
from engine.run import before, finishing, spread, without
from engine.run import told as so_far
from procedures.model import LATE
from procedures.net import Marking, ready

#: For so long after its end a case may be opened again; then a new one has to be opened.
REOPEN_WITHIN = timedelta(days=30)


@decide_on.register
def _(command: RecallWork, draft: Draft) -> Refusal | None:
    item = draft.case.item(command.item)
    if item is None:
        return UnknownItem(draft.case_id, command.item)
    refusal = _may_recall(draft, item, command)
    if refusal is not None:
        return refusal
    able = acting(draft, item, command.actor, item.on_behalf_of if item.assignee == command.actor else None)
    if isinstance(able, Refusal):
        return able
    events, step = so_far(draft), step_of(draft, item)
    together = draft.case.round(step.key)
    if item in together and any(one.live for one in together):  # the answers have not come to an outcome yet
        draft.happen(WorkRecalled(item=item.number, reason=command.reason))
        return None
    place = finishing(events, item.number)
    marking = without(draft, events, place) if place is not None else None
    if marking is None or draft.live(step.key) is not None or (ready(step.key), 1) not in marking:
        return MovedOn(step.name)  # taken back without a place to be done at, it would be withdrawn at once
    for left in draft.case.live_items:
        act = next(_acts(draft.case, left), None) if (ready(left.step), 1) not in marking else None
        if act is not None:
            return ReceiverActed(step.name, who(draft, act.by) or step_of(draft, left).name, act.at)
    phases = _phases_left(draft, place) if place is not None else ()
    draft.happen(WorkRecalled(item=item.number, reason=command.reason, marking=spread(marking), phases=phases))
    moves.cancel_what_left(draft)
    again = _in_its_old_time(draft, item, moves.opened_again(draft, step)).but(assignee=command.actor)
    draft.happen(again)
    draft.happen(WorkClaimed(item=again.item, by=command.actor, **told(able)))
    moves.settle(draft)
    return None


def _phases_left(draft: Draft, place: int) -> MovedDues:
    """Return the phases that were left by the move at a place, with when they are due: they go on."""
    records, calendar = draft.history(), draft.rules.calendar
    of_it = (record.event for record in records if record.command == records[place].command)
    left = (draft.case.phases[event.phase - 1] for event in of_it if isinstance(event, PhaseLeft))
    return tuple((run.number, course_due(run.course, calendar)) for run in left)


def _in_its_old_time(draft: Draft, item: Item, again: WorkOpened) -> WorkOpened:
    """Return the opening of an item that was taken back, with the time that it had and not a new one."""
    parts = tuple(Part(name=name, due=due) for name, due in again.parts)
    running = item.but(status=ItemStatus.OPEN, finished_at=None, unit=again.unit, variant=again.variant, parts=parts)
    running = running.but(expires=again.expires)
    there = draft.case.but(items=(running,))
    dues, limits = work_dues(there, draft.rules.procedure, draft.rules.calendar_of)
    due = next((due for _, due in dues), None)
    kept = tuple((name, at) for _, name, at in limits if name != LATE)
    expires = next((at for _, name, at in limits if name == LATE), again.expires)
    again = again.but(since=item.since or item.opened_at, due=due, parts=kept, expires=expires)
    return again.but(counted=item.counted, restarts_clock=item.restarts_clock)


def _may_recall(draft: Draft, item: Item, command: RecallWork) -> Refusal | None:
    step = step_of(draft, item)
    if item.waits_for != "work":
        return NotForPeople(step.name)
    if item.status is not ItemStatus.DONE or item.recalled:
        return NotFinished(step.name)
    if command.actor not in {item.assignee, item.on_behalf_of}:
        return NotYoursToRecall(who(draft, command.actor), step.name, who(draft, item.assignee))
    return None if command.reason.strip() else ReasonNeeded()


@dataclass(frozen=True, slots=True)
class _Act:
    """Something done about an item: by whom, None where that is a machine or not on record, and when."""

    by: str | None
    at: datetime | None


def _acts(case: Case, item: Item) -> Iterator[_Act]:
    """Yield what was done about a live item, or by another of several who do its step together."""
    if item.status is ItemStatus.CLAIMED:
        yield _Act(item.assignee, item.claimed_at)
    if item.waits_for in {"errand", "sub_case"}:
        yield _Act(None, item.opened_at)
    yield from (_Act(one.assignee, one.finished_at) for one in case.round(item.step) if not one.live)
    yield from (_Act(None, task.given_at) for task in item.tasks)
    yield from (_Act(None, part.done_at) for part in item.parts if part.done_at is not None)
    yield from (_Act(one.by, one.asked_at) for one in case.supplements if one.item == item.number)
    yield from (_Act(one.by, one.asked_at) for one in case.consultations if one.item == item.number)
    yield from (_Act(file.by, file.at) for file in case.files if file.item == item.number)


@decide_on.register
def _(command: ReopenCase, draft: Draft) -> Refusal | None:
    case, owner = draft.case, draft.rules.procedure.owner_unit
    if not case.over or case.ended_at is None:
        return CaseRuns(case.id)
    if not command.reason.strip():
        return ReasonNeeded()
    head = head_of(draft, owner, command.actor)
    if head is None:
        return NotTheHead(who(draft, command.actor), owner)
    if case.parent is not None:
        return CalledByAnother(case.id, case.parent[0])
    if draft.now > case.ended_at + REOPEN_WITHIN:
        return TooLateToReopen(case.id, case.ended_at, case.ended_at + REOPEN_WITHIN)
    draft.happen(CaseReopened(reason=command.reason, marking=spread(_before_the_end(draft)), **told(head)))
    moves.settle(draft)
    return None


def _before_the_end(draft: Draft) -> Marking:
    """Return where the case stood before what ended it: before the step that led there, or at the end itself."""
    events, records = so_far(draft), draft.history()
    end = max(n for n, event in enumerate(events) if isinstance(event, CaseEnded))
    led = [n for n in range(1, end) if records[n].command == records[end].command]
    moved = [n for n in led if getattr(events[n], "marking", None) is not None]
    return before(events, moved[0] if moved else end)
