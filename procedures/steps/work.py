"""Work for people: the step waits until somebody responsible acts."""

from procedures.model import Step
from procedures.steps.waits import Work


def wait(_step: Step) -> Work:
    """Wait for a person."""
    return Work()
