"""The SQL store: SQLModel tables, SQLAlchemy Core statements, one transaction a command."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    func,
    select,
)

from engine.case import Case, CaseStatus
from engine.draft import EnteredValue
from engine.finding import words_asked
from engine.log import GENESIS, Recorded, blind_left
from engine.rows import WHOLE_CASE, Row
from engine.state import read_case
from engine.store import Alike, Asked, Held, Move, Place, Receipt, Running, Work
from engine.stores import errands, lookups, opinions, schema, worklist
from engine.stores.database import Database, Told, Wrote, database_at
from engine.stores.erasable import TEXT_OF
from engine.stores.lately import Lately
from engine.stores.tables import CASE, ENTERED, EVENT, ITEM, QUIET
from engine.stores.words import saying
from engine.stores.writers import driver_of
from engine.stores.writes import Write, insert, writes
from engine.stores.written import kept_of, read_log
from engine.texts import Kept
from engine.trouble import Conflict
from engine.wakes import Wake, passed

#: So many cases are written while the next as many are judged.
_PART = 250
_OVER = [status.value for status in CaseStatus if status not in {CaseStatus.OPEN, CaseStatus.PAUSED}]
#: Cases that are not over, by id behind `after`, at most `many`. Said as what they are not, because SQLite would look
#: up what they are in an index, and sort all that it finds there for every page.
_RUNNING = (
    select(CASE.c.state, CASE.c.head)
    .where(CASE.c.id > bindparam("after"), CASE.c.status.not_in(_OVER))
    .order_by(CASE.c.id)
    .limit(bindparam("many"))
)
_STANDING = (
    select(CASE.c.state, CASE.c.head)
    .where(CASE.c.id.in_(bindparam("cases", expanding=True)))
    .order_by(CASE.c.id)
    .with_for_update()
)


class SqlStore:
    """A store in an embedded SQLite database, or on a PostgreSQL server."""

    def __init__(self, where: Path | str, *, durable: bool = True, upgrade: bool = False) -> None:
        """Open, and fill with tables if need be, the database in the file or at the address `where`.

        One of an earlier release is only opened with `upgrade`, which moves its tables up to those of today.

        Only what can be made again at any time, such as a demonstration, may do without `durable`: its commits do not
        wait for the disk, and a loss of power may take the whole database.
        """
        self.where = where
        self.tells: Mapping[str, frozenset[str]] = {}  # which systems are told of which kinds of events
        self.lately = Lately()
        self.database = database_at(where, durable=durable)
        try:
            with self.writing() as writer:
                self.database.one_at_a_time(writer.connection, "tables")
                schema.prepare(writer.connection, upgrade=upgrade)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def writing(self) -> Iterator["SqlWriter"]:
        """Begin a transaction that may write; raises Trouble when the database cannot serve."""
        with Told(self.database), self.database.writers.transaction() as connection:
            yield SqlWriter(connection, self.database, self.lately, self.tells)

    @contextmanager
    def reading(self) -> Iterator["SqlReader"]:
        """Begin a consistent reading; raises Trouble when the database cannot serve."""
        with Told(self.database), self.database.reading.connect() as connection:
            yield SqlReader(connection)

    def remembered(self, case: str) -> Held | None:
        """Return a case as it stood lately, if that is remembered."""
        return self.lately.get(case)

    def follow(self, held: Held, after: Case, records: Sequence[Recorded], entered: Sequence[EnteredValue]) -> None:
        """Write what follows a remembered case, where the database finds that it still stands so."""
        try:
            self._follow(held, after, records, entered)
        except Conflict:
            self.lately.forget(after.id)
            raise

    def _follow(self, held: Held, after: Case, records: Sequence[Recorded], entered: Sequence[EnteredValue]) -> None:
        if self.tells or errands.concerned(after):
            with self.writing() as writer:
                writer.commit(held.case, after, records, entered, held.head)
            return
        with Told(self.database):
            self.database.at_once(writes(held.case, after, records, entered, held.head))
        self.lately.go_on(held.case, after, records, entered)

    def all_logs(self) -> Iterator[tuple[str, list[Recorded]]]:
        """Go through every log, one case at a time."""
        with self.reading() as reader:
            for case in reader.case_ids():
                yield case, reader.log(case)

    def close(self) -> None:
        """Let go of every connection."""
        self.database.writers.close()
        self.database.writing.dispose()
        self.database.reading.dispose()


class SqlReader:
    """Questions on one connection."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def held(self, case: str) -> Held | None:
        """Return a case, or None."""
        row = self.connection.execute(select(CASE.c.state, CASE.c.head).where(CASE.c.id == case)).first()
        if row is None:
            return None
        entered = select(ENTERED.c.name, ENTERED.c.value).where(ENTERED.c.case_id == case).order_by(ENTERED.c.seq)
        values = {row.name: row.value for row in self.connection.execute(entered)}
        return Held(read_case(row.state), row.head, values)

    def log(self, case: str) -> list[Recorded]:
        """Return the records of a case in order."""
        rows = self.connection.execute(select(EVENT).where(EVENT.c.case_id == case).order_by(EVENT.c.seq))
        return list(read_log(rows, self._texts(TEXT_OF.c.case_id == case)))

    def _texts(self, such: ColumnElement[bool]) -> Kept:
        return kept_of(self.connection.execute(select(TEXT_OF).where(such)))

    def cases(self, *, procedure: str | None = None, status: str | None = None, search: str = "") -> list[Case]:
        """Return cases in the order they were opened; with `search`, those that all its words are found in."""
        such = saying(self.connection, words_asked(search))
        asked = select(CASE.c.state).where(such).order_by(CASE.c.opened_at, CASE.c.id)
        if procedure is not None:
            asked = asked.where(CASE.c.procedure == procedure)
        if status is not None:
            asked = asked.where(CASE.c.status == status)
        return [read_case(state) for state in self.connection.execute(asked).scalars()]

    def case_ids(self) -> list[str]:
        """Return the id of every case that has a log or a row, in order."""
        asked = select(CASE.c.id).union(select(EVENT.c.case_id)).order_by("id")
        return list(self.connection.execute(asked).scalars())

    def in_units(self, units: frozenset[str], posts: frozenset[str]) -> list[str]:
        """Return the running cases of one of these units, or with live work for one of these posts."""
        return lookups.in_units(self.connection, units, posts)

    def called_by(self, case: str) -> list[str]:
        """Return the cases that a case has called."""
        return lookups.called_by(self.connection, case)

    def alike(self, asked: Alike) -> Case | None:
        """Return the newest case that looks like the same one, unless it was withdrawn."""
        return lookups.alike(self.connection, asked)

    def work(
        self,
        posts: frozenset[str] | None = None,
        assignee: str | None = None,
        *,
        after: Place | None = None,
        limit: int | None = None,
    ) -> list[Work]:
        """Return live work by due instant."""
        return worklist.work(self.connection, posts, assignee, after, limit)

    def asked(self, posts: frozenset[str] | None = None) -> list[Asked]:
        """Return the opinions that are awaited."""
        return opinions.asked(self.connection, posts)

    def wakes(self, now: datetime) -> list[Wake]:
        """Return what else is past due and has not been looked at: of the cases whose first instant has passed."""
        limit = now.replace(second=0, microsecond=0)
        states = self.connection.execute(select(CASE.c.state).where(CASE.c.wake < limit)).scalars()
        return sorted(wake for state in states for wake in passed(read_case(state), limit))

    def overdue(self, now: datetime) -> list[tuple[str, int | None]]:
        """Return what is past due and not yet recorded, by the watched instants alone."""
        limit = now.replace(second=0, microsecond=0)
        items = select(ITEM.c.watch, ITEM.c.case_id, ITEM.c.number).where(ITEM.c.watch < limit)
        cases = select(CASE.c.watch, CASE.c.id, bindparam("whole", WHOLE_CASE)).where(CASE.c.watch < limit)
        found = [tuple(row) for asked in (items, cases) for row in self.connection.execute(asked)]
        return [(case, number or None) for _, case, number in sorted(found)]

    def running(self, after: str, many: int) -> list[Running]:
        """Return at most so many cases that are not over, by id, beginning behind an id."""
        return self._running(_RUNNING, after, many)

    def _running(self, asked: Select[tuple[bytes, str]], after: str, many: int) -> list[Running]:
        rows = self.connection.execute(asked, {"after": after, "many": many}).all()
        return [Running(read_case(row.state), row.head) for row in rows]

    def timers(self, now: datetime) -> list[tuple[str, int]]:
        """Return the items of running cases on which a timer acts now."""
        return self._waiting(ITEM.c.timer <= now)

    def orphans(self) -> list[str]:
        """Return the called cases that are no longer waited for."""
        waits = and_(ITEM.c.case_id == CASE.c.parent_case, ITEM.c.number == CASE.c.parent_item, ITEM.c.live)
        running = CASE.c.status.in_([CaseStatus.OPEN.value, CaseStatus.PAUSED.value])
        asked = select(CASE.c.id).where(
            CASE.c.parent_case.is_not(None), running, ~select(ITEM.c.number).where(waits).exists()
        )
        return list(self.connection.execute(asked.order_by(CASE.c.id)).scalars())

    def calls(self) -> list[tuple[str, int]]:
        """Return the work of running cases that waits for another case to end."""
        return self._waiting(ITEM.c.waits_for == "sub_case")

    def _waiting(self, such: ColumnElement[bool]) -> list[tuple[str, int]]:
        """Return (case, item) of such live items of running cases."""
        asked = (
            select(ITEM.c.case_id, ITEM.c.number)
            .join(CASE, CASE.c.id == ITEM.c.case_id)
            .where(such, ITEM.c.live, CASE.c.status == CaseStatus.OPEN.value)
            .order_by(ITEM.c.case_id, ITEM.c.number)
        )
        return [(row.case_id, row.number) for row in self.connection.execute(asked)]


class SqlWriter(SqlReader):
    """One transaction that may write."""

    def __init__(
        self, connection: Connection, database: Database, lately: Lately, tells: Mapping[str, frozenset[str]]
    ) -> None:
        super().__init__(connection)
        self._database = database
        self._lately = lately
        self._tells = tells
        self._driver = driver_of(connection)

    def ahead_of(self, command: str, case: str | None) -> tuple[Receipt | None, Held | None]:
        """Return what a command id has already done and the case it is about, asked at once."""
        seen = self._lately.get(case) if case is not None else None
        wrote, stands = self._database.look(self._driver, command, case, seen.head if seen else "")
        held = None
        if stands is not None:
            state, head, entered = stands
            held = seen if state is None else self._lately.put(Held(read_case(state), head, dict(entered)))
        return self._receipt(command, wrote) if wrote is not None else None, held

    def held(self, case: str) -> Held | None:
        """Return a case, or None; nobody else may write to it until the transaction ends."""
        return self.ahead_of("", case)[1]

    def receipt(self, command: str) -> Receipt | None:
        """Return what a command id has already done, or None."""
        return self.ahead_of(command, None)[0]

    def _receipt(self, command: str, wrote: Wrote) -> Receipt:
        case, first, last, quiet = wrote
        if first is None or last is None:
            return Receipt(case, quiet or "", ())
        both = and_(EVENT.c.case_id == case, EVENT.c.seq.in_((first - 1, last)))
        *before, mine = self.connection.execute(select(EVENT).where(both).order_by(EVENT.c.seq))
        texts = self._texts(and_(TEXT_OF.c.case_id == case, TEXT_OF.c.seq.between(first, last)))
        records = tuple(read_log([mine], texts, before[0].hash if before else GENESIS))
        kept = and_(ENTERED.c.case_id == case, ENTERED.c.command == command)
        salts = self.connection.execute(select(ENTERED.c.name, ENTERED.c.salt).where(kept)).tuples().all()
        return Receipt(case, records[0].digest, records, dict(salts), blind_left(records))

    def keep(self, command: str, receipt: Receipt) -> None:
        """Keep that a command was carried out that wrote nothing."""
        row: Row = {"command": command, "case_id": receipt.case, "digest": receipt.digest}
        self._database.carry_out(self._driver, list(insert(QUIET, [row])))

    def next_number(self, series: str) -> int:
        """Return the next free number of a series; the next to ask waits until it is used or given up."""
        self._database.one_at_a_time(self.connection, f"series {series}")
        highest = self.connection.execute(select(func.max(CASE.c.number)).where(CASE.c.series == series)).scalar()
        return (highest or 0) + 1

    def commit(
        self,
        before: Case | None,
        after: Case,
        records: Sequence[Recorded],
        entered: Sequence[EnteredValue],
        head: str | None = None,
    ) -> None:
        """Write records, redraw the rows that changed, keep entered values; with `head`, only behind that record."""
        if self._database.carry_out(self._driver, writes(before, after, records, entered, head)) != 1:
            raise Conflict(after.id)
        self._lately.go_on(before, after, records, entered)
        errands.redraw(self.connection, before, after)
        if self._tells:
            errands.tell(self.connection, records, self._tells)

    def running(self, after: str, many: int) -> list[Running]:
        """Return the same; nobody else may write to these cases until the transaction ends."""
        return self._running(_RUNNING.with_for_update(), after, many)

    def standing(self, cases: Sequence[str]) -> list[Running]:
        """Return these cases, by id; nobody else may write to them until the transaction ends."""
        rows = self.connection.execute(_STANDING, {"cases": list(cases)})
        return [Running(read_case(row.state), row.head) for row in rows]

    def commit_all(self, moves: Iterable[Move]) -> None:
        """Write the records of many cases whose due instants moved, or that are late, part by part as they come."""
        wrote: list[Move] = []
        if not self._database.stream(self._driver, _in_parts(iter(moves), wrote)):
            raise Conflict(wrote[0].after.id)
        if self._tells:
            errands.tell(self.connection, [record for one in wrote for record in one.records], self._tells)


def _in_parts(moves: Iterator[Move], wrote: list[Move]) -> Iterator[list[Write]]:
    """Yield what writes some moves at a time, and add them to those that were asked for."""
    while some := list(islice(moves, _PART)):
        wrote += some
        yield [write for one in some for write in writes(one.before, one.after, one.records, ())]
