"""What charts of one procedure are drawn from: finished cases, open ones, the flow of both, steps, months."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from quality.columns import NEVER, Behind, Numbers, late, open_at
from quality.figure import Figure
from quality.groups import Group
from quality.indicators import completed, on_time, working_times
from quality.meter import Worked
from quality.periods import Period, last
from quality.spread import PERCENTILES, percentiles
from quality.steps import finished

DAY = 8 * 3600
_MONTHS = 24
#: A flow is told on at most so many days of a period.
_DAYS = 53


@dataclass(frozen=True, slots=True)
class Finished:
    """Completed cases of a period by their end: when (seconds since 1970 UTC), how long in working days, how late."""

    cases: Behind
    ended_at: tuple[int, ...]
    days: tuple[float, ...]
    late: tuple[bool, ...]
    levels: tuple[tuple[int, float], ...]  # per cent, and the days that so many do not exceed


@dataclass(frozen=True, slots=True)
class Open:
    """An open step at the end of a period: how old, in working days, each case is that stands there."""

    step: str
    cases: Behind
    days: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """How many cases had come, and how many had gone, before an instant, among those open or opened since the start."""

    at: datetime
    come: int
    gone: int


@dataclass(frozen=True, slots=True)
class Heat:
    """A step in a period: times done, medians of waiting and working in working days, the share done late."""

    step: str
    times: int
    waiting: float | None
    working: float | None
    late: float | None
    cases: Behind
    outcomes: tuple[tuple[str, int], ...]


def finished_cases(group: Group, period: Period, worked: Worked) -> Finished:
    """Return the completed cases of a period in the order in which they ended."""
    rows = completed(group, period)
    rows = rows[np.lexsort((group.cases.place[rows], group.cases.ended_at[rows]))]
    times = working_times(group, rows, worked)
    levels = zip(PERCENTILES, percentiles(times, PERCENTILES), strict=True)
    return Finished(
        group.behind(rows),
        tuple(group.cases.ended_at[rows].tolist()),
        tuple((times / DAY).tolist()),
        tuple(group.cases.late[rows].tolist()),
        tuple((percent, value / DAY) for percent, value in levels if value is not None),
    )


def open_cases(group: Group, period: Period, worked: Worked, order: Sequence[str]) -> list[Open]:
    """Return the open cases at the end of a period by the step that they stand at, steps in a given order."""
    items, end = group.items, min(period.until, group.as_of)
    still = np.flatnonzero(open_at(items.opened_at, items.finished_at, end))
    opened = np.zeros(len(group.ids), np.int64)
    opened[group.cases.place] = group.cases.opened_at
    found = {}
    for name, code in items.step[still].present():
        behind = Behind(group.ids, items.case[still[items.step.codes[still] == code]]).once()
        ages = (worked(end) - worked(opened[behind.places])) / DAY
        found[name] = Open(name, behind, tuple(ages.tolist()))
    known = [step for step in order if step in found]
    return [found[step] for step in [*known, *sorted(found.keys() - set(known))]]


def flow(group: Group, period: Period) -> list[Flow]:
    """Return how many cases had come and gone, day by day or in longer steps; the difference is what was open."""
    cases, end = group.cases, min(period.until, group.as_of)
    count = max(1, -(-(end - period.since) // 86_400))
    step = timedelta(days=-(-count // _DAYS))
    days = [period.start + step * number for number in range(-(-count // step.days))]
    until = datetime.fromtimestamp(end, period.start.tzinfo)
    alive = (cases.ended_at == NEVER) | (cases.ended_at >= period.since)
    come, gone = np.sort(cases.opened_at[alive]), np.sort(cases.ended_at[alive & (cases.ended_at != NEVER)])
    found = []
    for at in [*(day for day in days if day < until), until]:
        before = int(at.timestamp())
        found.append(Flow(at, int(np.searchsorted(come, before)), int(np.searchsorted(gone, before))))
    return found


def heat(group: Group, period: Period, worked: Worked) -> dict[str, Heat]:
    """Return each step that was finished in a period."""
    items = group.items
    done = np.flatnonzero(finished(items, period))
    return {name: _heat(group, name, done[items.step.codes[done] == code], worked) for name, code in
            items.step[done].present()}  # fmt: skip


def _heat(group: Group, step: str, rows: Numbers, worked: Worked) -> Heat:
    items = group.items
    opened, over, taken = (worked(column[rows]) for column in (items.opened_at, items.finished_at, items.claimed_at))
    held = items.claimed_at[rows] != NEVER
    waiting = percentiles(np.where(held, taken, over) - opened, (50,))[0]
    working = percentiles((over - taken)[held], (50,))[0]
    due = rows[items.due[rows] != NEVER]
    outcome = items.outcome[rows]
    return Heat(
        step,
        len(rows),
        None if waiting is None else waiting / DAY,
        None if working is None else working / DAY,
        float(late(items.finished_at[due], items.due[due]).mean()) if len(due) else None,
        group.behind_items(rows).once(),
        tuple((name, int((outcome.codes == code).sum())) for name, code in outcome.present()),
    )


def by_month(group: Group, period: Period, months: int = _MONTHS) -> list[tuple[str, Figure]]:
    """Return the on-time rate of each month up to the end of a period, by its key; months with nothing are left out."""
    known = [month for month in last(months, period, "month") if month.since < group.as_of]
    points = [(month.key, on_time(group, completed(group, month), group.about(month))) for month in known]
    return [(key, figure) for key, figure in points if figure.value is not None]
