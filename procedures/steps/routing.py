"""Pure routing (a gateway): the step waits for nobody."""

from procedures.model import Step
from procedures.steps.waits import Nothing


def wait(_step: Step) -> Nothing:
    """Wait for nothing."""
    return Nothing()
