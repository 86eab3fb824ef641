"""Refusals about a whole case: whether it is there, runs, and stands as the asker believes."""

from dataclasses import dataclass

from engine.refusal import Refusal


@dataclass(frozen=True)
class UnknownCase(Refusal):
    """There is no case {case}."""

    nature = "unknown"
    case: str


@dataclass(frozen=True)
class CaseIsOver(Refusal):
    """{case} has ended; nothing can be done to it any more."""

    nature = "conflict"
    case: str


@dataclass(frozen=True)
class CaseIsPaused(Refusal):
    """{case} is paused; resume it first."""

    nature = "conflict"
    case: str


@dataclass(frozen=True)
class CaseIsNotPaused(Refusal):
    """{case} is not paused."""

    nature = "conflict"
    case: str


@dataclass(frozen=True)
class MayNotPause(Refusal):
    """{case} may not be paused at its present step; the procedure does not declare it."""

    case: str


@dataclass(frozen=True)
class StaleVersion(Refusal):
    """{case} has changed: it is at version {version}, not {expected}. Look again, then repeat."""

    nature = "conflict"
    case: str
    version: int
    expected: int


@dataclass(frozen=True)
class CommandReused(Refusal):
    """The command id {command} was already used for something else."""

    nature = "conflict"
    command: str


@dataclass(frozen=True)
class NotInBreach(Refusal):
    """{case} is not in this breach."""

    nature = "conflict"
    case: str
