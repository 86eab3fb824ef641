"""Salts: where the unguessable part of a digest comes from, and the digests that they blind."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from secrets import token_hex

_SIZE = 16


def _chance() -> str:
    return token_hex(_SIZE)


_SOURCE: ContextVar[Callable[[], str]] = ContextVar("salts", default=_chance)


def fresh_salt() -> str:
    """Return a salt for the values of a command."""
    return _SOURCE.get()()


@contextmanager
def salts_from(source: Callable[[], str]) -> Iterator[None]:
    """Take salts from elsewhere for a while: a demonstration plays the same year to the byte."""
    before = _SOURCE.set(source)
    try:
        yield
    finally:
        _SOURCE.reset(before)


def value_salt(salt: str, name: str) -> str:
    """Return the salt of one value of a command: each has its own, so that one can be erased and the others stay."""
    return hashlib.sha256(f"{salt}\x1f{name}".encode()).hexdigest()[: 2 * _SIZE]


def blinded(salt: str, name: str, text: str) -> str:
    """Return the blinded digest of what stands under a name: without its salt it tells nothing."""
    return hashlib.sha256(f"{salt}\x1f{name}\x1f{text}".encode()).hexdigest()[: 2 * _SIZE]
