"""One byte changed in a copy of the database, anywhere, is found and named; what was erased still verifies."""

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from pysqlite3 import dbapi2

from engine.audit import Fault
from engine.commands import MACHINE, ClaimWork, RecordBreach
from engine.packing import NO_VALUES, pack, unpack
from engine.stores.audit import Verdict, verify
from engine.stores.sql import SqlStore
from tests.engine.house import Office, at, purchase

NOW = at(2, 8)


@cache
def original() -> Path:
    """A database with three cases: values, a claim, a return, a breach, an end. It is written once and copied."""
    path = Path(mkdtemp(prefix="quytrinh-audit-")) / "a.db"
    given = Office.with_(purchase(), store=SqlStore(path))
    first, second = given.examined(NOW), given.ordered(NOW)
    given.do(first, "xem xét", "dung", at(3, 9), "Yêu cầu làm rõ", reason="giá cũ")
    given.give(ClaimWork(id="k", actor="binh", case=second, item=2), at(3, 9))
    given.give(RecordBreach(id="b", actor=MACHINE, case=second, item=2, breach="late_step"), at(3, 9))
    ended = given.ordered(NOW)
    given.do(ended, "kiểm tra", "binh", at(3, 9), "Không thuộc phạm vi")
    given.store.close()  # type: ignore[attr-defined]
    return path


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copy(original(), tmp_path / "a.db"))


def altered(copy: Path, *statements: str) -> None:
    """Change a copy behind the application's back, as somebody with the file could."""
    connection = dbapi2.connect(copy)
    triggers = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
    for name in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        assert connection.execute(statement).rowcount != 0, statement
    for statement in triggers.values():
        connection.execute(statement)
    connection.commit()
    connection.close()


def audited(path: Path) -> Verdict:
    store = SqlStore(path)
    try:
        return verify(store)
    finally:
        store.close()


def said(faults: list[Fault]) -> list[tuple[str, int | None, str]]:
    return [(fault.case, fault.seq, str(fault.words)) for fault in faults]


def columns(table: str) -> Iterator[tuple[str, str]]:
    connection = dbapi2.connect(original())
    found = [(row[1], row[2]) for row in connection.execute(f"PRAGMA table_info({table})")]
    connection.close()
    yield from found


def cells(*tables: str) -> list[tuple[str, str]]:
    return [(table, name) for table in tables for name, _ in columns(table)]


def one_byte(table: str, column: str) -> str:
    """A change of one character, or of a number by one, in the one row that the WHERE names."""
    kinds = dict(columns(table))
    if kinds[column] in {"INTEGER", "BIGINT", "BOOLEAN"}:
        return f"{column} = CASE WHEN {column} IS NULL THEN 7 WHEN {column} = 0 THEN 1 ELSE {column} + 50 END"
    kept, last = f"substr({column}, 1, length({column}) - 1)", f"substr({column}, -1)"
    changed = f"CASE {last} WHEN '7' THEN '8' ELSE '7' END"
    if kinds[column] == "BLOB":
        return f"{column} = CAST({kept} || CASE {last} WHEN x'78' THEN x'79' ELSE x'78' END AS BLOB)"
    return f"{column} = CASE WHEN {column} IS NULL THEN 'x' ELSE {kept} || {changed} END"


def test_what_was_written_verifies(copy: Path) -> None:
    verdict = audited(copy)
    assert verdict.sound, said(verdict.faults)
    assert (verdict.cases, verdict.events) == (3, 28)
    assert len(verdict.root) == 64
    assert audited(copy).root == verdict.root


@pytest.mark.parametrize(("table", "column"), cells("event"))
def test_one_character_changed_in_any_column_of_an_event_is_named_with_its_place(
    table: str, column: str, copy: Path
) -> None:
    altered(copy, f"UPDATE event SET {one_byte(table, column)} WHERE case_id = 'HS-2026-0002' AND first_seq = 4")
    faults = said(audited(copy).faults)
    named = [fault for fault in faults if fault[:2] == ("HS-2026-0002", 4)]
    assert named, faults
    assert "event 4 is" in named[0][2]


@pytest.mark.parametrize(("table", "column"), cells("case_file", "work_item", "work_holder", "breach"))
def test_one_character_changed_in_any_row_of_the_picture_is_named(table: str, column: str, copy: Path) -> None:
    key = "id" if table == "case_file" else "case_id"
    last = {"case_file": "version", "work_holder": "post"}.get(table, "number")
    where = f"{key} = 'HS-2026-0002' AND {last} = (SELECT max({last}) FROM {table} WHERE {key} = 'HS-2026-0002')"
    altered(copy, f"UPDATE {table} SET {one_byte(table, column)} WHERE {where}")
    faults = said(audited(copy).faults)
    assert ("HS-2026-0002", None, f"table “{table}” does not agree with the log") in faults


@pytest.mark.parametrize("column", [name for _, name in cells("entered_value")])
def test_an_entered_value_that_was_altered_is_named(column: str, copy: Path) -> None:
    change = one_byte("entered_value", column)
    altered(copy, f"UPDATE entered_value SET {change} WHERE case_id = 'HS-2026-0002' AND name = 'tổng tiền'")
    faults = said(audited(copy).faults)
    assert faults
    assert all("entered value" in words or "no events" in words for _, _, words in faults), faults
    if column in {"value", "salt"}:
        assert faults == [("HS-2026-0002", 4, "the entered value “tổng tiền” was altered")]


def test_values_deleted_by_hand_are_missed(copy: Path) -> None:
    altered(copy, "DELETE FROM entered_value WHERE case_id = 'HS-2026-0002'")
    words = "the entered value “{}” is gone, and no event says it was erased"
    told = [("HS-2026-0002", 4, words.format(name)) for name in ("nội dung", "tổng tiền")]
    assert sorted(said(audited(copy).faults)) == told  # type: ignore[type-var]


def test_a_value_that_nobody_entered_is_found(copy: Path) -> None:
    altered(copy, "INSERT INTO entered_value VALUES ('HS-2026-0002', 'tổng tiền', 99, 'forged', '1000', '')")
    assert said(audited(copy).faults) == [("HS-2026-0002", None, "the entered value “tổng tiền” is told by no event")]


@pytest.mark.parametrize(
    ("statement", "seq"),
    [
        ("DELETE FROM event WHERE case_id = 'HS-2026-0002' AND seq = 3", 1),
        ("DELETE FROM event WHERE case_id = 'HS-2026-0002' AND seq = 5", 4),
        ("UPDATE event SET seq = seq + 1 WHERE case_id = 'HS-2026-0002' AND seq = 7", 7),
        ("UPDATE event SET first_seq = first_seq + 1 WHERE case_id = 'HS-2026-0002' AND seq = 5", 4),
        ("UPDATE event SET body = CAST(body || ' ' AS BLOB) WHERE case_id = 'HS-2026-0002' AND seq = 5", 4),
        ("UPDATE event SET body = CAST(body AS TEXT) WHERE case_id = 'HS-2026-0002' AND seq = 5", 4),
        ("UPDATE event SET hash = CAST(hash AS TEXT) WHERE case_id = 'HS-2026-0002' AND seq = 5", 4),
        ("UPDATE event SET command = CAST(command || x'00' AS BLOB) WHERE case_id = 'HS-2026-0002' AND seq = 5", 4),
        (f"UPDATE event SET digest = CAST(digest || x'{NO_VALUES.hex()}' AS BLOB) WHERE command = x'6b'", 6),
        ("UPDATE event SET command = 'c6' WHERE case_id = 'HS-2026-0002' AND seq = 5", 4),
        ("UPDATE event SET at = 'noon' WHERE case_id = 'HS-2026-0002' AND seq = 3", 1),
        ("UPDATE event SET at = 9e30 WHERE case_id = 'HS-2026-0002' AND seq = 3", 1),
        ("UPDATE event SET body = x'ff' WHERE case_id = 'HS-2026-0002' AND seq = 3", 1),
    ],
)
def test_what_is_missing_moved_or_unreadable_is_named_with_its_place(statement: str, seq: int, copy: Path) -> None:
    altered(copy, statement)
    named = {(case, number) for case, number, _ in said(audited(copy).faults)}
    assert ("HS-2026-0002", seq) in named


def test_a_record_changed_inside_a_row_that_is_packed_well_is_named_by_the_row(copy: Path) -> None:
    connection = dbapi2.connect(copy)
    where = "case_id = 'HS-2026-0002' AND seq = 5"
    (body,) = connection.execute(f"SELECT body FROM event WHERE {where}").fetchone()
    connection.close()
    for old, new in ((b'"step":"', b'"step":"x'), (b"}\n{", b"}\n{}\n{"), (b"}\n{", b"} \n{")):
        forged = pack(unpack(body).replace(old, new)).hex()
        altered(copy, f"UPDATE event SET body = x'{forged}' WHERE {where}")
        assert ("HS-2026-0002", 4) in {fault[:2] for fault in said(audited(copy).faults)}, old


def test_a_tail_that_was_cut_off_does_not_agree_with_the_tables(copy: Path) -> None:
    altered(copy, "DELETE FROM event WHERE case_id = 'HS-2026-0001' AND seq > 10")
    named = {words for case, _, words in said(audited(copy).faults) if case == "HS-2026-0001"}
    assert "table “case_file” does not agree with the log" in named


@pytest.mark.parametrize("table", ["case_file", "work_item", "work_holder", "breach"])
def test_rows_that_are_gone_or_belong_to_nothing_are_found(table: str, copy: Path) -> None:
    key = "id" if table == "case_file" else "case_id"
    moved = f"UPDATE {table} SET {key} = 'HS-2026-0909' WHERE {key} = 'HS-2026-0002'"
    altered(copy, moved)
    faults = said(audited(copy).faults)
    assert ("HS-2026-0002", None, f"table “{table}” does not agree with the log") in faults
    assert ("HS-2026-0909", None, "the case has no events") in faults


def test_a_row_of_a_case_without_a_number_is_found(copy: Path) -> None:
    """It could hold the id of a command that is yet to come."""
    columns = "seq, first_seq, at, actor, CAST('timer/HS-2026-0002/9' AS BLOB), digest, body, hash"
    altered(copy, f"INSERT INTO event SELECT '', {columns} FROM event WHERE case_id = 'HS-2026-0002' AND seq = 3")
    assert {case for case, _, _ in said(audited(copy).faults)} == {""}


def test_a_case_that_was_taken_out_whole_changes_the_root(copy: Path) -> None:
    before = audited(copy).root
    wipe = [
        f"DELETE FROM {table} WHERE {'id' if table == 'case_file' else 'case_id'} = 'HS-2026-0003'"
        for table in ("event", "case_file", "work_item", "entered_value")
    ]
    altered(copy, *wipe)
    assert audited(copy).root != before


def test_a_byte_changed_in_the_file_itself_is_found_wherever_the_log_lies(copy: Path) -> None:
    connection = dbapi2.connect(copy)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    bodies = [row[0] for row in connection.execute("SELECT body FROM event ORDER BY case_id, seq")]
    connection.close()
    image = copy.read_bytes()
    for number, body in enumerate(bodies):
        assert body in image
        middle = len(body) // 2
        other = body[:middle] + bytes([body[middle] ^ 1]) + body[middle + 1 :]
        copy.write_bytes(image.replace(body, other))  # pages that were split keep a dead copy: both are changed
        assert not audited(copy).sound, number
    copy.write_bytes(image)
    assert audited(copy).sound


def test_a_file_that_is_damaged_says_so(copy: Path) -> None:
    with dbapi2.connect(copy) as there:
        (page,) = there.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'event'").fetchone()
    image = bytearray(copy.read_bytes())
    for place in range(4096 * (page - 1), 4096 * page, 64):
        image[place] ^= 0xFF
    copy.write_bytes(image)
    assert any("the database file is damaged" in words for _, _, words in said(audited(copy).faults))
