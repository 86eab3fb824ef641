"""An errand as it stands in the queue, and the life it has there."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """The life of an errand; `PARKED` waits for a person, `VOID` is no longer needed, `DROPPED` was given up."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    PARKED = "parked"
    DROPPED = "dropped"
    VOID = "void"


#: Errands that may still be done.
OPEN = (Status.WAITING, Status.RUNNING, Status.PARKED)


@dataclass(frozen=True, slots=True)
class Errand:
    """One errand: `key` is its idempotency key for ever, `token` the claim under which it is done now.

    With a case it is the automatic step of work item `number`; without one it is the duty `task` of a period.
    """

    key: str
    task: str
    case: str | None
    number: int | None
    status: Status
    tries: int
    token: int
    run_at: datetime
    lease_until: datetime | None
    worker: str | None
    fault: str | None
    made_at: datetime
    ended_at: datetime | None


def step_key(case: str, step: str, attempt: int) -> str:
    """Return the key of an automatic step: the same however often it is tried, another when the step is re-entered."""
    return f"{case}/{step}/{attempt}"


def duty_key(task: str, period: str) -> str:
    """Return the key of what is to be done once in a period."""
    return f"{task}/{period}"
