"""Decisions about steps whose time is over or that several do together: what is deemed chosen, and who is absent."""

from engine.case import Item
from engine.commands import MACHINE, FinishWork, FireTimer, RecordAbsence
from engine.decisions.family import decide_on
from engine.decisions.finishing import finish, go_on_together
from engine.decisions.looking import leavable, step_of, who
from engine.draft import Draft
from engine.events import AnswerMissed
from engine.refusal import Refusal
from engine.refusals.access import NotAParty
from engine.refusals.entering import ReasonNeeded
from engine.refusals.together import NotTogether
from engine.rights import may_steer
from procedures.model import LATE


@decide_on.register
def _(command: RecordAbsence, draft: Draft) -> Refusal | None:
    item = leavable(draft, command.item)
    if isinstance(item, Refusal):
        return item
    step = step_of(draft, item)
    if step.several is None:
        return NotTogether(step.name)
    if not command.reason.strip():
        return ReasonNeeded()
    called = command.actor == MACHINE and item.waits_for == "sub_case"  # the case that was called came to nothing
    if not called and not may_steer(draft, command.actor):
        return NotAParty(who(draft, command.actor), draft.case_id)
    draft.happen(AnswerMissed(item=item.number, reason=command.reason))
    go_on_together(draft, item, step)
    return None


def time_out(draft: Draft, item: Item, command: FireTimer) -> Refusal | None:
    """Let a step go on that was not done in time, as it declares."""
    step = step_of(draft, item)
    label = step.timeout.outcome if step.timeout is not None else None
    outcome = step.outcome(label) if label is not None else None
    if outcome is None:
        draft.happen(AnswerMissed(item=item.number))
        go_on_together(draft, item, step)
        return None
    if step.several is not None and label == LATE:
        go_on_together(draft, item, step, outcome)
        return None
    asked = FinishWork(id=command.id, actor=command.actor, case=command.case, item=command.item, outcome=label)
    return finish(draft, item, outcome, asked)
