"""Decisions about a case as a whole: pause, resume, withdraw."""

from engine import clocks
from engine.commands import FollowCalendar, PauseCase, ResumeCase, WithdrawCase
from engine.decisions.family import decide_on
from engine.decisions.looking import step_of, who
from engine.draft import Draft
from engine.events import (
    CaseEnded,
    CasePaused,
    CaseResumed,
    WorkCancelled,
)
from engine.refusal import Refusal
from engine.refusals.access import NotAParty
from engine.refusals.entering import ReasonNeeded
from engine.refusals.life import CaseIsNotPaused, MayNotPause
from engine.rights import may_steer


@decide_on.register
def _(command: PauseCase, draft: Draft) -> Refusal | None:
    if not command.reason.strip():
        return ReasonNeeded()
    if not any(step_of(draft, item).may_pause for item in draft.case.live_items):
        return MayNotPause(draft.case_id)
    if not may_steer(draft, command.actor):
        return NotAParty(who(draft, command.actor), draft.case_id)
    draft.happen(CasePaused(reason=command.reason, basis=command.basis))
    clocks.keep(draft)
    return None


@decide_on.register
def _(command: ResumeCase, draft: Draft) -> Refusal | None:
    paused_at = draft.case.paused_at
    if paused_at is None:
        return CaseIsNotPaused(draft.case_id)
    if not may_steer(draft, command.actor):
        return NotAParty(who(draft, command.actor), draft.case_id)
    draft.happen(CaseResumed(dues=clocks.resumed_dues(draft, paused_at)))
    clocks.keep(draft)
    return None


@decide_on.register
def _(command: FollowCalendar, draft: Draft) -> Refusal | None:  # noqa: ARG001 - it is followed before every decision
    return None


@decide_on.register
def _(command: WithdrawCase, draft: Draft) -> Refusal | None:
    if not command.reason.strip():
        return ReasonNeeded()
    if not may_steer(draft, command.actor):
        return NotAParty(who(draft, command.actor), draft.case_id)
    if draft.case.paused_at is not None:  # what was not late when the clock stopped must not become late by ending
        draft.happen(CaseResumed(dues=clocks.resumed_dues(draft, draft.case.paused_at)))
    clocks.start(draft)
    for item in draft.case.live_items:
        draft.happen(WorkCancelled(item=item.number))
    draft.happen(CaseEnded(result="rút hồ sơ", withdrawn=True, reason=command.reason))
    return None
