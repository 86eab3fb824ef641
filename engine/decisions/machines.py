"""Decisions about what no person asks: timers that fire, machines that answer, breaches that are seen."""

from datetime import datetime

from engine.case import Item, breach_key, is_late
from engine.commands import MACHINE, AnswerErrand, FinishWork, FireTimer, RecordBreach
from engine.decisions.family import decide_on
from engine.decisions.finishing import finish
from engine.decisions.looking import outcome_of, step_of, timed, waiting, who
from engine.decisions.together import time_out
from engine.draft import Draft
from engine.events import BreachRecorded
from engine.matters import Part
from engine.refusal import Refusal
from engine.refusals.access import OnlyTheSystem
from engine.refusals.life import NotInBreach
from engine.refusals.work import TooEarly, UnknownItem
from engine.telling import whom_to_tell

#: Breaches that follow from the clock.
_LATE = frozenset({"late_step", "late_case", "late_phase", "late_part"})


@decide_on.register
def _(command: FireTimer, draft: Draft) -> Refusal | None:
    item = timed(draft, command)
    if isinstance(item, Refusal):
        return item
    if item.timer is not None and draft.now < item.timer:
        return TooEarly(step_of(draft, item).name, item.timer)
    return _pass_on(draft, item, command) if item.waits_for == "delay" else time_out(draft, item, command)


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
    if breach_key(command.breach, command.item, command.part) in case.breaches:
        return None
    item = case.item(command.item) if command.item is not None else None
    if command.item is not None and item is None:
        return UnknownItem(case.id, command.item)
    if not _in_breach(draft, command, item):
        return NotInBreach(case.id)
    draft.happen(
        BreachRecorded(
            breach=command.breach,
            item=command.item,
            step=item.step if item is not None else None,
            part=command.part,
            due=_due(draft, command, item),
            told=_told(draft, command, item),
        )
    )
    return None


def _in_breach(draft: Draft, command: RecordBreach, item: Item | None) -> bool:
    """Judge the breaches that follow from the clock; the others are seen by whoever records them."""
    if command.breach not in _LATE:
        return command.breach != "returned" or any(done.returned_to for done in draft.case.items)
    due = _due(draft, command, item)
    return due is not None and is_late(_end(draft, command, item), due)


def _told(draft: Draft, command: RecordBreach, item: Item | None) -> tuple[str, ...]:
    """Return who is told of it: of lateness, those whom the procedure or the unit that is late has for that."""
    if command.breach not in _LATE:
        return ()
    return whom_to_tell(draft.rules, draft.case, item, draft.today)


def _due(draft: Draft, command: RecordBreach, item: Item | None) -> datetime | None:
    """Return the instant that a late breach is about, where there is one."""
    case = draft.case
    match command.breach:
        case "late_case":
            return case.due
        case "late_step":
            return item.due if item is not None else None
        case "late_phase":
            return next((run.due for run in case.phases if run.label == command.part), None)
        case "late_part":
            return next((part.due for part in _parts(item) if part.name == command.part), None)
    return None


def _end(draft: Draft, command: RecordBreach, item: Item | None) -> datetime:
    """Return when the time of a late breach ended: when it was done, stopped, or now."""
    case = draft.case
    if command.breach == "late_case":
        return case.ended_at or case.stopped_at or draft.now
    if command.breach == "late_phase":
        left = next((run.left_at for run in case.phases if run.label == command.part), None)
        return left or case.stopped_at or draft.now
    done = next((part.done_at for part in _parts(item) if part.name == command.part), None)
    finished = item.finished_at if item is not None else None
    return done or finished or case.work_stopped_at or draft.now


def _parts(item: Item | None) -> tuple[Part, ...]:
    return item.parts if item is not None else ()


def _pass_on(draft: Draft, item: Item, command: FireTimer | AnswerErrand) -> Refusal | None:
    told = {name: getattr(command, name) for name in ("outcome", "fields", "salt") if hasattr(command, name)}
    asked = FinishWork(id=command.id, actor=command.actor, case=command.case, item=command.item, **told)
    outcome = outcome_of(step_of(draft, item), asked.outcome)
    return outcome if isinstance(outcome, Refusal) else finish(draft, item, outcome, asked)
