"""Files of cases against the log that tells of them: each is there as it was, and none is kept for nobody."""

from collections.abc import Collection, Iterator
from itertools import groupby

from sqlalchemy import select

from engine.audit import Fault
from engine.events import Event, FileAttached, ValuesErased
from engine.files import FileShelf, not_erased
from engine.log import decode
from engine.stores.sql import SqlReader, SqlStore
from engine.stores.tables import EVENT
from engine.stores.written import bodies
from procedures.words import say

#: What stands in the JSON of events that say which files a case has.
_NAMES = tuple(f'"{kind.__name__}"' for kind in (FileAttached, ValuesErased))
#: How many rows are read at a time.
_ROWS = 2_000


def file_faults(store: SqlStore, shelf: FileShelf) -> Iterator[Fault]:
    """Yield every attached file that is missing or was altered; one that was erased may be gone."""
    for case, seq, event in _attached(store):
        if not shelf.whole(event.digest):
            yield Fault(case, seq, say("file {number} is missing or was altered", number=event.number))


def let_go(store: SqlStore, shelf: FileShelf, among: Collection[str] | None = None) -> list[str]:
    """Delete the files that no case has, or has any more, and that nobody has put in for a day; return their SHA-256.

    `among` are those that come into question. Without it all of them do: then the log must be known to be whole, for
    a file whose event somebody took out is the proof of that.
    """
    wanted = {event.digest for _, _, event in _attached(store)}
    left = (digest for digest in shelf.all() if digest not in wanted and (among is None or digest in among))
    return [digest for digest in left if shelf.forget(digest)]


def _attached(store: SqlStore) -> Iterator[tuple[str, int, FileAttached]]:
    """Yield the events of the files that cases have: of those attached, the ones whose names were not erased."""
    with store.reading() as reader:
        told = list(_told(reader))
    for case, of_case in groupby(told, key=lambda one: one[0]):
        for seq, event in not_erased((seq, event) for _, seq, event in of_case):
            yield case, seq, event


def _told(reader: SqlReader) -> Iterator[tuple[str, int, Event]]:
    """Yield every event that attached a file or erased values, with its case and its number."""
    asked = select(EVENT.c.case_id, EVENT.c.first_seq, EVENT.c.body).order_by(EVENT.c.case_id, EVENT.c.seq)
    for row in reader.connection.execution_options(yield_per=_ROWS).execute(asked):
        for seq, body in enumerate(bodies(row.body), row.first_seq):
            if any(name in body for name in _NAMES):
                yield row.case_id, seq, decode(body)
