"""The worst moment to hand a case in: every intake of the decided years, with every step done as late as it may be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from procedures.calendar import Calendar
from procedures.calendar.faults import OutOfReachError
from procedures.calendar.instants import MINUTE, instant
from procedures.check.amounts import scale
from procedures.check.budget import Latest, Reckoning, latest
from procedures.check.plan import SITUATIONS, Plan, plan_of
from procedures.check.subject import Subject
from procedures.model import Duration, Unit

if TYPE_CHECKING:
    from procedures.calendar.vectors import Instants, Vectors

#: Limits that end on a date, whatever the hour at which they begin.
_BY_DATE = {Unit.WORKING_DAY, Unit.DAY, Unit.MONTH}
#: Instants that one search reckons in all.
_INSTANTS = 60_000_000
#: More minutes than pass between any two instants looked at.
_LONG = 10**9


@dataclass(frozen=True, slots=True)
class Norms:
    """What is held against a limit: the measured times of steps, and the hours after which they take nothing in."""

    limit: Duration
    times: Mapping[str, Duration]
    cut_offs: Mapping[str, time]


@dataclass(frozen=True, slots=True)
class Worst:
    """The intake after which a case is latest: when it may end although every step is on time, and when it is due.

    `way` are the steps on its longest way; `always`: every other intake is late too. Instants are in the calendar's
    zone.
    """

    start: datetime
    finish: datetime
    due: datetime
    way: tuple[str, ...]
    always: bool


def decided_years(subject: Subject) -> tuple[int, ...]:
    """Return the years whose days off are decided; of a calendar good for every year, that of the issue."""
    if subject.calendar is None:
        return ()
    if subject.calendar.version.open_ended:
        return (subject.on.year,)
    return tuple(sorted(year.year for year in subject.calendar.version.years if year.decided))


def shortest_day(subject: Subject) -> int:
    """Return the fewest minutes that are worked on a working day of the decided years; 1 where none is worked."""
    return _shortest_day(_calendar(subject), decided_years(subject))


@lru_cache(maxsize=8)
def _shortest_day(calendar: Calendar, years: tuple[int, ...]) -> int:
    first, last = date(years[0], 1, 1), date(years[-1], 12, 31)
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    worked = (sum(session.closes - session.opens for session in calendar.sessions_on(day)) for day in days)
    return min((minutes for minutes in worked if minutes), default=1)


def worst_intake(subject: Subject, norms: Norms, *, returns: bool, every_minute: bool = False) -> Worst | None:
    """Return the worst intake, or None where no case is late; the subject has a calendar with decided years.

    A limit that ends on a date is the same for all intakes of a day, and no later intake ends earlier: so the last
    minute of each day is its worst, and the first its best. For other limits, and where `every_minute` is asked for,
    all minutes of all sessions are reckoned. How late is working time for limits in working time, else real time.
    Raises OutOfReachError where the calendar has too little working time.
    """
    by_date = norms.limit.unit in _BY_DATE and not every_minute
    vectors, starts = _intakes(_calendar(subject), decided_years(subject), by_date=by_date)
    if not len(starts):
        raise OutOfReachError
    plan = plan_of(subject, min(SITUATIONS, _INSTANTS // (len(starts) + 1_000)))
    ends = _latest(plan, norms, vectors, starts, returns=returns).end
    dues = vectors.due(starts, norms.limit, "C1")
    late = ends // MINUTE - dues // MINUTE
    if int(late.max()) <= 0:
        return None
    weight = late
    if scale(norms.limit) == "working":
        # What is worked decides; where two are alike, or nothing is worked in between, the time that passes.
        weight = (vectors.worked_between(dues, ends) // MINUTE).clip(0) * _LONG + late
    number = len(late) - 1 - int(weight[::-1].argmax())
    start = starts[number : number + 1]
    way = _latest(plan, norms, vectors, start, returns=returns).way
    received, finish, due = (instant(int(at[number]), vectors.calendar.zone) for at in (starts, ends, dues))
    return Worst(received, finish, due, way, always=bool((late > 0).all()))


def _latest(plan: Plan, norms: Norms, vectors: "Vectors", starts: "Instants", *, returns: bool) -> "Latest[Instants]":
    import numpy as np

    def finished(step: str, at: "Instants") -> "Instants":
        within = norms.times.get(step)
        return at if within is None else vectors.due(at, within, "C2", norms.cut_offs.get(step))

    def last(values: "Sequence[Instants]") -> "tuple[Instants, int]":
        together = np.stack(values)
        return together.max(axis=0), int(together[:, 0].argmax())

    def nth(values: "Sequence[Instants]", number: int) -> "tuple[Instants, int]":
        together = np.stack(values)
        order = together[:, 0].argsort(kind="stable")
        return np.sort(together, axis=0)[number - 1], int(order[number - 1])

    return latest(plan, starts, Reckoning(finished, last, nth), returns=returns)


def _calendar(subject: Subject) -> Calendar:
    if subject.calendar is None:
        raise ValueError("without a calendar there is no intake to look at")
    return subject.calendar


@lru_cache(maxsize=8)
def _intakes(calendar: Calendar, years: tuple[int, ...], *, by_date: bool) -> "tuple[Vectors, Instants]":
    """Return the calendar as arrays, and all minutes of its sessions, or the first and last of every date."""
    import numpy as np

    from procedures.calendar.vectors import Vectors

    vectors = Vectors(calendar, years[0], years[-1])
    minutes = np.concatenate([vectors.received(date(year, 1, 1), date(year, 12, 31)) for year in years])
    return vectors, vectors.ends_of_each_date(minutes) if by_date else minutes
