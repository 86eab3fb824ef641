"""Finishing an item: what was entered, whether its way may be taken, and where the case goes from there."""

from engine import clocks, moves
from engine.case import Item
from engine.commands import FinishWork
from engine.decisions.looking import step_of
from engine.decisions.opinions import awaited
from engine.draft import Draft
from engine.entering import enter, missing
from engine.events import (
    WorkFinished,
)
from engine.refusal import Refusal
from engine.refusals.entering import ReasonNeeded
from engine.refusals.work import (
    NotOnChecklist,
)
from engine.rights import told
from procedures.candidates import Candidate
from procedures.model import BackTo, Outcome, Step


def finish(
    draft: Draft, item: Item, outcome: Outcome, command: FinishWork, able: Candidate | None = None
) -> Refusal | None:
    """Finish an item with an outcome and move the case on, or return why that is refused.

    `able` is what whoever finishes it acts in; None for a machine.
    """
    step = step_of(draft, item)
    opinion = awaited(draft, item)
    if opinion is not None:
        return opinion
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
            **told(able),
        )
    )
    if item.restarts_clock:
        clocks.restart(draft)
    moves.settle(draft, transition, returned)
    return None


def _may_take(
    draft: Draft, step: Step, outcome: Outcome, returned: BackTo | None, command: FinishWork
) -> Refusal | None:
    asked = step.kind == "work" and (step.reason_required or returned is not None)
    if asked and not (command.reason or "").strip():
        return ReasonNeeded()
    if returned is None:  # a delay asks nobody, so nobody could enter what it lacks
        return None if step.kind == "delay" else missing(draft, step, step.collect)
    moves.refuse_one_too_many(draft, step, outcome, returned)
    return None
