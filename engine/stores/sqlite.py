"""Connections to an embedded SQLite database: durable at every commit, one writer at a time, readers beside it."""

from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.pool import QueuePool

_BUSY_SECONDS = 10
#: Waiting comes first, because going over to WAL may have to wait; triggers are recursive so that
#: INSERT OR REPLACE cannot delete a record of the log behind their back.
_PRAGMAS = (
    f"busy_timeout={_BUSY_SECONDS * 1000}",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "recursive_triggers=ON",
)


def sqlite_version() -> tuple[int, ...]:
    """Return the version of SQLite itself that is in use."""
    return tuple(int(part) for part in dbapi2.sqlite_version.split("."))


def writing_engine(path: Path, *, to_disk: bool = True) -> Engine:
    """Return an engine whose transactions begin IMMEDIATE and, with `to_disk`, are on disk when they are committed."""
    engine = _engine(path)
    if not to_disk:
        event.listen(engine, "connect", _do_not_wait)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def reading_engine(path: Path) -> Engine:
    """Return an engine for questions: a deferred transaction is one consistent snapshot."""
    engine = _engine(path)
    event.listen(engine, "begin", _begin_deferred)
    return engine


def durable(connection: Connection) -> bool:
    """Tell whether a connection keeps what it commits through a loss of power (WAL and FULL)."""
    journal = connection.execute(text("PRAGMA journal_mode")).scalar_one()
    synchronous = connection.execute(text("PRAGMA synchronous")).scalar_one()
    return (journal, synchronous) == ("wal", 2)


def _engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", module=dbapi2, poolclass=QueuePool)
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy's own BEGIN is the only one
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _do_not_wait(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_deferred(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
