"""Refusals about acting for another: what a mandate gives, and that two people in name are two in deed."""

from dataclasses import dataclass

from engine.refusal import Refusal


@dataclass(frozen=True)
class NotInMandate(Refusal):
    """{who} may not do step “{step}”: {decision}, by which {who} acts on behalf of {whom}, does not cover it."""

    who: str
    step: str
    whom: str
    decision: str


@dataclass(frozen=True)
class NotOnBehalf(Refusal):
    """{who} may not do step “{step}” on behalf of {whom} today: no substitution or delegation gives that."""

    who: str
    step: str
    whom: str


@dataclass(frozen=True)
class ActsForPerformer(Refusal):
    """{who} may not do step “{step}” on behalf of {whom}: “{other}” was done by or for {whom}; nobody may do both."""

    who: str
    step: str
    other: str
    whom: str


@dataclass(frozen=True)
class DoneOnBehalf(Refusal):
    """{who} may not do step “{step}”: “{other}” was done on behalf of {who}, and nobody may do both."""

    who: str
    step: str
    other: str


@dataclass(frozen=True)
class OtherAccount(Refusal):
    """{who} may not do step “{step}”: “{other}” was done under {account}, another account of the same person."""

    who: str
    step: str
    other: str
    account: str
