"""What a list shows somebody is exactly what they may open, for everybody and every case."""

from pathlib import Path

import pytest
from sqlalchemy import select

from engine.scope import EVERYTHING, Scope, may_read, scope_of
from engine.stores.scoping import within
from engine.stores.sql import CASE, SqlStore
from tests.engine.house import Office, at, people, purchase
from tests.engine.playing import player
from tests.engine.readers import PEOPLE, TODAY, Crowd
from tests.postgres import fresh_store

NOW = at(2, 9)


def listed(store: SqlStore, scope: Scope) -> set[str]:
    with store.reading() as reader:
        return set(reader.connection.execute(select(CASE.c.id).where(within(scope))).scalars())


def readable(store: SqlStore, scope: Scope) -> set[str]:
    with store.reading() as reader:
        return {case.id for case in reader.cases() if may_read(scope, case)}


def test_everybody_is_listed_what_they_may_read_wherever_the_cases_stand(tmp_path: Path) -> None:
    store = SqlStore(tmp_path / "a.db", durable=False)
    office = Office.with_(purchase(), store=store)
    office.open(NOW)
    office.ordered(NOW)
    office.examined(NOW)
    sent = office.ordered(NOW)
    office.do(sent, "kiểm tra", "giang", NOW, "Không thuộc phạm vi")
    seen = set()
    for person in [*(one.id for one in people().people), "ai.do"]:
        scope = scope_of(people(), person, NOW.date())
        assert listed(store, scope) == readable(store, scope), person
        seen.add(len(listed(store, scope)))
    assert len(seen) > 2  # nothing, some, everything
    assert len(listed(store, EVERYTHING)) == 4
    store.close()


def test_it_is_so_in_random_agencies_too(tmp_path: Path) -> None:
    for seed in range(6):
        store = SqlStore(tmp_path / f"{seed}.db", durable=False)
        played = player(seed, Office.with_(store=store))
        for _ in range(60):
            played.step()
        organisation = played.office.organisation
        for person in organisation.people:
            scope = scope_of(organisation, person.id, NOW.date())
            assert listed(store, scope) == readable(store, scope)
        store.close()


@pytest.mark.parametrize("opened", ["sqlite", "postgres"])
def test_it_is_so_whoever_acted_for_whom(opened: str, tmp_path: Path) -> None:
    counts = set()
    for seed in range(4):
        store = SqlStore(tmp_path / f"{seed}.db", durable=False) if opened == "sqlite" else fresh_store()
        crowd = Crowd.of(seed, 40)
        crowd.put(store)
        for person in (*PEOPLE, "ai.do"):
            theirs = {case.id for case in crowd.cases if crowd.may_read(person, case)}
            assert listed(store, scope_of(crowd.organisation, person, TODAY)) == theirs, (seed, person)
            counts.add(len(theirs))
        store.close()
    assert len(counts) > 10
