"""A store copied while it is in use: into one SQLite file that any machine can read, and back into either database."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2
from sqlalchemy import Connection, Integer, Table, func, insert, select, text
from sqlmodel import SQLModel

from engine.stores.sql import SqlStore
from engine.stores.tables import VersionRow, table

#: How many rows are carried at a time.
_ROWS = 2_000


def copy_out(store: SqlStore, path: Path) -> None:
    """Copy everything a store holds at one moment into a new SQLite file; the store stays in use meanwhile."""
    with store.reading() as reader:
        reader.connection.execute(text("SELECT count(*) FROM case_file"))  # the moment of the snapshot
        if reader.connection.dialect.name == "sqlite":
            _copy_pages(reader.connection, path)
        else:
            fresh = SqlStore(path)
            try:
                _copy_rows(reader.connection, fresh)
            finally:
                fresh.close()
    settle(path)


def copy_in(path: Path, target: SqlStore) -> None:
    """Copy everything from a SQLite file that `copy_out` made into a store that holds nothing yet.

    The file itself is left to the byte as it is: a store that opens it would begin to keep a journal beside it.
    """
    with tempfile.TemporaryDirectory(prefix="quytrinh-copy-") as aside:
        source = SqlStore(shutil.copyfile(path, Path(aside) / path.name), upgrade=True)
        try:
            with source.reading() as reader:
                _copy_rows(reader.connection, target)
        finally:
            source.close()


def is_empty(store: SqlStore) -> bool:
    """Tell whether a store holds nothing: no case, no account, no errand."""
    with store.reading() as reader:
        return not any(reader.connection.execute(select(one).limit(1)).first() for one in _tables())


def settle(path: Path) -> None:
    """Bring what is still beside the file into it, and let go of the files beside it."""
    connection = dbapi2.connect(path)
    try:
        connection.execute("PRAGMA journal_mode=DELETE")
    finally:
        connection.close()


def _copy_pages(connection: Connection, path: Path) -> None:
    """Let SQLite copy its own pages: those of one moment, whatever is written meanwhile."""
    source: Any = connection.connection.driver_connection
    target = dbapi2.connect(path)
    try:
        source.backup(target)
    finally:
        target.close()


def _copy_rows(source: Connection, target: SqlStore) -> None:
    with target.writing() as writer:
        for one in _tables():
            for rows in _batches(source, one):
                writer.connection.execute(insert(one), rows)
            _count_on(writer.connection, one)


def _tables() -> list[Table]:
    """Return every table but the one that says which version the tables have: both stores are of today's."""
    return [found for found in SQLModel.metadata.sorted_tables if found is not table(VersionRow)]


def _batches(source: Connection, of: Table) -> Iterator[list[dict[str, Any]]]:
    found = source.execution_options(yield_per=_ROWS).execute(select(of))
    for batch in found.mappings().partitions(_ROWS):
        yield [dict(row) for row in batch]


def _count_on(connection: Connection, of: Table) -> None:
    """Let a server give the next number after those that were copied, where it gives numbers itself."""
    column = of.autoincrement_column
    if connection.dialect.name != "postgresql" or column is None or not isinstance(column.type, Integer):
        return
    sequence = connection.execute(select(func.pg_get_serial_sequence(of.name, column.name))).scalar()
    highest = connection.execute(select(func.max(column))).scalar()
    if sequence is not None and highest is not None:
        connection.execute(select(func.setval(sequence, highest)))
