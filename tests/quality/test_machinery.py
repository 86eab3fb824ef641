"""How the machinery is."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.stores import leases
from engine.stores.leases import hold
from quality.machinery import machinery
from tests.engine.errands.bureau import Bureau
from tests.postgres import fresh_store

MINUTE = timedelta(minutes=1)


@pytest.fixture(params=["sqlite", "postgres"])
def bureau(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bureau]:
    made = Bureau(tmp_path, store=fresh_store() if request.param == "postgres" else None)
    yield made
    made.store.close()


def alive(bureau: Bureau, name: str) -> None:
    with bureau.store.writing() as writer:
        hold(writer.connection, f"worker/{name}", name, bureau.now, MINUTE)


def test_at_rest_nothing_waits_and_nothing_is_unseen(bureau: Bureau) -> None:
    told = machinery(bureau.agency, bureau.now)
    assert (told.errands, told.oldest, told.unseen, told.alive, told.dead) == ({}, 0.0, 0, (), ())
    assert abs(told.skew) < 60


def test_an_errand_that_nobody_does_grows_old(bureau: Bureau) -> None:
    bureau.waiting()
    bureau.later(minutes=20)
    told = machinery(bureau.agency, bureau.now)
    assert (told.errands, told.oldest) == ({"waiting": 1}, 20 * 60)
    bureau.drain().all(1)
    assert machinery(bureau.agency, bureau.now).errands == {"done": 1}


def test_a_worker_is_dead_when_its_lease_ran_out_and_no_other_took_its_place(bureau: Bureau) -> None:
    alive(bureau, "serve@a:1")
    assert machinery(bureau.agency, bureau.now).alive == ("serve@a:1",)
    bureau.later(minutes=2)
    alive(bureau, "serve@b:7")
    told = machinery(bureau.agency, bureau.now)
    assert (told.alive, told.dead) == (("serve@b:7",), ("serve@a:1",))
    alive(bureau, "serve@a:2")
    assert machinery(bureau.agency, bureau.now).dead == ()


def test_a_clock_that_is_off_is_told(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    ahead = datetime.now(UTC) + timedelta(hours=1)
    monkeypatch.setattr("quality.machinery.database_clock", lambda _connection: ahead)
    assert machinery(bureau.agency, bureau.now).skew == pytest.approx(3600, abs=60)
    with bureau.store.reading() as reader:
        assert abs((leases.database_clock(reader.connection) - datetime.now(UTC)).total_seconds()) < 60
