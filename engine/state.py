"""The folded state of a case as it is kept in its row: canonical JSON, packed once it has grown."""

from collections.abc import Callable

from engine.case import Case
from engine.fact import reader, to_bytes
from engine.packing import pack, unpack

#: A state of more bytes is packed: it says the same words for every item, and goes through the disk at every step.
_LONG = 1_000
_OPENS = b"{"
_read: Callable[[str | bytes], Case] = reader(Case)


def kept(case: Case) -> bytes:
    """Return the state of a case as it is kept: thoroughly packed where it hardly ever changes any more."""
    said = to_bytes(case)
    return pack(said, quickly=not case.over) if len(said) > _LONG else said


def plain(state: bytes) -> bytes:
    """Return the JSON of a state that is kept; what is no state stays as it is.

    Two libraries may compress the same differently, so states are compared by this.
    """
    if state.startswith(_OPENS):
        return state
    try:
        return unpack(state)
    except ValueError:
        return state


def read_case(state: bytes) -> Case:
    """Read a case as it is kept; raises ValueError for anything else."""
    return _read(plain(state))
