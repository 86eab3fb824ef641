"""Ways that lead elsewhere only because a step came or went: told once, with that step."""

from collections.abc import Iterable
from dataclasses import dataclass

from procedures.model import BackTo, End, Go, Procedure, Target
from procedures.net import forward_edges

_END = "end:"


@dataclass(frozen=True)
class Detours:
    """Two procedures with common names of steps; `strangers` are the steps that only one of them has."""

    before: Procedure
    after: Procedure

    @property
    def strangers(self) -> frozenset[str]:
        """The steps that came or went."""
        old, new = ({step.key for step in procedure.steps} for procedure in (self.before, self.after))
        return frozenset(old ^ new)

    def explain(self, was: Target, now: Target) -> bool:
        """Tell whether a way leads to another step, or to an end, only over steps that came or went."""
        if isinstance(was, BackTo) and isinstance(now, BackTo):
            return {was.step, now.step} <= self.strangers
        if not (isinstance(was, Go | End) and isinstance(now, Go | End)):
            return False
        return self._explained(_landing(was), _landing(now), back=False)

    def explain_waiting(self, was: Iterable[str], now: Iterable[str]) -> bool:
        """Tell whether a step waits for others only because steps came or went before it."""
        return self._explained(frozenset(was), frozenset(now), back=True)

    def _explained(self, was: frozenset[str], now: frozenset[str], *, back: bool) -> bool:
        strangers = self.strangers
        if not (was | now) & strangers:
            return False
        over_old = _over(self.before, was, strangers, back=back)
        over_new = _over(self.after, now, strangers, back=back)
        return was - strangers <= over_new and now - strangers <= over_old


def _landing(target: Go | End) -> frozenset[str]:
    return frozenset(target.steps) if isinstance(target, Go) else frozenset({_END + target.result})


def _over(procedure: Procedure, start: frozenset[str], strangers: frozenset[str], *, back: bool) -> frozenset[str]:
    """Return what `start` comes to, going on (or back) over strangers."""
    edges = [*forward_edges(procedure), *_ends(procedure)]
    pairs = [(target, source) for source, target in edges] if back else edges
    found, waiting = set(start), [key for key in start if key in strangers]
    while waiting:
        here = waiting.pop()
        for source, target in pairs:
            if source == here and target not in found:
                found.add(target)
                if target in strangers:
                    waiting.append(target)
    return frozenset(found)


def _ends(procedure: Procedure) -> list[tuple[str, str]]:
    return [
        (step.key, _END + way.target.result)
        for step in procedure.steps
        for outcome in step.outcomes
        for way in outcome.branches
        if isinstance(way.target, End)
    ]
