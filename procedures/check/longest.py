"""The longest way through a procedure by the declared times of its steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from graphlib import TopologicalSorter
from itertools import combinations

from procedures.check.amounts import own_time, size
from procedures.check.subject import Subject
from procedures.model import BackTo, End, Go, JoinKind


@dataclass(frozen=True, slots=True)
class LongestWay:
    """Steps in order, and the sum of their times in minutes (working or calendar) or months."""

    steps: tuple[str, ...]
    total: Decimal


def longest_way(subject: Subject, weights: Mapping[str, Decimal] | None = None) -> LongestWay:
    """Return the longest way from the start to an end; parallel branches count as the longest of them.

    Where a step waits for the first of several parallel branches, the shortest counts. Returns are left out.
    `weights` are the times of the steps, if not their own.
    """
    weights = times(subject) if weights is None else weights
    known = _arrivals(subject, subject.procedure.start.key, weights)
    ends = [way.step.key for way in subject.ways_out if isinstance(way.target, End) and way.step.key in known]
    last = max(ends, key=lambda key: known[key][0], default=subject.procedure.start.key)
    return _way(known, last)


def return_times(subject: Subject) -> list[tuple[str, BackTo, Decimal]]:
    """Return (step, return, time of one round) for every return under a clock that runs on."""
    weights = times(subject)
    found = []
    for way in subject.ways_out:
        target = way.target
        if isinstance(target, BackTo) and target.clock == "continue":
            known = _arrivals(subject, target.step, weights)
            if way.step.key in known:
                found.append((way.step.key, target, known[way.step.key][0]))
    return found


def times(subject: Subject) -> dict[str, Decimal]:
    """Return the own time of each step; a step without a measured time takes none."""
    return {
        step.key: size(own) if (own := own_time(step)) is not None else Decimal(0) for step in subject.procedure.steps
    }


def _arrivals(subject: Subject, start: str, weights: Mapping[str, Decimal]) -> dict[str, tuple[Decimal, str | None]]:
    """Return when each step after `start` is done at the latest, and the step before it on that way."""
    before = _before(subject)
    known: dict[str, tuple[Decimal, str | None]] = {start: (weights[start], None)}
    for key in TopologicalSorter(before).static_order():
        coming = [source for source in before.get(key, ()) if source in known]
        if coming and key != start:
            pick = min if _race(subject, key, coming) else max
            last = pick(coming, key=lambda source: known[source][0])
            known[key] = (known[last][0] + weights[key], last)
    return known


def _before(subject: Subject) -> dict[str, list[str]]:
    """Return the steps before each step; a way that closes a circle is left out, so that there is an order."""
    number = {step.key: number for number, step in enumerate(subject.procedure.steps)}
    before: dict[str, list[str]] = {key: [] for key in number}
    for source, targets in subject.forward.after.items():
        for target in targets:
            circle = number[target] <= number[source] and source in subject.forward.reach(target) | {target}
            if not circle:
                before[target].append(source)
    return before


def _race(subject: Subject, key: str, coming: list[str]) -> bool:
    """Tell whether the step waits for the first of branches that run at the same time."""
    join = subject.procedure.step(key).join
    if join is None or join.kind is JoinKind.ALL:
        return False
    return any(_parallel(subject, a, b) for a, b in combinations(coming, 2))


def _parallel(subject: Subject, one: str, other: str) -> bool:
    from_here = {step.key: subject.forward.reach(step.key) | {step.key} for step in subject.procedure.steps}
    forks = (way.target.steps for way in subject.ways_out if isinstance(way.target, Go))
    return any(
        (one in from_here[a] and other in from_here[b]) or (other in from_here[a] and one in from_here[b])
        for fork in forks
        for a, b in combinations(fork, 2)
    )


def _way(known: Mapping[str, tuple[Decimal, str | None]], last: str) -> LongestWay:
    path: list[str] = []
    step: str | None = last
    while step is not None:
        path.insert(0, step)
        step = known[step][1]
    return LongestWay(tuple(path), known[last][0])
