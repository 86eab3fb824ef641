"""The rows of a log as they are written, one a command, and the records that rows are, as far as each is whole."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from engine.audit import Fault, missing_fault, wrong_fault
from engine.events import Event
from engine.log import GENESIS, Recorded, chain_hash, decode, stamp
from engine.packing import pack, packed_digest, packed_id, unpack, unpacked_digest, unpacked_id
from engine.rows import Row
from engine.texts import Kept, Written, restored

#: What reading a value that is no longer what it was may raise.
UNREADABLE = (ValueError, TypeError, OverflowError, OSError)
#: Between two events in a row: no canonical JSON has it inside.
_NEXT = "\n"


def event_rows(records: Iterable[Recorded]) -> list[Row]:
    """Return the rows of records: of those that one command wrote, one."""
    return [_event_row(list(wrote)) for _, wrote in groupby(records, key=lambda one: (one.case, one.command))]


def _event_row(records: Sequence[Recorded]) -> Row:
    first, last = records[0], records[-1]
    return {
        "case_id": last.case,
        "seq": last.seq,
        "first_seq": first.seq,
        "at": last.at,
        "actor": last.actor,
        "command": packed_id(last.command),
        "digest": packed_digest(last.digest),
        "body": pack(_NEXT.join([record.body for record in records]).encode()),
        "hash": bytes.fromhex(last.hash),
    }


def bodies(body: bytes) -> list[str]:
    """Return the events of a row as canonical JSON, in order; raises ValueError for what is none."""
    return unpack(body).decode().split(_NEXT)


def event_at(row: Any, seq: int) -> Event:
    """Return the event with a number out of the row that has it (`first_seq`, `body`), digests in place of texts."""
    return decode(bodies(row["body"])[seq - row["first_seq"]])


def read_log(rows: Iterable[Any], kept: Kept, previous: str = GENESIS) -> Iterator[Recorded]:
    """Yield the records of rows as the tables give them, of one case in order, behind the hash of the record before.

    The last record of a row has the hash that is kept; whether it is the right one is for whoever asks. `kept` are the
    texts of the case.
    """
    for row in rows:
        *between, last = _records(previous, row, row.at, (row.command, row.digest), kept)
        yield from between
        yield last.but(hash=row.hash)
        previous = row.hash


def kept_of(rows: Iterable[Any]) -> Kept:
    """Return the texts that rows of one case are, as the tables give them or as they lie there."""
    found = (Written(row.seq, row.field, row.text, _hexadecimal(row.salt)) for row in rows)
    return {(one.seq, one.field): one for one in found}


def _hexadecimal(salt: bytes | str) -> str:
    return salt.hex() if isinstance(salt, bytes) else str(salt)


def _records(previous: str, row: Any, at: datetime, cause: tuple[str, str], kept: Kept) -> Iterator[Recorded]:
    """Yield the records that a row tells, each with the hash that it must have."""
    instant = stamp(at)
    for seq, body in enumerate(bodies(row.body), row.first_seq):
        previous = chain_hash(previous, (row.case_id, seq, instant, row.actor, *cause, body))
        event, texts = restored(decode(body), seq, kept)
        yield Recorded(row.case_id, seq, at, row.actor, *cause, event, body, previous, texts)


def log_of(case: str, rows: Sequence[Any], kept: Kept) -> tuple[list[Recorded], Fault | None]:
    """Return the records that the plain rows of a log are, as far as each is, to the byte, what was written.

    What one command wrote is whole or not: its first record is named. The records have the texts that are `kept`,
    whatever these are.
    """
    records: list[Recorded] = []
    for row in rows:
        number = len(records) + 1
        if row.first_seq != number:
            return records, missing_fault(case, number)
        found = _as_written(records[-1].hash if records else GENESIS, row, kept)
        if found is None:
            return records, wrong_fault(case, number)
        records += found
    return records, None


def _as_written(previous: str, row: Any, kept: Kept) -> list[Recorded] | None:
    """Return the records that a row is; None when it is not, to the byte, what was written after hash `previous`."""
    try:
        at = datetime.fromtimestamp(row.at, UTC)
        command, digest = unpacked_id(row.command), unpacked_digest(row.digest)
        if (packed_id(command), packed_digest(digest)) != (row.command, row.digest):
            return None  # it reads the same, but is not found under its id any more
        found = list(_records(previous, row, at, (command, digest), kept))
    except UNREADABLE:
        return None
    return found if (found[-1].seq, bytes.fromhex(found[-1].hash)) == (row.seq, row.hash) else None
