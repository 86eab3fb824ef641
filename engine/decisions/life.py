"""Decisions about a case as a whole: pause, resume, withdraw, refuse, stop."""

from engine import clocks
from engine.commands import FollowCalendar, PauseCase, RefuseCase, ResumeCase, StopCase, WithdrawCase
from engine.decisions.ending import end_now
from engine.decisions.family import decide_on
from engine.decisions.looking import step_of, who
from engine.draft import Draft
from engine.events import CaseEnded, CasePaused, CaseResumed
from engine.powers import may_decide
from engine.refusal import Refusal
from engine.refusals.access import NotAParty
from engine.refusals.entering import ReasonNeeded
from engine.refusals.life import CaseIsNotPaused, MayNotPause
from engine.refusals.time import BasisNeeded
from engine.rights import may_steer, told


@decide_on.register
def _(command: PauseCase, draft: Draft) -> Refusal | None:
    if not command.reason.strip():
        return ReasonNeeded()
    steps = [step for item in draft.case.live_items if (step := step_of(draft, item)).may_pause]
    if not steps:
        return MayNotPause(draft.case_id)
    if not may_steer(draft, command.actor):
        return NotAParty(who(draft, command.actor), draft.case_id)
    if all(step.pause_needs_basis for step in steps) and not (command.basis or "").strip():
        return BasisNeeded(steps[0].name)
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
    dues, parts = clocks.resumed_dues(draft, paused_at)
    draft.happen(CaseResumed(dues=dues, parts=parts))
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
    end_now(draft, CaseEnded(result="rút hồ sơ", withdrawn=True, reason=command.reason))
    return None


@decide_on.register
def _(command: RefuseCase, draft: Draft) -> Refusal | None:
    if not command.reason.strip():
        return ReasonNeeded()
    able = may_decide(draft, draft.rules.procedure.refused_by, command.actor)
    if isinstance(able, Refusal):
        return able
    end_now(draft, CaseEnded(result="từ chối", reason=command.reason, **told(able)))
    return None


@decide_on.register
def _(command: StopCase, draft: Draft) -> Refusal | None:
    if not command.reason.strip():
        return ReasonNeeded()
    able = may_decide(draft, draft.rules.procedure.stopped_by, command.actor)
    if isinstance(able, Refusal):
        return able
    said = {"reason": command.reason, "basis": command.basis, **told(able)}
    end_now(draft, CaseEnded(result="dừng giải quyết", stopped=True, **said))
    return None
