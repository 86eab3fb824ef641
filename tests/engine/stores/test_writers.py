"""Transactions that write: those who wait share one commit, nobody returns before it, and whoever fails falls alone."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pysqlite3 import dbapi2

from engine.stores.sqlite import Sqlite
from engine.stores.writers import AllOnOne, driver_of
from engine.trouble import Gone


class FallError(Exception):
    """Something went wrong inside a transaction."""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Sqlite]:
    opened = Sqlite(tmp_path / "a.db")
    with opened.writers.transaction() as connection:
        driver_of(connection).execute("CREATE TABLE t (n INTEGER PRIMARY KEY)")
    yield opened
    opened.writers.close()
    opened.writing.dispose()


def rows(database: Sqlite) -> list[int]:
    connection = dbapi2.connect(database.path)
    found = [n for (n,) in connection.execute("SELECT n FROM t ORDER BY n")]
    connection.close()
    return found


class Crowd:
    """Clients that all wait until the first of them lets them go on."""

    def __init__(self, database: Sqlite) -> None:
        self.database = database
        self.seen: list[tuple[int, bool]] = []
        self.raised: dict[int, BaseException] = {}
        self.statements: list[str] = []

    def go(self, numbers: range, inside: Callable[[int], None] = lambda _: None) -> None:
        """Let each number be written by a client of its own, the first while all the others wait."""
        writers, threads = self.database.writers, []
        driver_of(writers._open()).set_trace_callback(self.statements.append)
        for number in numbers:
            threads.append(threading.Thread(target=self._write, args=(number, numbers, inside)))
            threads[-1].start()
            while number == numbers[0] and not writers._turn.locked():
                time.sleep(0.001)
        for thread in threads:
            thread.join()
        driver_of(writers._open()).set_trace_callback(None)

    def _write(self, number: int, numbers: range, inside: Callable[[int], None]) -> None:
        try:
            with self.database.writers.transaction() as connection:
                while number == numbers[0] and self.database.writers._waiting < len(numbers) - 1:
                    time.sleep(0.001)
                driver_of(connection).execute("INSERT INTO t VALUES (?)", (number,))
                inside(number)
        except Exception as fault:  # noqa: BLE001 - the test looks at it
            self.raised[number] = fault
        else:
            self.seen.append((number, number in rows(self.database)))

    @property
    def commits(self) -> int:
        return sum(statement.startswith("COMMIT") for statement in self.statements)


def test_those_who_wait_share_one_commit_and_nobody_returns_before_it(
    database: Sqlite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.stores.writers._LOOK", 60)  # nobody commits for whoever is slow to wake
    crowd = Crowd(database)
    crowd.go(range(8))
    assert sorted(crowd.seen) == [(number, True) for number in range(8)]
    assert crowd.commits == 1
    assert rows(database) == list(range(8))


@pytest.mark.parametrize("falls", [0, 3, 7])
def test_whoever_fails_falls_alone(falls: int, database: Sqlite) -> None:
    def inside(number: int) -> None:
        if number == falls:
            raise FallError

    crowd = Crowd(database)
    crowd.go(range(8), inside)
    assert {number: type(fault) for number, fault in crowd.raised.items()} == {falls: FallError}
    assert rows(database) == [number for number in range(8) if number != falls]
    assert sorted(crowd.seen) == [(number, True) for number in rows(database)]


def test_when_the_database_takes_all_back_all_are_told(database: Sqlite) -> None:
    def inside(number: int) -> None:
        if number == 5:
            driver_of(database.writers._open()).execute("ROLLBACK")  # as SQLite does of itself when the disk is full
            raise FallError

    crowd = Crowd(database)
    crowd.go(range(8), inside)
    assert sorted([*crowd.raised, *(number for number, _ in crowd.seen)]) == list(range(8))
    assert rows(database) == sorted(number for number, _ in crowd.seen)
    assert len(crowd.raised) >= 1
    assert {type(fault) for fault in crowd.raised.values()} == {FallError}
    assert all(there for _, there in crowd.seen)


def test_a_commit_that_fails_fails_for_all_of_its_group(database: Sqlite, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = AllOnOne._commit

    def commit(writers: AllOnOne) -> None:
        with monkeypatch.context() as patched:
            patched.setattr("engine.stores.writers.driver_of", lambda _: Failing())
            whole(writers)

    class Failing:
        """A driver whose disk went away."""

        def commit(self) -> None:
            raise FallError

        def rollback(self) -> None:
            driver_of(database.writers._open()).rollback()

    monkeypatch.setattr(AllOnOne, "_commit", commit)
    crowd = Crowd(database)
    crowd.go(range(4))
    monkeypatch.undo()
    assert sorted(crowd.raised) == [0, 1, 2, 3]
    assert rows(database) == []
    crowd.go(range(2))
    assert rows(database) == [0, 1]


def test_a_group_that_was_handed_on_to_somebody_who_went_away_is_committed(database: Sqlite) -> None:
    writers = database.writers
    with writers._counting:
        writers._waiting += 1  # somebody who will never come
    with writers.transaction() as connection:
        driver_of(connection).execute("INSERT INTO t VALUES (1)")
    assert rows(database) == [1]


@pytest.mark.parametrize("refused", ["ROLLBACK", "RELEASE"])
def test_where_one_cannot_be_taken_back_alone_nothing_of_it_is_kept(refused: str, database: Sqlite) -> None:
    def inside(number: int) -> None:
        if refused == "ROLLBACK" and number == 2:
            raise FallError

    def refuse(action: int, said: str | None, *_: str | None) -> int:
        return dbapi2.SQLITE_DENY if (action, said) == (dbapi2.SQLITE_SAVEPOINT, refused) else dbapi2.SQLITE_OK

    driver_of(database.writers._open()).set_authorizer(refuse)
    crowd = Crowd(database)
    crowd.go(range(4), inside)
    assert crowd.raised
    assert rows(database) == sorted(number for number, _ in crowd.seen)
    assert sorted([*crowd.raised, *rows(database)]) == list(range(4))


def test_closing_keeps_what_was_handed_on(database: Sqlite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.stores.writers._LOOK", 0.2)  # long enough to close before anybody looks
    writers = database.writers
    with writers._counting:
        writers._waiting += 1  # somebody who will never come
    written = threading.Event()

    def hand_on() -> None:
        with writers.transaction() as connection:
            driver_of(connection).execute("INSERT INTO t VALUES (1)")
            written.set()

    thread = threading.Thread(target=hand_on)
    thread.start()
    written.wait()
    writers.close()
    thread.join()
    assert rows(database) == [1]


def test_closing_waits_for_whoever_is_in_the_middle(database: Sqlite) -> None:
    begun, closing = threading.Event(), threading.Event()

    def in_the_middle() -> None:
        with database.writers.transaction() as connection:
            driver = driver_of(connection)
            driver.execute("INSERT INTO t VALUES (1)")
            begun.set()
            closing.wait()
            time.sleep(0.05)
            driver.execute("INSERT INTO t VALUES (2)")

    thread = threading.Thread(target=in_the_middle)
    thread.start()
    begun.wait()
    closing.set()
    database.writers.close()
    thread.join()
    assert rows(database) == [1, 2]


@pytest.mark.parametrize("lost", [0, 2])
def test_what_was_taken_back_and_overlooked_is_not_acknowledged(lost: int, database: Sqlite) -> None:
    def inside(number: int) -> None:
        if number == lost:
            driver_of(database.writers._open()).execute("ROLLBACK")  # as SQLite does of itself when the disk is full

    crowd = Crowd(database)
    crowd.go(range(4), inside)
    assert isinstance(crowd.raised[lost], Gone)
    assert rows(database) == sorted(number for number, _ in crowd.seen)
