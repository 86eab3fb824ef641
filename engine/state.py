"""The folded state of a case as it is kept in its row: canonical JSON, compressed once it has grown."""

import zlib
from collections.abc import Callable

from engine.case import Case
from engine.fact import reader, to_bytes

#: A state of more bytes is compressed: it says the same words for every item, and goes through the disk at every step.
_LONG = 1_000
_QUICKLY = 1
_OPENS = b"{"
_read: Callable[[str | bytes], Case] = reader(Case)


def kept(case: Case) -> bytes:
    """Return the state of a case as it is kept."""
    said = to_bytes(case)
    return zlib.compress(said, _QUICKLY) if len(said) > _LONG else said


def plain(state: bytes) -> bytes:
    """Return the JSON of a state that is kept; what is no state stays as it is.

    Two libraries may compress the same differently, so states are compared by this.
    """
    if state.startswith(_OPENS):
        return state
    try:
        return zlib.decompress(state)
    except zlib.error:
        return state


def read_case(state: bytes) -> Case:
    """Read a case as it is kept; raises ValueError for anything else."""
    return _read(plain(state))
