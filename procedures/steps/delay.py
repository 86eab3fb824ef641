"""A delay: the step waits for a declared time to pass, or until a day that was entered."""

from procedures.model import Step
from procedures.steps.waits import Delay


def wait(step: Step) -> Delay:
    """Wait for the declared time, or until the day in the declared value."""
    return Delay(step.delay, step.delay_until)
