"""Scores of units for emulation: each criterion a share from figures with their cases, weighed as the table says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from engine.case import Case, CaseStatus
from procedures.rows import Bilingual, rows
from procedures.words import say
from quality import steps
from quality.facts import Facts
from quality.figure import Figure, Scope, share
from quality.groups import everything
from quality.indicators import completed, on_time
from quality.nonconformity import Nonconformity
from quality.periods import Period

_FILE = Path(__file__).with_name("emulation.csv")
#: So many applied improvements in a period are the whole of that criterion.
_ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Criterion(Bilingual):
    """One criterion: its key, what of a hundred points it is worth, and its names."""

    key: str
    weight: int
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Score:
    """The score of one unit: a figure for each criterion; `points` of a hundred, over the criteria that had something.

    None where nothing was there to measure.
    """

    unit: str
    figures: Mapping[str, Figure]

    @property
    def points(self) -> float | None:
        """Return the weighed mean of the criteria that could be measured, in points of a hundred."""
        known = [(one.weight, self.figures[one.key].value) for one in criteria()]
        told = [(weight, value) for weight, value in known if value is not None]
        total = sum(weight for weight, _ in told)
        return 100 * sum(weight * value for weight, value in told) / total if total else None


@cache
def criteria() -> tuple[Criterion, ...]:
    """Return the criteria in order."""
    return tuple(Criterion(row["key"], int(row["weight"]), row["vi"], row["en"]) for row in rows(_FILE))


def scores(
    facts: Facts, register: Sequence[Nonconformity], improvements: Sequence[Case], period: Period
) -> list[Score]:
    """Return the score of every unit that opened a case or had work in a period, the highest first."""
    units = {unit for columns in (facts.cases, facts.items) for unit, _ in columns.unit.present()}
    found = [Score(unit, _figures(unit, facts, register, improvements, period)) for unit in sorted(units)]
    told = [one for one in found if one.points is not None]
    return sorted(told, key=lambda one: (-(one.points or 0), one.unit))


def _figures(
    unit: str, facts: Facts, register: Sequence[Nonconformity], improvements: Sequence[Case], period: Period
) -> dict[str, Figure]:
    scope: Scope = (("unit", unit), ("period", period.key))
    every = everything(facts)
    done = completed(every, period)
    theirs = done[every.cases.unit.are(unit)[done]]
    items = np.flatnonzero(every.items.unit.are(unit) & steps.finished(every.items, period))
    return {
        "on_time": on_time(every, theirs, scope),
        "steps_on_time": steps.on_time(every, items, scope),
        "nc_closed": _closed([one for one in register if one.unit == unit], period, scope),
        "improvements": _improved([one for one in improvements if one.unit == unit], period, scope),
    }


def _closed(register: Sequence[Nonconformity], period: Period, scope: Scope) -> Figure:
    due = [one for one in register if one.due is not None and period.start <= one.due < period.end]
    return share(
        "nc.in_time",
        say("nonconformities closed in time"),
        say("nonconformities closed by their due minute, of all that were due in the period"),
        ([one.id for one in due if one.closed and not one.overdue], [one.id for one in due]),
        scope,
    )


def _improved(found: Sequence[Case], period: Period, scope: Scope) -> Figure:
    applied = [
        case.id
        for case in found
        if case.status is CaseStatus.ENDED
        and case.result == "áp dụng"
        and case.ended_at is not None
        and period.start <= case.ended_at < period.end
    ]
    return Figure(
        "improvement.applied",
        say("improvements applied"),
        say("improvements that were applied in the period; two are the whole of it, none says nothing"),
        min(1.0, len(applied) / _ENOUGH) if applied else None,
        "share",
        tuple(applied),
        len(applied),
        scope,
    )
