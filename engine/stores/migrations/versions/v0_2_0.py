"""From release 0.1.0: the log in one row a command, accounts, errands, remarks; what the log draws is drawn anew."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from alembic import op
from sqlalchemy import Connection, text
from sqlmodel import SQLModel

from engine.audit import missing_fault, stored, wrong_fault
from engine.log import GENESIS, Recorded, chain_hash, decode, stamp
from engine.trouble import Damaged

revision = "0.2.0"
down_revision = None
#: What 0.1.0 drew from the log; none of it is truth.
_DRAWN = ("breach", "work_holder", "work_item", "case_file")
#: What stood about the log of 0.1.0: the new table has guards and keys of its own.
_ASIDE = {
    "sqlite": ("DROP TRIGGER IF EXISTS event_no_update", "DROP TRIGGER IF EXISTS event_no_delete"),
    "postgresql": (
        "DROP TRIGGER IF EXISTS event_no_change ON event",
        "DROP FUNCTION IF EXISTS event_only_grows()",
        "ALTER TABLE event RENAME CONSTRAINT event_pkey TO event_before_pkey",
    ),
}
_CASES = text("SELECT DISTINCT case_id FROM event_before WHERE case_id > :last ORDER BY case_id LIMIT 500")
_LOGS = text("SELECT * FROM event_before WHERE case_id BETWEEN :first AND :last ORDER BY case_id, seq")


def upgrade() -> None:
    """Carry the log over, record by record as it is; leave the entered values as they lie; draw the rest again."""
    from engine.stores.rebuild import draw_anew

    connection = op.get_bind()
    for statement in ("DROP INDEX IF EXISTS ix_event_command", *_ASIDE[connection.dialect.name]):
        op.execute(statement)
    op.execute("ALTER TABLE event RENAME TO event_before")
    for name in _DRAWN:
        op.execute(f"DROP TABLE IF EXISTS {name}")
    SQLModel.metadata.create_all(connection)
    _carry_over(connection)
    op.execute("DROP TABLE event_before")
    draw_anew(connection)


def _carry_over(connection: Connection) -> None:
    """Write the log in rows of today, some hundred cases at a time."""
    from engine.stores.written import event_rows

    put = None
    for logs in _logs(connection):
        rows = [row for log in logs for row in event_rows(log)]
        for row in rows:
            row["at"] = stored(row["at"])
        names = tuple(rows[0])
        put = put or text(f"INSERT INTO event ({', '.join(names)}) VALUES (:{', :'.join(names)})")  # noqa: S608
        connection.execute(put, rows)


def _logs(connection: Connection) -> Iterator[list[list[Recorded]]]:
    last = ""
    while cases := connection.execute(_CASES, {"last": last}).scalars().all():
        last = cases[-1]
        rows = connection.execute(_LOGS, {"first": cases[0], "last": last}).all()
        yield [_as_written(case, list(own)) for case, own in groupby(rows, key=lambda row: row.case_id)]


def _as_written(case: str, rows: Sequence[Any]) -> list[Recorded]:
    """Return the records that rows of 0.1.0 are; raises Damaged when they are not, to the byte, what was written."""
    found: list[Recorded] = []
    previous = GENESIS
    for number, row in enumerate(rows, 1):
        if row.seq != number:
            raise Damaged(f"{case}: {missing_fault(case, number).words}")
        record = _record(previous, row)
        if record is None:
            raise Damaged(f"{case}: {wrong_fault(case, number).words}")
        found.append(record)
        previous = record.hash
    return found


def _record(previous: str, row: Any) -> Recorded | None:
    try:
        at, event = datetime.fromtimestamp(row.at, UTC), decode(row.body)
        fields = (row.case_id, row.seq, stamp(at), row.actor, row.command, row.digest, row.body)
        if (event.kind, chain_hash(previous, fields)) != (row.kind, row.hash):
            return None
    except (ValueError, TypeError, OverflowError, OSError):
        return None
    return Recorded(row.case_id, row.seq, at, row.actor, row.command, row.digest, event, row.body, row.hash)
