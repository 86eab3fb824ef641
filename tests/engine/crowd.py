"""Thousands of cases without the time it takes to open them, and how much of them a question looks at."""

import json
from collections.abc import Callable
from itertools import count
from typing import Any

from sqlalchemy import Connection, event, text

from engine.stores.sql import SqlReader, SqlStore
from engine.stores.tables import CASE, HOLDER, ITEM
from engine.stores.writers import driver_of

#: About how many instructions of its machine SQLite needs to pass over a row of an index.
_A_ROW = 8


def crowd(store: SqlStore, copies: int) -> None:
    """Put so many copies of each case beside it: its row, its items and who may do them; one of each case in turn."""
    with store.writing() as writer:
        cases = [row.id for row in writer.connection.execute(CASE.select().order_by(CASE.c.id))]
        for nth, case in enumerate(cases, 10_000):
            for table, key in ((CASE, "id"), (ITEM, "case_id"), (HOLDER, "case_id")):
                number = f"({len(cases)} * i + {nth})"
                other = {key: f"'HS-2026-' || {number}", "number": number if table is CASE else "number"}
                columns = ", ".join(other.get(column.name, column.name) for column in table.columns)
                copied = (
                    f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {copies})"
                    f" INSERT INTO {table.name} ({', '.join(table.columns.keys())})"
                    f" SELECT {columns} FROM n CROSS JOIN {table.name} WHERE {key} = :case"
                )
                writer.connection.execute(text(copied), {"case": case})
        writer.connection.execute(text("ANALYZE"))


def looked_at(store: SqlStore, ask: Callable[[SqlReader], object]) -> int:
    """Return about how many rows a question goes through, as the database itself tells."""
    with store.reading() as reader:
        if reader.connection.dialect.name == "sqlite":
            return _by_instructions(reader, ask)
        asked: list[tuple[str, Any]] = []
        event.listen(reader.connection, "before_cursor_execute", lambda *told: asked.append((told[2], told[3])))
        ask(reader)
        return sum(_rows(_explained(reader.connection, *one)) for one in list(asked))


def _by_instructions(reader: SqlReader, ask: Callable[[SqlReader], object]) -> int:
    ticks = count()
    driver = driver_of(reader.connection)
    driver.set_progress_handler(lambda: next(ticks) < 0, _A_ROW)
    ask(reader)
    driver.set_progress_handler(None, 0)
    return next(ticks)


def _explained(connection: Connection, statement: str, values: Any) -> dict[str, Any]:
    told = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON, TIMING OFF) {statement}", values).scalar_one()
    found: dict[str, Any] = (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]
    return found


def _rows(plan: dict[str, Any]) -> int:
    """Return the rows that all steps of a plan gave or left out."""
    here = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0) + plan.get("Rows Removed by Join Filter", 0)
    return int(here * plan["Actual Loops"]) + sum(_rows(part) for part in plan.get("Plans", ()))
