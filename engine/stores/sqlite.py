"""Connections to an embedded SQLite database: durable at every commit, one writer at a time, readers beside it."""

import shutil
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.pool import QueuePool

from engine.packing import packed_id
from engine.stores.writers import AllOnOne, driver_of
from engine.stores.writes import Write
from engine.trouble import Busy, Conflict, Damaged, DiskFull, Gone, NotDurable, Trouble

_BUSY_SECONDS = 10
#: More statements at once than a command of a person needs.
_TOGETHER = 50
#: So many statements stay prepared on a connection. By itself the driver keeps fewer than it takes to make the tables,
#: and then prepares those of every step anew.
_PREPARED = 1_000
#: Waiting comes first, because going over to WAL may have to wait; triggers are recursive so that
#: INSERT OR REPLACE cannot delete a record of the log behind their back.
_PRAGMAS = (
    f"busy_timeout={_BUSY_SECONDS * 1000}",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "recursive_triggers=ON",
)


# What SQLite takes as it is; the driver looks for an adapter of such values at every statement, in vain and for long.
for _kind in (type(None), bytes):
    dbapi2.register_adapter(_kind, lambda value: value)


def sqlite_version() -> tuple[int, ...]:
    """Return the version of SQLite itself that is in use."""
    return tuple(int(part) for part in dbapi2.sqlite_version.split("."))


#: What SQLite's own codes mean, by how their names begin.
_MEANING: dict[str, type[Trouble]] = {
    "SQLITE_BUSY": Busy,
    "SQLITE_LOCKED": Busy,
    "SQLITE_FULL": DiskFull,
    "SQLITE_IOERR": Gone,
    "SQLITE_CANTOPEN": Gone,
    "SQLITE_READONLY": Damaged,
    "SQLITE_CORRUPT": Damaged,
    "SQLITE_NOTADB": Damaged,
}
#: How SQLite says that the number of a record, or the id of its command, is taken: it has one code for all constraints.
#: Nothing makes a Conflict of it before the transaction is over: in one that several commands share, what is half
#: written must not be tried again.
_TAKEN = "UNIQUE constraint failed"

#: For so many seconds whoever empties the journal waits for those who read.
_PATIENCE = 1
_LOOK = (
    "SELECT coalesce(e.case_id, q.case_id), e.first_seq, e.seq, q.digest,"
    " c.head, CASE WHEN c.head <> ? THEN c.state END"
    " FROM (SELECT 1) LEFT JOIN case_file c ON c.id = ? LEFT JOIN event e ON e.command = ?"
    " LEFT JOIN quiet_command q ON q.command = ?"
)
_ENTERED = "SELECT name, value FROM entered_value WHERE case_id = ? ORDER BY seq"


class Sqlite:
    """A database in one file beside the program."""

    def __init__(self, path: Path, *, to_disk: bool = True) -> None:
        """Take the place of the file; it is made when it is first needed.

        Transactions that write begin IMMEDIATE and, with `to_disk`, are on disk when they are committed; a deferred
        transaction for questions is one consistent snapshot.
        """
        self.path = path
        self.writing, self.reading = _engine(path), _engine(path)
        if not to_disk:
            event.listen(self.writing, "connect", _do_not_wait)
        event.listen(self.writing, "connect", _leave_nothing_behind)
        event.listen(self.reading, "begin", _begin_deferred)
        self.writers = AllOnOne(self.writing, _begin_immediate)

    @staticmethod
    def look(driver: Any, command: str, case: str | None, head: str) -> tuple[Any, Any]:
        """Return what a command wrote and how a case stands."""
        *wrote, now, state = driver.execute(_LOOK, (head, case, packed_id(command), command)).fetchone()
        entered = driver.execute(_ENTERED, (case,)).fetchall() if state is not None else ()
        return wrote if wrote[0] is not None else None, (state, now, entered) if now is not None else None

    @staticmethod
    def carry_out(driver: Any, asked: Sequence[Write]) -> int:
        """Carry statements out; here a statement is a call, not a journey, and many of one kind go in one call."""
        if len(asked) < _TOGETHER:
            touched = [driver.execute(statement, values).rowcount for statement, values in asked]
            return int(touched[0])
        first = driver.execute(*asked[0]).rowcount
        alike: dict[str, list[tuple[Any, ...]]] = {}
        for statement, values in asked[1:]:
            alike.setdefault(statement, []).append(values)
        for statement, many in alike.items():
            driver.executemany(statement, many)
        return int(first)

    def at_once(self, asked: Sequence[Write]) -> None:
        """Carry statements out in a transaction of their own, or in one with others who wait."""
        with self.writers.transaction() as connection:
            if self.carry_out(driver_of(connection), asked) != 1:
                raise Conflict

    @staticmethod
    def stream(driver: Any, parts: Iterable[Sequence[Write]]) -> bool:
        """Carry parts out one after another."""
        touched = [Sqlite.carry_out(driver, part) for part in parts]
        return touched == [1] * len(touched)

    def leave_no_trace(self) -> None:
        """Bring the journal into the file and empty it, unless somebody reads what was; then the next time does it."""
        with closing(dbapi2.connect(self.path, timeout=_PATIENCE)) as connection, suppress(dbapi2.OperationalError):
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @staticmethod
    def one_at_a_time(connection: Connection, what: str) -> None:
        """Do nothing: whoever writes is alone here."""

    @staticmethod
    def trouble(fault: BaseException) -> Trouble | None:
        """Return what a fault of the driver means for people, or None when it is a fault of ours."""
        if isinstance(fault, dbapi2.IntegrityError) and str(fault).startswith(_TAKEN):
            return Conflict(fault)
        name = str(getattr(fault, "sqlite_errorname", None) or "")
        kind = next((kind for begins, kind in _MEANING.items() if name.startswith(begins)), None)
        return kind(fault) if kind is not None else None


def copied(path: Path, to: Path) -> Path:
    """Copy a database file, also while it is in use; returns where the copy is, which the same may read."""
    to.touch()
    shutil.copymode(path, to)
    source, target = dbapi2.connect(path), dbapi2.connect(to)
    try:
        source.backup(target)
    finally:
        target.close()
        source.close()
    return to


def durable(connection: Connection) -> bool:
    """Tell whether a connection keeps what it commits through a loss of power (WAL and FULL)."""
    journal = connection.execute(text("PRAGMA journal_mode")).scalar_one()
    synchronous = connection.execute(text("PRAGMA synchronous")).scalar_one()
    return (journal, synchronous) == ("wal", 2)


def _engine(path: Path) -> Engine:
    kept = {"cached_statements": _PREPARED}
    engine = create_engine(f"sqlite:///{path}", module=dbapi2, poolclass=QueuePool, connect_args=kept)
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy's own BEGIN is the only one
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":  # a file system without shared memory
        raise NotDurable("journal_mode")


def _do_not_wait(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")


def _leave_nothing_behind(connection: Any, _record: object) -> None:
    """Overwrite what is deleted or moved, always: an erased value must not be left in a free or a split page."""
    connection.execute("PRAGMA secure_delete=ON")


def _begin_immediate(driver: Any) -> None:
    driver.execute("BEGIN IMMEDIATE")


def _begin_deferred(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
