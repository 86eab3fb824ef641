"""XmR control charts: natural limits of a series of rates or medians, and what counts as a signal."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from procedures.words import Words, say

#: Limits of single values lie so many mean moving ranges from the mean; the moving range has one upper limit.
LIMIT, RANGE_LIMIT = 2.66, 3.268
#: With fewer points no limits are drawn.
ENOUGH = 12
#: What is said where there are fewer points.
TOO_FEW = say("fewer than {count} periods: no limits can be drawn yet", count=ENOUGH)
_RUN = 8
_NEAR, _OF = 3, 4

SignalKind = Literal["outside", "run", "near_limit"]


@dataclass(frozen=True, slots=True)
class Signal:
    """A sign of change at a point (its index): outside the limits, 8 on one side, or 3 of 4 nearer a limit."""

    point: int
    kind: SignalKind


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart's numbers, in the unit of its points. `notice` says why no limits should be drawn, if so."""

    points: tuple[float, ...]
    ranges: tuple[float, ...]
    mean: float
    upper: float
    lower: float
    mean_range: float
    range_limit: float
    signals: tuple[Signal, ...]
    notice: Words | None


def xmr(points: Sequence[float], clip: tuple[float, float] | None = None) -> Chart:
    """Return the chart of a series in time order; `clip` bounds the limits, as 0 and 100 for a per cent.

    Raises ValueError for fewer than two points.
    """
    if len(points) < 2:  # noqa: PLR2004 - one point has no moving range
        raise ValueError("a moving range needs two points")
    ranges = tuple(abs(after - before) for before, after in pairwise(points))
    mean, mean_range = sum(points) / len(points), sum(ranges) / len(ranges)
    low, high = clip or (float("-inf"), float("inf"))
    lower, upper = max(low, mean - LIMIT * mean_range), min(high, mean + LIMIT * mean_range)
    enough = len(points) >= ENOUGH
    return Chart(
        points=tuple(points),
        ranges=ranges,
        mean=mean,
        upper=upper,
        lower=lower,
        mean_range=mean_range,
        range_limit=RANGE_LIMIT * mean_range,
        signals=tuple(_signals(points, mean, lower, upper)) if enough else (),
        notice=None if enough else TOO_FEW,
    )


def _signals(points: Sequence[float], mean: float, lower: float, upper: float) -> list[Signal]:
    found = [Signal(at, "outside") for at, point in enumerate(points) if not lower <= point <= upper]
    found += [
        Signal(at, "run") for at in range(_RUN - 1, len(points)) if _one_side(points[at + 1 - _RUN : at + 1], mean)
    ]
    near_high, near_low = (mean + upper) / 2, (mean + lower) / 2
    for at in range(_OF - 1, len(points)):
        window = points[at + 1 - _OF : at + 1]
        if max(sum(p > near_high for p in window), sum(p < near_low for p in window)) >= _NEAR:
            found.append(Signal(at, "near_limit"))
    return sorted(found, key=lambda signal: (signal.point, signal.kind))


def _one_side(points: Sequence[float], mean: float) -> bool:
    return all(point > mean for point in points) or all(point < mean for point in points)
