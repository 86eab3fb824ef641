"""Questions for letters: what is due soon, and what is late and was told to somebody."""

from datetime import datetime

from sqlalchemy import and_, select

from engine.case import CaseStatus
from engine.events import BreachRecorded
from engine.rows import WHOLE_CASE
from engine.stores.sql import SqlReader
from engine.stores.tables import BREACH, CASE, EVENT, ITEM
from engine.stores.written import event_at

#: A late case or step: case, subject, step (None: the whole case), due.
Late = tuple[str, str, str | None, datetime | None]


def due_between(reader: SqlReader, after: datetime, until: datetime) -> list[tuple[str, int, datetime]]:
    """Return (case, item, due) of the live work of running cases that is due after one instant, by another."""
    asked = (
        select(ITEM.c.case_id, ITEM.c.number, ITEM.c.due)
        .join(CASE, CASE.c.id == ITEM.c.case_id)
        .where(ITEM.c.live, ITEM.c.waits_for == "work", CASE.c.status == CaseStatus.OPEN.value)
        .where(ITEM.c.due > after, ITEM.c.due <= until)
        .order_by(ITEM.c.due, ITEM.c.case_id, ITEM.c.number)
    )
    return [(row.case_id, row.number, row.due) for row in reader.connection.execute(asked)]


def told_of(reader: SqlReader, account: str, since: datetime, until: datetime) -> list[Late]:
    """Return what was seen to be late from one instant to another, was told to an account, and is not done yet."""
    asked = (
        select(BREACH, EVENT.c.first_seq, EVENT.c.body, CASE.c.title, ITEM.c.live)
        .join(EVENT, and_(EVENT.c.case_id == BREACH.c.case_id, BREACH.c.seq.between(EVENT.c.first_seq, EVENT.c.seq)))
        .join(CASE, CASE.c.id == BREACH.c.case_id)
        .outerjoin(ITEM, and_(ITEM.c.case_id == BREACH.c.case_id, ITEM.c.number == BREACH.c.number))
        .where(BREACH.c.found_at >= since, BREACH.c.found_at <= until, CASE.c.status == CaseStatus.OPEN.value)
        .where(BREACH.c.kind.startswith("late"))
        .order_by(BREACH.c.due, BREACH.c.case_id, BREACH.c.number)
    )
    found: list[Late] = []
    for row in reader.connection.execute(asked).mappings():
        event = event_at(row, row["seq"])
        going_on = row["number"] == WHOLE_CASE or row["live"]
        if going_on and isinstance(event, BreachRecorded) and account in event.told:
            found.append((row["case_id"], row["title"], row["step"], row["due"]))
    return found
