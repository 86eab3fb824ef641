"""What stops or moves a running deadline: pauses, supplements, extensions, and a new calendar version."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal, TypeAlias

from procedures.calendar.clock import Calendar
from procedures.calendar.durations import Rule, due
from procedures.calendar.faults import ends_before_it_begins
from procedures.calendar.instants import instant, micros
from procedures.model import Duration, Unit

Pause: TypeAlias = tuple[datetime, datetime]
#: What a request for supplements does to the deadline; NĐ 61/2018 art. 19.4 restarts it.
Supplement: TypeAlias = Literal["restart", "pause", "exclude", "none"]


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


def may_extend(calendar: Calendar, current: datetime, asked: datetime, already: int, cap: int = 1) -> bool:
    """Tell whether an extension asked at `asked` is in order: below the cap, a working day or more before expiry."""
    if already >= cap:
        return False
    asked_on, due_on = calendar.local_date(asked), calendar.local_date(current)
    return micros(asked) < micros(current) and calendar.working_days(asked_on, due_on) >= 1


def extended(calendar: Calendar, base: datetime, by: Duration, rule: Rule = "C1") -> datetime:
    """Return the due instant of an extension, computed from the due instant before it; the caller keeps that one."""
    return due(calendar, base, by, rule)


@dataclass(frozen=True, slots=True)
class Running:
    """An open deadline as it was promised; `recorded` is the due instant that counts now."""

    start: datetime
    within: Duration
    recorded: datetime
    rule: Rule = "C1"
    cut_off: time | None = None
    pauses: tuple[Pause, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """A deadline that another calendar version moves; the promised instant stays beside the recomputed one."""

    key: str
    promised: datetime
    recomputed: datetime

    @property
    def by(self) -> timedelta:
        """Return how much later it is due in real time (negative: earlier)."""
        return timedelta(microseconds=micros(self.recomputed) - micros(self.promised))


def recompute(calendar: Calendar, running: Running) -> datetime:
    """Return when an open deadline is due under `calendar`."""
    fresh = due(calendar, running.start, running.within, running.rule, running.cut_off)
    return paused(calendar, fresh, running.pauses, since=running.start, unit=running.within.unit)


def moved(calendar: Calendar, open_deadlines: Mapping[str, Running]) -> list[Moved]:
    """Return the open deadlines that a new calendar version moves, in the order of the mapping."""
    found = ((key, item.recorded, recompute(calendar, item)) for key, item in open_deadlines.items())
    return [Moved(key, before, after) for key, before, after in found if micros(before) != micros(after)]


def supplemented(
    calendar: Calendar, running: Running, asked: datetime, received: datetime, policy: Supplement = "restart"
) -> datetime:
    """Return the due instant after supplements were asked for and received, under the declared policy."""
    if policy == "restart":
        return due(calendar, received, running.within, running.rule, running.cut_off)
    if policy == "none":
        return running.recorded
    return paused(calendar, running.recorded, [(asked, received)], since=running.start, unit=running.within.unit)
