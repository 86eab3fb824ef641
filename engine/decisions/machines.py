"""Decisions about what no person asks: timers that fire, machines that answer, breaches that are seen."""

from engine.case import Item, breach_key, is_late
from engine.commands import MACHINE, AnswerErrand, FinishWork, FireTimer, RecordBreach
from engine.decisions.family import decide_on
from engine.decisions.finishing import finish
from engine.decisions.looking import outcome_of, step_of, waiting, who
from engine.draft import Draft
from engine.events import (
    BreachRecorded,
)
from engine.refusal import Refusal
from engine.refusals.access import OnlyTheSystem
from engine.refusals.life import NotInBreach
from engine.refusals.work import (
    TooEarly,
    UnknownItem,
)


@decide_on.register
def _(command: FireTimer, draft: Draft) -> Refusal | None:
    item = waiting(draft, command, "delay")
    if isinstance(item, Refusal):
        return item
    if item.due is not None and draft.now < item.due:
        return TooEarly(step_of(draft, item).name, item.due)
    return _pass_on(draft, item, command)


@decide_on.register
def _(command: AnswerErrand, draft: Draft) -> Refusal | None:
    item = waiting(draft, command, "errand", "sub_case")
    if isinstance(item, Refusal):
        return item
    return _pass_on(draft, item, command)


@decide_on.register
def _(command: RecordBreach, draft: Draft) -> Refusal | None:
    case = draft.case
    if command.actor != MACHINE:
        return OnlyTheSystem(who(draft, command.actor))
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


def _in_breach(draft: Draft, command: RecordBreach, item: Item | None) -> bool:
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


def _pass_on(draft: Draft, item: Item, command: FireTimer | AnswerErrand) -> Refusal | None:
    told = {name: getattr(command, name) for name in ("outcome", "fields", "salt") if hasattr(command, name)}
    asked = FinishWork(id=command.id, actor=command.actor, case=command.case, item=command.item, **told)
    outcome = outcome_of(step_of(draft, item), asked.outcome)
    return outcome if isinstance(outcome, Refusal) else finish(draft, item, outcome, asked)
