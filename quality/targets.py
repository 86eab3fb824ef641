"""Declared quality targets (6.2) measured: the same figures, held against the bound that the procedure declares."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from procedures.model import Indicator, Procedure
from procedures.words import say
from quality import steps
from quality.columns import Numbers
from quality.figure import Figure, counted, share
from quality.groups import Group
from quality.indicators import completed, on_time, working_times
from quality.meter import Worked
from quality.periods import Period, parts
from quality.spread import percentile

_DAY = 8 * 3600


@dataclass(frozen=True, slots=True)
class Target:
    """One target of one procedure in one period: `met` is None when there was nothing to measure."""

    indicator: Indicator
    period: Period
    figure: Figure
    met: bool | None


def targets(group: Group, procedure: Procedure, period: Period, worked: Worked) -> list[Target]:
    """Return the declared targets of an issue for each month, quarter or year they speak of within a period.

    A target for a longer time than the period asked is measured over the period that was asked.
    """
    found = []
    for indicator in procedure.indicators:
        found += [measure(group, indicator, part, worked) for part in _parts(period, indicator)]
    return found


def measure(group: Group, indicator: Indicator, period: Period, worked: Worked) -> Target:
    """Return a target held against what was measured of a group in a period."""
    figure = _figure(group, indicator, period, worked)
    return Target(indicator, period, figure, _met(indicator, figure))


def _parts(period: Period, indicator: Indicator) -> Iterable[Period]:
    order = ("month", "quarter", "year", "span")
    shorter = order.index(indicator.period) < order.index(period.kind)
    return parts(period, indicator.period) if shorter else (period,)


def _figure(group: Group, indicator: Indicator, period: Period, worked: Worked) -> Figure:
    done, scope = completed(group, period), group.about(period, target=indicator.key)
    match indicator.measure:
        case "on_time":
            return on_time(group, done, scope)
        case "step_on_time":
            return steps.on_time(group, np.flatnonzero(steps.finished(group.items, period)), scope)
        case "returned":
            return _returned(group, done, indicator, period)
        case "cycle_time":
            return _median(group, done, indicator, period, worked)


def _returned(group: Group, done: Numbers, indicator: Indicator, period: Period) -> Figure:
    scope = group.about(period, target=indicator.key)
    part = group.behind(done[group.any_item(group.items.returned)[done]])
    told = say("completed cases that were returned to an earlier step at least once, of all completed cases")
    if indicator.unit == "count":
        among = say("completed cases that were returned to an earlier step at least once")
        return counted("case.returned.count", say("returned cases"), among, part, scope)
    return share("case.returned", say("return rate"), told, (part, group.behind(done)), scope)


def _median(group: Group, done: Numbers, indicator: Indicator, period: Period, worked: Worked) -> Figure:
    value = percentile(working_times(group, done, worked), 50)
    return Figure(
        "case.cycle.median_days",
        say("median time in working days"),
        say("nearest-rank median of the working time of completed cases, in working days of 8 hours"),
        None if value is None else value / _DAY,
        "working_days",
        group.behind(done),
        len(done),
        group.about(period, target=indicator.key),
    )


def _met(indicator: Indicator, figure: Figure) -> bool | None:
    if figure.value is None:
        return None
    value, bound = Fraction(figure.value).limit_denominator(10**9), Fraction(indicator.bound)
    return value >= bound if indicator.direction == "at_least" else value <= bound
