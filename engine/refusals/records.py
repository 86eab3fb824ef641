"""Refusals about what is on record: corrections, opening again, opening twice."""

from dataclasses import dataclass
from datetime import datetime

from engine.refusal import Refusal


@dataclass(frozen=True)
class NeverEntered(Refusal):
    """“{field}” has not been entered in {case}, so that there is nothing to correct."""

    nature = "unknown"
    field: str
    case: str


@dataclass(frozen=True)
class NotYoursToCorrect(Refusal):
    """{who} may not correct this: only {performer}, or the head of {unit}, which owns the procedure, may."""

    who: str
    performer: str
    unit: str


@dataclass(frozen=True)
class DecidedByIt(Refusal):
    """“{field}” cannot be corrected to this: step “{step}” would have gone another way by it; return the case."""

    nature = "conflict"
    field: str
    step: str


@dataclass(frozen=True)
class UnknownEvent(Refusal):
    """{case} has no event {event}."""

    nature = "unknown"
    case: str
    event: int


@dataclass(frozen=True)
class CaseRuns(Refusal):
    """{case} has not ended, so that it cannot be opened again."""

    nature = "conflict"
    case: str


@dataclass(frozen=True)
class TooLateToReopen(Refusal):
    """{case} ended at {ended}; it could be opened again until {until}. Open a new case."""

    nature = "conflict"
    case: str
    ended: datetime | None
    until: datetime


@dataclass(frozen=True)
class CalledByAnother(Refusal):
    """{case} was opened by {parent}, which has its result already; it cannot be opened again."""

    nature = "conflict"
    case: str
    parent: str


@dataclass(frozen=True)
class TitleNeeded(Refusal):
    """A case needs a title that says what it is about."""

    nature = "incomplete"


@dataclass(frozen=True)
class TitleTooLong(Refusal):
    """Say what the case is about in at most {most} characters; there are {count}."""

    nature = "incomplete"
    most: int
    count: int


@dataclass(frozen=True)
class OpenedAlready(Refusal):
    """{who} opened {case}, “{title}”, of the same procedure at {when}; if this is another one, repeat with a reason."""

    nature = "conflict"
    who: str
    case: str
    title: str
    when: datetime
