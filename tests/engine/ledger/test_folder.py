"""With a checkpoint kept elsewhere the audit sees what the records alone cannot tell, and names the case."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pysqlite3 import dbapi2

from engine.evolve import fold
from engine.ledger.checkpoint import Checkpoint, heading, read
from engine.ledger.folder import CheckpointFolder
from engine.ledger.keys import SigningKey, signing_key
from engine.ledger.merkle import root_of
from engine.ledger.refusing import LedgerRefusal
from engine.log import GENESIS, Cause, Recorded, chain
from engine.stores.audit import verify
from engine.stores.sql import SqlStore
from engine.texts import apart
from tests.engine.house import Office, at, purchase

NOW = at(2, 8)
KEYS = {"case_file": "id"}
TABLES = ("event", "case_file", "case_word", "work_item", "work_holder", "breach", "entered_value", "written_text")


@dataclass
class Kept:
    """An office with a database, a key and a folder of checkpoints."""

    root: Path
    office: Office
    store: SqlStore

    @property
    def key(self) -> SigningKey:
        return signing_key(self.root / "key.pem")

    @property
    def folder(self) -> CheckpointFolder:
        return CheckpointFolder(self.root / "checkpoints")

    def checkpoint(self) -> Checkpoint:
        return self.folder.add(self.store, self.key, "Sở A", at(2, 17))

    def work(self) -> str:
        return self.office.examined(NOW)

    def sql(self, *statements: str) -> None:
        """Change the database behind the program's back, and leave its guards as they were."""
        connection = dbapi2.connect(self.root / "a.db")
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, statement in guards:
            connection.execute(statement)
        connection.commit()
        connection.close()

    def take_out(self, case: str) -> None:
        self.sql(*(f"DELETE FROM {table} WHERE {KEYS.get(table, 'case_id')} = '{case}'" for table in TABLES))


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    store = SqlStore(tmp_path / "a.db")
    given = Kept(tmp_path, Office.with_(purchase(), store=store), store)
    for _ in range(3):
        given.work()
    yield given
    store.close()


def rewritten(kept: Kept, case: str, upto: int | None = None, **changed: str) -> None:
    """Write a case anew as if it had always been so: other events, fresh hashes, rows redrawn, no trace left."""
    log = kept.office.log(case)[:upto]
    records: list[Recorded] = []
    head = GENESIS
    for record in log:
        event = record.event.but(title="Mua xe") if changed and record.seq == 1 else record.event
        cause = Cause(record.command, record.digest, record.actor, record.at)
        records += chain(case, [event], cause, seq=len(records), head=head, texts=apart([event], len(records), ""))
        head = records[-1].hash
    kept.take_out(case)
    with kept.store.writing() as writer:
        after = fold(records)
        assert after is not None
        writer.commit(None, after, records, ())


def test_what_has_grown_since_stands_on_the_checkpoint(kept: Kept) -> None:
    made = kept.checkpoint()
    kept.office.do("HS-2026-0001", "xem xét", "dung", NOW, "Đồng ý")
    kept.work()
    verdict = verify(kept.store, made.leaves())
    assert verdict.sound, verdict.faults
    assert root_of(read(made.path).leaves()) == made.heading.root != verdict.root
    assert (made.heading.cases, made.heading.events, made.heading.number) == (3, 36, 1)


def test_what_is_dated_back_behind_a_checkpoint_is_told_and_is_no_fault(kept: Kept) -> None:
    made = kept.checkpoint()
    kept.office.do("HS-2026-0001", "xem xét", "dung", at(2, 16), "Đồng ý")
    kept.office.do("HS-2026-0002", "xem xét", "dung", at(2, 15), "Đồng ý")
    late = kept.office.ordered(at(3, 8))
    early = kept.work()
    verdict = verify(kept.store, made.leaves(), made.heading.at)
    assert verdict.sound
    assert [(one.case, one.seq) for one in verdict.backdated] == [("HS-2026-0002", 13), (early, 1)]
    assert late not in {one.case for one in verdict.backdated}
    assert verify(kept.store, made.leaves()).backdated == []


def cut_off(kept: Kept) -> str:
    rewritten(kept, "HS-2026-0002", upto=9)
    return "HS-2026-0002"


def newest_gone(kept: Kept) -> str:
    kept.take_out("HS-2026-0003")
    return "HS-2026-0003"


def rewritten_whole(kept: Kept) -> str:
    rewritten(kept, "HS-2026-0001", title="Mua xe")
    return "HS-2026-0001"


@pytest.mark.parametrize("attack", [cut_off, newest_gone, rewritten_whole])
def test_a_careful_forgery_is_seen_with_the_checkpoint_and_named(attack: Callable[[Kept], str], kept: Kept) -> None:
    made = kept.checkpoint()
    kept.sql("DELETE FROM entered_value")
    case = attack(kept)
    alone = [fault for fault in verify(kept.store).faults if "entered value" not in str(fault.words)]
    assert alone == [], "without the checkpoint nothing can be seen"
    named = {fault.case for fault in verify(kept.store, made.leaves()).faults if "checkpoint" in str(fault.words)}
    assert named == {case}
    with pytest.raises(LedgerRefusal, match=case):
        kept.checkpoint()


def test_guards_that_were_dropped_are_missed(kept: Kept) -> None:
    connection = dbapi2.connect(kept.root / "a.db")
    connection.execute("DROP TRIGGER event_no_delete")
    connection.commit()
    connection.close()
    assert [str(fault.words) for fault in verify(kept.store).faults] == [
        "the trigger event_no_delete that keeps the log from change is gone"
    ]


def test_a_guard_that_lets_everything_through_is_missed(kept: Kept) -> None:
    connection = dbapi2.connect(kept.root / "a.db")
    connection.execute("DROP TRIGGER event_no_update")
    connection.execute("CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT 1; END")
    connection.commit()
    connection.close()
    assert not verify(kept.store).sound


def test_a_row_that_names_another_head_than_the_log_stops_the_checkpoint(kept: Kept) -> None:
    kept.sql("UPDATE case_file SET head = 'x' WHERE id = 'HS-2026-0002'")
    with pytest.raises(LedgerRefusal, match="HS-2026-0002"):
        kept.checkpoint()


def test_each_checkpoint_stands_on_the_one_before_and_the_older_keep_their_heading(kept: Kept) -> None:
    first = kept.checkpoint()
    told = first.heading
    kept.work()
    second = kept.checkpoint()
    assert second.heading.previous == told.hash
    assert [one.number for one in kept.folder.headings()] == [1, 2]
    assert heading(first.path) == told
    with pytest.raises(LedgerRefusal, match="keeps no lines"):
        read(first.path)
    newest = kept.folder.newest(key=kept.key.public)
    assert newest is not None
    assert newest.heading == second.heading


def test_a_checkpoint_of_nothing_is_a_checkpoint(tmp_path: Path) -> None:
    store = SqlStore(tmp_path / "a.db")
    made = CheckpointFolder(tmp_path / "c").add(store, signing_key(tmp_path / "k"), "Sở A", NOW)
    assert read(made.path).heading.cases == 0
    store.close()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"cases":3', '"cases":2'),
        ('"agency":"Sở A"', '"agency":"Sở B"'),
        ("HS-2026-0002\t12", "HS-2026-0002\t11"),
        ("HS-2026-0002\t12", "HS-2026-0004\t12"),
        ("HS-2026-0002\t12", "HS-2026-0002 12"),
        ("HS-2026-0003\t", "HS-2026-0009\t"),
        ('{"agency"', '{ "agency"'),
    ],
)
def test_a_checkpoint_of_which_anything_was_changed_is_refused(old: str, new: str, kept: Kept) -> None:
    made = kept.checkpoint()
    text = made.path.read_text("utf-8")
    assert old in text
    made.path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(LedgerRefusal):
        read(made.path)


def test_a_checkpoint_that_somebody_else_signed_is_refused(kept: Kept, tmp_path: Path) -> None:
    forged = CheckpointFolder(tmp_path / "forged").add(kept.store, signing_key(tmp_path / "other"), "Sở A", NOW)
    assert read(forged.path).heading.cases == 3
    with pytest.raises(LedgerRefusal, match="another key"):
        read(forged.path, key=kept.key.public)


def test_a_checkpoint_taken_out_of_the_row_is_missed(kept: Kept) -> None:
    for _ in range(3):
        kept.checkpoint()
    shutil.move(kept.root / "checkpoints" / "checkpoint-000002.txt", kept.root / "elsewhere")
    with pytest.raises(LedgerRefusal, match="does not stand"):
        kept.folder.headings()
