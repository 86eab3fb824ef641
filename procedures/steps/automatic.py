"""An automatic step: it waits for a machine's answer."""

from procedures.model import Step
from procedures.steps.waits import Errand


def wait(step: Step) -> Errand:
    """Wait for the declared machine."""
    return Errand(step.automatic or "")
