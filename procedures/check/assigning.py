"""Giving people to steps: whether it can be done, and the smallest sets of steps for which it cannot."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

#: Two steps, in alphabetical order.
Pair = tuple[str, str]


def pair(one: str, other: str) -> Pair:
    """Return two steps as a pair."""
    return (one, other) if one < other else (other, one)


@dataclass(frozen=True)
class Rules:
    """What ties steps together: `apart` must be done by different people, `same` by one and the same.

    Everybody who has ever done a step counts as its performer. With one person a step that is what the engine asks
    over every attempt, because what is returned goes first to whoever did it before.
    """

    apart: frozenset[Pair]
    same: frozenset[Pair]

    @cached_property
    def neighbours(self) -> Mapping[str, frozenset[str]]:
        """The steps that each step is tied to."""
        found: dict[str, set[str]] = {}
        for one, other in (*self.apart, *self.same):
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
        return {step: frozenset(others) for step, others in found.items()}

    @cached_property
    def bound(self) -> frozenset[str]:
        """The steps that must be done by the same person as another one."""
        return frozenset(step for both in self.same for step in both)


def assignment(rules: Rules, able: Mapping[str, frozenset[str]]) -> dict[str, str] | None:
    """Return one person for each step so that every rule holds, or None if there is no such choice."""
    found: dict[str, str] = {}
    order = sorted(able, key=lambda step: (len(able[step]), step))
    return found if _assign(rules, able, order, found) else None


def _assign(rules: Rules, able: Mapping[str, frozenset[str]], order: list[str], found: dict[str, str]) -> bool:
    if len(found) == len(order):
        return True
    step = order[len(found)]
    tied = [(other, pair(step, other)) for other in rules.neighbours.get(step, ()) if other in found]
    for person in sorted(able[step]):
        clash = any(
            (both in rules.apart and found[other] == person) or (both in rules.same and found[other] != person)
            for other, both in tied
        )
        if not clash:
            found[step] = person
            if _assign(rules, able, order, found):
                return True
            del found[step]
    return False


def conflicts(rules: Rules, able: Mapping[str, frozenset[str]]) -> list[frozenset[str]]:
    """Return every smallest set of steps that cannot be given to people, the smaller ones first.

    A set is told when leaving out any of its steps would make it possible; so every set of steps for which there is no
    assignment contains one that is told.
    """
    found = [frozenset({step}) for step in sorted(able) if not able[step]]
    left = {step: people for step, people in able.items() if people}
    for group in _groups(rules, _tight(rules, left)):
        found += _smallest(rules, {step: left[step] for step in group})
    return sorted(found, key=lambda steps: (len(steps), sorted(steps)))


def _tight(rules: Rules, able: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the steps that may matter, leaving out those for which somebody is always left.

    A step with more people than steps to keep apart from can be given away last, whatever the others do; so can one
    that is tied to none.
    """
    tight = able.keys() & rules.neighbours.keys()
    while True:
        easy = {s for s in tight - rules.bound if len(able[s]) > len(rules.neighbours.get(s, frozenset()) & tight)}
        if not easy:
            return frozenset(tight)
        tight -= easy


def _groups(rules: Rules, steps: frozenset[str]) -> Iterable[list[str]]:
    left = set(steps)
    while left:
        group, waiting = set[str](), [min(left)]
        while waiting:
            step = waiting.pop()
            if step not in group:
                group.add(step)
                waiting.extend(rules.neighbours.get(step, frozenset()) & steps)
        left -= group
        yield sorted(group)


def _smallest(rules: Rules, able: Mapping[str, frozenset[str]]) -> list[frozenset[str]]:
    if assignment(rules, able) is not None:
        return []
    found: list[frozenset[str]] = []
    for size in range(2, len(able) + 1):
        for steps in map(frozenset, combinations(sorted(able), size)):
            known = any(smaller <= steps for smaller in found)
            if not known and assignment(rules, {step: able[step] for step in steps}) is None:
                found.append(steps)
    return found
