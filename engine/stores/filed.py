"""Files of cases against the log that tells of them: each is there as it was, and none is kept for nobody."""

from collections.abc import Collection, Iterator
from itertools import groupby

from sqlalchemy import select

from engine.audit import Fault
from engine.events import FileAttached, ValuesErased
from engine.files import FileShelf, not_erased
from engine.log import decode
from engine.stores.sql import SqlStore
from engine.stores.tables import EVENT
from procedures.words import say


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
    asked = (
        select(EVENT.c.case_id, EVENT.c.seq, EVENT.c.body)
        .where(EVENT.c.kind.in_((FileAttached.__name__, ValuesErased.__name__)))
        .order_by(EVENT.c.case_id, EVENT.c.seq)
    )
    with store.reading() as reader:
        rows = reader.connection.execute(asked).all()
    for case, of_case in groupby(rows, key=lambda row: str(row.case_id)):
        for seq, event in not_erased((row.seq, decode(row.body)) for row in of_case):
            yield case, seq, event
