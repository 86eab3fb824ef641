"""The log of a case: numbered, attributed, hash-chained records of its events."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from engine.events import Event
from engine.fact import Fact, reader, to_bytes, to_json

#: What the first record of a case is chained to.
GENESIS = "0" * 64
_read: Callable[[str | bytes], Event] = reader(Event)


class Recorded(Fact, frozen=True, kw_only=False):
    """One event of one case: `seq` counts from 1 without gaps, `at` is aware UTC to the second.

    `command` is the id of the command that caused it, `digest` what that command asked; `body` is the event as
    canonical JSON, as it is stored; `hash` covers everything here and the hash of the record before.
    """

    case: str
    seq: int
    at: datetime
    actor: str
    command: str
    digest: str
    event: Event
    body: str
    hash: str


def encode(event: Event) -> str:
    """Return an event as canonical JSON: sorted keys, no blanks, nothing that is only a default."""
    return to_json(event)


def decode(body: str) -> Event:
    """Read an event back; raises ValueError for what is no event."""
    return _read(body)


def stamp(at: datetime) -> str:
    """Return an instant as it is hashed: UTC, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds").removesuffix("+00:00") + "Z"


def chain_hash(previous: str, fields: Sequence[object]) -> str:
    """Return the SHA-256 of a record's fields and the hash before it."""
    return hashlib.sha256(to_bytes([previous, *fields])).hexdigest()


def record_hash(previous: str, record: Recorded) -> str:
    """Return the hash that a record must carry after `previous`."""
    body = encode(record.event)
    fields = (record.case, record.seq, stamp(record.at), record.actor, record.command, record.digest, body)
    return chain_hash(previous, fields)


@dataclass(frozen=True, slots=True)
class Cause:
    """Why events are written: the command, what it asked, who asked and when."""

    command: str
    digest: str
    actor: str
    at: datetime


def chain(case: str, events: Iterable[Event], cause: Cause, *, seq: int, head: str) -> list[Recorded]:
    """Return new events as records, numbered and chained after record `seq`, whose hash is `head`."""
    records: list[Recorded] = []
    at = stamp(cause.at)
    for event in events:
        seq += 1
        body = encode(event)
        head = chain_hash(head, (case, seq, at, cause.actor, cause.command, cause.digest, body))
        records.append(Recorded(case, seq, cause.at, cause.actor, cause.command, cause.digest, event, body, head))
    return records
