"""Refusals about who may: the person, the unit, the post."""

from dataclasses import dataclass

from engine.refusal import Refusal


@dataclass(frozen=True)
class UnknownPerson(Refusal):
    """Nobody in the organisation has the account {person}."""

    person: str


@dataclass(frozen=True)
class UnknownUnit(Refusal):
    """{person} does not belong to {unit}."""

    person: str
    unit: str


@dataclass(frozen=True)
class NotYoursToOpen(Refusal):
    """{who} may not open {procedure}: its first step is for {role}."""

    who: str
    procedure: str
    role: str


@dataclass(frozen=True)
class NotYours(Refusal):
    """{who} may not do step “{step}”: it is for {role}."""

    who: str
    step: str
    role: str


@dataclass(frozen=True)
class HelpedThere(Refusal):
    """{who} may not do step “{step}”: whoever did a further task of “{other}” must not also do this one."""

    who: str
    step: str
    other: str


@dataclass(frozen=True)
class NamedThere(Refusal):
    """{who} may not do step “{step}”: whoever is named in “{field}” must not also do it."""

    who: str
    step: str
    field: str


@dataclass(frozen=True)
class SamePerson(Refusal):
    """{who} may not do step “{step}”: whoever did “{other}” must not also do this one."""

    who: str
    step: str
    other: str


@dataclass(frozen=True)
class AnotherPerson(Refusal):
    """{who} may not do step “{step}”: it is for the person who did “{other}”."""

    who: str
    step: str
    other: str


@dataclass(frozen=True)
class OnlyTheSystem(Refusal):
    """Only the system itself may answer for a machine or a timer, not {who}."""

    who: str


@dataclass(frozen=True)
class NotAParty(Refusal):
    """{who} may not do this: only who opened {case} or has its present work may."""

    who: str
    case: str
