"""Statements of one kind for many rows carried out as one, over arrays of values, as PostgreSQL can."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Boolean, Integer, LargeBinary, Table

from engine.stores.writes import SHAPES, Shape, Write


def set_based(driver: Any, asked: Sequence[Write]) -> int:
    """Carry statements out, in any order between kinds; return how many rows the kind of the first touched.

    That is 1 where each of that kind touched its row, so that it can be held against one, as for a single statement.
    """
    alike: dict[str, list[tuple[Any, ...]]] = {}
    for statement, values in asked:
        alike.setdefault(statement, []).append(values)
    touched = [_carry_out(driver, statement, many) for statement, many in alike.items()]
    return int(touched[0])


def _carry_out(driver: Any, statement: str, many: list[tuple[Any, ...]]) -> bool:
    shape = SHAPES.get(statement)
    if shape is None:
        cursor = driver.cursor()
        cursor.executemany(statement.replace("?", "%s"), many)
        return bool(cursor.rowcount == len(many))
    rows = [values[first : first + shape.width] for values in many for first in range(0, len(values), shape.width)]
    columns = [list(column) for column in zip(*rows, strict=True)]
    return bool(driver.execute(_over_arrays(shape), columns).rowcount == len(rows))


@cache
def _over_arrays(shape: Shape) -> str:
    names = (*shape.columns, *shape.where)
    arrays = ", ".join(f"%s::{_kind(shape.table, name)}[]" for name in names)
    table, columns = shape.table.name, ", ".join(shape.columns)
    if not shape.where:
        return f"INSERT INTO {table} ({columns}) SELECT * FROM unnest({arrays})"  # noqa: S608 - our own names
    given = ", ".join(f"v{place}" for place, _ in enumerate(names))
    told = ", ".join(f"{name} = g.v{place}" for place, name in enumerate(shape.columns))
    key = " AND ".join(f"t.{name} = g.v{place}" for place, name in enumerate(shape.where, len(shape.columns)))
    return f"UPDATE {table} AS t SET {told} FROM unnest({arrays}) AS g ({given}) WHERE {key}"  # noqa: S608


def _kind(table: Table, name: str) -> str:
    kind = table.c[name].type
    kind = getattr(kind, "impl", kind)
    if isinstance(kind, LargeBinary):
        return "bytea"
    if isinstance(kind, Boolean):
        return "boolean"
    if isinstance(kind, BigInteger):
        return "bigint"
    return "integer" if isinstance(kind, Integer) else "text"
