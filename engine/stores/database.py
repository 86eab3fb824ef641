"""What the SQL store asks of a database, which database an address means, and what a fault of its driver means."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFreeError

from engine.stores.sqlite import Sqlite
from engine.stores.writers import AllOnOne, OneEach
from engine.stores.writes import Write
from engine.trouble import Busy, Trouble

#: How the database setting of an agency begins when it names a server.
_SERVERS = ("postgresql://", "postgres://")

#: Case, first and last number of the records that a command wrote; none, and its digest, where there were none.
Wrote = tuple[str, int | None, int | None, str | None]
#: State, hash of the last record, and (name, value) of what was entered, in order; no state where the hash was known.
Stands = tuple[bytes | None, str, Iterable[tuple[str, str]]]


class Database(Protocol):
    """Two kinds of transactions, and how they keep out of each other's way."""

    #: Connections for `writers`: what they commit is kept.
    writing: Engine
    #: Transactions that see one state from beginning to end.
    reading: Engine

    @property
    def writers(self) -> OneEach | AllOnOne:
        """How transactions that write keep out of each other's way."""
        ...

    def look(self, driver: Any, command: str, case: str | None, head: str) -> tuple[Wrote | None, Stands | None]:
        """Return what a command wrote and how a case stands, which nobody else may change in this transaction.

        Of a case whose last record has the hash `head` the rest is known, and not read.
        """
        ...

    def carry_out(self, driver: Any, asked: Sequence[Write]) -> int:
        """Carry statements out, in any order; return how many rows the first of them touched."""
        ...

    def stream(self, driver: Any, parts: Iterable[Sequence[Write]]) -> bool:
        """Carry many statements out part by part as they are made; tell whether the first of each touched its row."""
        ...

    def at_once(self, asked: Sequence[Write]) -> None:
        """Carry statements out in a transaction of their own; Conflict, and nothing, unless the first touches a row."""
        ...

    def leave_no_trace(self) -> None:
        """Let what was erased be nowhere, as far as that can be done at once."""
        ...

    def one_at_a_time(self, connection: Connection, what: str) -> None:
        """Let whoever asks for the same go one after another until the transaction ends."""
        ...

    def trouble(self, fault: BaseException) -> Trouble | None:
        """Return what a fault of the driver means for people, or None when it is a fault of ours."""
        ...


def on_server(where: Path | str) -> bool:
    """Tell whether a database is on a PostgreSQL server, by its address."""
    return isinstance(where, str) and where.startswith(_SERVERS)


def database_at(where: Path | str, *, durable: bool) -> Database:
    """Return the database in a file or at an address."""
    if on_server(where):
        from engine.stores.postgres import Postgres  # who has a file needs no driver for servers

        return Postgres(str(where))
    return Sqlite(Path(where), to_disk=durable)


class Told:
    """Turns what a driver raises into the trouble it means; what is a fault of ours stays what it is."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    def __enter__(self) -> None:
        """Begin to listen."""

    def __exit__(self, _kind: object, fault: BaseException | None, _trace: object) -> None:
        """Raise what a fault means."""
        trouble = self._meant(fault) if isinstance(fault, Exception) else None
        if trouble is not None:
            raise trouble from fault

    def _meant(self, fault: Exception) -> Trouble | None:
        if isinstance(fault, NoConnectionFreeError):
            return Busy(fault)
        said = fault.orig if isinstance(fault, DBAPIError) else fault
        return self._database.trouble(said) if said is not None and not isinstance(said, Trouble) else None
