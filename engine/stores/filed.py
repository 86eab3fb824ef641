"""Files of cases against the log that tells of them: each is there, and still what it was."""

from collections.abc import Iterator

from sqlalchemy import select

from engine.audit import Fault
from engine.events import FileAttached
from engine.files import FileShelf
from engine.log import decode
from engine.stores.sql import SqlStore
from engine.stores.tables import EVENT
from procedures.words import say


def file_faults(store: SqlStore, shelf: FileShelf) -> Iterator[Fault]:
    """Yield every attached file that is missing or was altered."""
    asked = (
        select(EVENT.c.case_id, EVENT.c.seq, EVENT.c.body)
        .where(EVENT.c.kind == FileAttached.__name__)
        .order_by(EVENT.c.case_id, EVENT.c.seq)
    )
    with store.reading() as reader:
        rows = reader.connection.execute(asked).all()
    for row in rows:
        event = decode(row.body)
        if isinstance(event, FileAttached) and not shelf.whole(event.digest):
            yield Fault(row.case_id, row.seq, say("file {number} is missing or was altered", number=event.number))
