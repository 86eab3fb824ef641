"""The common ground of what is stored: frozen facts with one canonical JSON, fast enough for every step of a case."""

from collections.abc import Callable, Sequence
from typing import Any, Self, TypeVar

import msgspec

T = TypeVar("T")
_ENCODER = msgspec.json.Encoder(order="sorted")
_AS_DECLARED = msgspec.json.Encoder(order="deterministic")


# Facts are made of what was there before them, so none is ever part of a ring: the collector need not look at them.
class Fact(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """An immutable value. Its JSON leaves out what is only a default, so a field can be added to what is stored."""

    def but(self, **changes: Any) -> Self:
        """Return the same with some of it changed."""
        return msgspec.structs.replace(self, **changes)


class Event(Fact, frozen=True, kw_only=True, tag_field="kind", tag=True):
    """Something that has happened; its JSON says under `kind` what."""

    @property
    def kind(self) -> str:
        """The name of what has happened."""
        return type(self).__name__


def to_bytes(said: Fact | Sequence[object]) -> bytes:
    """Return canonical JSON in UTF-8: sorted keys, no blanks, nothing that is only a default.

    A list of plain values comes out as Python's own `json` writes it without blanks, to the byte.
    """
    return _ENCODER.encode(said)


def as_declared(fact: Fact) -> bytes:
    """Return JSON whose fields stand as they are declared: what is never hashed is spared the sorting of them."""
    return _AS_DECLARED.encode(fact)


def to_json(fact: Fact) -> str:
    """Return the same as text."""
    return to_bytes(fact).decode()


def reader(kind: type[T] | Any) -> Callable[[str | bytes], T]:
    """Return what reads JSON of this kind back; it raises ValueError for anything else."""
    decode = msgspec.json.Decoder(kind).decode

    def read(text: str | bytes) -> T:
        try:
            found: T = decode(text)
        except msgspec.MsgspecError as fault:
            raise ValueError(str(fault)) from fault
        return found

    return read
