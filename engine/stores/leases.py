"""Leases in SQL: one leader of a duty, and workers that are known to be alive."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, and_, delete, func, select, update

from engine.stores.errand_tables import LeaseRow
from engine.stores.errands import insert_new

LEASE = LeaseRow.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Lease:
    """Who holds what since when, and until when unless it is renewed."""

    name: str
    holder: str
    since: datetime
    until: datetime


def hold(connection: Connection, name: str, holder: str, now: datetime, length: timedelta) -> bool:
    """Take a lease that is free or run out, or renew one's own; tell whether one holds it now."""
    until = now + length
    own = and_(LEASE.c.name == name, LEASE.c.holder == holder)
    if connection.execute(update(LEASE).where(own).values(until=until)).rowcount:
        return True
    over = and_(LEASE.c.name == name, LEASE.c.until < now)
    if connection.execute(update(LEASE).where(over).values(holder=holder, since=now, until=until)).rowcount:
        return True
    return bool(insert_new(connection, LEASE, [{"name": name, "holder": holder, "since": now, "until": until}]))


def shorten(connection: Connection, name: str, until: datetime) -> None:
    """Let what somebody holds, whoever it is, run out by an instant."""
    longer = and_(LEASE.c.name == name, LEASE.c.until > until)
    connection.execute(update(LEASE).where(longer).values(until=until))


def let_go(connection: Connection, holder: str) -> None:
    """Give up everything that somebody holds, as who ends in good order does."""
    connection.execute(delete(LEASE).where(LEASE.c.holder == holder))


def leases(connection: Connection, prefix: str = "") -> list[Lease]:
    """Return every lease whose name begins so, also those that have run out."""
    asked = select(LEASE).where(LEASE.c.name.startswith(prefix, autoescape=True)).order_by(LEASE.c.name)
    return [Lease(row.name, row.holder, row.since, row.until) for row in connection.execute(asked)]


def forget(connection: Connection, before: datetime) -> None:
    """Forget the leases that ran out before then: nobody waits for them any more."""
    connection.execute(delete(LEASE).where(LEASE.c.until < before))


def database_clock(connection: Connection) -> datetime:
    """Return what time it is for the database; one in a file has the clock of this machine."""
    if connection.dialect.name != "postgresql":
        return datetime.now(UTC)
    found: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
    return found
