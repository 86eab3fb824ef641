"""Refusals about issues of a procedure: whether one is in force, unaltered, and one a case can go on under."""

from dataclasses import dataclass
from datetime import date

from engine.refusal import Refusal
from procedures.words import Words


@dataclass(frozen=True)
class UnknownProcedure(Refusal):
    """No issue of procedure {procedure} is in force."""

    nature = "unknown"
    procedure: str


@dataclass(frozen=True)
class IssueAltered(Refusal):
    """Issue {issue} of {procedure} is not the one that {case} was opened under; the shelf was altered."""

    nature = "conflict"
    procedure: str
    issue: int
    case: str


@dataclass(frozen=True)
class NoSuchIssue(Refusal):
    """{procedure} has no issue {issue} in force."""

    nature = "unknown"
    procedure: str
    issue: int


@dataclass(frozen=True)
class NotALaterIssue(Refusal):
    """{case} runs under issue {own} already; a case only moves to a later one."""

    nature = "conflict"
    case: str
    own: int


@dataclass(frozen=True)
class MayNotMigrate(Refusal):
    """{case} cannot move to issue {issue}: {why}."""

    nature = "conflict"
    case: str
    issue: int
    why: Words


@dataclass(frozen=True)
class ProcedureAbolished(Refusal):
    """{procedure} was abolished from {day}: {reason}. No new case of it can be opened."""

    nature = "conflict"
    procedure: str
    day: date
    reason: str
