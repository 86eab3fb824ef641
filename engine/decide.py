"""Decide what a command makes happen, events or a refusal, with no clock, store or writing."""

from datetime import datetime

from engine import clocks, commands
from engine.case import Case, CaseStatus
from engine.decisions import decide_on
from engine.draft import Draft, History
from engine.opening import open_case
from engine.refusal import Refusal
from engine.refusals.life import CaseIsOver, CaseIsPaused, StaleVersion
from engine.refusals.stuck import Stuck
from engine.refusals.time import SupplementAwaited
from engine.rules import Rules, Values

__all__ = ["decide", "open_case"]

#: Commands that a paused case still accepts.
_WHILE_PAUSED = (
    commands.ResumeCase,
    commands.WithdrawCase,
    commands.RefuseCase,
    commands.StopCase,
    commands.EndCalledCase,
    commands.RecordBreach,
    commands.ReleaseWork,
    commands.AnswerSupplement,
    commands.GiveOpinion,
    commands.LapseConsultation,
    commands.FollowCalendar,
    commands.ReassignWork,
    commands.FinishTask,
    commands.CancelTask,
    commands.CorrectValues,
    commands.CorrectRecord,
    commands.RehomeCase,
    commands.ReopenCase,
    commands.EraseValues,
)
#: Commands that a case that is over still accepts.
_WHEN_OVER = (
    commands.RecordBreach,
    commands.EraseValues,
    commands.ReopenCase,
    commands.CorrectValues,
    commands.CorrectRecord,
)
#: Commands that a case does not accept while everything waits for a supplement.
_NOT_WHILE_AWAITED = (
    commands.FinishWork,
    commands.FinishPart,
    commands.FireTimer,
    commands.AnswerErrand,
    commands.PauseCase,
    commands.MigrateCase,
)


def decide(
    rules: Rules, case: Case, values: Values, command: commands.CaseCommand, now: datetime, history: History = tuple
) -> Draft | Refusal:
    """Return the draft of what happens, or why the command is refused.

    `now` is an aware instant; the case is unchanged either way. `history` gives the log to those that look back.
    """
    refused = not_now(case, command)
    if refused is not None:
        return refused
    draft = Draft.on(rules, case, values, now, history)
    clocks.follow(draft)
    try:
        refusal = decide_on(command, draft)
    except Stuck as stuck:
        return stuck.refusal
    return refusal or draft


def not_now(case: Case, command: commands.OnCase) -> Refusal | None:
    """Return why a case takes no such command at present, whatever it asks."""
    if command.expected_version is not None and command.expected_version != case.version:
        return StaleVersion(case.id, case.version, command.expected_version)
    if case.over and not isinstance(command, _WHEN_OVER):
        return CaseIsOver(case.id)
    if case.status is CaseStatus.PAUSED and not isinstance(command, _WHILE_PAUSED):
        return CaseIsPaused(case.id)
    awaited = case.supplement
    if awaited is not None and awaited.holds_work and isinstance(command, _NOT_WHILE_AWAITED):
        return SupplementAwaited(case.id, awaited.asked_at)
    return None
