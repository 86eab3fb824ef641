"""The log of a case: numbered, attributed, hash-chained records of its events."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from engine.events import Event, ValuesErased
from engine.fact import Fact, reader, to_bytes, to_json
from engine.texts import Kept, Written, blind_of, hidden_in, masked, restored, rewritten

#: What the first record of a case is chained to.
GENESIS = "0" * 64
#: The texts of events by the number of the event.
Texts = Mapping[int, tuple[Written, ...]]
_read: Callable[[str | bytes], Event] = reader(Event)


class Recorded(Fact, frozen=True, kw_only=False):
    """One event of one case: `seq` counts from 1 without gaps, `at` is aware UTC to the second.

    `command` is the id of the command that caused it, `digest` what that command asked; `body` is the event as
    canonical JSON, as it is stored, with digests in the place of the texts of the `event`; `texts` are those of them
    that are kept; `hash` covers everything else here and the hash of the record before.
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
    texts: tuple[Written, ...] = ()

    def with_texts(self, kept: Kept) -> "Recorded":
        """Return the record with those of its texts that are kept."""
        event, texts = restored(decode(self.body), self.seq, kept)
        return self.but(event=event, texts=texts)


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
    """Return the hash that a record must carry after `previous`, for what it tells with the texts that are kept."""
    body = encode(rewritten(record.event, decode(record.body), record.texts))
    fields = (record.case, record.seq, stamp(record.at), record.actor, record.command, record.digest, body)
    return chain_hash(previous, fields)


@dataclass(frozen=True, slots=True)
class Cause:
    """Why events are written: the command, what it asked, who asked and when."""

    command: str
    digest: str
    actor: str
    at: datetime


def chain(
    case: str, events: Iterable[Event], cause: Cause, *, seq: int, head: str, texts: Texts | None = None
) -> list[Recorded]:
    """Return new events as records, numbered and chained after record `seq`, whose hash is `head`.

    `texts` are those of the events, by number, which do not stand in the log themselves.
    """
    records: list[Recorded] = []
    at = stamp(cause.at)
    for event in events:
        seq += 1
        own = texts.get(seq, ()) if texts else ()
        body = encode(masked(event, own) if own else event)
        head = chain_hash(head, (case, seq, at, cause.actor, cause.command, cause.digest, body))
        records.append(Recorded(case, seq, cause.at, cause.actor, cause.command, cause.digest, event, body, head, own))
    return records


def blind_left(records: Iterable[Recorded]) -> str | None:
    """Return what blinds the texts of records that one command wrote; None when one of them was erased."""
    wrote = list(records)
    if any(len(record.texts) < len(hidden_in(decode(record.body))) for record in wrote):
        return None
    return blind_of(one for record in wrote for one in record.texts)


def without(records: Iterable[Recorded], erased: ValuesErased) -> list[Recorded]:
    """Return records as an erasure leaves them: what it erases is gone from their texts and events."""
    return [record.with_texts(_left(record, erased)) if record.texts else record for record in records]


def _left(record: Recorded, erased: ValuesErased) -> Kept:
    return {(one.seq, one.field): one for one in record.texts if not erased.erases_text(one.place)}
