"""A call of another procedure: the step waits for that case to end."""

from procedures.model import Step
from procedures.steps.waits import SubCase


def wait(step: Step) -> SubCase:
    """Wait for a case of the called procedure."""
    return SubCase(step.call or "")
