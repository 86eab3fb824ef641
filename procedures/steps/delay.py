"""A delay: the step waits for a declared time to pass."""

from procedures.model import Step
from procedures.steps.waits import Delay


def wait(step: Step) -> Delay:
    """Wait for the declared time; raises ValueError for a step that declares none."""
    if step.delay is None:
        raise ValueError(step.key)
    return Delay(step.delay)
