"""Refusals about handing work over, calling it back, leaving it out, and further tasks."""

from dataclasses import dataclass
from datetime import datetime

from engine.refusal import Refusal


@dataclass(frozen=True)
class NotTheHead(Refusal):
    """{who} may not do this: only the head of {unit}, or of a unit above it, may."""

    who: str
    unit: str


@dataclass(frozen=True)
class NotFinished(Refusal):
    """Step “{step}” has not been finished, so that there is nothing to take back."""

    nature = "conflict"
    step: str


@dataclass(frozen=True)
class NotYoursToRecall(Refusal):
    """{who} may not take “{step}” back: only {performer}, who finished it, may."""

    who: str
    step: str
    performer: str


@dataclass(frozen=True)
class ReceiverActed(Refusal):
    """“{step}” can no longer be taken back: {who} has acted on it since {when}."""

    nature = "conflict"
    step: str
    who: str
    when: datetime | None


@dataclass(frozen=True)
class MovedOn(Refusal):
    """“{step}” can no longer be taken back: the case has gone on since."""

    nature = "conflict"
    step: str


@dataclass(frozen=True)
class SkipGoesOn(Refusal):
    """Step “{step}” cannot be left out with “{outcome}”: that sends the case back; choose an outcome that goes on."""

    nature = "incomplete"
    step: str
    outcome: str


@dataclass(frozen=True)
class DoneBySeveral(Refusal):
    """Step “{step}” is done by several and cannot be left out; record who is absent instead."""

    nature = "conflict"
    step: str


@dataclass(frozen=True)
class MayNotSkip(Refusal):
    """{who} may not leave out step “{step}”: only the head of {unit}, which owns the procedure, may."""

    who: str
    step: str
    unit: str


@dataclass(frozen=True)
class TasksOpen(Refusal):
    """Step “{step}” cannot be finished yet: {who} was asked for “{what}” and has not done it."""

    nature = "conflict"
    step: str
    who: str
    what: str


@dataclass(frozen=True)
class UnknownTask(Refusal):
    """Step “{step}” has no further task {task}."""

    nature = "unknown"
    step: str
    task: int


@dataclass(frozen=True)
class TaskClosed(Refusal):
    """“{what}” was already done or taken back at {when}."""

    nature = "conflict"
    what: str
    when: datetime | None


@dataclass(frozen=True)
class NotYourTask(Refusal):
    """{who} may not do this: “{what}” was asked of {whom}."""

    who: str
    what: str
    whom: str


@dataclass(frozen=True)
class NotInHand(Refusal):
    """{who} may not do this: step “{step}” is not in the hands of {who}; take it first."""

    who: str
    step: str


@dataclass(frozen=True)
class WordsNeeded(Refusal):
    """Say what is to be done, or what was done."""

    nature = "incomplete"
