"""Given many rows for a server, when they are sent part by part, then it works while the next part is made."""

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import text

from engine.events import BreachRecorded
from engine.evolve import evolve
from engine.lateness import breach
from engine.log import Cause, chain
from engine.store import Move, Running
from engine.stores.sql import SqlStore
from engine.stores.tables import CASE
from engine.stores.writers import driver_of
from engine.stores.writes import Write, update
from engine.trouble import Conflict
from tests.engine.house import Office, at, purchase
from tests.postgres import fresh_store

NOW = at(2, 8)


@pytest.fixture
def store() -> Iterator[SqlStore]:
    opened = fresh_store()
    yield opened
    opened.close()


def opened(store: SqlStore, count: int) -> list[str]:
    office = Office.with_(purchase(), store=store)
    return [office.open(NOW) for _ in range(count)]


def titled(case: str, title: str) -> list[Write]:
    return [update(CASE, {"title": title}, {"id": case})]


def titles(store: SqlStore) -> list[str]:
    with store.reading() as reader:
        return list(reader.connection.execute(text("SELECT title FROM case_file ORDER BY id")).scalars())


def late(one: Running, version: int) -> Move:
    """A breach of a case as if its last record had this number."""
    before = one.case.but(version=version)
    event = BreachRecorded(breach="late_case", item=None, step=None, due=NOW)
    asked = breach(before.id, None, "late_case")
    records = chain(before.id, [event], Cause(asked.id, "0" * 64, asked.actor, NOW), seq=version, head=one.head)
    return Move(before, evolve(before, event, before.id, NOW), records)


def test_the_next_part_is_made_while_the_server_does_the_one_before(store: SqlStore) -> None:
    one, other = opened(store, 2)
    with psycopg.connect(str(store.where)) as holding:
        holding.execute("SELECT 1 FROM case_file WHERE id = %s FOR UPDATE", (one,))

        def parts() -> Iterator[list[Write]]:
            yield titled(one, "một")  # the server waits here for whoever holds the case
            holding.rollback()  # were its answer waited for, nobody would come to let the case go
            yield titled(other, "hai")

        with store.writing() as writer:
            assert store.database.stream(driver_of(writer.connection), parts())
    assert titles(store) == ["một", "hai"]


def test_a_part_that_touches_no_row_is_told(store: SqlStore) -> None:
    (one,) = opened(store, 1)
    with store.writing() as writer:
        driver = driver_of(writer.connection)
        assert not store.database.stream(driver, [titled(one, "một"), titled("HS-2026-9999", "không có")])
        assert store.database.stream(driver, [])


def test_a_case_that_has_moved_on_takes_the_whole_page_back(store: SqlStore) -> None:
    cases = opened(store, 2)

    def page() -> None:
        with store.writing() as writer:
            first, second = writer.standing(cases)
            writer.commit_all([late(first, first.case.version), late(second, second.case.version + 5)])

    with pytest.raises(Conflict):
        page()
    with store.reading() as reader:
        assert reader.connection.execute(text("SELECT count(*) FROM breach")).scalar_one() == 0


def test_what_the_server_refuses_is_told_as_what_it_is(store: SqlStore) -> None:
    cases = opened(store, 2)

    def page() -> None:
        with store.writing() as writer:
            first, second = writer.standing(cases)
            writer.commit_all([late(first, first.case.version), late(second, second.case.version - 1)])

    with pytest.raises(Conflict, match="event"):
        page()
    with store.writing() as writer:  # and the connection is as good as before
        first, _ = writer.standing(cases)
        writer.commit_all([late(first, first.case.version)])
