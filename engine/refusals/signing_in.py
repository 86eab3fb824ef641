"""Refusals about coming in: accounts, passwords, visits."""

from dataclasses import dataclass
from datetime import datetime

from engine.refusal import Refusal
from procedures.words import Words


@dataclass(frozen=True)
class WrongPassword(Refusal):
    """The account or the password is wrong. {left} tries are left before you have to wait."""

    left: int


@dataclass(frozen=True)
class TooManyTries(Refusal):
    """Too many wrong passwords. Try again after {when}."""

    nature = "throttled"
    when: datetime


@dataclass(frozen=True)
class NoAccount(Refusal):
    """{person} has no account."""

    nature = "unknown"
    person: str


@dataclass(frozen=True)
class AccountExists(Refusal):
    """{person} has an account already."""

    nature = "conflict"
    person: str


@dataclass(frozen=True)
class PasswordNotGood(Refusal):
    """The new password cannot be used: {fault}."""

    nature = "incomplete"
    fault: Words


@dataclass(frozen=True)
class OldPasswordWrong(Refusal):
    """The present password is wrong."""

    nature = "incomplete"


@dataclass(frozen=True)
class NoSuchToken(Refusal):
    """There is no token {number}, or it was revoked before."""

    nature = "unknown"
    number: int


@dataclass(frozen=True)
class TokenNotGood(Refusal):
    """The token is not known, has expired, or was revoked."""

    nature = "unauthenticated"


@dataclass(frozen=True)
class TooManyTokens(Refusal):
    """Too many wrong tokens from this address. Try again after {when}."""

    nature = "throttled"
    when: datetime


@dataclass(frozen=True)
class NotForHere(Refusal):
    """You are known there, but have no account here; whoever keeps the accounts can give you one."""
