"""Every table drawn again from the log is, to the byte, what is kept; what was altered is put right from the log."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text, update

from engine.commands import MACHINE, RecordBreach
from engine.state import kept
from engine.stores.audit import verify
from engine.stores.rebuild import compare, rebuild
from engine.stores.sql import SqlStore
from engine.stores.tables import CASE
from tests.engine.house import Office, at, purchase
from tests.postgres import fresh_store

NOW = at(2, 8)
Opener = Callable[[Path], SqlStore]


def on_sqlite(folder: Path) -> SqlStore:
    return SqlStore(folder / "a.db")


def on_postgres(_: Path) -> SqlStore:
    return fresh_store()


@pytest.fixture(params=[on_sqlite, on_postgres])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    opened: SqlStore = request.param(tmp_path)
    play(opened)
    yield opened
    opened.close()


def play(store: SqlStore) -> None:
    given = Office.with_(purchase(), store=store)
    first, second = given.examined(NOW), given.ordered(NOW)
    given.do(first, "xem xét", "dung", at(3, 9), "Yêu cầu làm rõ", reason="giá cũ")
    given.give(RecordBreach(id="b", actor=MACHINE, case=second, item=2, breach="late_step"), at(30, 9))


def spoil(store: SqlStore, *statements: str) -> None:
    with store.writing() as writer:
        for statement in statements:
            assert writer.connection.execute(text(statement)).rowcount


def test_what_is_kept_is_what_the_log_draws(store: SqlStore) -> None:
    told = compare(store)
    assert told.same, told.faults
    assert told.kept == told.drawn
    tables = ("case_file", "case_word", "work_item", "work_holder", "breach")
    with store.reading() as reader:
        counts = [reader.connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in tables]
    assert (told.cases, told.rows) == (2, sum(counts))
    assert min(counts) > 0


def test_both_databases_draw_the_same_bytes(tmp_path: Path) -> None:
    drawn = []
    for opened in (on_sqlite(tmp_path), on_postgres(tmp_path)):
        play(opened)
        drawn.append(compare(opened))
        opened.close()
    assert drawn[0].kept == drawn[1].kept == drawn[0].drawn == drawn[1].drawn


def test_what_was_put_right_is_not_remembered_as_it_was(store: SqlStore) -> None:
    case = "HS-2026-0002"
    with store.reading() as reader:
        right = reader.held(case)
    assert right is not None
    with store.writing() as writer:
        wrong = kept(right.case.but(title="khác"))
        writer.connection.execute(update(CASE).where(CASE.c.id == case).values(state=wrong))
    store.lately.forget(case)
    with store.writing() as writer:
        assert writer.held(case) != right
    assert rebuild(store).mended == [case]
    with store.writing() as writer:
        assert writer.held(case) == right


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE case_file SET title = 'x' WHERE id = 'HS-2026-0001'",
        "UPDATE work_item SET due = due + 1 WHERE case_id = 'HS-2026-0001' AND number = 2",
        "DELETE FROM work_holder WHERE case_id = 'HS-2026-0001'",
        "DELETE FROM breach",
        "DELETE FROM case_file WHERE id = 'HS-2026-0002'",
        "INSERT INTO work_holder VALUES ('HS-2026-0002', 1, 'Kế toán@*', NULL)",
    ],
)
def test_what_was_altered_is_told_and_put_right(statement: str, store: SqlStore) -> None:
    drawn = compare(store).drawn
    spoil(store, statement)
    told = compare(store)
    assert not told.same
    assert told.kept != told.drawn == drawn
    assert len(rebuild(store).mended) == 1
    assert compare(store).same
    assert compare(store).kept == drawn
    assert verify(store).sound


def test_from_a_log_that_was_altered_nothing_is_drawn(tmp_path: Path) -> None:
    store = on_sqlite(tmp_path)
    play(store)
    spoil(store, "UPDATE case_file SET title = 'x' WHERE id = 'HS-2026-0001'")
    with store.writing() as writer:
        writer.connection.execute(text("DROP TRIGGER event_no_update"))
        writer.connection.execute(text("UPDATE event SET actor = 'x' WHERE case_id = 'HS-2026-0001' AND first_seq = 4"))
    told = rebuild(store)
    assert told.mended == []
    assert [(fault.case, fault.seq) for fault in told.faults] == [("HS-2026-0001", 4)]
    store.close()
