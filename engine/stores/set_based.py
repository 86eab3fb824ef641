"""Statements of one kind for many rows carried out as one, over arrays of values, as PostgreSQL can."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from engine.stores.arrays import Kind, kind_of
from engine.stores.writes import SHAPES, Shape, Write


def set_based(driver: Any, asked: Sequence[Write]) -> int:
    """Carry statements out, in any order between kinds; return how many rows the kind of the first touched.

    That is 1 where each of that kind touched its row, so that it can be held against one, as for a single statement.
    """
    return int(_sent(driver, asked).touched_all)


def streamed(driver: Any, parts: Iterable[Sequence[Write]]) -> bool:
    """Carry parts out, each while the next one is made; tell whether the first kind of each touched all its rows."""
    with driver.pipeline():
        sent = [_sent(driver, part) for part in parts]
    return all(one.touched_all for one in sent)


@dataclass(frozen=True, slots=True)
class _Sent:
    """A statement that was sent for so many rows; in a pipeline its answer comes when that ends."""

    cursor: Any
    rows: int

    @property
    def touched_all(self) -> bool:
        return bool(self.cursor.rowcount == self.rows)


def _sent(driver: Any, asked: Sequence[Write]) -> _Sent:
    """Send statements, those of a kind together, and return the kind of the first."""
    alike: dict[str, list[tuple[Any, ...]]] = {}
    for statement, values in asked:
        alike.setdefault(statement, []).append(values)
    first, *_ = [_send(driver, statement, many) for statement, many in alike.items()]
    return first


def _send(driver: Any, statement: str, many: list[tuple[Any, ...]]) -> _Sent:
    shape = SHAPES.get(statement)
    if shape is None:
        cursor = driver.cursor()
        cursor.executemany(statement.replace("?", "%s"), many)
        return _Sent(cursor, len(many))
    rows = [values[first : first + shape.width] for values in many for first in range(0, len(values), shape.width)]
    kinds = _kinds(shape)
    arrays = [kind.packed(column) for kind, column in zip(kinds, zip(*rows, strict=True), strict=True)]
    return _Sent(driver.execute(_over_arrays(shape), arrays), len(rows))


@cache
def _kinds(shape: Shape) -> tuple[Kind, ...]:
    return tuple(kind_of(shape.table, name) for name in (*shape.columns, *shape.where))


@cache
def _over_arrays(shape: Shape) -> str:
    names = (*shape.columns, *shape.where)
    arrays = ", ".join(f"%s::{kind.name}[]" for kind in _kinds(shape))
    table, columns = shape.table.name, ", ".join(shape.columns)
    if not shape.where:
        return f"INSERT INTO {table} ({columns}) SELECT * FROM unnest({arrays})"  # noqa: S608 - our own names
    given = ", ".join(f"v{place}" for place, _ in enumerate(names))
    told = ", ".join(f"{name} = g.v{place}" for place, name in enumerate(shape.columns))
    key = " AND ".join(f"t.{name} = g.v{place}" for place, name in enumerate(shape.where, len(shape.columns)))
    return f"UPDATE {table} AS t SET {told} FROM unnest({arrays}) AS g ({given}) WHERE {key}"  # noqa: S608
