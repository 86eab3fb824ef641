"""What time hangs on the values entered: which limits apply, from when they count, until which day a step waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TypedDict

from engine.case import Item
from engine.clocks.dues import course_due, work_dues
from engine.clocks.limits import case_limit, counted_since, step_variant
from engine.course import Course, Length, Stood, length
from engine.draft import Draft
from engine.events import MovedDues, MovedParts
from procedures.calendar import Calendar
from procedures.model import LATE, Step


class Moved(TypedDict, total=False):
    """What an event tells of the time that a corrected value moves."""

    course: Course
    due: datetime
    variants: tuple[tuple[int, int | None], ...]
    dues: MovedDues
    parts: MovedParts


@dataclass(frozen=True, slots=True)
class Hanging:
    """How the time of a running case hangs on its values: variants and days are those of live items, by number."""

    since: datetime | None
    within: Length | None
    variants: Mapping[int, int | None]
    days: Mapping[int, datetime | None]


def hanging(draft: Draft) -> Hanging:
    """Return how the time of a case hangs on the values as the draft has them."""
    steps = [(item, draft.rules.plan.steps[item.step]) for item in draft.case.live_items]
    variants = {item.number: step_variant(draft, step) for item, step in steps}
    waiting = [(item, step) for item, step in steps if step.delay_until is not None]
    days = {item.number: day_awaited(draft, step, draft.rules.calendar_of(item.unit)) for item, step in waiting}
    return Hanging(counted_since(draft), length(case_limit(draft)), variants, days)


def day_awaited(draft: Draft, step: Step, calendar: Calendar) -> datetime | None:
    """Return the beginning of the day until which a step waits; None while nobody has entered it."""
    day = draft.values.get(step.delay_until or "")
    return datetime.combine(day, time(0), calendar.zone).astimezone(UTC) if isinstance(day, date) else None


def moved(draft: Draft, before: Hanging) -> Moved:
    """Return what is due otherwise now that values were corrected; of a case that is over nothing is."""
    told: Moved = {}
    if draft.case.over:
        return told
    after = hanging(draft)
    course = _course(draft.case.course, before, after)
    if course is not None and course != draft.case.course:
        told["course"], told["due"] = course, course_due(course, draft.rules.calendar)
    variants = {number: one for number, one in after.variants.items() if one != before.variants[number]}
    days = [(number, LATE, day) for number, day in after.days.items() if day and day != before.days[number]]
    dues, parts = _work(draft, variants)
    if variants:
        told["variants"], told["dues"] = tuple(variants.items()), dues
    if parts or days:
        told["parts"] = (*parts, *days)
    return told


def _course(course: Course | None, before: Hanging, after: Hanging) -> Course | None:
    """Return how the limit of the case runs by what the values say now."""
    if course is None:
        return None
    if after.within is not None and after.within != before.within:
        course = course.but(within=after.within)
    since = after.since
    if since is None or since == before.since or course.since != before.since:  # it has been counted anew since
        return course
    moves = (move for move in course.moves if not isinstance(move, Stood) or move.until > since)
    return course.but(since=since, moves=tuple(moves))


def _work(draft: Draft, variants: Mapping[int, int | None]) -> tuple[MovedDues, MovedParts]:
    def varied(item: Item) -> Item:
        return item.but(variant=variants[item.number]) if item.number in variants else item

    there = draft.case.but(items=tuple(varied(item) for item in draft.case.items))
    dues, parts = work_dues(there, draft.rules.procedure, draft.rules.calendar_of)
    mine = tuple(one for one in parts if one[0] in variants)
    return tuple(one for one in dues if one[0] in variants), mine
