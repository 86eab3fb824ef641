"""How measured times spread: count, mean and percentiles, each with the cases behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from procedures.words import Words, say
from quality.columns import Numbers
from quality.figure import Figure, FigureUnit, Scope

PERCENTILES = (50, 85, 95)
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Measure:
    """What is measured: the key that its figures begin with, its name, what exactly is counted, and the unit."""

    key: str
    name: Words
    what: Words
    unit: FigureUnit


def percentile(values: Numbers, percent: int) -> int | None:
    """Return the nearest-rank percentile of values: the smallest that `percent` % of them do not exceed.

    It is always one of the values that were measured; None when there are none.
    """
    return percentiles(values, (percent,))[0]


def percentiles(values: Numbers, percents: Sequence[int]) -> list[int | None]:
    """Return several percentiles of the same values."""
    if not len(values):
        return [None] * len(percents)
    ranks = [max(-(-percent * len(values) // 100), 1) - 1 for percent in percents]
    placed = np.partition(values, sorted(set(ranks)))
    return [int(placed[rank]) for rank in ranks]


def mean(values: Numbers) -> float | None:
    """Return the mean, exact before it is rounded to a float; None when there are no values."""
    return float(Fraction(int(values.sum()), len(values))) if len(values) else None


def spread(measure: Measure, seconds: Numbers, cases: Sequence[str], scope: Scope = ()) -> list[Figure]:
    """Return mean, P50, P85 and P95 of measured times, in minutes; `cases` are those behind them, each once."""
    behind = (cases, len(seconds), scope)
    figures = [_figure(measure, "mean", _mean_of(measure), mean(seconds), behind)]
    for percent, value in zip(PERCENTILES, percentiles(seconds, PERCENTILES), strict=True):
        said = say("{name}, P{percent}", name=measure.name, percent=percent), _definition(measure, percent)
        figures.append(_figure(measure, f"p{percent}", said, value, behind))
    return figures


def _mean_of(measure: Measure) -> tuple[Words, Words]:
    return say("{name}, mean", name=measure.name), say("arithmetic mean of: {what}", what=measure.what)


def _definition(measure: Measure, percent: int) -> Words:
    return say(
        "nearest-rank percentile: the smallest measured value that {percent}% of all do not exceed; of: {what}",
        percent=percent,
        what=measure.what,
    )


def _figure(
    measure: Measure,
    part: str,
    said: tuple[Words, Words],
    seconds: float | None,
    behind: tuple[Sequence[str], int, Scope],
) -> Figure:
    cases, measured, scope = behind
    value = None if seconds is None else seconds / _MINUTE
    return Figure(f"{measure.key}.{part}", said[0], said[1], value, measure.unit, cases, measured, scope)
