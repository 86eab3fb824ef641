"""The records that rows are, as far as each is, to the byte, what was written."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from engine.audit import Fault, missing_fault, wrong_fault
from engine.log import GENESIS, Recorded, chain_hash, decode, stamp

#: What reading a value that is no longer what it was may raise.
UNREADABLE = (ValueError, TypeError, OverflowError, OSError)


def log_of(case: str, rows: Sequence[Any]) -> tuple[list[Recorded], Fault | None]:
    """Return the records that the rows of a log are, as far as each is, to the byte, what was written."""
    records: list[Recorded] = []
    previous = GENESIS
    for number, row in enumerate(rows, 1):
        if row.seq != number:
            return records, missing_fault(case, number)
        record = _as_written(previous, row)
        if record is None:
            return records, wrong_fault(case, number)
        records.append(record)
        previous = row.hash
    return records, None


def _as_written(previous: str, row: Any) -> Recorded | None:
    """Return the record that a row is; None when it is not, to the byte, what was written after hash `previous`."""
    try:
        event, at = decode(row.body), datetime.fromtimestamp(row.at, UTC)
        fields = (row.case_id, row.seq, stamp(at), row.actor, row.command, row.digest, row.body)
        if (event.kind, chain_hash(previous, fields)) != (row.kind, row.hash):
            return None
    except UNREADABLE:
        return None
    return Recorded(row.case_id, row.seq, at, row.actor, row.command, row.digest, event, row.body, row.hash)
