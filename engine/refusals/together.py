"""Refusals about a step that several do together: who is called, and who is missing."""

from dataclasses import dataclass

from engine.refusal import Refusal


@dataclass(frozen=True)
class NobodyCalled(Refusal):
    """Step “{step}” is done by several together, but there is nobody to call."""

    nature = "incomplete"
    step: str


@dataclass(frozen=True)
class TooFewCalled(Refusal):
    """Step “{step}” calls {count}, but “{outcome}” needs {needed}; call more."""

    nature = "incomplete"
    step: str
    count: int
    outcome: str
    needed: int


@dataclass(frozen=True)
class NotAppointed(Refusal):
    """{who} is called to step “{step}” but does not hold the role {role}."""

    nature = "incomplete"
    who: str
    step: str
    role: str


@dataclass(frozen=True)
class NoSuchMember(Refusal):
    """“{name}” is called to step “{step}” but is not in the organisation."""

    nature = "incomplete"
    name: str
    step: str


@dataclass(frozen=True)
class NotTogether(Refusal):
    """Step “{step}” is not done by several of whom one could be absent."""

    nature = "conflict"
    step: str


@dataclass(frozen=True)
class NotCalled(Refusal):
    """{case} was not called by another case."""

    nature = "conflict"
    case: str
