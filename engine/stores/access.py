"""The log of who came in or was refused, and how often somebody has been wrong in a row."""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from engine import accounts
from engine.stores.tables import AccessRow, TryRow, table

TRY, ACCESS = table(TryRow), table(AccessRow)


def counted(connection: Connection, key: str, now: datetime) -> tuple[int, datetime]:
    """Return how often in a row somebody has been wrong, and when last."""
    row = connection.execute(select(TRY.c.failures, TRY.c.last_at).where(TRY.c.key == key)).first()
    if row is None or now - row.last_at > accounts.FORGOTTEN:
        return 0, now
    return row.failures, row.last_at


def count(connection: Connection, key: str, failures: int, now: datetime) -> None:
    """Keep how often in a row somebody has been wrong."""
    known = connection.execute(update(TRY).where(TRY.c.key == key).values(failures=failures, last_at=now))
    if not known.rowcount:
        connection.execute(insert(TRY).values(key=key, failures=failures, last_at=now))


def note(connection: Connection, at: datetime, kind: str, person: str, by: str, address: str = "") -> None:
    """Write a line of the access log."""
    connection.execute(insert(ACCESS).values(at=at, kind=kind, person=person, by=by, address=address))
