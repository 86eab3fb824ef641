"""Many cases, one after the other, each through the one way in: what was done stays done when the rest is cut off."""

from dataclasses import dataclass
from datetime import datetime

from engine.case import CaseStatus
from engine.commands import MigrateCase
from engine.handle import handle
from engine.refusal import Refusal
from engine.rules import Ground
from engine.store import Store
from procedures.words import Words


@dataclass(frozen=True, slots=True)
class Moved:
    """A case that somebody moves to a later issue, and why."""

    case: str
    issue: int
    actor: str
    reason: str


def movable(store: Store, procedure: str, issue: int) -> list[str]:
    """Return the running cases of a procedure that stand on an earlier issue, in the order they were opened."""
    with store.reading() as reader:
        running = reader.cases(procedure=procedure, status=CaseStatus.OPEN.value)
    return [case.id for case in running if case.issue < issue]


def move(store: Store, ground: Ground, asked: Moved, now: datetime) -> Words | None:
    """Move one case; return why not, or None when it has been moved, now or by an earlier run of the same."""
    command = MigrateCase(
        id=f"move/{asked.case}/{asked.issue}",
        actor=asked.actor,
        case=asked.case,
        issue=asked.issue,
        reason=asked.reason,
    )
    came = handle(command, store=store, ground=ground, now=now)
    return came.words if isinstance(came, Refusal) else None
