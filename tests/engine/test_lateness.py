"""Given cases past due, when many are looked at together, then each is written as its own command would have."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from engine import lateness, pages
from engine.events import BreachRecorded
from engine.handle import Done, handle
from engine.lateness import late_cases, late_of, record_late
from engine.store import Store
from engine.stores.audit import verify
from engine.stores.memory import MemoryStore
from engine.stores.sql import SqlStore
from procedures.shelf import MemoryShelf, release
from tests.engine.house import ISSUED, Office, at
from tests.postgres import server
from tests.procedures.building import days, end, norm, procedure, work

LATE = at(12, 9)
MADE = procedure(work("mở", end(), norm=norm("3")), within=days("5"))


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    opened = SqlStore(server().database() if request.param == "postgres" else tmp_path / "a.db")
    yield opened
    opened.close()


def filled(store: Store, count: int = 7) -> Office:
    office = Office.with_(MADE, store=store)
    for _ in range(count):
        office.open(at(2, 8), procedure="QT-01")
    office.open(at(11, 8), procedure="QT-01")
    return office


def looked(store: Store, office: Office) -> list[BreachRecorded]:
    """One look at `LATE`: what is late is read, then recorded."""
    with store.reading() as reader:
        cases = late_cases(reader, LATE)
    return record_late(store, office, LATE, cases)


def logs(store: Store) -> list[object]:
    return [record for _, log in store.all_logs() for record in log]


def test_many_at_once_write_what_single_commands_write_to_the_byte(store: SqlStore) -> None:
    together, one_by_one = filled(store), filled(MemoryStore())
    assert len(looked(store, together)) == 14
    with one_by_one.store.reading() as reader:
        asked = [breach for case in reader.cases() for breach in late_of(case, LATE)]
    for command in asked:
        assert isinstance(handle(command, store=one_by_one.store, ground=one_by_one, now=LATE), Done)
    assert logs(store) == logs(one_by_one.store)
    assert verify(store).sound


def test_so_many_that_they_are_written_set_by_set_verify_as_the_few_do(store: SqlStore) -> None:
    office = filled(store, 60)
    assert len(looked(store, office)) == 120
    verdict = verify(store)
    assert verdict.sound, verdict.faults
    assert looked(store, office) == []


def test_a_command_given_again_finds_its_receipt(store: SqlStore) -> None:
    office = filled(store)
    with store.reading() as reader:
        asked = [breach for case in reader.cases() for breach in late_of(case, LATE)]
    looked(store, office)
    answers = [handle(command, store=store, ground=office, now=LATE) for command in asked]
    assert all(isinstance(answer, Done) and answer.repeated for answer in answers)


def test_looking_again_writes_nothing(store: SqlStore) -> None:
    office = filled(store)
    looked(store, office)
    before = logs(store)
    assert looked(store, office) == []
    assert logs(store) == before


def test_eight_at_once_on_pages_of_two_record_each_breach_once(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lateness, "PAGE", 2)
    office = filled(store, 20)
    with ThreadPoolExecutor(8) as threads:
        seen = list(threads.map(lambda _: looked(store, office), range(8)))
    assert sum(len(one) for one in seen) == 40
    verdict = verify(store)
    assert verdict.sound, verdict.faults
    with store.reading() as reader:
        assert reader.connection.execute(text("SELECT count(*) FROM breach")).scalar_one() == 40


def test_cases_of_an_altered_issue_are_passed_over_and_the_others_are_recorded(store: SqlStore) -> None:
    office = filled(store, 2)
    shelf = MemoryShelf()
    shelf.publish(release(MADE.model_copy(update={"name": "khác"}), approved_by="em", issued_at=ISSUED))
    assert looked(store, replace(office, shelf=shelf)) == []
    assert looked(store, replace(office, shelf=MemoryShelf())) == []
    assert len(looked(store, office)) == 4


def test_what_others_wrote_meanwhile_is_looked_at_anew(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    office, tried = filled(store, 3), []
    real = SqlStore.writing

    def writing(self: SqlStore) -> object:
        tried.append(self)
        if len(tried) == 1:
            raise pages.Conflict("HS-2026-0001")
        return real(self)

    monkeypatch.setattr(SqlStore, "writing", writing)
    assert len(looked(store, office)) == 6
    assert len(tried) == 2
