"""The queue of errands in SQL: rows written with the events that ask for them, claimed under a lease and a token."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, Table, and_, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.case import Case, CaseStatus, Item
from engine.errands.errand import OPEN, Errand, Status, duty_key, step_key
from engine.log import Recorded
from engine.stores.errand_tables import ERRAND
from engine.stores.tables import CASE, ITEM

_MACHINE = "errand"
#: The duty of telling one system of one event.
TELLING = "báo sự việc"
_OPEN = tuple(status.value for status in OPEN)


def insert_new(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> int:
    """Insert the rows whose key is not there yet; return how many."""
    put: Any = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    asked = put(table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    return sum(connection.execute(asked.values(row)).rowcount for row in rows)


def concerned(case: Case) -> bool:
    """Tell whether a step of a case waits, or has waited, for an errand."""
    return any(item.waits_for == _MACHINE for item in case.items)


def redraw(connection: Connection, before: Case | None, after: Case) -> None:
    """Ask for what a step that was reached waits for, and no more for what nobody waits for any longer."""
    known = len(before.items) if before else 0
    rows = [_row(after, item) for item in after.items[known:] if item.live and item.waits_for == _MACHINE]
    if rows:
        insert_new(connection, ERRAND, rows)
    gone = [
        item.number
        for item in (before.live_items if before else ())
        if item.waits_for == _MACHINE and not after.items[item.number - 1].live
    ]
    if gone:
        of_these = and_(ERRAND.c.case_id == after.id, ERRAND.c.number.in_(gone), ERRAND.c.status.in_(_OPEN))
        ended = {"status": Status.VOID.value, "ended_at": after.changed_at}
        connection.execute(update(ERRAND).where(of_these).values(ended))


def tell(connection: Connection, records: Sequence[Recorded], asked: Mapping[str, frozenset[str]]) -> None:
    """Ask for each system to be told of the events it asked for, in the transaction that writes them."""
    rows = [
        _waiting(telling_key(name, one.case, one.seq), one.at) | {"task": TELLING}
        for one in records
        for name, kinds in asked.items()
        if one.event.kind in kinds
    ]
    if rows:
        connection.execute(insert(ERRAND), rows)


def telling_key(name: str, case: str, seq: int) -> str:
    """Return the key under which a system is told of an event, at every try."""
    return duty_key(TELLING, f"{name}/{case}/{seq}")


def adopt(connection: Connection, now: datetime) -> int:
    """Ask for every automatic step that waits and was never asked for, as in a database older than its queue."""
    asked = select(ERRAND.c.key).where(ERRAND.c.case_id == ITEM.c.case_id, ERRAND.c.number == ITEM.c.number)
    orphans = select(ITEM).where(ITEM.c.live, ITEM.c.waits_for == _MACHINE, ~asked.exists())
    rows = [
        _waiting(step_key(row["case_id"], row["step"], row["attempt"]), now)
        | {"case_id": row["case_id"], "number": row["number"]}
        for row in connection.execute(orphans).mappings()
    ]
    return insert_new(connection, ERRAND, rows) if rows else 0


def ask(connection: Connection, key: str, task: str, now: datetime) -> bool:
    """Ask for a duty of a period; tell whether nobody had asked for it before."""
    return bool(insert_new(connection, ERRAND, [_waiting(key, now) | {"task": task}]))


def free(connection: Connection, now: datetime, many: int, task: str | None = None) -> list[Errand]:
    """Return errands that may be done now, locked for this transaction; those that others have locked are left."""
    asked = _free(now, task).order_by(ERRAND.c.run_at, ERRAND.c.key).limit(many)
    return [_errand(row) for row in connection.execute(asked.with_for_update(skip_locked=True, of=ERRAND)).mappings()]


def oldest_free(connection: Connection, now: datetime, task: str | None = None) -> datetime | None:
    """Return since when the errand has been free that has waited longest, or None when none is."""
    asked = _free(now, task).subquery()
    found: datetime | None = connection.execute(select(func.min(asked.c.run_at, type_=ERRAND.c.run_at.type))).scalar()
    return found


def claim(connection: Connection, errand: Errand, worker: str, until: datetime) -> Errand:
    """Take an errand that is free in this transaction: one more try, a new token, a lease until `until`."""
    taken = {
        "status": Status.RUNNING.value,
        "tries": errand.tries + 1,
        "token": errand.token + 1,
        "worker": worker,
        "lease_until": until,
    }
    _must(connection, errand, taken)
    return _with(connection, errand.key)


def close(connection: Connection, errand: Errand, status: Status, now: datetime, **more: object) -> bool:
    """End a claim, or tell that it is no longer this one: its lease ran out and another has taken it over."""
    ended = now if status not in OPEN else None
    values = {"status": status.value, "ended_at": ended, "lease_until": None, **more}
    return _moved(connection, errand, values)


def renew(connection: Connection, key: str, now: datetime) -> bool:
    """Let a parked or dropped errand be tried anew, from the beginning; tell whether there was one."""
    asleep = and_(ERRAND.c.key == key, ERRAND.c.status.in_((Status.PARKED.value, Status.DROPPED.value)))
    fresh = {"status": Status.WAITING.value, "tries": 0, "run_at": now, "fault": None, "ended_at": None}
    return bool(connection.execute(update(ERRAND).where(asleep).values(fresh)).rowcount)


def drop(connection: Connection, key: str, now: datetime, fault: str) -> bool:
    """Give an errand up that nobody is doing just now; tell whether there was one."""
    still = and_(ERRAND.c.key == key, ERRAND.c.status.in_((Status.PARKED.value, Status.WAITING.value)))
    given_up = {"status": Status.DROPPED.value, "ended_at": now, "fault": fault}
    return bool(connection.execute(update(ERRAND).where(still).values(given_up)).rowcount)


def listed(connection: Connection, statuses: Sequence[Status] = OPEN, case: str | None = None) -> list[Errand]:
    """Return errands of these statuses, oldest first."""
    asked = (
        select(ERRAND)
        .where(ERRAND.c.status.in_([status.value for status in statuses]))
        .order_by(ERRAND.c.made_at, ERRAND.c.key)
    )
    if case is not None:
        asked = asked.where(ERRAND.c.case_id == case)
    return [_errand(row) for row in connection.execute(asked).mappings()]


def find(connection: Connection, key: str) -> Errand | None:
    """Return one errand, or None."""
    row = connection.execute(select(ERRAND).where(ERRAND.c.key == key)).mappings().first()
    return _errand(row) if row is not None else None


def counts(connection: Connection) -> dict[str, int]:
    """Return how many errands there are of each status."""
    asked = select(ERRAND.c.status, func.count()).group_by(ERRAND.c.status)
    return {str(status): int(count) for status, count in connection.execute(asked)}


def _free(now: datetime, task: str | None) -> Select[Any]:
    """Ask for what waits and may be tried, and for what was left behind by the dead, unless its case stands still."""
    waits = and_(ERRAND.c.status == Status.WAITING.value, ERRAND.c.run_at <= now)
    orphaned = and_(ERRAND.c.status == Status.RUNNING.value, ERRAND.c.lease_until < now)
    running = select(CASE.c.id).where(CASE.c.id == ERRAND.c.case_id, CASE.c.status == CaseStatus.OPEN.value)
    asked = select(ERRAND).where(or_(waits, orphaned), or_(ERRAND.c.case_id.is_(None), running.exists()))
    return asked if task is None else asked.where(ERRAND.c.task == task)


def _must(connection: Connection, errand: Errand, values: dict[str, Any]) -> None:
    if not _moved(connection, errand, values):
        raise RuntimeError(f"{errand.key}: somebody else moved it inside this transaction")


def _moved(connection: Connection, errand: Errand, values: dict[str, Any]) -> bool:
    mine = and_(ERRAND.c.key == errand.key, ERRAND.c.token == errand.token, ERRAND.c.status == errand.status.value)
    return connection.execute(update(ERRAND).where(mine).values(values)).rowcount == 1


def _with(connection: Connection, key: str) -> Errand:
    return _errand(connection.execute(select(ERRAND).where(ERRAND.c.key == key)).mappings().one())


def _row(case: Case, item: Item) -> dict[str, Any]:
    key = step_key(case.id, item.step, item.attempt)
    return _waiting(key, case.changed_at) | {"case_id": case.id, "number": item.number}


def _waiting(key: str, now: datetime) -> dict[str, Any]:
    return {
        "key": key,
        "task": "",
        "status": Status.WAITING.value,
        "tries": 0,
        "token": 0,
        "run_at": now,
        "made_at": now,
    }


def _errand(row: RowMapping) -> Errand:
    told = {name: row[name] for name in Errand.__slots__ if name not in {"case", "status"}}
    return Errand(case=row["case_id"], status=Status(row["status"]), **told)
