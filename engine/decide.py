"""Decide what a command makes happen, events or a refusal, with no clock, store or writing."""

from datetime import datetime
from functools import singledispatch

from engine import clocks, commands, moves
from engine.case import Case, CaseStatus, Item, ItemStatus, breach_key, is_late
from engine.draft import Draft
from engine.entering import enter, missing
from engine.events import (
    BreachRecorded,
    CaseEnded,
    CasePaused,
    CaseResumed,
    WorkCancelled,
    WorkClaimed,
    WorkFinished,
    WorkReleased,
)
from engine.opening import open_case
from engine.posts import name_of
from engine.refusals import (
    AlreadyDone,
    AlreadyTaken,
    CaseIsNotPaused,
    CaseIsOver,
    CaseIsPaused,
    MayNotPause,
    NoLongerNeeded,
    NotAParty,
    NotClaimed,
    NotForPeople,
    NotInBreach,
    NotOnChecklist,
    NotWaitingForThis,
    OnlyTheSystem,
    OutcomeNeeded,
    ReasonNeeded,
    Refusal,
    StaleVersion,
    TooEarly,
    UnknownItem,
    UnknownOutcome,
)
from engine.rights import may_do, may_steer
from engine.rules import Rules, Values
from procedures.model import BackTo, Outcome, Step

__all__ = ["decide", "open_case"]

#: Commands that a paused case still accepts.
_WHILE_PAUSED = (commands.ResumeCase, commands.WithdrawCase, commands.RecordBreach, commands.ReleaseWork)


def decide(rules: Rules, case: Case, values: Values, command: commands.CaseCommand, now: datetime) -> Draft | Refusal:
    """Return the draft of what happens, or why the command is refused.

    `now` is an aware instant; the case is unchanged either way.
    """
    refused = not_now(case, command)
    if refused is not None:
        return refused
    draft = Draft.on(rules, case, values, now)
    try:
        refusal = _decide(command, draft)
    except moves.Stuck as stuck:
        return stuck.refusal
    return refusal or draft


def not_now(case: Case, command: commands.OnCase) -> Refusal | None:
    """Return why a case takes no such command at present, whatever it asks."""
    if command.expected_version is not None and command.expected_version != case.version:
        return StaleVersion(case.id, case.version, command.expected_version)
    if case.over and not isinstance(command, commands.RecordBreach):
        return CaseIsOver(case.id)
    if case.status is CaseStatus.PAUSED and not isinstance(command, _WHILE_PAUSED):
        return CaseIsPaused(case.id)
    return None


@singledispatch
def _decide(command: commands.CaseCommand, draft: Draft) -> Refusal | None:  # noqa: ARG001 - the signature of the family
    raise TypeError(type(command).__name__)


@_decide.register
def _(command: commands.ClaimWork, draft: Draft) -> Refusal | None:
    item = _workable(draft, command.item)
    if isinstance(item, Refusal):
        return item
    if item.status is ItemStatus.CLAIMED:
        return None if item.assignee == command.actor else _taken(draft, item)
    refusal = may_do(draft, item, command.actor)
    if refusal is None:
        draft.happen(WorkClaimed(item=item.number, by=command.actor))
    return refusal


@_decide.register
def _(command: commands.ReleaseWork, draft: Draft) -> Refusal | None:
    item = _workable(draft, command.item)
    if isinstance(item, Refusal):
        return item
    if item.status is not ItemStatus.CLAIMED:
        return NotClaimed(_step(draft, item).name)
    if item.assignee != command.actor:
        return _taken(draft, item)
    draft.happen(WorkReleased(item=item.number))
    return None


@_decide.register
def _(command: commands.FinishWork, draft: Draft) -> Refusal | None:
    item = _workable(draft, command.item)
    if isinstance(item, Refusal):
        return item
    if item.status is ItemStatus.CLAIMED and item.assignee != command.actor:
        return _taken(draft, item)
    refusal = may_do(draft, item, command.actor)
    if refusal is not None:
        return refusal
    outcome = _outcome(_step(draft, item), command.outcome)
    return outcome if isinstance(outcome, Refusal) else _finish(draft, item, outcome, command)


def _finish(draft: Draft, item: Item, outcome: Outcome, command: commands.FinishWork) -> Refusal | None:
    step = _step(draft, item)
    unlisted = next((entry for entry in command.checked if entry not in step.checklist), None)
    if unlisted is not None:
        return NotOnChecklist(step.name, unlisted)
    entered = enter(draft, step, command.fields, command.salt)
    if isinstance(entered, Refusal):
        return entered
    branch, transition = moves.take(draft, step, outcome)
    target = outcome.branches[branch].target
    returned = target if isinstance(target, BackTo) else None
    refusal = _may_take(draft, step, outcome, returned, command)
    if refusal is not None:
        return refusal
    draft.happen(
        WorkFinished(
            item=item.number,
            by=command.actor,
            outcome=outcome.label,
            branch=branch,
            entered=entered,
            checked=command.checked,
            reason=command.reason,
            returned_to=returned.step if returned else None,
            marking=moves.marking_after(draft, transition),
        )
    )
    if item.restarts_clock:
        clocks.restart(draft)
    moves.settle(draft, transition, returned)
    return None


def _may_take(
    draft: Draft, step: Step, outcome: Outcome, returned: BackTo | None, command: commands.FinishWork
) -> Refusal | None:
    asked = step.kind == "work" and (step.reason_required or returned is not None)
    if asked and not (command.reason or "").strip():
        return ReasonNeeded()
    if returned is None:  # a delay asks nobody, so nobody could enter what it lacks
        return None if step.kind == "delay" else missing(draft, step, step.collect)
    moves.refuse_one_too_many(draft, step, outcome, returned)
    return None


@_decide.register
def _(command: commands.PauseCase, draft: Draft) -> Refusal | None:
    if not command.reason.strip():
        return ReasonNeeded()
    if not any(_step(draft, item).may_pause for item in draft.case.live_items):
        return MayNotPause(draft.case_id)
    if not may_steer(draft, command.actor):
        return NotAParty(_who(draft, command.actor), draft.case_id)
    draft.happen(CasePaused(reason=command.reason, basis=command.basis))
    clocks.keep(draft)
    return None


@_decide.register
def _(command: commands.ResumeCase, draft: Draft) -> Refusal | None:
    paused_at = draft.case.paused_at
    if paused_at is None:
        return CaseIsNotPaused(draft.case_id)
    if not may_steer(draft, command.actor):
        return NotAParty(_who(draft, command.actor), draft.case_id)
    draft.happen(CaseResumed(dues=clocks.resumed_dues(draft, paused_at)))
    clocks.keep(draft)
    return None


@_decide.register
def _(command: commands.WithdrawCase, draft: Draft) -> Refusal | None:
    if not command.reason.strip():
        return ReasonNeeded()
    if not may_steer(draft, command.actor):
        return NotAParty(_who(draft, command.actor), draft.case_id)
    if draft.case.paused_at is not None:  # what was not late when the clock stopped must not become late by ending
        draft.happen(CaseResumed(dues=clocks.resumed_dues(draft, draft.case.paused_at)))
    clocks.start(draft)
    for item in draft.case.live_items:
        draft.happen(WorkCancelled(item=item.number))
    draft.happen(CaseEnded(result="rút hồ sơ", withdrawn=True, reason=command.reason))
    return None


@_decide.register
def _(command: commands.FireTimer, draft: Draft) -> Refusal | None:
    item = _waiting(draft, command, "delay")
    if isinstance(item, Refusal):
        return item
    if item.due is not None and draft.now < item.due:
        return TooEarly(_step(draft, item).name, item.due)
    return _pass_on(draft, item, command)


@_decide.register
def _(command: commands.AnswerErrand, draft: Draft) -> Refusal | None:
    item = _waiting(draft, command, "errand", "sub_case")
    if isinstance(item, Refusal):
        return item
    return _pass_on(draft, item, command)


@_decide.register
def _(command: commands.RecordBreach, draft: Draft) -> Refusal | None:
    case = draft.case
    if command.actor != commands.MACHINE:
        return OnlyTheSystem(_who(draft, command.actor))
    if breach_key(command.breach, command.item) in case.breaches:
        return None
    item = case.item(command.item) if command.item is not None else None
    if command.item is not None and item is None:
        return UnknownItem(case.id, command.item)
    if not _in_breach(draft, command, item):
        return NotInBreach(case.id)
    due = item.due if item is not None else case.due
    draft.happen(
        BreachRecorded(
            breach=command.breach,
            item=command.item,
            step=item.step if item is not None else None,
            due=due if command.breach in {"late_step", "late_case"} else None,
        )
    )
    return None


def _in_breach(draft: Draft, command: commands.RecordBreach, item: Item | None) -> bool:
    """Judge the two breaches that follow from the clock; the others are seen by whoever records them."""
    case = draft.case
    if command.breach == "late_case":
        end = case.ended_at or case.stopped_at or draft.now
        return case.due is not None and is_late(end, case.due)
    if command.breach == "late_step":
        if item is None or item.due is None:
            return False
        return is_late(item.finished_at or case.paused_at or draft.now, item.due)
    return command.breach != "returned" or any(done.returned_to for done in case.items)


def _pass_on(draft: Draft, item: Item, command: commands.FireTimer | commands.AnswerErrand) -> Refusal | None:
    told = {name: getattr(command, name) for name in ("outcome", "fields", "salt") if hasattr(command, name)}
    finish = commands.FinishWork(id=command.id, actor=command.actor, case=command.case, item=command.item, **told)
    outcome = _outcome(_step(draft, item), finish.outcome)
    return outcome if isinstance(outcome, Refusal) else _finish(draft, item, outcome, finish)


def _workable(draft: Draft, number: int) -> Item | Refusal:
    item = _live(draft, number)
    if isinstance(item, Item) and item.waits_for != "work":
        return NotForPeople(_step(draft, item).name)
    return item


def _waiting(draft: Draft, command: commands.FireTimer | commands.AnswerErrand, *kinds: str) -> Item | Refusal:
    if command.actor != commands.MACHINE:
        return OnlyTheSystem(_who(draft, command.actor))
    item = _live(draft, command.item)
    if isinstance(item, Item) and item.waits_for not in kinds:
        return NotWaitingForThis(_step(draft, item).name)
    return item


def _live(draft: Draft, number: int) -> Item | Refusal:
    item = draft.case.item(number)
    if item is None:
        return UnknownItem(draft.case_id, number)
    if item.status is ItemStatus.CANCELLED:
        return NoLongerNeeded(_step(draft, item).name, item.finished_at)
    if not item.live:
        return AlreadyDone(_step(draft, item).name, _who(draft, item.assignee), item.finished_at)
    return item


def _taken(draft: Draft, item: Item) -> AlreadyTaken:
    return AlreadyTaken(_step(draft, item).name, _who(draft, item.assignee), item.claimed_at)


def _outcome(step: Step, label: str | None) -> Outcome | Refusal:
    choices = ", ".join(outcome.label for outcome in step.outcomes)
    if label is None:
        return step.outcomes[0] if len(step.outcomes) == 1 else OutcomeNeeded(step.name, choices)
    return step.outcome(label) or UnknownOutcome(step.name, label, choices)


def _who(draft: Draft, account: str | None) -> str:
    return name_of(draft.rules.organisation, account)


def _step(draft: Draft, item: Item) -> Step:
    return draft.rules.procedure.step(item.step)
