"""Rows taken straight from the driver: everything asked in this way is text or a number already."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import BigInteger, ColumnElement, Select, and_, func, select, type_coerce

from engine.rows import WHOLE_CASE
from engine.stores.sql import SqlReader
from engine.stores.tables import BREACH, CASE, ITEM

_Row = TypeVar("_Row")


def rows(reader: SqlReader, asked: Select[Any], make: Callable[[Any], _Row]) -> list[_Row]:
    """Return what a question finds, each row made into something."""
    return list(map(make, plain(reader, asked)))


def plain(reader: SqlReader, asked: Select[Any]) -> list[Any]:
    """Return what a question finds as the driver gives it."""
    cursor = reader.connection.execute(asked).cursor
    if cursor is None:
        raise LookupError("a question without rows")
    return list(cursor.fetchall())


def seconds(column: Any) -> ColumnElement[int]:
    """Read an instant as the number it is kept as: a million datetimes cost more than the counting."""
    return type_coerce(column, BigInteger)


#: When what a breach is about came about: its deadline passed, or the thing was done.
BREACH_AT = func.coalesce(seconds(BREACH.c.due), seconds(ITEM.c.finished_at), seconds(BREACH.c.found_at))


def of_breaches(*told: Any) -> Select[Any]:
    """Ask for columns of recorded breaches, of their cases, and of the items that they are about."""
    breach = BREACH.c
    item = and_(ITEM.c.case_id == breach.case_id, ITEM.c.number == breach.number, breach.number != WHOLE_CASE)
    return select(*told).select_from(BREACH).join(CASE, CASE.c.id == breach.case_id).join(ITEM, item, isouter=True)


def breach_rows() -> Select[Any]:
    """Ask for recorded breaches with what tells when each came about, in the order of `BreachFact`."""
    breach = BREACH.c
    what = breach.case_id, breach.number, breach.kind, breach.step, seconds(breach.due), BREACH_AT, breach.seq
    return of_breaches(*what, CASE.c.procedure, CASE.c.issue, breach.part)
