"""Refusals about what reviewers say of a procedure."""

from dataclasses import dataclass

from engine.refusal import Refusal


@dataclass(frozen=True)
class RemarkWithoutWords(Refusal):
    """Say in words what should be different; only agreement needs none."""

    nature = "incomplete"


@dataclass(frozen=True)
class RemarkTooLong(Refusal):
    """A remark has at most {limit} characters."""

    nature = "incomplete"
    limit: int


@dataclass(frozen=True)
class NoStepToRemarkOn(Refusal):
    """{procedure} has no step “{step}” to remark on."""

    nature = "unknown"
    procedure: str
    step: str


@dataclass(frozen=True)
class WordingChanged(Refusal):
    """{procedure} was changed after you read it; read what it says now."""

    nature = "conflict"
    procedure: str
