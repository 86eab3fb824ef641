"""Decisions about who does work: beginning it, handing it to another, leaving it out, further tasks."""

from datetime import UTC, datetime, time

from engine.case import Item, ItemStatus
from engine.commands import CancelTask, FinishTask, FinishWork, GiveTask, ReassignWork, SkipWork, StartWork
from engine.decisions.family import decide_on
from engine.decisions.finishing import finish
from engine.decisions.looking import in_other_hands, leavable, mine, outcome_of, step_of, taken, who, workable
from engine.draft import Draft
from engine.events import (
    TaskCancelled,
    TaskFinished,
    TaskGiven,
    WorkClaimed,
    WorkReassigned,
    WorkStarted,
)
from engine.posts import person_of
from engine.refusal import Refusal
from engine.refusals.access import UnknownPerson
from engine.refusals.entering import ReasonNeeded
from engine.refusals.people import (
    DoneBySeveral,
    MayNotSkip,
    NotInHand,
    NotTheHead,
    NotYourTask,
    SkipGoesOn,
    TaskClosed,
    UnknownTask,
    WordsNeeded,
)
from engine.rights import able_in, acting, head_of, kept_apart, told
from engine.tasks import Task
from procedures.candidates import Candidate, person_post
from procedures.model import BackTo, Outcome


@decide_on.register
def _(command: StartWork, draft: Draft) -> Refusal | None:
    item = workable(draft, command.item)
    if isinstance(item, Refusal):
        return item
    held, claimed = in_other_hands(draft, item, command.actor), mine(item, command.actor)
    if held is not None:
        return held
    able = acting(draft, item, command.actor, command.on_behalf_of or (item.on_behalf_of if claimed else None))
    if isinstance(able, Refusal):
        return able
    if not claimed:
        draft.happen(WorkClaimed(item=item.number, by=command.actor, **told(able)))
    if draft.case.items[item.number - 1].started_at is None:
        draft.happen(WorkStarted(item=item.number))
    return None


@decide_on.register
def _(command: ReassignWork, draft: Draft) -> Refusal | None:
    item = workable(draft, command.item)
    if isinstance(item, Refusal):
        return item
    if not command.reason.strip():
        return ReasonNeeded()
    able = acting(draft, item, command.to)
    if isinstance(able, UnknownPerson):
        return able
    unit = _unit_of(draft, item, None if isinstance(able, Refusal) else able)
    head = head_of(draft, unit, command.actor)
    if head is None:
        return NotTheHead(who(draft, command.actor), unit or draft.rules.procedure.owner_unit)
    if isinstance(able, Refusal):
        return able
    if item.assignee == command.to and item.status is ItemStatus.CLAIMED:
        return None
    ordered = {"head": head.post, "head_on_behalf_of": head.principal}
    draft.happen(WorkReassigned(item=item.number, to=command.to, reason=command.reason, **told(able), **ordered))
    return None


@decide_on.register
def _(command: SkipWork, draft: Draft) -> Refusal | None:
    item = leavable(draft, command.item)
    if isinstance(item, Refusal):
        return item
    if not command.reason.strip():
        return ReasonNeeded()
    able = _may_skip(draft, item, command.actor)
    if isinstance(able, Refusal):
        return able
    step = step_of(draft, item)
    if step.several is not None:
        return DoneBySeveral(step.name)
    outcome = outcome_of(step, command.outcome)
    if isinstance(outcome, Refusal):
        return outcome
    if _goes_back(outcome):
        return SkipGoesOn(step.name, outcome.label)
    asked = FinishWork(id=command.id, actor=command.actor, case=command.case, item=item.number, reason=command.reason)
    return finish(draft, item, outcome, asked, able, skipped=True)


@decide_on.register
def _(command: GiveTask, draft: Draft) -> Refusal | None:
    item = workable(draft, command.item)
    if isinstance(item, Refusal):
        return item
    if not command.what.strip():
        return WordsNeeded()
    if person_of(draft.rules.organisation, command.to) is None:
        return UnknownPerson(command.to)
    refusal = _in_charge(draft, item, command.actor)
    if refusal is not None:
        return refusal
    due = None
    if command.by is not None:
        due = datetime.combine(command.by, time(23, 59), draft.rules.calendar.zone).astimezone(UTC)
    number = len(item.tasks) + 1
    draft.happen(TaskGiven(item=item.number, task=number, to=command.to, what=command.what, due=due))
    return None


@decide_on.register
def _(command: FinishTask, draft: Draft) -> Refusal | None:
    task = _task(draft, command)
    if isinstance(task, Refusal):
        return task
    able = able_in(draft, (person_post(task.to),), command.actor)
    if command.actor != task.to and not able:
        return NotYourTask(who(draft, command.actor), task.what, who(draft, task.to))
    if person_of(draft.rules.organisation, command.actor) is None:
        return UnknownPerson(command.actor)
    if not command.report.strip():
        return WordsNeeded()
    other = {"by": command.actor, **told(able[0])} if command.actor != task.to else {}
    draft.happen(TaskFinished(item=command.item, task=task.number, report=command.report, **other))
    return None


@decide_on.register
def _(command: CancelTask, draft: Draft) -> Refusal | None:
    task = _task(draft, command)
    if isinstance(task, Refusal):
        return task
    if not command.reason.strip():
        return ReasonNeeded()
    refusal = _in_charge(draft, draft.case.items[command.item - 1], command.actor)
    if refusal is None:
        draft.happen(TaskCancelled(item=command.item, task=task.number, reason=command.reason))
    return refusal


def _task(draft: Draft, command: FinishTask | CancelTask) -> Task | Refusal:
    item = workable(draft, command.item)
    if isinstance(item, Refusal):
        return item
    task = next((one for one in item.tasks if one.number == command.task), None)
    if task is None:
        return UnknownTask(step_of(draft, item).name, command.task)
    return task if task.open else TaskClosed(task.what, task.done_at or task.cancelled_at)


def _in_charge(draft: Draft, item: Item, actor: str) -> Refusal | None:
    """Return why somebody may not give tasks: he neither has the item in hand nor heads the unit it is in."""
    if mine(item, actor):
        able = acting(draft, item, actor, item.on_behalf_of)
        return able if isinstance(able, Refusal) else None
    if head_of(draft, _unit_of(draft, item, None), actor) is not None:
        return None
    if item.status is ItemStatus.CLAIMED:
        return taken(draft, item)
    return NotInHand(who(draft, actor), step_of(draft, item).name)


def _unit_of(draft: Draft, item: Item, able: Candidate | None) -> str | None:
    """Return the unit whose head decides who does an item: that of the post it is to be done in, else of the item."""
    post = able.post if able is not None else item.post or ""
    return post.partition("@")[2] or item.unit or draft.case.unit


def _may_skip(draft: Draft, item: Item, actor: str) -> Candidate | Refusal:
    step, owner = step_of(draft, item), draft.rules.procedure.owner_unit
    if step.may_skip and item.waits_for == "work":
        whom = item.on_behalf_of if mine(item, actor) else None
        return in_other_hands(draft, item, actor) or acting(draft, item, actor, whom)
    head = head_of(draft, owner, actor)
    if head is None:
        return MayNotSkip(who(draft, actor), step.name, owner)
    return kept_apart(draft, step, head) or head


def _goes_back(outcome: Outcome) -> bool:
    return any(isinstance(branch.target, BackTo) for branch in outcome.branches)
