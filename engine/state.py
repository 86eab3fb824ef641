"""The folded state of a case as it is kept in its row: JSON, packed."""

from collections.abc import Callable

from engine.case import Case
from engine.fact import as_declared, reader
from engine.packing import pack, unpack

_read: Callable[[str | bytes], Case] = reader(Case)


def kept(case: Case) -> bytes:
    """Return the state of a case as it is kept."""
    return pack(as_declared(case))


def plain(state: bytes) -> bytes:
    """Return the JSON of a state that is kept; what is no state stays as it is.

    Two libraries may compress the same differently, so states are compared by this.
    """
    try:
        return unpack(state)
    except ValueError:
        return state


def read_case(state: bytes) -> Case:
    """Read a case as it is kept; raises ValueError for anything else."""
    return _read(plain(state))
