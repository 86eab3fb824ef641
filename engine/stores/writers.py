"""Transactions that write: each on a connection of its own, or all on one, where those who wait share one commit."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import BoundedSemaphore, Lock
from typing import Any

from sqlalchemy import Connection, Engine

from engine.trouble import Gone

#: So many share one commit at most: whoever came first must not wait long for the last.
_MOST = 64
#: How libpq says that a transaction is broken: to commit it is to take it back, and no fault.
_BROKEN = 3
#: In seconds, how long whoever handed on waits before looking whether the group was left behind.
_LOOK = 0.02


def driver_of(connection: Connection) -> Any:
    """Return the driver's own connection: the hot path speaks to it in statements that need no building."""
    return connection.connection.driver_connection


class OneEach:
    """A connection each, as a server has them; they are kept, because to prepare one takes longer than to use it.

    `most` is how many there are at a time; whoever comes when all are in use waits for one that is given back.
    """

    def __init__(self, engine: Engine, most: int) -> None:
        self._engine = engine
        self._kept: list[Connection] = []
        self._room = BoundedSemaphore(most)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Begin with the first statement; commit at the end of the block, roll back on an exception."""
        with self._room:
            yield from self._on_one(alone=False)

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """Let every statement be a transaction by itself: no journey to begin one, and none to commit it."""
        with self._room:
            yield from self._on_one(alone=True)

    def _on_one(self, *, alone: bool) -> Iterator[Connection]:
        try:
            connection = self._kept.pop()
        except IndexError:
            connection = self._engine.connect()
        try:
            driver = driver_of(connection)
            if driver.autocommit != alone:
                driver.autocommit = alone
            yield connection
            if not alone:
                _must_stand(driver.pgconn.transaction_status != _BROKEN)
                driver.commit()
        except BaseException:
            if _rolled_back(connection):
                self._kept.append(connection)
            else:
                self.close()  # those that are kept were as likely cut off
            raise
        self._kept.append(connection)

    def close(self) -> None:
        """Let go of the connections that are kept."""
        while self._kept:
            connection = self._kept.pop()
            with suppress(Exception):  # one that was cut off is let go of as it is
                driver_of(connection).autocommit = False
            connection.close()


class _Over:
    """Shut until something is over, once and for all; an `Event` does more, and every step would pay for it."""

    def __init__(self) -> None:
        self._door = Lock()
        self._door.acquire()

    def set(self) -> None:
        """Let everybody through who waits, and whoever comes later."""
        self._door.release()

    def wait(self, seconds: float) -> bool:
        """Wait so long at most; tell whether it is over."""
        if not self._door.acquire(timeout=seconds):
            return False
        self._door.release()
        return True


class _Group:
    """Transactions that are committed together: how many, whether that is over, and what went wrong."""

    def __init__(self) -> None:
        self.members = 0
        self.kept = False
        self.over = _Over()
        self.fault: BaseException | None = None


class AllOnOne:
    """One connection for all, one at a time, as an embedded database has one writer.

    Whoever is done and sees others waiting hands the open transaction on to the next; the last of them commits for all.
    Nobody returns before that commit. Whoever fails is taken back alone, by a savepoint.
    """

    def __init__(self, engine: Engine, begin: Callable[[Any], None]) -> None:
        self._engine, self._begin = engine, begin
        self._connection: Connection | None = None
        self._driver: Any = None
        self._turn, self._counting, self._waiting = Lock(), Lock(), 0
        self._group: _Group | None = None

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Begin, or go on where others are; it is committed when the block has ended."""
        self._await_turn()
        try:
            group = self._joined()
            connection = self._open()
            yield from self._alone(connection, group)
            if not self._waiting or group.members >= _MOST:
                self._commit()
        except BaseException as fault:
            self._hurry(fault)
            raise
        finally:
            self._turn.release()
        if not group.kept:
            self._await_commit(group)

    def close(self) -> None:
        """Wait for whoever is in the middle, commit what was handed on, and let go of the connection."""
        with self._turn:
            with suppress(Exception):  # those who wait for it are told
                self._commit()
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _await_turn(self) -> None:
        if self._turn.acquire(blocking=False):
            return
        with self._counting:
            self._waiting += 1
        try:
            self._turn.acquire()
        finally:
            with self._counting:
                self._waiting -= 1

    def _open(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
            self._driver = driver_of(self._connection)
        return self._connection

    def _joined(self) -> _Group:
        if self._group is None:
            self._open()
            self._begin(self._driver)
            self._group = _Group()
        return self._group

    def _alone(self, connection: Connection, group: _Group) -> Iterator[Connection]:
        """Let one transaction happen in the group; on an exception nothing of it is left, and all of the others."""
        driver = self._driver
        if not group.members:
            yield connection
            _must_stand(driver.in_transaction)
        else:
            driver.execute("SAVEPOINT one")
            try:
                yield connection
                _must_stand(driver.in_transaction)
                driver.execute("RELEASE one")
            except BaseException:
                if driver.in_transaction:  # a full disk takes the whole transaction back by itself
                    _undone(driver)
                raise
        group.members += 1

    def _commit(self) -> None:
        group, self._group = self._group, None
        if group is None:
            return
        try:
            driver_of(self._open()).commit()
            group.kept = True
        except BaseException as fault:
            group.fault = fault
            self._take_back()
            raise
        finally:
            group.over.set()

    def _hurry(self, fault: BaseException) -> None:
        """After a failure: commit what others have done when nobody is there to go on, or take back what is lost."""
        group = self._group
        if group is None:
            return
        if not group.members or self._connection is None or not self._driver.in_transaction:
            group.fault = fault
            self._group = None
            self._take_back()
            group.over.set()
        elif not self._waiting:
            with suppress(Exception):  # those who wait for it are told; this one has its own failure to tell
                self._commit()

    def _take_back(self) -> None:
        if self._connection is not None and not _rolled_back(self._connection):
            self._connection = None

    def _await_commit(self, group: _Group) -> None:
        """Wait for whoever commits; if all who waited went away, commit oneself."""
        while not group.over.wait(_LOOK):
            if self._turn.acquire(blocking=False):
                try:
                    if self._group is group:
                        self._commit()
                finally:
                    self._turn.release()
        if group.fault is not None:
            raise group.fault


def _must_stand(stands: bool) -> None:  # noqa: FBT001 - it says all
    """Raise Gone where a database has given a transaction up and whoever was inside overlooked it: nothing is kept."""
    if not stands:
        raise Gone("a transaction that was taken back")


def _undone(driver: Any) -> None:
    """Take back what was done since the savepoint; where that cannot be done all is taken back, and all are told."""
    try:
        driver.execute("ROLLBACK TO one")
        driver.execute("RELEASE one")
    except Exception:  # noqa: BLE001 - half of what somebody asked must never be kept; what led here is raised
        driver.rollback()


def _rolled_back(connection: Connection) -> bool:
    """Roll back, or tell that the connection cannot even do that any more; then it is closed."""
    try:
        driver_of(connection).rollback()
    except Exception:  # noqa: BLE001 - whatever it is, what led here is raised, and this connection is not used again
        connection.invalidate()
        connection.close()
        return False
    return True
