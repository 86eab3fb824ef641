"""What of a procedure matters to its time: the order of steps, what they wait for, how often work comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from graphlib import TopologicalSorter
from itertools import combinations
from math import prod

from procedures.check.subject import Subject
from procedures.joins import JoinKind
from procedures.model import BackTo, End, Go, ReturnClock

#: More rounds than these are not walked one by one; no limit of a case outlasts them.
ROUNDS = 200
#: Steps times combinations of used returns; above it all returns share one count, which is never too favourable.
SITUATIONS = 20_000


@dataclass(frozen=True, slots=True)
class Loop:
    """A return that takes time out of the limit of the case: from `step` to `target`, counted by counter `counter`.

    `stands`: the clock of the case stands while `target` is open because of it, and runs again after it.
    """

    step: str
    target: str
    at_most: int
    counter: int
    stands: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps that a case gets to, in an order where every step comes after those it follows.

    `before` are the steps that each one follows, `races` how many it takes to open those that do not wait for all of
    their parallel branches, `rounds` how often each counter of returns may be used.
    """

    start: str
    order: tuple[str, ...]
    before: Mapping[str, tuple[str, ...]]
    races: Mapping[str, int]
    ends: tuple[str, ...]
    loops: tuple[Loop, ...]
    rounds: tuple[int, ...]


@lru_cache(maxsize=4)
def plan_of(subject: Subject, situations: int = SITUATIONS) -> Plan:
    """Return the plan of a procedure whose steps are all declared.

    Returns under which the clock starts afresh take nothing out of the limit and are left out, like those without a
    bound, after which nothing can be said. With more than so many `situations` they share one count.
    """
    before = _before(subject)
    order = tuple(key for key in TopologicalSorter(before).static_order() if key in subject.reachable)
    loops = _loops(subject, situations // max(len(order), 1))
    rounds = {loop.counter: loop.at_most for loop in loops}
    return Plan(
        start=subject.procedure.start.key,
        order=order,
        before={key: tuple(sources) for key, sources in before.items()},
        races={key: needed for key in order if (needed := _race(subject, key, before[key]))},
        ends=tuple(dict.fromkeys(way.step.key for way in subject.ways_out if isinstance(way.target, End))),
        loops=loops,
        rounds=tuple(rounds[counter] for counter in sorted(rounds)),
    )


def loop_of(subject: Subject, source: str, target: str) -> tuple[str, ...]:
    """Return the steps of the shortest round that a return makes: from `target` to `source` and back to `target`."""
    came: dict[str, str | None] = {target: None}
    waiting = [target]
    for key in waiting:
        new = [step for step in subject.forward.after.get(key, ()) if step not in came]
        came.update(dict.fromkeys(new, key))
        waiting.extend(new)
    path: list[str] = []
    step = source if source in came else None
    while step is not None:
        path.insert(0, step)
        step = came[step]
    return (*path, target) if path else (source, target)


def _loops(subject: Subject, most_uses: int) -> tuple[Loop, ...]:
    found = [
        Loop(way.step.key, target.step, min(target.at_most, ROUNDS), 0, stands(subject, target))
        for way in subject.ways_out
        if isinstance(target := way.target, BackTo) and target.clock is not ReturnClock.RESTART and target.at_most
    ]
    if prod(loop.at_most + 1 for loop in found) <= most_uses:
        return tuple(replace(loop, counter=counter) for counter, loop in enumerate(found))
    together = min(sum(loop.at_most for loop in found), ROUNDS)
    return tuple(replace(loop, at_most=together) for loop in found)


def stands(subject: Subject, target: BackTo) -> bool:
    """Tell whether the clock of the case stands while the step is open that a return leads to.

    The engine lets it stand for as long as nothing else is open that counts. Where a branch may run beside the step,
    its whole time is counted, which is never too favourable.
    """
    if target.clock is not ReturnClock.PAUSE:
        return False
    others = (step.key for step in subject.procedure.steps if step.key != target.step)
    return not any(_parallel(subject, target.step, other) for other in others)


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


def _race(subject: Subject, key: str, coming: list[str]) -> int:
    """Return how many branches the step waits for, of those that run at the same time; 0 where it waits for all."""
    join = subject.procedure.step(key).join
    if join is None or join.kind is JoinKind.ALL:
        return 0
    return join.needed if any(_parallel(subject, a, b) for a, b in combinations(coming, 2)) else 0


def _parallel(subject: Subject, one: str, other: str) -> bool:
    from_here = {step.key: subject.forward.reach(step.key) | {step.key} for step in subject.procedure.steps}
    forks = (way.target.steps for way in subject.ways_out if isinstance(way.target, Go))
    return any(
        (one in from_here[a] and other in from_here[b]) or (other in from_here[a] and one in from_here[b])
        for fork in forks
        for a, b in combinations(fork, 2)
    )
