"""A case as the drawing sees it: which steps are done, by whom, how long they took beside what was planned."""

from datetime import datetime

from engine.case import Case, Item, ItemStatus, is_late
from engine.handle import rules_for
from procedures.model import Step, Unit
from procedures.vietnamese import short_time, short_working_time
from procedures.words import Words, say
from visualize.case_words import Reading, holder_words, shown
from visualize.overlay import CaseView, Status, StepView

#: Units that go on at night: what they allow is compared with time by the clock.
_BY_CLOCK = {Unit.HOUR, Unit.DAY, Unit.MONTH}


def case_view(reading: Reading, case: Case) -> CaseView:
    """Return the view of a case; steps it has not reached are left out."""
    procedure = rules_for(case, reading.agency).procedure
    now = case.paused_at or reading.now  # clocks stand in a pause
    views = {
        step.key: _view(reading, step, case.attempts(step.key), now)
        for step in procedure.steps
        if case.attempts(step.key)
    }
    return CaseView(case.id, views, case.result)


def between(reading: Reading, step: Step, start: datetime, end: datetime) -> Words:
    """Say shortly how long it is between two instants, in the kind of time that the step is measured in."""
    if step.norm is not None and step.norm.within.unit in _BY_CLOCK:
        return short_time(round((end - start).total_seconds() / 60), reading.lang)
    return short_working_time(reading.agency.calendar.working_minutes(start, end), reading.lang)


def _view(reading: Reading, step: Step, attempts: tuple[Item, ...], now: datetime) -> StepView:
    parts = [item for item in attempts if item.attempt == attempts[-1].attempt]
    # Of several who do it together, one that is still open tells where the step stands.
    last = next((item for item in parts if item.live), parts[-1])
    done = {item.attempt for item in attempts if item.status is ItemStatus.DONE}
    end = last.finished_at or now
    return StepView(
        status=_status(last),
        passes=len(done),
        who=_who(reading, parts),
        when=shown(reading, last.finished_at or last.claimed_at or last.opened_at),
        planned=step.norm.within.text if step.norm else "",
        actual=between(reading, step, last.opened_at, end).into(reading.lang),
        late=last.due is not None and is_late(end, last.due),
        left=_left(reading, step, last, now) if last.live else "",
    )


def _who(reading: Reading, parts: list[Item]) -> str:
    if parts[0].member is not None:
        answered = sum(item.status is ItemStatus.DONE for item in parts)
        return say("{count} of {all} answered", count=answered, all=len(parts)).into(reading.lang)
    words = holder_words(reading, parts[0]) if parts[0].assignee else ""
    return words if isinstance(words, str) else words.into(reading.lang)


def _status(item: Item) -> Status:
    if item.live:
        return Status.CURRENT
    return Status.DONE if item.status is ItemStatus.DONE else Status.CANCELLED


def _left(reading: Reading, step: Step, item: Item, now: datetime) -> str:
    if item.due is None:
        return ""
    if is_late(now, item.due):
        return say("late by {time}", time=between(reading, step, item.due, now)).into(reading.lang)
    return say("{time} left", time=between(reading, step, now, item.due)).into(reading.lang)
