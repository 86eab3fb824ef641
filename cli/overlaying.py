"""A case as the drawing sees it: which steps are done, by whom, how long they took beside what was planned."""

from cli.case_view import name_of, shown
from cli.desk import Desk
from engine.case import Case, Item, ItemStatus, is_late
from engine.handle import rules_for
from procedures.model import Step
from procedures.vietnamese import working_time
from procedures.words import say
from visualize.overlay import CaseView, Status, StepView


def case_view(desk: Desk, case: Case) -> CaseView:
    """Return the view of a case; steps it has not reached are left out."""
    procedure = rules_for(case, desk.agency).procedure
    views = {
        step.key: _view(desk, step, case.attempts(step.key)) for step in procedure.steps if case.attempts(step.key)
    }
    return CaseView(case.id, views, case.result)


def _view(desk: Desk, step: Step, attempts: tuple[Item, ...]) -> StepView:
    last = attempts[-1]
    done = [item for item in attempts if item.status is ItemStatus.DONE]
    end = last.finished_at or desk.now
    return StepView(
        status=_status(last),
        passes=len(done),
        who=name_of(desk, last.assignee) if last.assignee else "",
        when=shown(desk, end),
        planned=step.norm.within.text if step.norm else "",
        actual=desk.text(working_time(desk.agency.calendar.working_minutes(last.opened_at, end))),
        late=last.due is not None and is_late(end, last.due),
        left=_left(desk, last) if last.live else "",
    )


def _status(item: Item) -> Status:
    if item.live:
        return Status.CURRENT
    return Status.DONE if item.status is ItemStatus.DONE else Status.CANCELLED


def _left(desk: Desk, item: Item) -> str:
    if item.due is None:
        return ""
    calendar = desk.agency.calendar
    if is_late(desk.now, item.due):
        return desk.text(say("late by {time}", time=working_time(calendar.working_minutes(item.due, desk.now))))
    return desk.text(say("{time} left", time=working_time(calendar.working_minutes(desk.now, item.due))))
