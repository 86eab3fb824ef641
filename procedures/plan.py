"""What moving a case asks of its procedure again and again, looked up once."""

from collections.abc import Mapping
from dataclasses import dataclass

from procedures.model import Procedure, Step
from procedures.net import ready
from procedures.remembered import remembered


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps of a procedure by key, and by the place in which each is reached, in the order they are declared.

    `apart` are the steps that nobody may do who does this one, whichever of the two declares it and comes first;
    `bound` those that whoever does this one must have done.
    """

    steps: Mapping[str, Step]
    places: tuple[tuple[str, Step], ...]
    apart: Mapping[str, tuple[str, ...]]
    bound: Mapping[str, tuple[str, ...]]


@remembered
def plan_of(procedure: Procedure) -> Plan:
    """Return the plan of a procedure; asked again for the same object it answers at once."""
    steps = {step.key: step for step in procedure.steps}
    return Plan(
        steps,
        tuple((ready(step.key), step) for step in procedure.steps),
        {
            key: (*(name for name in step.not_same_as if name in steps), *_naming(steps, key))
            for key, step in steps.items()
        },
        {
            key: (*step.same_as, *(other.key for other in steps.values() if key in other.same_as))
            for key, step in steps.items()
        },
    )


def _naming(steps: Mapping[str, Step], key: str) -> tuple[str, ...]:
    return tuple(other.key for other in steps.values() if key in other.not_same_as)
