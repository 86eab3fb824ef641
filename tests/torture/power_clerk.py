"""A clerk under the shim: works on one SQLite file in a journal mode, and tells the shim what was acknowledged."""

import random
import sys
from pathlib import Path
from typing import Any

from engine.stores import sqlite
from engine.stores.sql import SqlStore
from tests.torture.clerks import ACK, office, work
from tests.torture.shim import loaded

#: The store as it is; the other modes are controls, which the store itself would refuse.
OWN = "own"


def main(path: str, seed: str, turns: str, journal: str, synchronous: str) -> None:
    """Work for some turns, with a checkpoint of the journal every few pages, so that every kind of write comes up."""
    sqlite._prepare = _prepare_as(journal, synchronous) if journal != OWN else _small_journal(sqlite._prepare)
    library = loaded()

    def tell(line: str) -> None:
        if line.startswith(ACK):
            library.shim_ack(line.removeprefix(ACK).encode())

    store = SqlStore(Path(path))
    library.shim_ack(b"begun")
    work(office(store), "p", random.Random(seed), tell, int(turns))
    store.close()


def _small_journal(own: Any) -> Any:
    def prepare(connection: Any, record: object) -> None:
        own(connection, record)
        connection.execute("PRAGMA wal_autocheckpoint=40")

    return prepare


def _prepare_as(journal: str, synchronous: str) -> Any:
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        told = (f"journal_mode={journal}", f"synchronous={synchronous}", "foreign_keys=ON", "recursive_triggers=ON")
        for pragma in ("busy_timeout=10000", *told, "wal_autocheckpoint=40"):
            connection.execute(f"PRAGMA {pragma}")

    return prepare


if __name__ == "__main__":
    main(*sys.argv[1:])
