"""The latest that a case can end: over every way, with every return used as often as it may be."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Generic, TypeVar

from procedures.check.plan import Loop, Plan

#: When something happens: an amount of time since the start, an instant, or many of them side by side.
V = TypeVar("V")

#: A step finished after so many uses of each counter of returns.
Stop = tuple[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Reckoning(Generic[V]):
    """How time is reckoned. `finished` says when a step ends that opens then and is done as late as its norm allows.

    `latest` picks of several the last, `nth` the one that is first, second, …; they say which (where V is many, of the
    first of them).
    """

    finished: Callable[[str, V], V]
    latest: Callable[[Sequence[V]], tuple[V, int]]
    nth: Callable[[Sequence[V], int], tuple[V, int]]


@dataclass(frozen=True, slots=True)
class Latest(Generic[V]):
    """When each step is finished at the latest, and which stop came before it on that way."""

    stops: dict[Stop, tuple[V, Stop | None]]
    end: V
    last: Stop

    @property
    def way(self) -> tuple[str, ...]:
        """The steps on the longest way, in order; a step that is done again stands there again."""
        path: list[str] = []
        stop: Stop | None = self.last
        while stop is not None:
            path.insert(0, stop[0])
            stop = self.stops[stop][1]
        return tuple(path)


def latest(plan: Plan, start: V, reckoning: Reckoning[V], *, returns: bool) -> Latest[V]:
    """Return the latest end of a case that starts at `start`; without `returns` no step is done twice.

    Parallel branches end with the last of them, or with the one that is enough where it waits for some. A step that a
    case comes back to while its clock stands takes no time; what follows it is counted again, as the engine does. It
    is exact but for returns inside such a race or beside another branch, and for more of them than can be told apart:
    there it may be later than real cases.
    """
    stops: dict[Stop, tuple[V, Stop | None]] = {}
    uses = product(*(range(most + 1) for most in plan.rounds)) if returns else iter([(0,) * len(plan.rounds)])
    for used in uses:
        for step in plan.order:
            done = list(_done(plan, stops, (step, used), start, reckoning))
            if done:
                at, number = reckoning.latest([at for at, _ in done])
                stops[step, used] = (at, done[number][1])
    ends = [stop for stop in stops if stop[0] in plan.ends] or [(plan.start, (0,) * len(plan.rounds))]
    end, number = reckoning.latest([stops[stop][0] for stop in ends])
    return Latest(stops, end, ends[number])


def _done(
    plan: Plan, stops: dict[Stop, tuple[V, Stop | None]], stop: Stop, start: V, reckoning: Reckoning[V]
) -> Iterator[tuple[V, Stop | None]]:
    """Yield when a step is done at the latest, and after which stop, for each manner of getting to it."""
    step, used = stop
    if step == plan.start and not any(used):
        yield reckoning.finished(step, start), None
        return
    forward = [(source, used) for source in plan.before[step] if (source, used) in stops]
    if forward:
        ends, enough = [stops[source][0] for source in forward], plan.races.get(step, len(forward))
        at, number = reckoning.nth(ends, enough) if enough < len(ends) else reckoning.latest(ends)
        yield reckoning.finished(step, at), forward[number]
    for loop, source in _returned(plan, stop):
        if source in stops:
            at = stops[source][0]
            yield at if loop.stands else reckoning.finished(step, at), source


def _returned(plan: Plan, stop: Stop) -> Iterator[tuple[Loop, Stop]]:
    step, used = stop
    for loop in plan.loops:
        if loop.target == step and used[loop.counter]:
            fewer = (*used[: loop.counter], used[loop.counter] - 1, *used[loop.counter + 1 :])
            yield loop, (loop.step, fewer)
