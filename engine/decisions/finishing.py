"""Finishing an item: what was entered, whether its way may be taken, and where the case goes from there."""

from dataclasses import dataclass

from engine import clocks, moves
from engine.case import Item
from engine.commands import MACHINE, FinishWork
from engine.decisions.looking import step_of
from engine.decisions.opinions import awaited
from engine.draft import Draft
from engine.entering import enter, missing
from engine.events import AnswerGiven, Entered, WorkFinished
from engine.refusal import Refusal
from engine.refusals.entering import ReasonNeeded
from engine.refusals.work import (
    NotOnChecklist,
)
from engine.rights import told
from engine.together import comes_to
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
    entered = enter(draft, step, command.fields, command.salt, item.member)
    if isinstance(entered, Refusal):
        return entered
    if step.several is not None:
        return _take_answer(draft, item, outcome, command, Given(entered, able))
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


@dataclass(frozen=True, slots=True)
class Given:
    """What an answer brings: the values entered with it, and what whoever gave it acts in."""

    entered: tuple[Entered, ...]
    able: Candidate | None


def _take_answer(draft: Draft, item: Item, outcome: Outcome, command: FinishWork, given: Given) -> Refusal | None:
    """Take in the answer of one of several, and move the case on once the others can no longer change what comes."""
    step = step_of(draft, item)
    refusal = _may_answer(draft, step, outcome, command)
    if refusal is not None:
        return refusal
    draft.happen(
        AnswerGiven(
            item=item.number,
            by=command.actor,
            outcome=outcome.label,
            entered=given.entered,
            checked=command.checked,
            reason=command.reason,
            **told(given.able),
        )
    )
    go_on_together(draft, item, step)
    return None


def go_on_together(draft: Draft, item: Item, step: Step, outcome: Outcome | None = None) -> None:
    """Leave a step that several do with an outcome, if one is certain: given, or by their answers."""
    certain = outcome or (comes_to(draft, step, step.several) if step.several is not None else None)
    if certain is None:
        return
    transition, returned = moves.leave(draft, step, certain)
    if item.restarts_clock:
        clocks.restart(draft)
    moves.settle(draft, transition, returned)


def _may_answer(draft: Draft, step: Step, outcome: Outcome, command: FinishWork) -> Refusal | None:
    if command.actor == MACHINE:
        return None
    returns = any(isinstance(branch.target, BackTo) for branch in outcome.branches)
    if (step.reason_required or returns) and not (command.reason or "").strip():
        return ReasonNeeded()
    return missing(draft, step, step.collect, command.fields)


def _may_take(
    draft: Draft, step: Step, outcome: Outcome, returned: BackTo | None, command: FinishWork
) -> Refusal | None:
    timed_out = command.actor == MACHINE and step.kind == "work"
    asked = step.kind == "work" and (step.reason_required or returned is not None)
    if asked and not timed_out and not (command.reason or "").strip():
        return ReasonNeeded()
    if returned is None:  # a delay or a time-out asks nobody, so nobody could enter what it lacks
        return None if step.kind == "delay" or timed_out else missing(draft, step, step.collect)
    moves.refuse_one_too_many(draft, step, outcome, returned)
    return None
