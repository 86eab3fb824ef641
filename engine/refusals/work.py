"""Refusals about a work item: whether it is there, open, taken, and finished in a way its step knows."""

from dataclasses import dataclass
from datetime import datetime

from engine.refusal import Refusal


@dataclass(frozen=True)
class UnknownItem(Refusal):
    """{case} has no work item {item}."""

    nature = "unknown"
    case: str
    item: int


@dataclass(frozen=True)
class AlreadyDone(Refusal):
    """Step “{step}” was already finished by {who} at {when}."""

    nature = "conflict"
    step: str
    who: str
    when: datetime | None


@dataclass(frozen=True)
class NoLongerNeeded(Refusal):
    """Step “{step}” is no longer needed: it was cancelled at {when}."""

    nature = "conflict"
    step: str
    when: datetime | None


@dataclass(frozen=True)
class AlreadyTaken(Refusal):
    """Step “{step}” was taken by {who} at {when}."""

    nature = "conflict"
    step: str
    who: str
    when: datetime | None


@dataclass(frozen=True)
class NotClaimed(Refusal):
    """Nobody has taken step “{step}” yet."""

    nature = "conflict"
    step: str


@dataclass(frozen=True)
class NotForPeople(Refusal):
    """Step “{step}” waits for a machine or a timer, not for a person."""

    step: str


@dataclass(frozen=True)
class NotWaitingForThis(Refusal):
    """Step “{step}” does not wait for this."""

    nature = "conflict"
    step: str


@dataclass(frozen=True)
class TooEarly(Refusal):
    """The time of step “{step}” has not come: it is due at {when}."""

    nature = "conflict"
    step: str
    when: datetime | None


@dataclass(frozen=True)
class UnknownOutcome(Refusal):
    """Step “{step}” has no outcome “{outcome}”; choose one of: {choices}."""

    nature = "incomplete"
    step: str
    outcome: str
    choices: str


@dataclass(frozen=True)
class OutcomeNeeded(Refusal):
    """Step “{step}” needs an outcome; choose one of: {choices}."""

    nature = "incomplete"
    step: str
    choices: str


@dataclass(frozen=True)
class TooManyReturns(Refusal):
    """“{outcome}” was already used {count} times at step “{step}”; the procedure allows no more."""

    step: str
    outcome: str
    count: int


@dataclass(frozen=True)
class NotOnChecklist(Refusal):
    """“{entry}” is not on the checklist of step “{step}”."""

    nature = "incomplete"
    step: str
    entry: str
