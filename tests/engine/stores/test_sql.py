"""The SQL store: cut off at every statement nothing has changed, every connection is durable, the log only grows."""

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psycopg
import pytest
from pysqlite3 import dbapi2
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from engine.commands import MACHINE, AnyCommand, FinishWork, OpenCase, RecordBreach
from engine.handle import Done
from engine.refusals.work import AlreadyDone
from engine.stores.audit import verify
from engine.stores.database import on_server
from engine.stores.sql import SqlStore
from engine.stores.sqlite import durable
from engine.stores.writers import driver_of
from engine.trouble import DiskFull
from engine.within import Within
from tests.engine.house import Office, at, purchase
from tests.postgres import fresh_store

NOW = at(2, 8)
TABLES = ("event", "case_file", "work_item", "work_holder", "breach", "entered_value")


class CutOffError(Exception):
    """The power went."""


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[SqlStore]:
    opened = SqlStore(tmp_path / "a.db")
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    opened = SqlStore(tmp_path / "a.db") if request.param == "sqlite" else fresh_store()
    yield opened
    opened.close()


def office(store: SqlStore) -> Office:
    return Office.with_(purchase(), store=store)


def dump(store: SqlStore) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, as another program reads them."""
    connection = psycopg.connect(str(store.where)) if on_server(store.where) else dbapi2.connect(store.where)
    rows = {name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in TABLES}
    connection.close()
    return rows


class Cut:
    """Lets the nth thing that is asked of a driver fail, before or after it is carried out; commits are asked too."""

    def __init__(self, nth: int, *, after: bool) -> None:
        self.nth, self.after, self.seen = nth, after, 0

    def around(self, method: Callable[..., object]) -> Callable[..., object]:
        def asked(driver: object, *arguments: object, **more: object) -> object:
            self.seen += 1
            struck = self.seen == self.nth
            if struck and not self.after:
                raise CutOffError
            answer = method(driver, *arguments, **more)
            if struck:
                raise CutOffError
            return answer

        return asked


@contextmanager
def cut(store: SqlStore, nth: int, *, after: bool) -> Iterator[None]:
    """Let the nth statement that the store's writing connection is given fail."""
    strike = Cut(nth, after=after)
    with pytest.MonkeyPatch.context() as patched:
        if on_server(store.where):
            for kind in (psycopg.Connection, psycopg.Cursor):
                patched.setattr(kind, "execute", strike.around(kind.execute))
            yield
            return
        patched.setattr(dbapi2, "connect", _breakable(strike))
        store.database.writers.close()
        store.database.writing.dispose()
        yield
        store.database.writers.close()
        store.database.writing.dispose()


def _breakable(strike: Cut) -> Callable[..., object]:
    """Connections of SQLite cannot be changed, only made of another kind."""
    cursor = type("Cursor", (dbapi2.Cursor,), {"execute": strike.around(dbapi2.Cursor.execute)})
    methods = {
        "execute": strike.around(dbapi2.Connection.execute),
        "cursor": lambda driver: dbapi2.Connection.cursor(driver, cursor),
    }
    return partial(dbapi2.connect, factory=type("Connection", (dbapi2.Connection,), methods))


def stages() -> dict[str, Callable[[Office], AnyCommand]]:
    """Commands that write to every table, each on a case brought to where it can be given."""

    def finish(case: str, item: int, by: str, outcome: str | None = None, **more: object) -> FinishWork:
        return FinishWork(id="cut", actor=by, case=case, item=item, outcome=outcome, **more)  # type: ignore[arg-type]

    fields = {"nội dung": "Máy in", "tổng tiền": "12 triệu"}
    return {
        "open": lambda _: OpenCase(
            id="cut", actor="an", procedure="QT-VP-05", title="Máy in", fields={"tổng tiền": "1"}, salt="s"
        ),
        "enter": lambda given: finish(given.open(NOW), 1, "an", fields=fields, salt="s"),
        "fork": lambda given: finish(given.ordered(NOW), 2, "binh", "Hợp lệ"),
        "return": lambda given: finish(given.ordered(NOW), 2, "binh", "Thiếu hoặc sai", reason="thiếu"),
        "end": lambda given: finish(given.ordered(NOW), 2, "binh", "Không thuộc phạm vi"),
        "join": lambda given: finish(given.examined(NOW), 5, "dung", "Yêu cầu làm rõ", reason="giá cũ"),
        "breach": lambda given: RecordBreach(id="cut", actor=MACHINE, case=given.ordered(NOW), breach="late_case"),
    }


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("stage", stages())
def test_cut_off_at_any_statement_nothing_has_changed(
    stage: str, *, after: bool, store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = office(store)
    command = stages()[stage](given)
    monkeypatch.setattr(store, "remembered", lambda _: None)  # what is remembered takes another way, tested below
    before = dump(store)
    struck = 0
    for nth in range(1, 100):
        with cut(store, nth, after=after):
            try:
                answer = given.give(command, at(30, 8))
            except CutOffError:
                struck += 1
                assert dump(store) == before, f"{stage}: {nth}"
                continue
        assert isinstance(answer, Done)
        assert not answer.repeated, "an attempt that was cut off must not have counted"
        break
    assert struck >= 3
    assert dump(store) != before
    assert verify(store).sound


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("stage", ["enter", "fork", "return", "end", "join"])
def test_cut_off_on_what_is_remembered_all_or_nothing_has_happened(stage: str, *, after: bool, store: SqlStore) -> None:
    given = office(store)
    command = stages()[stage](given)
    before, struck = dump(store), 0
    for nth in range(1, 100):
        with cut(store, nth, after=after):
            try:
                answer = given.give(command, at(30, 8))
                break
            except CutOffError:
                struck += 1
                if dump(store) != before:
                    break
    if after and on_server(store.where):  # what was cut off was all of it, and it was done
        answer = given.give(command, at(30, 8))
    assert struck >= 1
    assert isinstance(answer, Done)
    assert answer.repeated == (after and on_server(store.where))
    assert dump(store) != before
    assert verify(store).sound


def test_cut_off_before_its_commit_nothing_has_changed(store: SqlStore) -> None:
    given = office(store)
    case = given.ordered(NOW)
    before = dump(store)
    command = FinishWork(id="f", actor="binh", case=case, item=2, outcome="Hợp lệ")

    def struck() -> None:
        with store.writing() as writer:
            assert isinstance(Office(given.shelf, store=Within(store, writer)).give(command, NOW), Done)
            raise CutOffError

    with pytest.raises(CutOffError):
        struck()
    assert dump(store) == before
    assert isinstance(given.give(command, NOW), Done)


def test_every_connection_keeps_what_it_commits(embedded: SqlStore) -> None:
    for engine in (embedded.database.writing, embedded.database.reading):
        held = [engine.connect() for _ in range(4)]
        for connection in held:
            assert durable(connection)
            assert connection.execute(text("PRAGMA recursive_triggers")).scalar_one() == 1
            assert connection.execute(text("PRAGMA busy_timeout")).scalar_one() >= 1_000
            connection.rollback()
        for connection in held:
            connection.close()


def test_a_connection_that_is_not_durable_is_seen(embedded: SqlStore) -> None:
    with embedded.database.reading.connect() as connection:
        connection.connection.execute("PRAGMA synchronous=NORMAL")  # type: ignore[attr-defined]
        assert not durable(connection)
        connection.rollback()
        connection.connection.execute("PRAGMA synchronous=FULL")  # type: ignore[attr-defined]
        assert durable(connection)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET actor = 'x'",
        "UPDATE event SET body = body WHERE first_seq = 1",
        "DELETE FROM event",
        "DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)",
    ],
)
def test_the_log_cannot_be_changed_through_the_application(statement: str, store: SqlStore) -> None:
    refused_by_the_log(statement, store)


def test_replacing_a_record_is_changing_the_log(embedded: SqlStore) -> None:
    columns = "case_id, seq, first_seq, at, 'x', command, digest, body, hash"
    refused_by_the_log(f"INSERT OR REPLACE INTO event SELECT {columns} FROM event", embedded)


def refused_by_the_log(statement: str, store: SqlStore) -> None:
    given = office(store)
    given.ordered(NOW)
    before = dump(store)
    with pytest.raises(DatabaseError, match="append-only"), store.database.writing.begin() as connection:
        connection.execute(text(statement))
    assert dump(store) == before


def test_two_programs_on_one_file_have_one_winner(tmp_path: Path) -> None:
    offices = [office(SqlStore(tmp_path / "a.db")) for _ in range(2)]
    case = offices[0].ordered(NOW)

    def race(number: int) -> object:
        by = ("binh", "giang")[number % 2]
        command = FinishWork(id=f"f{number}", actor=by, case=case, item=2, outcome="Hợp lệ")
        return offices[number % 2].give(command, NOW)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(race, range(8)))
    assert [isinstance(answer, Done) for answer in answers].count(True) == 1
    assert sum(isinstance(answer, AlreadyDone) for answer in answers) == 7


def test_a_full_disk_refuses_the_command_and_the_store_recovers(embedded: SqlStore) -> None:
    given = office(embedded)
    case = given.ordered(NOW)
    driver = driver_of(embedded.database.writers._open())
    pages = driver.execute("PRAGMA page_count").fetchone()[0]
    driver.execute(f"PRAGMA max_page_count={pages}")
    before = dump(embedded)
    reason = random.Random(1).randbytes(40_000).hex()  # noqa: S311 - nothing that could be packed small
    command = FinishWork(id="f", actor="binh", case=case, item=2, outcome="Hợp lệ", reason=reason)
    with pytest.raises(DiskFull):
        given.give(command, NOW)
    assert dump(embedded) == before
    assert given.case(case).version > 0, "readers go on reading"
    driver.execute("PRAGMA max_page_count=1000000")
    assert isinstance(given.give(command, NOW), Done)


def test_readers_see_one_state_while_a_writer_goes_on(store: SqlStore) -> None:
    given = office(store)
    case = given.ordered(NOW)
    with store.reading() as reader:
        before = reader.held(case)
        given.do(case, "kiểm tra", "binh", NOW, "Hợp lệ")
        assert reader.held(case) == before
        assert before is not None
        assert len(reader.log(case)) == before.case.version
    assert given.case(case).version > before.case.version


# -- kill -9 -----------------------------------------------------------------------------------------------------------


def work_until_killed(path: Path, life: int, acknowledged: int) -> None:
    """Open cases and hand them in, telling each command that was answered through the pipe."""
    given = office(SqlStore(path))
    for number in range(10_000):
        opened = given.give(
            OpenCase(id=f"{life}/{number}/o", actor="an", procedure="QT-VP-05", title=f"{life}/{number}"), NOW
        )
        os.write(acknowledged, f"{life}/{number}/o\n".encode())
        if isinstance(opened, Done):
            fields = {"nội dung": "x", "tổng tiền": "1"}
            given.give(FinishWork(id=f"{life}/{number}/f", actor="an", case=opened.case, item=1, fields=fields), NOW)
            os.write(acknowledged, f"{life}/{number}/f\n".encode())


def kill_and_look(path: Path, kills: int, rng: random.Random) -> int:
    """Kill a working child again and again; what it acknowledged must be there, and everything must verify."""
    SqlStore(path).close()
    told: list[str] = []
    for life in range(kills):
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                work_until_killed(path, life, write)
            finally:
                os._exit(1)
        os.close(write)
        with os.fdopen(read) as pipe:
            told.append(pipe.readline().strip())  # it is at work now
            time.sleep(rng.uniform(0, 0.06))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            told += pipe.read().splitlines()
    given = office(SqlStore(path))
    with given.store.reading() as reader:
        written = {record.command for case in reader.case_ids() for record in reader.log(case)}
    assert set(told) <= written
    verdict = verify(given.store)  # type: ignore[arg-type]
    assert verdict.sound, verdict.faults
    return len(told)


def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    assert kill_and_look(tmp_path / "a.db", 8, random.Random(1)) >= 8  # noqa: S311 (moments, not secrets)


@pytest.mark.torture
@pytest.mark.timeout(600)
def test_what_was_acknowledged_survives_hundreds_of_kills(tmp_path: Path) -> None:
    assert kill_and_look(tmp_path / "a.db", 400, random.Random(2)) > 1_000  # noqa: S311 (moments, not secrets)
