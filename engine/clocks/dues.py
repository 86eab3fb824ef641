"""Due instants as a pure function of recorded facts, the rules of the issue and a calendar: today's, or a new one."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TypeAlias

from engine.case import Case, Item
from engine.course import Course, Extended, Length, length, spans_after
from engine.events import MovedDues, MovedParts
from engine.matters import Consultation, Supplement
from procedures.calendar import Calendar, paused
from procedures.calendar.durations import Rule
from procedures.calendar.pauses import extended
from procedures.model import LATE, Duration, Procedure, Step

#: By which calendar a unit works; None is the agency, by whose calendar cases are promised.
CalendarOf: TypeAlias = Callable[[str | None], Calendar]


@dataclass(frozen=True, slots=True)
class Dues:
    """When a case is due, and by number its live items, their parts that are not done, and the phases it is in.

    `supplements` and `opinions` are those that are awaited, by number, and until when.
    What has no limit is left out.
    """

    case: datetime | None
    items: MovedDues
    parts: MovedParts = ()
    phases: MovedDues = ()
    supplements: MovedDues = ()
    opinions: MovedDues = ()


def dues_of(case: Case, procedure: Procedure, calendar_of: CalendarOf) -> Dues:
    """Return every due instant of a running case, reckoned anew from what was recorded.

    Under the calendars that the case has run by, this is what the case keeps. What stands at present moves nothing
    before it runs again.
    """
    due = course_due(case.course, calendar_of(None)) if case.course is not None else case.due
    items, parts = work_dues(case, procedure, calendar_of)
    calendar = calendar_of(None)
    phases = tuple((run.number, course_due(run.course, calendar)) for run in case.running_phases)
    asked, opinions = (case.supplement,) if case.supplement else (), (one for one in case.consultations if one.open)
    return Dues(due, items, parts, phases, _awaited(asked, calendar), _awaited(opinions, calendar))


def work_dues(case: Case, procedure: Procedure, calendar_of: CalendarOf) -> tuple[MovedDues, MovedParts]:
    """Return the due instants of the live items of a case, and of the parts of them that are not done.

    Each is counted by the calendar of its unit. The time-out of an item is among its parts, under the name `LATE`.
    """
    items, parts = list[tuple[int, datetime]](), list[tuple[int, str, datetime]]()
    for item in case.live_items:
        step, calendar = procedure.step(item.step), calendar_of(item.unit)
        course = item_course(case, item, step)
        if course is not None:
            items.append((item.number, course_due(course, calendar, "C2", cut_off_of(step))))
        parts += [(item.number, name, due) for name, due in _parts(case, item, step, calendar)]
    return tuple(items), tuple(parts)


def _awaited(asked: Iterable[Supplement | Consultation], calendar: Calendar) -> MovedDues:
    """Return until when what others were asked for is awaited, by the law (C1)."""
    known = ((one.number, Course(since=one.asked_at, within=one.within)) for one in asked if one.within is not None)
    return tuple((number, course_due(course, calendar)) for number, course in known)


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


def item_course(case: Case, item: Item, step: Step) -> Course | None:
    """Return how the norm of an item has run, or None where none is declared."""
    within = length(norm_of(step, item.variant))
    return None if within is None else _course(case, item, within)


def expiry(step: Step, calendar: Calendar, start: datetime, variant: int | None = None) -> datetime | None:
    """Return when the time-out of a step that opens at `start` comes, or None where none is declared."""
    within = time_out_of(step, variant)
    if within is None or not within.measured:
        return None
    return calendar.due(start, within, "C2", cut_off_of(step)).astimezone(UTC)


def time_out_of(step: Step, variant: int | None = None) -> Duration | None:
    """Return the time after which a step is timed out, if it can be."""
    if step.timeout is None:
        return None
    return step.timeout.after or norm_of(step, variant)


def promise(procedure: Procedure, calendar: Calendar, start: datetime) -> datetime | None:
    """Return the due instant of a whole case by the counting rule of the law (C1), or None where none is declared."""
    within = length(procedure.within)
    return None if within is None else course_due(Course(since=start, within=within), calendar)


def norm_due(step: Step, calendar: Calendar, start: datetime, variant: int | None = None) -> datetime | None:
    """Return the due instant of a step by the counting rule of systems (C2), or None where none is declared."""
    within = norm_of(step, variant)
    if within is None or not within.measured:
        return None
    return calendar.due(start, within, "C2", cut_off_of(step)).astimezone(UTC)


def part_dues(step: Step, calendar: Calendar, start: datetime) -> tuple[tuple[str, datetime], ...]:
    """Return the parts of a step that have a limit of their own, and when each is due (C2)."""
    measured = (part for part in step.sublimits if part.within.measured)
    cut_off = cut_off_of(step)
    return tuple((part.name, calendar.due(start, part.within, "C2", cut_off).astimezone(UTC)) for part in measured)


def norm_of(step: Step, variant: int | None = None) -> Duration | None:
    """Return the time that a step may take, or that a delay lasts."""
    if step.delay is not None or step.norm is None:
        return step.delay
    return step.norm.within if variant is None else step.norm.variants[variant].within


def cut_off_of(step: Step) -> time | None:
    """Return the hour after which a step takes nothing in on the same day; a delay has none."""
    return None if step.delay or step.hand_over_cut_off is None else time.fromisoformat(step.hand_over_cut_off)


def part_course(case: Case, item: Item, step: Step, name: str) -> Course | None:
    """Return how the limit of a part of a step, or its time-out (`LATE`), has run; None where none is declared."""
    if name == LATE:
        within = length(time_out_of(step, item.variant))
    else:
        within = next((length(part.within) for part in step.sublimits if part.name == name), None)
    return None if within is None else _course(case, item, within)


def _parts(case: Case, item: Item, step: Step, calendar: Calendar) -> Iterator[tuple[str, datetime]]:
    """Yield when the parts of an item that are not done are due, and when its time-out comes."""
    waiting = [part.name for part in item.parts if part.done_at is None]
    for name in (*waiting, LATE) if item.expires else waiting:
        course = part_course(case, item, step, name)
        if course is not None:
            yield name, course_due(course, calendar, "C2", cut_off_of(step))


def _course(case: Case, item: Item, within: Length) -> Course:
    since = item.since or item.opened_at
    return Course(since=since, within=within, moves=spans_after(case.stood, since, item.finished_at))
