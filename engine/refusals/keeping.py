"""Refusals about the record of a case: why nothing of it may be erased yet."""

from dataclasses import dataclass
from datetime import date, datetime

from engine.refusal import Refusal


@dataclass(frozen=True)
class NotOverYet(Refusal):
    """{case} is still running; its values are needed until it has ended."""

    nature = "conflict"
    case: str


@dataclass(frozen=True)
class KeptUntil(Refusal):
    """The record of {case} is kept until {until}; before that only single values can be erased, by name."""

    nature = "conflict"
    case: str
    until: str

    @classmethod
    def to(cls, case: str, until: date) -> "KeptUntil":
        """Refuse until the end of a day."""
        return cls(case, f"{until:%d/%m/%Y}")


@dataclass(frozen=True)
class KeptForEver(Refusal):
    """The record of {case} is kept for ever; only single values can be erased, by name."""

    nature = "conflict"
    case: str


@dataclass(frozen=True)
class KeepingNotDeclared(Refusal):
    """{procedure} does not say in years how long its records are kept, so the record of {case} cannot be destroyed."""

    nature = "conflict"
    case: str
    procedure: str


@dataclass(frozen=True)
class NothingToErase(Refusal):
    """{case} keeps no value “{name}”."""

    nature = "conflict"
    case: str
    name: str


@dataclass(frozen=True)
class NoTextToErase(Refusal):
    """{case} keeps no text at “{place}”; what was written before release 0.2.0 stays in the log."""

    nature = "conflict"
    case: str
    place: str


@dataclass(frozen=True)
class AlreadyDestroyed(Refusal):
    """The record of {case} was destroyed at {when}."""

    nature = "conflict"
    case: str
    when: datetime


@dataclass(frozen=True)
class ErasureNamesNothing(Refusal):
    """Choose what is to be erased."""

    nature = "incomplete"


@dataclass(frozen=True)
class BasisNeeded(Refusal):
    """A basis in law is needed."""

    nature = "incomplete"


@dataclass(frozen=True)
class MayNotErase(Refusal):
    """{who} may not erase what was entered: only who heads the unit that owns the procedure, or one above it, may."""

    who: str
