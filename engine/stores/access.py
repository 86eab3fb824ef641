"""The log of who came in or was refused, and how often somebody has been wrong in a row."""

from datetime import datetime

from sqlalchemy import Connection, case, insert, literal, select, update

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


def take_back(connection: Connection, key: str, failures: int, last: datetime) -> None:
    """Take back a try that was right: what stood before it stands again, and whatever others have added meanwhile."""
    alone, then = TRY.c.failures == failures + 1, literal(last, TRY.c.last_at.type)
    before = {"failures": TRY.c.failures - 1, "last_at": case((alone, then), else_=TRY.c.last_at)}
    connection.execute(update(TRY).where(TRY.c.key == key, TRY.c.failures > 0).values(**before))


def note(connection: Connection, at: datetime, kind: str, person: str, by: str, address: str = "") -> None:
    """Write a line of the access log."""
    connection.execute(insert(ACCESS).values(at=at, kind=kind, person=person, by=by, address=address))
