"""The rows of a log as they are written, and the records that rows are, as far as each is what was written."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from engine.audit import Fault, missing_fault, wrong_fault
from engine.log import GENESIS, Recorded, chain_hash, decode, stamp
from engine.rows import Row

#: What reading a value that is no longer what it was may raise.
UNREADABLE = (ValueError, TypeError, OverflowError, OSError)

#: What stands for a command and its digest that are those of the record before.
_SAME = {"command": "", "digest": ""}


def event_rows(records: Sequence[Recorded]) -> list[Row]:
    """Return the rows of records; of those that one command wrote only the first names it."""
    rows: list[Row] = []
    command = None
    for record in records:
        row = _event_row(record)
        rows.append(row if record.command != command else row | _SAME)
        command = record.command
    return rows


def with_causes(rows: Iterable[Any]) -> Iterator[tuple[Any, str, str]]:
    """Yield the rows of a log in order, from the first record of a command on, each with its command and digest."""
    command = digest = ""
    for row in rows:
        if (row.command, row.digest) != ("", ""):
            command, digest = row.command, row.digest
        yield row, command, digest


def _event_row(record: Recorded) -> Row:
    return {
        "case_id": record.case,
        "seq": record.seq,
        "kind": record.event.kind,
        "at": record.at,
        "actor": record.actor,
        "command": record.command,
        "digest": record.digest,
        "body": record.body,
        "hash": record.hash,
    }


def log_of(case: str, rows: Sequence[Any]) -> tuple[list[Recorded], Fault | None]:
    """Return the records that the rows of a log are, as far as each is, to the byte, what was written."""
    records: list[Recorded] = []
    previous = GENESIS
    for number, (row, command, digest) in enumerate(with_causes(rows), 1):
        if row.seq != number:
            return records, missing_fault(case, number)
        record = _as_written(previous, row, command, digest)
        if record is None:
            return records, wrong_fault(case, number)
        records.append(record)
        previous = row.hash
    return records, None


def _as_written(previous: str, row: Any, command: str, digest: str) -> Recorded | None:
    """Return the record that a row is; None when it is not, to the byte, what was written after hash `previous`."""
    try:
        event, at = decode(row.body), datetime.fromtimestamp(row.at, UTC)
        fields = (row.case_id, row.seq, stamp(at), row.actor, command, digest, row.body)
        if (event.kind, chain_hash(previous, fields)) != (row.kind, row.hash):
            return None
    except UNREADABLE:
        return None
    return Recorded(row.case_id, row.seq, at, row.actor, command, digest, event, row.body, row.hash)
