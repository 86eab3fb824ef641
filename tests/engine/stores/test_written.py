"""A log names each command once; what was left out is filled in, and what was altered is found all the same."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from engine.stores.audit import verify
from engine.stores.sql import SqlStore
from engine.stores.tables import SQLITE_GUARDS
from tests.engine.house import Office, at, purchase

NOW = at(2, 8)
CASE = "HS-2026-0001"


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    from tests.postgres import server

    opened = SqlStore(tmp_path / "a.db" if request.param == "sqlite" else server().database())
    yield opened
    opened.close()


def altered(store: SqlStore, *statements: str) -> list[tuple[str, int | None]]:
    """Change a SQLite file as its owner could, and return where an audit finds something."""
    with store.writing() as writer:
        for name in SQLITE_GUARDS:
            writer.connection.execute(text(f"DROP TRIGGER {name}"))
        for statement in statements:
            assert writer.connection.execute(text(statement)).rowcount
        for guard in SQLITE_GUARDS.values():
            writer.connection.exec_driver_sql(guard)
    return [(fault.case, fault.seq) for fault in verify(store).faults]


def test_each_command_is_named_by_the_first_of_its_records_and_read_back_with_all(store: SqlStore) -> None:
    office, memory = Office.with_(purchase(), store=store), Office.with_(purchase())
    log, same = (one.log(one.examined(NOW)) for one in (office, memory))
    assert log == same
    assert all(record.command and len(record.digest) == 64 for record in log)
    with store.reading() as reader:
        named = reader.connection.execute(text("SELECT command FROM event WHERE command <> '' AND digest <> ''"))
        silent = reader.connection.execute(text("SELECT count(*) FROM event WHERE command = '' AND digest = ''"))
        assert sorted(named.scalars()) == sorted({record.command for record in log})
        assert silent.scalar_one() == len(log) - len({record.command for record in log}) > 0
    assert verify(store).sound


@pytest.fixture
def file(tmp_path: Path) -> Iterator[SqlStore]:
    opened = SqlStore(tmp_path / "a.db")
    Office.with_(purchase(), store=opened).examined(NOW)
    yield opened
    opened.close()


def test_a_log_that_names_its_command_in_every_record_is_as_good(file: SqlStore) -> None:
    with file.reading() as reader:
        log = reader.log(CASE)
    told = [f"UPDATE event SET command = '{one.command}', digest = '{one.digest}' WHERE seq = {one.seq}" for one in log]
    assert altered(file, *told) == []
    with file.reading() as reader:
        assert reader.log(CASE) == log


@pytest.mark.parametrize(
    "change",
    [
        lambda named, _: f"command = '', digest = '' WHERE seq = {named}",
        lambda named, _: f"command = '' WHERE seq = {named}",
        lambda _, silent: f"command = 'x' WHERE seq = {silent}",
        lambda _, silent: f"digest = '{'0' * 64}' WHERE seq = {silent}",
    ],
)
def test_a_command_that_is_taken_away_or_put_in_is_found(file: SqlStore, change: Callable[[int, int], str]) -> None:
    with file.reading() as reader:
        named, silent = (
            reader.connection.execute(text(f"SELECT max(seq) FROM event WHERE command {how} ''")).scalar_one()
            for how in ("<>", "=")
        )
    found = altered(file, f"UPDATE event SET {change(named, silent)}")
    assert found[0][0] == CASE
    assert found[0][1] in {named, silent}
