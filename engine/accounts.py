"""Accounts: which passwords are good enough, how long a guesser waits, how long a visit may last."""

import hashlib
from datetime import datetime, timedelta
from functools import cache
from secrets import choice, token_urlsafe

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from procedures.text import nfc, to_ascii
from procedures.words import Words, say

#: A visit ends after so long without an act, and after so long in any case (OWASP ASVS 5.0, 7.3).
IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=12)
#: So many wrong passwords in a row cost nothing; each further one doubles the wait, up to the longest.
FREE_TRIES = 5
_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=15)
#: Wrong passwords are forgotten after so long without another.
FORGOTTEN = timedelta(hours=1)
#: An address that many people share may err more often before it waits.
FREE_TRIES_OF_ADDRESS = 50
SHORTEST, _LONGEST_PASSWORD = 10, 200
#: Letters that nobody confuses when a first password is read out or typed from paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_OFTEN = frozenset(
    {
        *("1234567890", "0123456789", "12345678910", "123456789a", "1111111111", "0000000000", "aaaaaaaaaa"),
        *("matkhau123", "matkhau1234", "password123", "password1234", "qwertyuiop", "1qaz2wsx3edc", "abcd123456"),
        *("vietnam123", "vietnam2026", "hanoi12345", "quytrinh123", "quytrinh1234", "abc1234567", "iloveyou123"),
        *("admin12345", "administrator", "administrator1"),
    }
)


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobody() -> str:
    """Return a hash to compare with where there is no account, so that both answers take the same time."""
    return _hasher().hash(token_urlsafe())


def hash_password(password: str) -> str:
    """Return what is kept of a password (Argon2id)."""
    return _hasher().hash(nfc(password))


def matches(kept: str | None, password: str) -> bool:
    """Tell whether a password is the one kept; without an account it takes as long and says no."""
    try:
        _hasher().verify(kept or _nobody(), nfc(password))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def first_password() -> str:
    """Return a password to give to somebody on paper; they must change it when they first come in."""
    return "-".join("".join(choice(_LETTERS) for _ in range(4)) for _ in range(4))


def password_fault(password: str, account: str) -> Words | None:
    """Return what is wrong with a new password, or None; length counts, not kinds of characters (NIST SP 800-63B)."""
    told = nfc(password)
    if len(told) < SHORTEST:
        return say("a password needs at least {count} characters; several words make a good one", count=SHORTEST)
    if len(told) > _LONGEST_PASSWORD:
        return say("a password has at most {count} characters", count=_LONGEST_PASSWORD)
    plain = to_ascii(told).casefold()
    if plain in _OFTEN or len(set(plain)) < SHORTEST // 2:
        return say("this password is among the first that are guessed; choose another")
    if to_ascii(account).casefold() in plain:
        return say("a password must not hold the name of the account")
    return None


def wait_until(failures: int, last: datetime, free: int = FREE_TRIES) -> datetime | None:
    """Return until when a guesser has to wait after so many wrong passwords in a row, or None."""
    if failures < free:
        return None
    wait: timedelta = min(_FIRST_WAIT * 2 ** min(failures - free, 10), _LONGEST_WAIT)
    return last + wait


def fingerprint(secret: str) -> str:
    """Return what is kept of a secret that its bearer shows (a visit's token): its SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()
