"""Somebody with the file changes it: every change of the log is located, with a checkpoint also the careful ones."""

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2

from engine.audit import Fault
from engine.evolve import fold
from engine.ledger.merkle import Leaf
from engine.log import GENESIS, Cause, Recorded, chain, chain_hash, stamp
from engine.stores.audit import verify
from engine.stores.heads import heads
from engine.stores.sql import SqlStore
from tests.engine.house import at
from tests.torture.clerks import NOW, office
from tests.torture.figure import Figure

_TEXTS = ("case_id", "kind", "actor", "command", "digest", "body", "hash")
_NUMBERS = ("seq", "at")
_TABLES = ("event", "receipt", "case_word", "work_item", "work_holder", "breach", "entered_value")
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


def _records(path: Path) -> list[tuple[Any, ...]]:
    connection = dbapi2.connect(path)
    rows = connection.execute("SELECT case_id, seq, kind, at, actor, command, digest, body, hash FROM event").fetchall()
    connection.close()
    return [tuple(row) for row in rows]


def _texts(path: Path) -> list[tuple[tuple[Any, ...], str, str]]:
    """Return every text of every record that says something, with its record and its column."""
    names = ("case_id", "seq", "kind", "at", *_TEXTS[2:])
    texts = ((row, name, cell) for row in _records(path) for name, cell in zip(names, row, strict=True))
    return [(row, name, cell) for row, name, cell in texts if name in _TEXTS and cell]


def flipped(path: Path, rng: random.Random) -> Place:
    """Change one character, somewhere in a text of a record."""
    row, column, text = rng.choice(_texts(path))
    spot = rng.randrange(len(text))
    other = rng.choice([sign for sign in 'aB7 ạ"{,' if sign != text[spot]])
    changed = text[:spot] + other + text[spot + 1 :]
    _change(path, (f"UPDATE event SET {column} = ? WHERE case_id = ? AND seq = ?", (changed, *row[:2])))
    return row[0], None if column == "case_id" else row[1]


def moved_number(path: Path, rng: random.Random) -> Place:
    """Change a number of a record."""
    row, column = rng.choice(_records(path)), rng.choice(_NUMBERS)
    by = rng.choice((100, 3600, 86_400))
    _change(path, (f"UPDATE event SET {column} = {column} + ? WHERE case_id = ? AND seq = ?", (by, *row[:2])))
    return row[0], row[1]


def bytes_for_text(path: Path, rng: random.Random) -> Place:
    """Put bytes that are no text in the place of a text."""
    row, column, _ = rng.choice([one for one in _texts(path) if one[1] != "case_id"])
    blob = rng.choice((b"\xff\xfe", b"", b"\x00"))
    change = f"UPDATE event SET {column} = CAST(? AS {rng.choice(('TEXT', 'BLOB'))}) WHERE case_id = ? AND seq = ?"
    _change(path, (change, (blob, *row[:2])))
    return row[0], row[1]


def deleted(path: Path, rng: random.Random) -> Place:
    """Take one record out."""
    row = rng.choice(_records(path))
    _change(path, ("DELETE FROM event WHERE case_id = ? AND seq = ?", row[:2]))
    last = max(other[1] for other in _records(path) if other[0] == row[0]) if row[1] > 1 else 0
    return row[0], row[1] if row[1] <= last else None


def inserted(path: Path, rng: random.Random) -> Place:
    """Put a forged record behind the last of a case, well chained."""
    case = rng.choice(sorted({row[0] for row in _records(path)}))
    last = max((row for row in _records(path) if row[0] == case), key=lambda row: row[1])
    seq, body = last[1] + 1, '{"item":1,"kind":"WorkReleased"}'
    hash_ = chain_hash(last[8], (case, seq, stamp(NOW), "an", "forged", last[6], body))
    values = (case, seq, "WorkReleased", int(NOW.timestamp()), "an", "forged", last[6], body, hash_)
    _change(path, ("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values))
    return case, None


def swapped(path: Path, rng: random.Random) -> Place:
    """Let two records of a case change places."""
    row = rng.choice([row for row in _records(path) if row[1] > 1])
    case, seq = row[0], row[1]
    put = "UPDATE event SET seq = ? WHERE case_id = ? AND seq = ?"
    _change(path, (put, (-1, case, seq)), (put, (seq, case, seq - 1)), (put, (seq - 1, case, -1)))
    return case, seq - 1


def cut_off(path: Path, rng: random.Random) -> Place:
    """Cut the last records of a case off and draw its rows again."""
    case = rng.choice(sorted({row[0] for row in _records(path)}))
    store = SqlStore(path, durable=False)
    with store.reading() as reader:
        log = reader.log(case)
    return _put(path, store, case, log[: rng.randint(1, len(log) - 1)])


def rewritten(path: Path, rng: random.Random) -> Place:
    """Write a whole case anew, with other words, fresh hashes and fresh rows."""
    case = rng.choice(sorted({row[0] for row in _records(path)}))
    store = SqlStore(path, durable=False)
    with store.reading() as reader:
        log = reader.log(case)
    records: list[Recorded] = []
    for record in log:
        event = record.event.but(title=f"Mua xe {rng.random()}") if record.seq == 1 else record.event
        cause = Cause(record.command, record.digest, record.actor, record.at)
        head = records[-1].hash if records else GENESIS
        records += chain(case, [event], cause, seq=len(records), head=head)
    return _put(path, store, case, records)


def taken_out(path: Path, rng: random.Random) -> Place:
    """Take the newest case out, with all that is about it."""
    case = max(row[0] for row in _records(path))
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
    *(flipped, flipped, flipped, moved_number, bytes_for_text, deleted, inserted, swapped),
    *_CAREFUL,
)
