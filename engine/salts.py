"""Salts: where the unguessable part of a digest comes from."""

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
