"""Kinds of step: one file each, one line on the roster, and the closed set of things a step may wait for."""

from collections.abc import Callable, Mapping

from procedures.model import Step
from procedures.steps import automatic, call, delay, routing, work
from procedures.steps.waits import Delay, Errand, Nothing, SubCase, Wait, Work

__all__ = ["ROSTER", "Delay", "Errand", "Nothing", "SubCase", "Wait", "Work", "wait_of"]

#: Every kind of step, in the order in which a declaration is recognised.
ROSTER: Mapping[str, Callable[[Step], Wait]] = {
    "work": work.wait,
    "automatic": automatic.wait,
    "delay": delay.wait,
    "call": call.wait,
    "route": routing.wait,
}


def wait_of(step: Step) -> Wait:
    """Tell what an opened step waits for before it can be finished."""
    return ROSTER[step.kind](step)
