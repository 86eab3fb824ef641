"""quytrinh as it is, with rights, deadlines, hash chain and all; and the same rows written raw."""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from benchmarks.contestants.base import Advance, Place
from benchmarks.w1 import NOW, Ground, Plan, Step, finish, ground, opening
from engine.handle import Done, handle
from engine.stores.sql import SqlStore
from engine.stores.writes import Write


def size_of(folder: Path) -> int:
    """Return how many bytes the files of a folder take."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def server_size(store: SqlStore) -> int:
    """Return how many bytes the database of a store takes on its server."""
    with store.writing() as writer:
        row = writer.connection.exec_driver_sql("SELECT pg_database_size(current_database())").one()
    return int(row[0])


class Ours:
    """Commands through `handle`."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.on: Ground = ground()
        self.store = SqlStore(place.url or place.folder / "a.db")
        self.empty = self._size()

    def open(self, cases: int) -> None:
        """Open cases, each by its command."""
        for number in range(1, cases + 1):
            answer = handle(opening(number), store=self.store, ground=self.on, now=NOW)
            assert isinstance(answer, Done), answer

    def client(self) -> Advance:
        """Return what gives one finishing command."""

        def advance(number: int, nth: int, step: Step) -> None:
            answer = handle(finish(number, nth, step), store=self.store, ground=self.on, now=NOW)
            assert isinstance(answer, Done), answer

        return advance

    def close(self) -> int:
        """Close the store."""
        taken = self._size() - self.empty
        self.store.close()
        return taken if self.place.server else size_of(self.place.folder)

    def _size(self) -> int:
        return server_size(self.store) if self.place.server else 0


Recording = dict[tuple[int, int], Sequence[Write]]


def recorded(place: Place, cases: int) -> Recording:
    """Return what quytrinh writes at each step of W1: the statements and their values."""
    ours = Ours(place)
    ours.open(cases)
    advance, written = ours.client(), []
    at_once = ours.store.database.at_once

    def written_at_once(asked: Sequence[Write]) -> None:
        written.append(asked)
        at_once(asked)

    ours.store.database.at_once = written_at_once  # type: ignore[method-assign]
    told: Recording = {}
    for number, nth, step in Plan(ours.on).steps(range(1, cases + 1)):
        advance(number, nth, step)
        told[number, nth] = written.pop()
    ours.close()
    return told


class Raw(Ours):
    """The limit: nothing is read, decided, folded or hashed; the same rows are written by prepared statements."""

    def __init__(self, place: Place, told: Recording) -> None:
        super().__init__(place)
        self.told = told
        self.lock = Lock()
        self.connections: list[Any] = []

    def client(self) -> Advance:
        """Return what writes the rows of one step in a transaction."""
        connection = self.store.database.writing.connect()
        driver: Any = connection.connection.driver_connection
        database, told = self.store.database, self.told

        def on_file(number: int, nth: int, _: Step) -> None:
            with self.lock:
                driver.execute("BEGIN IMMEDIATE")
                for statement, values in told[number, nth]:
                    driver.execute(statement, values)
                driver.execute("COMMIT")

        def on_server(number: int, nth: int, _: Step) -> None:
            database.carry_out(driver, told[number, nth])

        if self.place.server:
            driver.autocommit = True
        self.connections.append(connection)
        return on_server if self.place.server else on_file

    def close(self) -> int:
        """Close the store and what writes beside it."""
        for connection in self.connections:
            connection.close()
        return super().close()
