"""Finishing an item: what was entered, whether its way may be taken, and where the case goes from there."""

from dataclasses import dataclass

from engine import clocks, moves
from engine.case import Item
from engine.commands import MACHINE, FinishWork
from engine.decisions.looking import step_of, who
from engine.decisions.opinions import awaited
from engine.draft import Draft
from engine.entering import enter, missing
from engine.events import AnswerGiven, BreachRecorded, Entered, WorkFinished
from engine.lacking import asks_for_records, unkept
from engine.refusal import Refusal
from engine.refusals.entering import CheckNeeded, ReasonNeeded, ReasonNotListed
from engine.refusals.files import FileNeeded
from engine.refusals.people import TasksOpen
from engine.refusals.work import (
    NotOnChecklist,
)
from engine.rights import told
from engine.together import comes_to
from procedures.candidates import Candidate
from procedures.model import BackTo, Outcome, Step


def finish(
    draft: Draft,
    item: Item,
    outcome: Outcome,
    command: FinishWork,
    able: Candidate | None = None,
    *,
    skipped: bool = False,
) -> Refusal | None:
    """Finish an item with an outcome and move the case on, or return why that is refused.

    `able` is what whoever finishes it acts in; None for a machine. What is left out collects and lists nothing.
    """
    step = step_of(draft, item)
    refusal = _not_ready(draft, step, item, command)
    if refusal is not None:
        return refusal
    entered = enter(draft, step, command.fields, command.salt, item.member)
    if isinstance(entered, Refusal):
        return entered
    if step.several is not None:
        return _take_answer(draft, item, outcome, command, Given(entered, able))
    branch, transition = moves.take(draft, step, outcome)
    target = outcome.branches[branch].target
    returned = target if isinstance(target, BackTo) else None
    refusal = None if skipped else _may_take(draft, step, outcome, returned, command)
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
            skipped=skipped,
            **told(able),
        )
    )
    unticked = tuple(entry for entry in step.checklist if entry not in command.checked)
    goes_on = step.kind == "work" and _goes_on(step, outcome, returned)
    _record(draft, item, skipped=skipped, unticked=unticked if goes_on else ())
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
        clocks.keep(draft)  # whoever answered or is absent waits for no opinion any more
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
    if step.needs_file and not returns and not _has_file(draft, step):
        return FileNeeded(step.name)
    return missing(draft, step, step.collect, command.fields)


def _not_ready(draft: Draft, step: Step, item: Item, command: FinishWork) -> Refusal | None:
    """Return what keeps an item from being finished in any way; a time-out waits for nobody."""
    if command.actor == MACHINE and item.waits_for == "work":
        return None
    opinion = awaited(draft, item)
    if opinion is not None:
        return opinion
    for waits in item.open_tasks:
        return TasksOpen(step.name, who(draft, waits.to), waits.what)
    unlisted = next((entry for entry in command.checked if entry not in step.checklist), None)
    return NotOnChecklist(step.name, unlisted) if unlisted is not None else None


def _record(draft: Draft, item: Item, *, skipped: bool, unticked: tuple[str, ...]) -> None:
    """Record what can be seen at this moment only: a step left out, or done without all it lists."""
    if skipped:
        draft.happen(BreachRecorded(breach="skipped", item=item.number, step=item.step))
    elif unticked:
        procedure = draft.rules.procedure
        papers = unkept(draft.case, procedure.step(item.step)) if asks_for_records(procedure) else ()
        lacks = (*unticked, *papers)
        draft.happen(BreachRecorded(breach="missing_record", item=item.number, step=item.step, lacks=lacks))


def _goes_on(step: Step, outcome: Outcome, returned: BackTo | None) -> bool:
    """Tell whether a step is done and not merely judged: what is sent back or refused need not be complete."""
    return returned is None and step.goes_on(outcome)


def _has_file(draft: Draft, step: Step) -> bool:
    """Tell whether a file was attached at any attempt of a step."""
    numbers = {item.number for item in draft.case.attempts(step.key)}
    return any(file.item in numbers for file in draft.case.files)


def _listed(step: Step, reason: str) -> bool:
    return any(reason.strip() == one or reason.startswith(f"{one}:") for one in step.return_reasons)


def _may_take(
    draft: Draft, step: Step, outcome: Outcome, returned: BackTo | None, command: FinishWork
) -> Refusal | None:
    timed_out = command.actor == MACHINE and step.kind == "work"
    asked = step.kind == "work" and (step.reason_required or returned is not None)
    if asked and not timed_out and not (command.reason or "").strip():
        return ReasonNeeded()
    if returned is not None and step.return_reasons and not timed_out and not _listed(step, command.reason or ""):
        return ReasonNotListed(step.name, " | ".join(step.return_reasons))
    unticked = [entry for entry in step.required_checks if entry not in command.checked]
    if unticked and not timed_out and _goes_on(step, outcome, returned):
        return CheckNeeded(step.name, unticked[0])
    if step.needs_file and not timed_out and _goes_on(step, outcome, returned) and not _has_file(draft, step):
        return FileNeeded(step.name)
    if returned is None:  # a delay or a time-out asks nobody, so nobody could enter what it lacks
        return None if step.kind == "delay" or timed_out else missing(draft, step, step.collect)
    moves.refuse_one_too_many(draft, step, outcome, returned)
    return None
