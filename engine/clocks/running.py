"""The clock of a running case: when it stands, when it runs, and what that does to what is due."""

from datetime import datetime

from engine.case import Case, CaseStatus
from engine.clocks.dues import course_due, item_due
from engine.course import Course, length
from engine.draft import Draft
from engine.events import ClockStarted, ClockStopped


def stands(case: Case) -> bool:
    """Tell whether the time counts for nobody: paused, or only uncounted work is open."""
    live = case.live_items
    return case.status is CaseStatus.PAUSED or (bool(live) and not any(item.counted for item in live))


def keep(draft: Draft) -> None:
    """Stop or start the case clock as the open work demands."""
    if draft.case.over or draft.case.due is None:
        return
    if stands(draft.case):
        if draft.case.stopped_at is None:
            draft.happen(ClockStopped())
    else:
        start(draft)


def start(draft: Draft) -> None:
    """Let a stopped clock run: the due instant moves by the time that stood."""
    stopped_at, course = draft.case.stopped_at, draft.case.course
    if stopped_at is None or course is None:
        return
    calendar = draft.rules.calendar
    moved = course_due(course.stood(stopped_at, draft.now), calendar)
    draft.happen(ClockStarted(due=moved, stood_minutes=calendar.working_minutes(stopped_at, draft.now)))


def restart(draft: Draft) -> None:
    """Count the whole limit anew from now (NĐ 61/2018 Đ.19.4), by the limit of the issue that the case runs under."""
    stopped_at, within = draft.case.stopped_at, length(draft.rules.procedure.within)
    if draft.case.due is None or within is None:
        return
    calendar = draft.rules.calendar
    stood = calendar.working_minutes(stopped_at, draft.now) if stopped_at else 0
    fresh = course_due(Course(since=draft.now, within=within), calendar)
    draft.happen(ClockStarted(due=fresh, stood_minutes=stood, restarted=True, within=within))


def resumed_dues(draft: Draft, stopped_at: datetime) -> tuple[tuple[int, datetime], ...]:
    """Return the new due instants of the open items after their work stood since an instant."""
    rules, case = draft.rules, draft.case.but(stood=(*draft.case.stood, (stopped_at, draft.now)))
    dues = ((item.number, item_due(case, item, rules.procedure, rules.calendar_of)) for item in case.live_items)
    return tuple((number, due) for number, due in dues if due is not None)
