"""Refusals about what was entered: values, texts and reasons."""

from dataclasses import dataclass

from engine.refusal import Refusal
from procedures.words import Words


@dataclass(frozen=True)
class NotWritable(Refusal):
    """A text holds characters that cannot be kept; type it again."""

    nature = "incomplete"


@dataclass(frozen=True)
class ReasonNeeded(Refusal):
    """A reason is needed."""

    nature = "incomplete"


@dataclass(frozen=True)
class ReasonNotListed(Refusal):
    """Choose the reason from the list of step “{step}”: {choices}; more may follow after a colon."""

    nature = "incomplete"
    step: str
    choices: str


@dataclass(frozen=True)
class CheckNeeded(Refusal):
    """Step “{step}” cannot go on before “{entry}” is ticked."""

    nature = "incomplete"
    step: str
    entry: str


@dataclass(frozen=True)
class ValueMissing(Refusal):
    """Step “{step}” needs “{field}”."""

    nature = "incomplete"
    step: str
    field: str


@dataclass(frozen=True)
class ValueUnknown(Refusal):
    """Step “{step}” does not collect “{field}”."""

    nature = "incomplete"
    step: str
    field: str


@dataclass(frozen=True)
class ValueWrong(Refusal):
    """“{field}”: {fault}."""

    nature = "incomplete"
    field: str
    fault: Words


@dataclass(frozen=True)
class NotAccepted(Refusal):
    """This is not accepted: {why}."""

    nature = "incomplete"
    why: Words
