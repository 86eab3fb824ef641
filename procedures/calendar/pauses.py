"""What moves a running deadline: pauses, and extensions."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TypeAlias

from procedures.calendar.clock import Calendar
from procedures.calendar.durations import Rule, due
from procedures.calendar.faults import ends_before_it_begins
from procedures.calendar.instants import instant, micros
from procedures.model import Duration, Unit

Pause: TypeAlias = tuple[datetime, datetime]


def paused(
    calendar: Calendar,
    due_at: datetime,
    pauses: Iterable[Pause],
    since: datetime | None = None,
    unit: Unit = Unit.WORKING_MINUTE,
) -> datetime:
    """Return the due instant moved by exactly the working time of the pauses; of a 24/7 duration, by real time.

    Pauses may overlap and come in any order; what lies before `since`, or begins at or after the due instant
    that the earlier pauses give, moves nothing. ClockFault for a pause that ends before it begins.
    """
    at, first = micros(due_at), None if since is None else micros(since)
    for start, end in _merged(pauses, first):
        if start >= at:
            break
        at = at + end - start if unit is Unit.HOUR else calendar.add(at, calendar.between(start, end))
    return instant(at, calendar.zone)


def _merged(pauses: Iterable[Pause], first: int | None) -> Iterator[tuple[int, int]]:
    """Yield the pauses in order, each instant once, without those of no length."""
    spans = sorted((micros(start), micros(end)) for start, end in pauses)
    if any(end < start for start, end in spans):
        raise ends_before_it_begins()
    reached = first
    for start, end in spans:
        begin = start if reached is None else max(start, reached)
        if end > begin:
            reached = end
            yield begin, end


def extended(calendar: Calendar, base: datetime, by: Duration, rule: Rule = "C1") -> datetime:
    """Return the due instant of an extension, computed from the due instant before it; the caller keeps that one."""
    return due(calendar, base, by, rule)
