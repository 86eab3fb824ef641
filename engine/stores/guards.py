"""What a database says of itself: whether its pages are whole, and whether the log is still kept from change."""

from collections.abc import Iterator

from sqlalchemy import Connection, text

from engine.audit import Fault
from engine.stores.raw import KEYS
from engine.stores.tables import POSTGRES_REFUSAL, SQLITE_GUARDS
from procedures.words import say

#: Before a statement that updates, deletes or truncates: bits of pg_trigger.tgtype.
_EVERY_CHANGE = 2 | 8 | 16 | 32
_POSTGRES_TRIGGER = text(
    "SELECT count(*) FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid WHERE t.tgrelid = CAST('event' AS regclass)"
    " AND t.tgname = 'event_no_change' AND t.tgenabled IN ('O', 'A') AND t.tgtype = :every AND p.prosrc = :refusal"
)


def database_faults(connection: Connection) -> Iterator[Fault]:
    """Let a database say what is wrong with itself; a PostgreSQL server looks after its pages without us."""
    if connection.dialect.name == "sqlite":
        yield from _file_faults(connection)
        yield from _sqlite_guard_faults(connection)
    elif not connection.execute(_POSTGRES_TRIGGER, {"every": _EVERY_CHANGE, "refusal": POSTGRES_REFUSAL}).scalar_one():
        yield _gone("event_no_change")


def _file_faults(connection: Connection) -> Iterator[Fault]:
    """Let SQLite compare its own pages, types and indexes; look for rows of no case."""
    for said in connection.execute(text("PRAGMA integrity_check")).scalars():
        if said != "ok":
            yield Fault("", None, say("the database file is damaged: {fault}", fault=said))
    for table, key in KEYS.items():
        asked = f"SELECT count(*) FROM {table} WHERE typeof({key}) <> 'text'"  # noqa: S608 - our own names
        if connection.execute(text(asked)).scalar_one():
            yield Fault("", None, say("table “{table}” has rows that belong to no case", table=table))


def _sqlite_guard_faults(connection: Connection) -> Iterator[Fault]:
    there = dict(connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).tuples().all())
    for name, statement in SQLITE_GUARDS.items():
        if there.get(name) != statement:
            yield _gone(name)


def _gone(name: str) -> Fault:
    return Fault("", None, say("the trigger {name} that keeps the log from change is gone", name=name))
