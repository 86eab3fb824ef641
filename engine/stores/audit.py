"""The audit of an SQL store: every chain re-hashed, every case folded again, every row compared."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Table, select, text, union
from sqlalchemy.exc import DatabaseError

from engine.audit import Fault, ValueKey, missing_fault, picture_faults, redrawn, value_faults, wrong_fault
from engine.draft import EnteredValue
from engine.log import GENESIS, chain_hash, decode, stamp
from engine.rows import Row
from engine.stores.sql import BREACH, CASE, ENTERED, EVENT, HOLDER, ITEM, SqlReader, SqlStore
from procedures.words import say

_PICTURE = {CASE: CASE.c.id, ITEM: ITEM.c.case_id, HOLDER: HOLDER.c.case_id, BREACH: BREACH.c.case_id}
_KEYS = {EVENT: EVENT.c.case_id, **_PICTURE, ENTERED: ENTERED.c.case_id}
#: Read as it lies in the file: what was altered may no longer be an instant or an event.
_RAW_LOG = text(
    "SELECT case_id, seq, kind, at, actor, command, digest, body, hash FROM event WHERE case_id = :case ORDER BY seq"
)
#: What reading a value that is no longer what it was may raise.
_UNREADABLE = (ValueError, TypeError, OverflowError, OSError)


@dataclass(slots=True)
class Verdict:
    """What an audit found: counts, faults, and one hash over the heads of all chains in order of case id."""

    cases: int = 0
    events: int = 0
    faults: list[Fault] = field(default_factory=list)
    root: str = ""

    @property
    def sound(self) -> bool:
        """Tell whether nothing was found."""
        return not self.faults


def verify(store: SqlStore) -> Verdict:
    """Audit a whole store, one case in memory at a time."""
    verdict, root = Verdict(), hashlib.sha256()
    with store.reading() as reader:
        try:
            verdict.faults += _file_faults(reader)
            cases = _ids(reader)
            verdict.faults += _gaps(cases)
            for case in cases:
                log = reader.connection.execute(_RAW_LOG, {"case": case}).mappings().all()
                verdict.cases += 1
                verdict.events += len(log)
                verdict.faults += _faults(reader, case, log)
                root.update(str(log[-1]["hash"] if log else "").encode())
        except DatabaseError as fault:
            verdict.faults.append(Fault("", None, say("the database file is damaged: {fault}", fault=fault.orig)))
    verdict.root = root.hexdigest()
    return verdict


def _file_faults(reader: SqlReader) -> Iterator[Fault]:
    """Let SQLite compare its own pages, types and indexes; a server looks after its pages itself."""
    if reader.connection.dialect.name != "sqlite":
        return
    for said in reader.connection.execute(text("PRAGMA integrity_check")).scalars():
        if said != "ok":
            yield Fault("", None, say("the database file is damaged: {fault}", fault=said))


def _ids(reader: SqlReader) -> list[str]:
    asked = union(*(select(key.label("id")) for key in _KEYS.values())).order_by("id")
    return [str(found) for found in reader.connection.execute(asked).scalars()]


def _gaps(cases: Sequence[str]) -> Iterator[Fault]:
    """Find the cases of which nothing is left: the numbers of a series are given one after another, none is skipped."""
    numbers: dict[str, set[int]] = {}
    for case in cases:
        series, _, number = case.rpartition("-")
        if number.isdecimal():
            numbers.setdefault(series, set()).add(int(number))
    for series, given in sorted(numbers.items()):
        for skipped in sorted(set(range(1, max(given))) - given):
            yield Fault(f"{series}-{skipped:04d}", None, say("the case has no events"))


def _faults(reader: SqlReader, case: str, log: Sequence[Mapping[Any, Any]]) -> Iterator[Fault]:
    broken = _log_fault(case, log)
    if broken is not None:
        yield broken
        return
    records = reader.log(case)
    told = redrawn(records)
    if told is None:
        yield Fault(case, None, say("the case has no events"))
        return
    yield from picture_faults(case, told[1], {table.name: _rows(reader, table, case) for table in _PICTURE})
    yield from value_faults(case, records, _values(reader, case))


def _log_fault(case: str, log: Sequence[Mapping[Any, Any]]) -> Fault | None:
    previous = GENESIS
    for number, row in enumerate(log, 1):
        if row["seq"] != number:
            return missing_fault(case, number)
        if not _as_written(previous, row):
            return wrong_fault(case, number)
        previous = row["hash"]
    return None


def _as_written(previous: str, row: Mapping[Any, Any]) -> bool:
    """Tell whether a row is, to the byte, what was written after the record with hash `previous`."""
    try:
        event, at = decode(row["body"]), stamp(datetime.fromtimestamp(row["at"], UTC))
    except _UNREADABLE:
        return False
    fields = (row["case_id"], row["seq"], at, row["actor"], row["command"], row["digest"], row["body"])
    return (event.kind, chain_hash(previous, fields)) == (row["kind"], row["hash"])


def _rows(reader: SqlReader, table: Table, case: str) -> list[Row]:
    """Return the rows as they lie in the file: reading them in their types would make 51 a yes like 1."""
    plain = text(f"SELECT * FROM {table.name} WHERE {_PICTURE[table].name} = :case")  # noqa: S608 - our own names
    return [dict(row) for row in reader.connection.execute(plain, {"case": case}).mappings()]


def _values(reader: SqlReader, case: str) -> dict[ValueKey, EnteredValue]:
    asked = select(ENTERED).where(ENTERED.c.case_id == case)
    return {
        (row["name"], row["seq"], row["command"]): EnteredValue(row["name"], row["value"], row["salt"])
        for row in reader.connection.execute(asked).mappings()
    }
