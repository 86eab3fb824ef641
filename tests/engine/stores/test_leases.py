"""One leader at a time, and who is alive."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from engine.stores.leases import forget, hold, leases, let_go
from engine.stores.sql import SqlStore
from tests.engine.house import at
from tests.postgres import fresh_store

NOW = at(2, 8)
MINUTE = timedelta(minutes=1)


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    opened = fresh_store() if request.param == "postgres" else SqlStore(tmp_path / "a.db", durable=False)
    yield opened
    opened.close()


def take(store: SqlStore, holder: str, now: datetime, name: str = "leader") -> bool:
    with store.writing() as writer:
        return hold(writer.connection, name, holder, now, MINUTE)


def test_a_lease_belongs_to_whoever_came_first_until_it_runs_out(store: SqlStore) -> None:
    assert take(store, "a", NOW)
    assert not take(store, "b", NOW + MINUTE)
    assert take(store, "b", NOW + MINUTE + timedelta(seconds=1))
    assert not take(store, "a", NOW + MINUTE + timedelta(seconds=2))


def test_whoever_renews_in_time_keeps_it(store: SqlStore) -> None:
    assert all(take(store, "a", NOW + number * MINUTE / 2) for number in range(9))
    assert not take(store, "b", NOW + 5 * MINUTE)


def test_whoever_ends_in_good_order_lets_go_of_everything(store: SqlStore) -> None:
    take(store, "a", NOW)
    take(store, "a", NOW, "worker/a")
    take(store, "b", NOW, "worker/b")
    with store.writing() as writer:
        let_go(writer.connection, "a")
    assert take(store, "b", NOW)
    with store.reading() as reader:
        assert [(one.name, one.holder) for one in leases(reader.connection)] == [("leader", "b"), ("worker/b", "b")]
        assert [one.name for one in leases(reader.connection, "worker/")] == ["worker/b"]


def test_who_died_stays_known_until_forgotten(store: SqlStore) -> None:
    take(store, "a", NOW, "worker/a")
    with store.writing() as writer:
        forget(writer.connection, NOW + MINUTE)
        assert [(one.since, one.until) for one in leases(writer.connection)] == [(NOW, NOW + MINUTE)]
        forget(writer.connection, NOW + 2 * MINUTE)
        assert leases(writer.connection) == []


def test_of_many_at_once_one_leads(store: SqlStore) -> None:
    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(lambda number: take(store, f"w{number}", NOW), range(6))) == 1
