"""On PostgreSQL the audit sees the same: what was altered, what was cut off, and guards that are gone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from engine.audit import Fault
from engine.ledger.folder import CheckpointFolder
from engine.ledger.keys import signing_key
from engine.stores.audit import Verdict, verify
from engine.stores.sql import SqlStore
from tests.engine.house import Office, at, purchase
from tests.postgres import fresh_store

NOW = at(2, 8)


@pytest.fixture
def store() -> Iterator[SqlStore]:
    opened = fresh_store()
    given = Office.with_(purchase(), store=opened)
    given.examined(NOW)
    given.examined(NOW)
    yield opened
    opened.close()


def altered(store: SqlStore, *statements: str) -> Verdict:
    """Change the database as its owner could, then audit it."""
    with store.writing() as writer:
        writer.connection.execute(text("ALTER TABLE event DISABLE TRIGGER event_no_change"))
        for statement in statements:
            assert writer.connection.execute(text(statement)).rowcount
        writer.connection.execute(text("ALTER TABLE event ENABLE TRIGGER event_no_change"))
    return verify(store)


def said(faults: list[Fault]) -> list[tuple[str, int | None, str]]:
    return [(fault.case, fault.seq, str(fault.words)) for fault in faults]


def test_what_was_written_verifies(store: SqlStore) -> None:
    verdict = verify(store)
    assert verdict.sound, said(verdict.faults)
    assert (verdict.cases, verdict.events) == (2, 24)


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("UPDATE event SET actor = 'x' WHERE case_id = 'HS-2026-0002' AND first_seq = 4", ("HS-2026-0002", 4)),
        ("DELETE FROM event WHERE case_id = 'HS-2026-0001' AND first_seq = 4", ("HS-2026-0001", 4)),
        ("UPDATE work_item SET live = false WHERE case_id = 'HS-2026-0001' AND number = 5", ("HS-2026-0001", None)),
        ("UPDATE entered_value SET value = '1' WHERE case_id = 'HS-2026-0001' AND seq = 5", ("HS-2026-0001", 4)),
        ("DELETE FROM entered_value WHERE case_id = 'HS-2026-0002' AND name = 'tổng tiền'", ("HS-2026-0002", 4)),
    ],
)  # fmt: skip
def test_what_was_altered_is_named(statement: str, place: tuple[str, int | None], store: SqlStore) -> None:
    assert place in {named[:2] for named in said(altered(store, statement).faults)}


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER event_no_change ON event",
        "ALTER TABLE event DISABLE TRIGGER event_no_change",
        "CREATE OR REPLACE FUNCTION event_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN OLD; END$$",
        "CREATE OR REPLACE TRIGGER event_no_change BEFORE DELETE ON event EXECUTE FUNCTION event_only_grows()",
    ],
)
def test_a_guard_that_is_gone_or_does_nothing_is_missed(statement: str, store: SqlStore) -> None:
    with store.writing() as writer:
        writer.connection.execute(text(statement))
    assert "the trigger event_no_change that keeps the log from change is gone" in str(said(verify(store).faults))


def test_with_a_checkpoint_the_newest_case_taken_out_is_seen(store: SqlStore, tmp_path: Path) -> None:
    made = CheckpointFolder(tmp_path / "c").add(store, signing_key(tmp_path / "k"), "Sở A", NOW)
    tables = ("event", "case_word", "work_item", "work_holder", "entered_value", "written_text")
    gone = [f"DELETE FROM {table} WHERE case_id = 'HS-2026-0002'" for table in tables]
    assert altered(store, *gone, "DELETE FROM case_file WHERE id = 'HS-2026-0002'").sound
    told = said(verify(store, made.leaves()).faults)
    assert told == [("HS-2026-0002", None, "the case was there at the checkpoint and is gone")]
