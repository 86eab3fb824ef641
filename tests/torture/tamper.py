"""Somebody with the file changes it: every change of the log is located, with a checkpoint also the careful ones."""

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2

from engine.audit import Fault
from engine.events import WorkReleased
from engine.evolve import fold
from engine.ledger.merkle import Leaf
from engine.log import GENESIS, Cause, Recorded, chain
from engine.packing import pack, unpack, unpacked_digest
from engine.stores.audit import verify
from engine.stores.heads import heads
from engine.stores.sql import SqlStore
from engine.stores.written import event_rows
from engine.texts import apart
from tests.engine.house import at
from tests.torture.clerks import NOW, office
from tests.torture.figure import Figure

_COLUMNS = ("case_id", "seq", "first_seq", "at", "actor", "command", "digest", "body", "hash")
_SAID = ("case_id", "actor", "command", "digest", "body", "hash")
_NUMBERS = ("seq", "first_seq", "at")
_TABLES = ("event", "case_word", "work_item", "work_holder", "breach", "entered_value", "written_text")
Place = tuple[str, int | None]


def everything(figure: Figure, mutations: int, folder: Path) -> None:
    """Change one thing after another in a copy, each time audit it, each time the place must be named."""
    with _copied(folder) as (copy, store, anchor):
        while (number := figure.did.get("mutations", 0)) < mutations:
            renew(folder / "original.db", copy)
            attack = _ATTACKS[number % len(_ATTACKS)]
            place = attack(copy, random.Random(f"{figure.seed}/{number}"))
            faults = verify(store, anchor).faults
            figure.count("mutations")
            if not _located(place, faults):
                figure.wrong(f"{attack.__name__} at {place}: {[(f.case, f.seq, str(f.words)) for f in faults][:3]}")
            figure.part_done()


def without_a_checkpoint(figure: Figure, mutations: int, folder: Path) -> None:
    """Cut off, rewrite and take out, and audit the records alone: not to see these is why checkpoints are made."""
    with _copied(folder) as (copy, store, _):
        while (number := figure.did.get("forgeries", 0)) < mutations:
            renew(folder / "original.db", copy)
            _CAREFUL[number % len(_CAREFUL)](copy, random.Random(f"{figure.seed}/{number}"))
            figure.count("forgeries")
            if not verify(store).faults:
                figure.wrong("not seen by the records alone")
            figure.part_done()


@contextmanager
def _copied(folder: Path) -> Iterator[tuple[Path, SqlStore, list[Leaf]]]:
    """Write an original; yield where its copy is, a store that is open on the copy, and a checkpoint."""
    folder.mkdir(parents=True, exist_ok=True)
    anchor = _written(folder / "original.db")
    copy = Path(shutil.copyfile(folder / "original.db", folder / "copy.db"))
    store = SqlStore(copy, durable=False)
    try:
        yield copy, store, anchor
    finally:
        store.close()


def renew(original: Path, copy: Path) -> None:
    """Make a copy what the original is, whoever has it open."""
    with closing(dbapi2.connect(original)) as source, closing(dbapi2.connect(copy)) as target:
        source.backup(target)


def _written(path: Path) -> list[Leaf]:
    store = SqlStore(path)
    given = office(store)
    for _ in range(2):
        case = given.examined(NOW)
        given.do(case, "xem xét", "dung", at(3, 9), "Yêu cầu làm rõ", reason="giá cũ")
    given.open(NOW)
    with store.reading() as reader:
        anchor = list(heads(reader.connection))
    store.close()
    connection = dbapi2.connect(path)
    connection.execute("PRAGMA journal_mode=DELETE")  # everything in the one file that is copied
    connection.close()
    return anchor


def _located(place: Place, faults: list[Fault]) -> bool:
    case, seq = place
    return any(fault.case == case and (seq is None or fault.seq == seq) for fault in faults)


def _change(path: Path, *statements: tuple[str, tuple[Any, ...]]) -> None:
    """Change a file and leave its guards as they were, as a careful forger would."""
    connection = dbapi2.connect(path)
    guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in guards:
        connection.execute(f"DROP TRIGGER {name}")
    for statement, values in statements:
        assert connection.execute(statement, values).rowcount, statement
    for _, sql in guards:
        connection.execute(sql)
    connection.commit()
    connection.close()


def _rows(path: Path) -> list[dict[str, Any]]:
    """Return the rows of the log, each what one command wrote."""
    connection = dbapi2.connect(path)
    rows = connection.execute(f"SELECT {', '.join(_COLUMNS)} FROM event").fetchall()
    connection.close()
    return [dict(zip(_COLUMNS, row, strict=True)) for row in rows]


def _said(path: Path) -> list[tuple[dict[str, Any], str]]:
    """Return every cell of every row that says something in letters or bytes: its row and its column."""
    return [(row, name) for row in _rows(path) for name in _SAID if row[name]]


def _put_cell(path: Path, row: dict[str, Any], column: str, value: Any, how: str = "?") -> None:
    put = f"UPDATE event SET {column} = {how} WHERE case_id = ? AND seq = ?"
    _change(path, (put, (value, row["case_id"], row["seq"])))


def flipped(path: Path, rng: random.Random) -> Place:
    """Change one character or one bit, somewhere in a row."""
    row, column = rng.choice(_said(path))
    cell = row[column]
    spot = rng.randrange(len(cell))
    if isinstance(cell, bytes):
        known = {other[column] for other in _rows(path)} if column == "command" else set()
        turned = [cell[:spot] + bytes((cell[spot] ^ 1 << bit,)) + cell[spot + 1 :] for bit in range(8)]
        changed: object = rng.choice([one for one in turned if one not in known])
    else:
        changed = cell[:spot] + rng.choice([sign for sign in 'aB7 ạ"{,' if sign != cell[spot]]) + cell[spot + 1 :]
    _put_cell(path, row, column, changed)
    return row["case_id"], None if column == "case_id" else row["first_seq"]


def forged(path: Path, rng: random.Random) -> Place:
    """Change one character inside what is packed, and pack it well again."""
    row = rng.choice(_rows(path))
    said = unpack(row["body"]).decode()
    spot = rng.randrange(len(said))
    other = rng.choice([sign for sign in 'aB7 ạ"{,\n' if sign != said[spot]])
    _put_cell(path, row, "body", pack((said[:spot] + other + said[spot + 1 :]).encode()))
    return row["case_id"], row["first_seq"]


def moved_number(path: Path, rng: random.Random) -> Place:
    """Change a number of a row."""
    row, column = rng.choice(_rows(path)), rng.choice(_NUMBERS)
    by = rng.choice((100, 3600, 86_400))
    _put_cell(path, row, column, by, f"{column} + ?")
    return row["case_id"], row["first_seq"]


def bytes_for_text(path: Path, rng: random.Random) -> Place:
    """Put bytes that are no text in the place of a cell, or nothing, of the one type or the other."""
    row, column = rng.choice([one for one in _said(path) if one[1] != "case_id"])
    blob = rng.choice((b"\xff\xfe", b"", b"\x00"))
    _put_cell(path, row, column, blob, f"CAST(? AS {rng.choice(('TEXT', 'BLOB'))})")
    return row["case_id"], row["first_seq"]


def retyped(path: Path, rng: random.Random) -> Place:
    """Keep every byte of a cell, but as the other type."""
    row, column = rng.choice([one for one in _said(path) if isinstance(one[0][one[1]], bytes)])
    _put_cell(path, row, column, row[column], "CAST(? AS TEXT)")
    return row["case_id"], row["first_seq"]


def reworded(path: Path, rng: random.Random) -> Place:
    """Change one character of what somebody wrote, or its salt, or take it out."""
    connection = dbapi2.connect(path)
    case, seq, field, said, salt = rng.choice(connection.execute("SELECT * FROM written_text").fetchall())
    connection.close()
    where = "WHERE case_id = ? AND seq = ? AND field = ?"
    spot = rng.randrange(len(said))
    other = said[:spot] + rng.choice([sign for sign in "aB7 ạ" if sign != said[spot]]) + said[spot + 1 :]
    statement, values = rng.choice(
        (
            (f"UPDATE written_text SET text = ? {where}", (other,)),
            (f"UPDATE written_text SET salt = ? {where}", (bytes([salt[0] ^ 1, *salt[1:]]),)),
            (f"UPDATE written_text SET text = CAST(text AS BLOB) {where}", ()),
            (f"UPDATE written_text SET field = field || 'x' {where}", ()),
            (f"DELETE FROM written_text {where}", ()),
        )
    )
    _change(path, (statement, (*values, case, seq, field)))
    return case, seq


def deleted(path: Path, rng: random.Random) -> Place:
    """Take one row out."""
    row = rng.choice(_rows(path))
    _change(path, ("DELETE FROM event WHERE case_id = ? AND seq = ?", (row["case_id"], row["seq"])))
    last = max((other["seq"] for other in _rows(path) if other["case_id"] == row["case_id"]), default=0)
    return row["case_id"], row["first_seq"] if row["first_seq"] <= last else None


def inserted(path: Path, rng: random.Random) -> Place:
    """Put a forged row behind the last of a case, well chained."""
    case = rng.choice(sorted({row["case_id"] for row in _rows(path)}))
    last = max((row for row in _rows(path) if row["case_id"] == case), key=lambda row: int(row["seq"]))
    cause = Cause("forged", unpacked_digest(last["digest"]), "an", NOW)
    (row,) = event_rows(chain(case, [WorkReleased(item=1)], cause, seq=last["seq"], head=last["hash"].hex()))
    values = tuple({**row, "at": int(NOW.timestamp())}[name] for name in _COLUMNS)
    _change(path, (f"INSERT INTO event ({', '.join(_COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values))
    return case, None


def swapped(path: Path, rng: random.Random) -> Place:
    """Let what two commands wrote in a case change places."""
    row = rng.choice([row for row in _rows(path) if row["first_seq"] > 1])
    case, before = row["case_id"], row["first_seq"] - 1
    other = next(one for one in _rows(path) if (one["case_id"], one["seq"]) == (case, before))
    put = "UPDATE event SET seq = ?, first_seq = ? WHERE case_id = ? AND seq = ?"
    first, middle = other["first_seq"], other["first_seq"] + row["seq"] - row["first_seq"]
    _change(
        path,
        (put, (-1, -1, case, before)),
        (put, (middle, first, case, row["seq"])),
        (put, (row["seq"], middle + 1, case, -1)),
    )
    return case, first


def cut_off(path: Path, rng: random.Random) -> Place:
    """Cut the last records of a case off and draw its rows again."""
    case = rng.choice(sorted({row["case_id"] for row in _rows(path)}))
    store = SqlStore(path, durable=False)
    with store.reading() as reader:
        log = reader.log(case)
    return _put(path, store, case, log[: rng.randint(1, len(log) - 1)])


def rewritten(path: Path, rng: random.Random) -> Place:
    """Write a whole case anew, with other words, fresh hashes and fresh rows."""
    case = rng.choice(sorted({row["case_id"] for row in _rows(path)}))
    store = SqlStore(path, durable=False)
    with store.reading() as reader:
        log = reader.log(case)
    records: list[Recorded] = []
    for record in log:
        event = record.event.but(title=f"Mua xe {rng.random()}") if record.seq == 1 else record.event
        cause = Cause(record.command, record.digest, record.actor, record.at)
        head = records[-1].hash if records else GENESIS
        texts = apart([event], len(records), "")
        records += chain(case, [event], cause, seq=len(records), head=head, texts=texts)
    return _put(path, store, case, records)


def taken_out(path: Path, rng: random.Random) -> Place:
    """Take the newest case out, with all that is about it."""
    case = max(row["case_id"] for row in _rows(path))
    _wipe(path, case)
    return case, None


def _put(path: Path, store: SqlStore, case: str, records: list[Recorded]) -> Place:
    values = _values(path, case)
    _wipe(path, case)
    after = fold(records)
    assert after is not None
    with store.writing() as writer:
        commands = dict.fromkeys(record.command for record in records)
        assert commands
        writer.commit(None, after, records, ())
    store.close()
    told = {said.name for record in records for said in getattr(record.event, "entered", ())}
    put = "INSERT INTO entered_value VALUES (?, ?, ?, ?, ?, ?)"
    if kept := [(put, row) for row in values if row[1] in told]:
        _change(path, *kept)
    return case, None


def _values(path: Path, case: str) -> list[tuple[Any, ...]]:
    connection = dbapi2.connect(path)
    rows = connection.execute(
        "SELECT case_id, name, seq, command, value, salt FROM entered_value WHERE case_id = ?", (case,)
    ).fetchall()
    connection.close()
    return [tuple(row) for row in rows]


def _wipe(path: Path, case: str) -> None:
    connection = dbapi2.connect(path)
    guard = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'event_no_delete'").fetchone()[0]
    connection.execute("DROP TRIGGER event_no_delete")
    for table in _TABLES:
        connection.execute(f"DELETE FROM {table} WHERE case_id = ?", (case,))
    connection.execute("DELETE FROM case_file WHERE id = ?", (case,))
    connection.execute(guard)
    connection.commit()
    connection.close()


_CAREFUL: tuple[Callable[[Path, random.Random], Place], ...] = (cut_off, rewritten, taken_out)
_ATTACKS: tuple[Callable[[Path, random.Random], Place], ...] = (
    *(flipped, flipped, forged, moved_number, bytes_for_text, retyped, deleted, inserted, swapped, reworded),
    *_CAREFUL,
)
