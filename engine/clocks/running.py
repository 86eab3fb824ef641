"""The clock of a running case: when it stands, when it runs, and what that does to what is due."""

from datetime import datetime

from engine.case import Case, CaseStatus
from engine.clocks.dues import course_due, work_dues
from engine.clocks.limits import case_limit, counted_since
from engine.course import Course, length
from engine.draft import Draft
from engine.events import (
    ClockStarted,
    ClockStopped,
    LimitBegan,
    MovedDues,
    MovedParts,
    PhaseEntered,
    PhaseLeft,
    PhasesMoved,
)
from procedures.model import Phase
from procedures.net import ready


def stands(case: Case) -> bool:
    """Tell whether the time counts for nobody: paused, waiting for others, or only uncounted work is open."""
    awaited = case.supplement
    if case.status is CaseStatus.PAUSED or (awaited is not None and awaited.clock != "none"):
        return True
    waits = (one for one in case.consultations if one.open and one.waits and not one.counted)
    if any(case.items[one.item - 1].live for one in waits):
        return True
    live = case.live_items
    return bool(live) and not any(item.counted for item in live)


def keep(draft: Draft) -> None:
    """Begin, stop or start the clocks of the case and of its phases as what is open demands."""
    if draft.case.over:
        return
    _begin(draft)
    if not stands(draft.case):
        start(draft)
    _keep_phases(draft)
    limited = draft.case.course is not None or draft.case.running_phases
    if limited and stands(draft.case) and draft.case.stopped_at is None:
        draft.happen(ClockStopped())


def start(draft: Draft) -> None:
    """Let a stopped clock run: what is due moves by the time that stood."""
    stopped_at, course = draft.case.stopped_at, draft.case.course
    if stopped_at is None:
        return
    _move_phases(draft, stopped_at)
    calendar = draft.rules.calendar
    moved = draft.case.due if course is None else course_due(course.stood(stopped_at, draft.now), calendar)
    draft.happen(ClockStarted(due=moved, stood_minutes=calendar.working_minutes(stopped_at, draft.now)))


def restart(draft: Draft) -> None:
    """Count the whole limit anew from now (NĐ 61/2018 Đ.19.4), by the limit of the issue that the case runs under."""
    stopped_at, within, calendar = draft.case.stopped_at, length(case_limit(draft)), draft.rules.calendar
    if draft.case.running_phases:
        courses = ((run.number, run.course.but(since=draft.now, moves=())) for run in draft.case.running_phases)
        draft.happen(PhasesMoved(dues=tuple((number, course_due(course, calendar)) for number, course in courses)))
    if draft.case.course is None or within is None:
        start(draft)
        return
    stood = calendar.working_minutes(stopped_at, draft.now) if stopped_at else 0
    fresh = course_due(Course(since=draft.now, within=within), calendar)
    draft.happen(ClockStarted(due=fresh, stood_minutes=stood, restarted=True, within=within))


def resumed_dues(draft: Draft, stopped_at: datetime) -> tuple[MovedDues, MovedParts]:
    """Return the new due instants of the open items, and of parts of them, after their work stood since an instant."""
    return _dues(draft, draft.case.but(stood=(*draft.case.stood, (stopped_at, draft.now))))


def restarted_dues(draft: Draft) -> tuple[MovedDues, MovedParts]:
    """Return the same where the norms of the open items are counted anew from now."""
    items = tuple(item.but(since=draft.now) if item.live else item for item in draft.case.items)
    return _dues(draft, draft.case.but(items=items))


def _dues(draft: Draft, case: Case) -> tuple[MovedDues, MovedParts]:
    return work_dues(case, draft.rules.procedure, draft.rules.calendar_of)


def _begin(draft: Draft) -> None:
    """Make the promise once the limit is known and its start event has happened."""
    if draft.case.course is not None or draft.rules.procedure.within is None:
        return
    since, within = counted_since(draft), length(case_limit(draft))
    if since is not None and within is not None:
        due = course_due(Course(since=since, within=within), draft.rules.calendar)
        draft.happen(LimitBegan(since=since, within=within, due=due))


def _keep_phases(draft: Draft) -> None:
    """Enter the phases whose steps are open, leave those of which none is open or about to be."""
    if not draft.rules.procedure.phases:
        return
    within = {phase.name: length(phase.within) for phase in draft.rules.procedure.phases}
    if not any(within.values()):
        return
    inside = {phase.name for phase in draft.rules.procedure.phases if _inside(draft.case, phase)}
    running = {run.name for run in draft.case.running_phases}
    for run in draft.case.running_phases:
        if run.name not in inside:
            if draft.case.stopped_at is not None:
                _move_phases(draft, draft.case.stopped_at, run.number)
            draft.happen(PhaseLeft(phase=run.number))
    for name, limit in within.items():
        if limit is not None and name in inside - running:
            due = course_due(Course(since=draft.now, within=limit), draft.rules.calendar)
            draft.happen(PhaseEntered(phase=len(draft.case.phases) + 1, name=name, within=limit, due=due))


def _inside(case: Case, phase: Phase) -> bool:
    """Tell whether a step of the phase is open, or has arrived at a join within it."""
    places = {ready(step) for step in phase.steps}
    waiting = tuple(f">{step}" for step in phase.steps)
    sources = tuple(f"from:{step}>" for step in phase.steps)
    return any(place in places or (place.startswith(sources) and place.endswith(waiting)) for place in case.marking)


def _move_phases(draft: Draft, stopped_at: datetime, only: int | None = None) -> None:
    """Move the budgets of the phases the case is in, or one of them, by the time that stood."""
    runs = [run for run in draft.case.running_phases if only in {None, run.number}]
    courses = ((run, run.course.stood(max(stopped_at, run.course.since), draft.now)) for run in runs)
    dues = tuple((run.number, course_due(course, draft.rules.calendar)) for run, course in courses)
    if dues:
        draft.happen(PhasesMoved(dues=dues, since=stopped_at))
