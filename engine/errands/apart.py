"""What is due is done apart: in helper processes that are ended when their time is over, and then replaced."""

import atexit
import os
import pickle
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path
from threading import Lock, Timer
from typing import Any, Literal

from engine.agency import Agency, Settings
from engine.brought import points
from engine.errands.duty import DUTIES, LIMIT
from engine.errands.hands import Hands
from engine.errands.task import HANDLERS, Answer, Hopeless, Task, TryAgain
from engine.journal import relay
from procedures.calendar import Calendars
from procedures.organisation import Organisation
from procedures.words import Words, say

#: How long the stem may take to be there, on a machine that has a lot to do.
_READY = 120.0
#: How long a helper may take to read what does the work and to open the agency, before the time of a try begins.
_BEGIN = timedelta(seconds=10)
_LINE = (sys.executable, "-P", "-c", "from engine.errands.helper import stem; stem()")


@dataclass(frozen=True, slots=True)
class Order:
    """What a helper is asked to do: a step or a duty, and what it opens the agency with."""

    kind: Literal["step", "duty"]
    name: str
    root: Path
    settings: Settings
    organisation: Organisation
    calendars: Calendars
    where: Path | str
    tells: Mapping[str, frozenset[str]]
    rest: Mapping[str, Any]
    limit: timedelta


@dataclass(frozen=True, slots=True)
class Begun:
    """What a helper says when it has read what does the work: from here on its time runs."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A line for the operator, told by a helper while it works."""

    level: int
    event: str
    what: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Failed:
    """What a helper says of a try that came to nothing."""

    words: Words
    hopeless: bool = False


class Stem:
    """A process that has read our programs and does nothing but fork helpers, each in a moment."""

    def __init__(self) -> None:
        self._ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - this very program
                [*_LINE, str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=2,  # what a handler prints goes where errors go
                start_new_session=True,  # whoever asks decides when it ends, not the keyboard
            )
        self._ours.settimeout(_READY)
        self._lock = Lock()
        self._told()

    def fork(self) -> "Helper":
        """Return a new helper; raises OSError when the stem is gone."""
        ours, theirs = socket.socketpair()
        with theirs, self._lock:
            socket.send_fds(self._ours, [b"+"], [theirs.fileno()])
            return Helper(self, self._told(), ours)

    def reap(self, pid: int) -> None:
        """Wait until a helper that was ended is gone; its number stood for nobody else until now."""
        with suppress(OSError), self._lock:
            self._ours.send(b"-%d" % pid)
            self._told()

    def _told(self) -> int:
        told = self._ours.recv(16)
        if not told:
            raise ConnectionResetError
        return int(told)

    def close(self) -> None:
        """End it; helpers that are still there are not ended by it."""
        self._ours.close()
        self.process.kill()
        self.process.wait()


class Helper:
    """A process that does what it is asked, one thing at a time."""

    def __init__(self, stem: Stem, pid: int, pipe: socket.socket) -> None:
        self.pid, self.ended = pid, False
        self._stem, self._pipe = stem, pipe
        self._orders, self._answers = pipe.makefile("wb"), pipe.makefile("rb")

    @property
    def ready(self) -> bool:
        """Tell whether it can be asked something: it says nothing unasked, so what can be read now is its end."""
        return not self.ended and not select.select([self._pipe], [], [], 0)[0]

    def ask(self, order: Order) -> Answer | Failed:
        """Have it done; a helper that is over its time, or dies of it, is gone with whatever it has started."""
        told = self._hear(_BEGIN, order)
        if isinstance(told, Begun):
            told = self._hear(order.limit)
        if isinstance(told, Answer | Failed):
            return told
        if self.ended:
            return Failed(say("no answer within {limit} seconds", limit=int(order.limit.total_seconds())))
        return Failed(say("whoever did it died of it"))

    def send(self, order: Order) -> None:
        """Give it an order, without waiting for what it says."""
        pickle.dump(order, self._orders)
        self._orders.flush()

    def _hear(self, limit: timedelta, order: Order | None = None) -> object:
        over = Timer(limit.total_seconds(), self.end)
        over.daemon = True
        over.start()
        try:
            if order is not None:
                self.send(order)
            while isinstance(told := pickle.load(self._answers), Noted):  # noqa: S301 - from a process of our own
                relay(told.level, told.event, told.what)
        except (EOFError, OSError, pickle.UnpicklingError):
            return None
        else:
            return told
        finally:
            over.cancel()
            over.join()  # from here on nobody ends it any more

    def end(self) -> None:
        """End it now, with whatever it has started."""
        self.ended = True
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)

    def bury(self) -> None:
        """End it and wait until it is gone."""
        self.end()
        self._stem.reap(self.pid)
        for pipe in (self._orders, self._answers, self._pipe):
            with suppress(OSError):  # what was not yet sent is sent to nobody
                pipe.close()


class Bench:
    """The helpers of one program: as many as are asked something at once, and kept for the next time."""

    def __init__(self) -> None:
        self._idle: list[Helper] = []
        self._busy: set[Helper] = set()
        self._stem: Stem | None = None
        self._lock = Lock()

    def hands(self) -> Hands:
        """Return who does automatic steps and duties that are installed, each in a helper."""
        return Hands(
            {name: partial(self._step, name) for name in points(HANDLERS)},
            {name: partial(self._duty, name) for name in points(DUTIES)},
            self.ready,
        )

    def ready(self) -> None:
        """Make sure that a helper is there in a moment: while its program is being read, nobody's time runs."""
        with self._lock:
            if self._stem is not None and self._stem.process.poll() is not None:
                self._stem.close()
                self._stem = None
            self._stem = self._stem or Stem()

    def _step(self, name: str, task: Task) -> Answer:
        return self._do(_step(name, task))

    def _duty(self, name: str, agency: Agency, period: str, now: datetime) -> None:
        self._do(_order("duty", name, agency, {"period": period, "now": now}, LIMIT))

    def _do(self, order: Order) -> Answer:
        helper = self._taken()
        self._busy.add(helper)
        try:
            told = helper.ask(order)
        finally:
            self._busy.discard(helper)
            if helper.ready:
                self._idle.append(helper)
            else:
                helper.bury()
        if isinstance(told, Answer):
            return told
        raise (Hopeless if told.hopeless else TryAgain)(told.words)

    def _taken(self) -> Helper:
        while self._idle:
            with suppress(IndexError):  # another thread was quicker
                helper = self._idle.pop()
                if helper.ready:
                    return helper
                helper.bury()
        self.ready()
        assert self._stem is not None  # noqa: S101 - it is ready
        return self._stem.fork()

    def end(self) -> None:
        """End what is being done: it will be tried again."""
        for helper in tuple(self._busy):
            helper.end()

    def clear(self) -> None:
        """End those that wait."""
        while self._idle:
            self._idle.pop().bury()

    def close(self) -> None:
        """End those that wait, and the stem."""
        self.clear()
        if self._stem is not None:
            self._stem.close()
            self._stem = None


def _step(name: str, task: Task) -> Order:
    rest = {one.name: getattr(task, one.name) for one in fields(task) if one.name != "agency"}
    return _order("step", name, task.agency, {**rest, "values": dict(task.values)}, task.limit)


def _order(
    kind: Literal["step", "duty"], name: str, agency: Agency, rest: Mapping[str, Any], limit: timedelta
) -> Order:
    people_and_time = (agency.settings, agency.organisation, agency.calendars)
    store = agency.store
    return Order(kind, name, agency.root, *people_and_time, store.where, dict(store.tells), rest, limit)


@cache
def bench() -> Bench:
    """Return the helpers of this program."""
    made = Bench()
    atexit.register(made.close)
    return made


def hands() -> Hands:
    """Return who does automatic steps and duties in this program, each apart from it."""
    return bench().hands()
