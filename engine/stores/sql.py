"""The SQL store: SQLModel tables, SQLAlchemy Core statements, one transaction a command."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    Table,
    and_,
    bindparam,
    delete,
    false,
    func,
    insert,
    or_,
    select,
    true,
    update,
)
from sqlmodel import SQLModel

from engine.case import Case, CaseStatus, read_case
from engine.draft import EnteredValue
from engine.log import Recorded, decode
from engine.rows import WHOLE_CASE, Row, breach_rows, case_row, erasures, holder_rows, item_row
from engine.store import Held, Receipt, Work
from engine.stores import errands
from engine.stores.database import Database, database_at, told
from engine.stores.tables import BreachRow, CaseRow, EnteredRow, EventRow, HolderRow, ItemRow
from engine.trouble import Conflict


def table(model: type[SQLModel]) -> Table:
    """Return the table behind a model; SQLModel does not type it."""
    found: Table = model.__table__  # type: ignore[attr-defined]
    return found


EVENT, CASE, ITEM, HOLDER, BREACH, ENTERED = (
    table(model) for model in (EventRow, CaseRow, ItemRow, HolderRow, BreachRow, EnteredRow)
)


class SqlStore:
    """A store in an embedded SQLite database, or on a PostgreSQL server."""

    def __init__(self, where: Path | str, *, durable: bool = True) -> None:
        """Open, and fill with tables if need be, the database in the file or at the address `where`.

        Only what can be made again at any time, such as a demonstration, may do without `durable`: its commits do not
        wait for the disk, and a loss of power may take the whole database.
        """
        self.where = where
        self.database = database_at(where, durable=durable)
        try:
            with told(self.database), self.database.writing.begin() as connection:
                self.database.one_at_a_time(connection, "tables")
                SQLModel.metadata.create_all(connection)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def writing(self) -> Iterator["SqlWriter"]:
        """Begin a transaction that may write; raises Trouble when the database cannot serve."""
        with told(self.database), self.database.one_writer, self.database.writing.begin() as connection:
            yield SqlWriter(connection, self.database)

    @contextmanager
    def reading(self) -> Iterator["SqlReader"]:
        """Begin a consistent reading; raises Trouble when the database cannot serve."""
        with told(self.database), self.database.reading.connect() as connection:
            yield SqlReader(connection)

    def all_logs(self) -> Iterator[tuple[str, list[Recorded]]]:
        """Go through every log, one case at a time."""
        with self.reading() as reader:
            for case in reader.case_ids():
                yield case, reader.log(case)

    def close(self) -> None:
        """Let go of every connection."""
        self.database.writing.dispose()
        self.database.reading.dispose()


class SqlReader:
    """Questions on one connection."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def held(self, case: str) -> Held | None:
        """Return a case, or None."""
        return self._held(select(CASE.c.state, CASE.c.head).where(CASE.c.id == case), case)

    def _held(self, asked: Select[tuple[str, str]], case: str) -> Held | None:
        row = self.connection.execute(asked).first()
        if row is None:
            return None
        entered = select(ENTERED.c.name, ENTERED.c.value).where(ENTERED.c.case_id == case).order_by(ENTERED.c.seq)
        values = {row.name: row.value for row in self.connection.execute(entered)}
        return Held(read_case(row.state), row.head, values)

    def log(self, case: str) -> list[Recorded]:
        """Return the records of a case in order."""
        rows = self.connection.execute(select(EVENT).where(EVENT.c.case_id == case).order_by(EVENT.c.seq))
        return [_recorded(row) for row in rows.mappings()]

    def cases(self, *, procedure: str | None = None, status: str | None = None) -> list[Case]:
        """Return cases in the order they were opened."""
        asked = select(CASE.c.state).order_by(CASE.c.opened_at, CASE.c.id)
        if procedure is not None:
            asked = asked.where(CASE.c.procedure == procedure)
        if status is not None:
            asked = asked.where(CASE.c.status == status)
        return [read_case(state) for state in self.connection.execute(asked).scalars()]

    def case_ids(self) -> list[str]:
        """Return the id of every case that has a log or a row, in order."""
        asked = select(CASE.c.id).union(select(EVENT.c.case_id)).order_by("id")
        return list(self.connection.execute(asked).scalars())

    def work(self, posts: frozenset[str] | None = None, assignee: str | None = None) -> list[Work]:
        """Return live work by due instant."""
        asked = (
            select(ITEM, CASE.c.procedure, CASE.c.title, CASE.c.due.label("case_due"), CASE.c.status.label("of_case"))
            .join(CASE, CASE.c.id == ITEM.c.case_id)
            .where(ITEM.c.live, ITEM.c.waits_for == "work")
            .order_by(ITEM.c.due.is_(None), ITEM.c.due, ITEM.c.case_id, ITEM.c.number)
        )
        if posts is not None or assignee is not None:
            mine = select(HOLDER.c.case_id).where(
                HOLDER.c.case_id == ITEM.c.case_id, HOLDER.c.number == ITEM.c.number, HOLDER.c.post.in_(posts or ())
            )
            his = ITEM.c.assignee == assignee if assignee is not None else false()
            asked = asked.where(or_(his, mine.exists()))
        return [_work(row) for row in self.connection.execute(asked).mappings()]

    def overdue(self, now: datetime) -> list[tuple[str, int | None]]:
        """Return what is past due and not yet recorded, by the watched instants alone."""
        limit = now.replace(second=0, microsecond=0)
        items = select(ITEM.c.watch, ITEM.c.case_id, ITEM.c.number).where(ITEM.c.watch < limit)
        cases = select(CASE.c.watch, CASE.c.id, bindparam("whole", WHOLE_CASE)).where(CASE.c.watch < limit)
        found = [tuple(row) for asked in (items, cases) for row in self.connection.execute(asked)]
        return [(case, number or None) for _, case, number in sorted(found)]

    def timers(self, now: datetime) -> list[tuple[str, int]]:
        """Return the delays of running cases whose time has come."""
        return self._waiting("delay", or_(ITEM.c.due.is_(None), ITEM.c.due <= now))

    def calls(self) -> list[tuple[str, int]]:
        """Return the work of running cases that waits for another case to end."""
        return self._waiting("sub_case")

    def _waiting(self, kind: str, *also: ColumnElement[bool]) -> list[tuple[str, int]]:
        """Return (case, item) of the live items of running cases that wait for one kind of thing."""
        asked = (
            select(ITEM.c.case_id, ITEM.c.number)
            .join(CASE, CASE.c.id == ITEM.c.case_id)
            .where(ITEM.c.live, ITEM.c.waits_for == kind, CASE.c.status == CaseStatus.OPEN.value, *also)
            .order_by(ITEM.c.case_id, ITEM.c.number)
        )
        return [(row.case_id, row.number) for row in self.connection.execute(asked)]


class SqlWriter(SqlReader):
    """One transaction that may write."""

    def __init__(self, connection: Connection, database: Database) -> None:
        super().__init__(connection)
        self._database = database

    def held(self, case: str) -> Held | None:
        """Return a case, or None; nobody else may write to it until the transaction ends."""
        return self._held(select(CASE.c.state, CASE.c.head).where(CASE.c.id == case).with_for_update(), case)

    def receipt(self, command: str) -> Receipt | None:
        """Return what a command id has already done, or None; the same id elsewhere waits for this transaction."""
        self._database.one_at_a_time(self.connection, f"command {command}")
        rows = self.connection.execute(select(EVENT).where(EVENT.c.command == command).order_by(EVENT.c.seq))
        records = tuple(_recorded(row) for row in rows.mappings())
        if not records:
            return None
        kept = and_(ENTERED.c.case_id == records[0].case, ENTERED.c.command == command)
        salts = self.connection.execute(select(ENTERED.c.name, ENTERED.c.salt).where(kept)).tuples().all()
        return Receipt(records[0].case, records[0].digest, records, dict(salts))

    def next_number(self, series: str) -> int:
        """Return the next free number of a series; the next to ask waits until it is used or given up."""
        self._database.one_at_a_time(self.connection, f"series {series}")
        highest = self.connection.execute(select(func.max(CASE.c.number)).where(CASE.c.series == series)).scalar()
        return (highest or 0) + 1

    def commit(
        self, before: Case | None, after: Case, records: Sequence[Recorded], entered: Sequence[EnteredValue]
    ) -> None:
        """Write records, redraw the rows that changed, keep entered values."""
        self.connection.execute(insert(EVENT), [_event_row(record) for record in records])
        self._redraw_case(before, after, records[-1].hash)
        self._redraw_items(before, after)
        errands.redraw(self.connection, before, after)
        if breaches := breach_rows(records):
            self.connection.execute(insert(BREACH), breaches)
        if entered:
            self.connection.execute(
                insert(ENTERED), [_entered_row(after, records[0].command, value) for value in entered]
            )
        for _, erased in erasures(records):
            named = true() if erased.whole else ENTERED.c.name.in_(erased.names)
            self.connection.execute(delete(ENTERED).where(ENTERED.c.case_id == after.id, named))

    def _redraw_case(self, before: Case | None, after: Case, head: str) -> None:
        row = case_row(after, head)
        if before is None:
            self.connection.execute(insert(CASE), [row])
            return
        moved = update(CASE).where(CASE.c.id == after.id, CASE.c.version == before.version).values(row)
        if self.connection.execute(moved).rowcount != 1:
            raise Conflict(after.id)

    def _redraw_items(self, before: Case | None, after: Case) -> None:
        known = {item.number: item for item in before.items} if before else {}
        drawn = {item.number: item_row(before, item) for item in known.values()} if before else {}
        rows = [item_row(after, item) for item in after.items]
        fresh = [row for row in rows if row["number"] not in drawn]
        changed = [row for row in rows if row["number"] in drawn and drawn[row["number"]] != row]
        if fresh:
            self.connection.execute(insert(ITEM), fresh)
        for row in changed:
            place = and_(ITEM.c.case_id == after.id, ITEM.c.number == row["number"])
            self.connection.execute(update(ITEM).where(place).values(row))
        self._redraw_holders(before, after)

    def _redraw_holders(self, before: Case | None, after: Case) -> None:
        old, new = (_by_key(holder_rows(case)) if case else {} for case in (before, after))
        if gone := old.keys() - new.keys():
            for case, number, post in sorted(gone):
                at = and_(HOLDER.c.case_id == case, HOLDER.c.number == number, HOLDER.c.post == post)
                self.connection.execute(delete(HOLDER).where(at))
        if come := [row for key, row in new.items() if key not in old]:
            self.connection.execute(insert(HOLDER), come)


def _by_key(rows: list[Row]) -> dict[tuple[Any, ...], Row]:
    return {tuple(row.values()): row for row in rows}


def _event_row(record: Recorded) -> Row:
    return {
        "case_id": record.case,
        "seq": record.seq,
        "kind": record.event.kind,
        "at": record.at,
        "actor": record.actor,
        "command": record.command,
        "digest": record.digest,
        "body": record.body,
        "hash": record.hash,
    }


def _entered_row(case: Case, command: str, value: EnteredValue) -> Row:
    return {
        "case_id": case.id,
        "name": value.name,
        "seq": case.version,
        "command": command,
        "value": value.text,
        "salt": value.salt,
    }


def _recorded(row: RowMapping) -> Recorded:
    return Recorded(
        case=row["case_id"],
        seq=row["seq"],
        at=row["at"],
        actor=row["actor"],
        command=row["command"],
        digest=row["digest"],
        event=decode(row["body"]),
        hash=row["hash"],
    )


def _work(row: RowMapping) -> Work:
    return Work(
        case=row["case_id"],
        procedure=row["procedure"],
        title=row["title"],
        item=row["number"],
        step=row["step"],
        attempt=row["attempt"],
        role=row["role"],
        unit=row["unit"],
        assignee=row["assignee"],
        due=row["due"],
        case_due=row["case_due"],
        case_status=row["of_case"],
    )
