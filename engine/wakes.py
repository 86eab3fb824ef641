"""What else than cases and items has a due instant that somebody must look at: phases, parts, supplements, opinions."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal, NamedTuple

from engine.case import Case, Item, ItemStatus, breach_key, is_late

#: What is to be done when the time has come: a breach of this kind is recorded, or the thing is closed.
WakeKind = Literal["late_phase", "late_part", "supplement", "opinion"]


class Wake(NamedTuple):
    """Something of a case with a due instant: a phase or a part by name (`part`), the rest by `number`."""

    due: datetime
    case: str
    kind: WakeKind
    number: int
    part: str | None = None


def wakes(case: Case) -> Iterator[Wake]:
    """Yield everything of a case that a sweep must still look at, and when."""
    yield from _phases(case)
    for item in case.items:
        if item.parts:
            yield from _parts(case, item)
    if case.over:
        return
    awaited = case.supplement
    if awaited is not None and awaited.expires is not None and case.paused_at is None:
        yield Wake(awaited.expires, case.id, "supplement", awaited.number)
    for asked in case.consultations:
        if asked.open:
            yield Wake(asked.due, case.id, "opinion", asked.number)


def next_wake(case: Case) -> datetime | None:
    """Return the first instant at which a sweep must look at a case for anything of this."""
    if not (case.phases or case.supplements or case.consultations or any(item.parts for item in case.items)):
        return None  # as most cases are, at every step
    return min((one.due for one in wakes(case)), default=None)


def passed(case: Case, limit: datetime) -> list[Wake]:
    """Return what was due before an instant and has not been looked at, in order."""
    return sorted(one for one in wakes(case) if one.due < limit)


def _phases(case: Case) -> Iterator[Wake]:
    for run in case.phases:
        told = breach_key("late_phase", None, run.label) in case.breaches
        stands = run.left_at is None and case.stopped_at is not None
        if not told and not stands and (run.left_at is None or is_late(run.left_at, run.due)):
            yield Wake(run.due, case.id, "late_phase", 0, run.label)


def _parts(case: Case, item: Item) -> Iterator[Wake]:
    for part in item.parts:
        end = part.done_at or item.finished_at
        told = breach_key("late_part", item.number, part.name) in case.breaches
        stands = end is None and case.work_stopped_at is not None
        given_up = item.status is ItemStatus.CANCELLED and end is not None and not is_late(end, part.due)
        if not told and not stands and not given_up and (end is None or is_late(end, part.due)):
            yield Wake(part.due, case.id, "late_part", item.number, part.name)
