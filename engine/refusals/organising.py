"""Refusals about recording who holds a post and who acts for whom."""

from dataclasses import dataclass

from engine.refusal import Refusal
from procedures.words import Words


@dataclass(frozen=True)
class DecisionNotSound(Refusal):
    """The decision does not go with what is declared: {fault}."""

    nature = "incomplete"
    fault: Words


@dataclass(frozen=True)
class AlreadyPassedOn(Refusal):
    """{who} acts for {whom} in these days already, by {decision}."""

    nature = "conflict"
    whom: str
    who: str
    decision: str


@dataclass(frozen=True)
class AlreadyHeld(Refusal):
    """{who} holds “{position}, {unit}” in these days already."""

    nature = "conflict"
    who: str
    position: str
    unit: str
