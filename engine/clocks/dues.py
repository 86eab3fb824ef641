"""Due instants as a pure function of recorded facts, the rules of the issue and a calendar: today's, or a new one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TypeAlias

from engine.case import Case, Item
from engine.course import Course, Extended, length, spans_after
from procedures.calendar import Calendar, paused
from procedures.calendar.durations import Rule
from procedures.calendar.pauses import extended
from procedures.model import Duration, Procedure, Step

#: By which calendar a unit works; None is the agency, by whose calendar cases are promised.
CalendarOf: TypeAlias = Callable[[str | None], Calendar]


@dataclass(frozen=True, slots=True)
class Dues:
    """When a case and its live items are due; items without a limit are left out."""

    case: datetime | None
    items: tuple[tuple[int, datetime], ...]


def dues_of(case: Case, procedure: Procedure, calendar_of: CalendarOf) -> Dues:
    """Return every due instant of a running case, reckoned anew from what was recorded.

    Under the calendars that the case has run by, this is what the case keeps. What stands at present moves nothing
    before it runs again.
    """
    items = ((item.number, item_due(case, item, procedure, calendar_of)) for item in case.live_items)
    due = course_due(case.course, calendar_of(None)) if case.course is not None else case.due
    return Dues(due, tuple((number, due) for number, due in items if due is not None))


def course_due(course: Course, calendar: Calendar, rule: Rule = "C1", cut_off: time | None = None) -> datetime:
    """Return when a limit is due that has run so: by the law (C1) for cases and phases, by norms (C2) for steps."""
    within = course.within.duration
    at = calendar.due(course.since, within, rule, cut_off)
    for move in course.moves:
        if isinstance(move, Extended):
            at = extended(calendar, at, move.by.duration)
        else:
            at = paused(calendar, at, [(move.since, move.until)], unit=within.unit)
    return at.astimezone(UTC)


def item_due(case: Case, item: Item, procedure: Procedure, calendar_of: CalendarOf) -> datetime | None:
    """Return when an item is due by its own norm and the calendar of its unit, or None where none is declared."""
    step = procedure.step(item.step)
    course = item_course(case, item, step)
    return None if course is None else course_due(course, calendar_of(item.unit), "C2", cut_off_of(step))


def item_course(case: Case, item: Item, step: Step) -> Course | None:
    """Return how the norm of an item has run, or None where none is declared."""
    within, since = length(norm_of(step)), item.since or item.opened_at
    if within is None:
        return None
    return Course(since=since, within=within, moves=spans_after(case.stood, since, item.finished_at))


def promise(procedure: Procedure, calendar: Calendar, start: datetime) -> datetime | None:
    """Return the due instant of a whole case by the counting rule of the law (C1), or None where none is declared."""
    within = length(procedure.within)
    return None if within is None else course_due(Course(since=start, within=within), calendar)


def norm_due(step: Step, calendar: Calendar, start: datetime) -> datetime | None:
    """Return the due instant of a step by the counting rule of systems (C2), or None where none is declared."""
    within = norm_of(step)
    if within is None or not within.measured:
        return None
    return calendar.due(start, within, "C2", cut_off_of(step)).astimezone(UTC)


def norm_of(step: Step) -> Duration | None:
    """Return the time that a step may take, or that a delay lasts."""
    return step.delay or (step.norm.within if step.norm else None)


def cut_off_of(step: Step) -> time | None:
    """Return the hour after which a step takes nothing in on the same day; a delay has none."""
    return None if step.delay or step.hand_over_cut_off is None else time.fromisoformat(step.hand_over_cut_off)
