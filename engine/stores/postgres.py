"""Connections to PostgreSQL: READ COMMITTED for commands, a snapshot for questions, only where commits are kept."""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cache
from itertools import count
from typing import Any

from psycopg import Error, OperationalError, RawCursor
from sqlalchemy import URL, Connection, Engine, create_engine, event, func, make_url, select
from sqlalchemy.exc import DBAPIError

from engine.packing import packed_id
from engine.stores.arrays import Packed, PackedDumper
from engine.stores.set_based import set_based, streamed
from engine.stores.writers import OneEach, driver_of
from engine.stores.writes import Write
from engine.trouble import Busy, Conflict, Damaged, DiskFull, Gone, NotDurable, Trouble

_OLDEST = 15
_LOCK_SECONDS = 10
_CONNECT_SECONDS = 10
#: Most connections of one process that write, and as many that read: three fit into a server as it comes (100).
#: More at once would not be faster: what they ask is made by one interpreter.
_AT_ONCE = 16
#: Settings of the server without which a confirmed commit may be lost with the power.
_KEEPS = ("synchronous_commit", "fsync", "full_page_writes")
#: A client that was killed in the middle must not hold a case for ever. To compile a question takes longer than to
#: answer it, and PostgreSQL does so for any that it believes to be dear.
_OPTIONS = f"-c jit=off -c lock_timeout={_LOCK_SECONDS}s -c idle_in_transaction_session_timeout=60s -c timezone=UTC"

#: What the server's own codes mean, by how they begin, the longest beginning first.
_MEANING: tuple[tuple[str, type[Trouble]], ...] = (
    ("53100", DiskFull),
    ("40001", Conflict),
    ("40P01", Conflict),
    ("25P02", Conflict),  # what broke this transaction was told before
    ("23505", Conflict),
    ("22012", Conflict),  # the row of a case was not there to change
    ("55P03", Busy),
    ("57014", Busy),
    ("53", Busy),
    ("57P", Gone),
    ("25P03", Gone),
    ("08", Gone),
    ("28", Damaged),
    ("3D", Damaged),
    ("58", Damaged),
    ("XX", Damaged),
)

#: More statements than a command ever makes: those of many cases.
_MANY = 200
#: More statements in one than a command ever makes, and few enough for the planner.
_HEADS = 40
#: One row whether or not the command or the case is known. Whoever had to wait for the case sees its row as it was
#: left, and all else as it was before: then what was seen has another version, and the question is asked again.
_LOOK = """
WITH stands AS MATERIALIZED (SELECT id, version, state, head FROM case_file WHERE id = %s FOR UPDATE)
SELECT coalesce(r.case_id, q.case_id), r.first_seq, r.seq, q.digest, CASE WHEN s.head <> %s THEN s.state END, s.head,
    CASE WHEN s.head <> %s THEN
    (SELECT json_agg(json_build_array(name, value) ORDER BY seq) FROM entered_value WHERE case_id = s.id) END,
    s.version = (SELECT version FROM case_file WHERE id = s.id) AS seen
FROM (VALUES (1)) AS one LEFT JOIN event r ON r.command = %s LEFT JOIN quiet_command q ON q.command = %s
    LEFT JOIN stands s ON true
"""

#: Columns with what people entered and wrote of which the planner keeps samples.
_FORGET = (
    "ANALYZE (SKIP_LOCKED) case_file (title, state), case_word (word), entered_value (value), written_text (text),"
    " errand (fault)"
)


@cache
def _together(statements: tuple[str, ...]) -> str:
    return f"{_heads(statements)} SELECT count(*) FROM w0"  # noqa: S608 - our own statements


@cache
def _sure(statements: tuple[str, ...]) -> str:
    """Return the same as a statement that fails whole where the first of them touches no row: it divides by zero."""
    return f"{_heads(statements)} SELECT 1 / count(*) FROM w0"  # noqa: S608 - our own statements


def _heads(statements: tuple[str, ...]) -> str:
    """Return statements as heads of one, with the server's own `$1`: the driver would look for `%s` anew every time."""
    told = "WITH " + ", ".join(f"w{n} AS ({one} RETURNING 1)" for n, one in enumerate(statements))
    numbers = count(1)
    return re.sub(r"\?", lambda _: f"${next(numbers)}", told)


def _asked(driver: Any, statement: str, values: tuple[Any, ...]) -> Any:
    """Carry a statement out whose placeholders are the server's own."""
    return RawCursor(driver).execute(statement, values)


class Postgres:
    """A database on a PostgreSQL server."""

    def __init__(self, url: str) -> None:
        """Take the address of a database, as libpq writes it; connections are made when they are needed."""
        self.url = _address(url)
        self.writing = _engine(self.url, isolation_level="READ COMMITTED")
        self.writers = OneEach(self.writing, _AT_ONCE)
        self.reading = _engine(self.url, isolation_level="REPEATABLE READ", pool_pre_ping=True)
        event.listen(self.reading, "connect", _read_only)

    @staticmethod
    def look(driver: Any, command: str, case: str | None, head: str) -> tuple[Any, Any]:
        """Return what a command wrote and how a case stands, in one journey; the case waits for whoever holds it."""
        asked = (case, head, head, packed_id(command), command)
        *wrote, state, now, entered, seen = driver.execute(_LOOK, asked).fetchone()
        if seen is False:
            *wrote, state, now, entered, _ = driver.execute(_LOOK, asked).fetchone()
        return wrote if wrote[0] is not None else None, (state, now, entered or ()) if now is not None else None

    @staticmethod
    def carry_out(driver: Any, asked: Sequence[Write]) -> int:
        """Carry statements out in one journey: as one statement with many heads, of which the first is counted."""
        if len(asked) > _MANY:
            return set_based(driver, asked)
        touched = 0
        for start in range(0, len(asked), _HEADS):
            some = asked[start : start + _HEADS]
            values = tuple(value for _, own in some for value in own)
            counted = _asked(driver, _together(tuple(statement for statement, _ in some)), values).fetchone()[0]
            touched = touched if start else counted
        return touched

    def at_once(self, asked: Sequence[Write]) -> None:
        """Carry statements out in a transaction of their own: one statement is one by itself, in a single journey."""
        if len(asked) > _HEADS:
            with self.writers.transaction() as connection:
                if self.carry_out(driver_of(connection), asked) != 1:
                    raise Conflict
            return
        values = tuple([value for _, own in asked for value in own])
        with self.writers.alone() as connection:
            _asked(driver_of(connection), _sure(tuple([statement for statement, _ in asked])), values)

    @staticmethod
    def stream(driver: Any, parts: Iterable[Sequence[Write]]) -> bool:
        """Carry parts out one after another: the server does one while the next is made here."""
        return streamed(driver, parts)

    def leave_no_trace(self) -> None:
        """Let the planner take its samples anew, which anybody at the database can read, unless somebody does just now.

        Rows that are gone leave with the next VACUUM, which the server does by itself.
        """
        with suppress(Error, DBAPIError), self.writers.alone() as connection:
            driver_of(connection).execute(_FORGET)

    @staticmethod
    def one_at_a_time(connection: Connection, what: str) -> None:
        """Let whoever asks for the same go one after another until the transaction ends."""
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(what, 0))))

    @staticmethod
    def trouble(fault: BaseException) -> Trouble | None:
        """Return what a fault of the driver means for people, or None when it is a fault of ours."""
        if not isinstance(fault, Error):
            return None
        state = fault.sqlstate or ""
        kind = next((kind for begins, kind in _MEANING if state.startswith(begins)), None)
        if kind is None and not state and isinstance(fault, OperationalError):
            kind = Gone  # the connection itself: refused, closed, timed out
        return kind(next(iter(str(fault).strip().splitlines()), type(fault).__name__)) if kind is not None else None


def _address(url: str) -> URL:
    return make_url("postgresql+psycopg://" + url.partition("://")[2])


def _engine(url: URL, **options: Any) -> Engine:
    arguments = {"options": _OPTIONS, "connect_timeout": _CONNECT_SECONDS, "application_name": "quytrinh"}
    engine = create_engine(url, connect_args=arguments, pool_size=8, max_overflow=_AT_ONCE - 8, **options)
    event.listen(engine, "connect", _only_where_commits_are_kept)
    event.listen(engine, "connect", _knows_arrays)
    return engine


def _knows_arrays(connection: Any, _record: object) -> None:
    connection.adapters.register_dumper(Packed, PackedDumper)


def _only_where_commits_are_kept(connection: Any, _record: object) -> None:
    """Look at every connection: what a role, a database or the command line sets counts for one and not for another."""
    try:
        _judge(connection)
    except BaseException:
        connection.close()
        raise


def _judge(connection: Any) -> None:
    if connection.info.server_version < _OLDEST * 10_000:
        raise Damaged(f"PostgreSQL {connection.info.server_version // 10_000} < {_OLDEST}")
    before, connection.autocommit = connection.autocommit, True
    for name in _KEEPS:
        if connection.execute(f"SHOW {name}").fetchone()[0] == "off":
            raise NotDurable(f"{name} = off")
    connection.autocommit = before


def _read_only(connection: Any, _record: object) -> None:
    """Let the driver say it with each BEGIN, where it costs no journey of its own."""
    connection.read_only = True
