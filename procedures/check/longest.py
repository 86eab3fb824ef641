"""The longest way through a procedure by the declared times of its steps, where they can be added up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from procedures.check.amounts import own_time, size
from procedures.check.budget import Reckoning, latest
from procedures.check.plan import Plan, plan_of, stands
from procedures.check.subject import Subject
from procedures.model import BackTo, ReturnClock


@dataclass(frozen=True, slots=True)
class LongestWay:
    """Steps in order, and the sum of their times in minutes (working or calendar) or months."""

    steps: tuple[str, ...]
    total: Decimal


def longest_way(subject: Subject, weights: Mapping[str, Decimal] | None = None, *, returns: bool = False) -> LongestWay:
    """Return the longest way from the start to an end; parallel branches count as the longest of them.

    Where a step waits for some of several parallel branches, the shortest count. With `returns` every return
    that does not start the clock afresh is used as often as it may be. `weights` are the times of the steps, if not
    their own.
    """
    return longest(plan_of(subject), times(subject) if weights is None else weights, returns=returns)


def longest(plan: Plan, weights: Mapping[str, Decimal], *, returns: bool) -> LongestWay:
    """Do the same for a plan that is known."""
    found = latest(plan, Decimal(0), Reckoning(lambda step, at: at + weights[step], _last, _nth), returns=returns)
    return LongestWay(found.way, found.end)


def return_times(subject: Subject) -> list[tuple[str, BackTo, Decimal]]:
    """Return (step, return, time of one round) for every return that does not start the clock afresh."""
    weights, plan = times(subject), plan_of(subject)
    found = []
    for way in subject.ways_out:
        target = way.target
        if isinstance(target, BackTo) and target.clock is not ReturnClock.RESTART:
            ahead = subject.forward.reach(target.step) | {target.step}
            if way.step.key in ahead:
                around = Plan(
                    target.step,
                    tuple(k for k in plan.order if k in ahead),
                    plan.before,
                    plan.races,
                    (way.step.key,),
                    (),
                    (),
                )
                own = weights | {target.step: Decimal(0)} if stands(subject, target) else weights
                found.append((way.step.key, target, longest(around, own, returns=False).total))
    return found


def times(subject: Subject) -> dict[str, Decimal]:
    """Return the own time of each step; a step without a measured time takes none."""
    return {
        step.key: size(own) if (own := own_time(step)) is not None else Decimal(0) for step in subject.procedure.steps
    }


def _last(values: Sequence[Decimal]) -> tuple[Decimal, int]:
    last = max(values)
    return last, values.index(last)


def _nth(values: Sequence[Decimal], number: int) -> tuple[Decimal, int]:
    found = sorted(values)[number - 1]
    return found, values.index(found)
