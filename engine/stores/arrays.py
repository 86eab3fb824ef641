"""A column of values as an array of PostgreSQL in its binary form: no value is quoted, and none is read as text."""

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from psycopg.adapt import Dumper
from psycopg.pq import Format
from sqlalchemy import BigInteger, Boolean, Integer, LargeBinary, Table

_HEAD = struct.Struct(">iiIii")
_LONG, _SHORT, _TRUTH = struct.Struct(">iq").pack, struct.Struct(">ii").pack, struct.Struct(">i?").pack
_SIZE = struct.Struct(">i").pack
_NULL = _SIZE(-1)
#: Places are counted from here.
_FIRST = 1


class Packed(bytes):
    """An array in its binary form; its statement says by a cast what it is an array of."""

    __slots__ = ()


class PackedDumper(Dumper):
    """Hands a packed array to the server as it is."""

    format = Format.BINARY
    oid = 0

    def dump(self, obj: Packed) -> bytes:
        """Return the bytes."""
        return obj


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of values: its name and number in PostgreSQL, and how one that is there is written, its size before it."""

    name: str
    oid: int
    written: Callable[[Any], bytes]

    def packed(self, values: Sequence[object]) -> Packed:
        """Return values as an array."""
        one = self.written
        parts = [_NULL if value is None else one(value) for value in values]
        return Packed(_HEAD.pack(1, 1, self.oid, len(parts), _FIRST) + b"".join(parts))


def _text(value: str) -> bytes:
    said = value.encode()
    return _SIZE(len(said)) + said


_BIGINT = Kind("bigint", 20, lambda value: _LONG(8, value))
_INTEGER = Kind("integer", 23, lambda value: _SHORT(4, value))
_BOOLEAN = Kind("boolean", 16, lambda value: _TRUTH(1, value))
_BYTEA = Kind("bytea", 17, lambda value: _SIZE(len(value)) + value)
_TEXT = Kind("text", 25, _text)


def kind_of(table: Table, name: str) -> Kind:
    """Return the kind of the values of a column."""
    kind = table.c[name].type
    kind = getattr(kind, "impl", kind)
    if isinstance(kind, LargeBinary):
        return _BYTEA
    if isinstance(kind, Boolean):
        return _BOOLEAN
    if isinstance(kind, BigInteger):
        return _BIGINT
    return _INTEGER if isinstance(kind, Integer) else _TEXT
