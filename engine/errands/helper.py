"""The stem, which forks helpers, and the helper: it does what it is asked through its own pipe, one thing at a time."""

import gc
import os
import pickle
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

import engine.errands.mail
import engine.errands.webhook  # noqa: F401 - what most errands are done by, so that each helper has read it
from engine.agency import Agency
from engine.brought import points
from engine.errands.apart import Begun, Failed, Noted, Order
from engine.errands.attempt import told
from engine.errands.duty import DUTIES, Duty
from engine.errands.task import HANDLERS, Answer, Handler, Hopeless, Task, TryAgain
from engine.journal import listen
from engine.stores.sql import SqlStore
from procedures.shelf import FolderShelf
from procedures.words import say

#: A helper whose program is gone ends itself so long after its time.
_ORPHAN_SECONDS = 2.0


def stem() -> None:
    """Fork a helper for each pipe that is sent, and bury the one that is named, until nobody asks any more.

    What somebody else has installed is read by helpers alone: it may hang, and must not hold up the others.
    """
    asked = socket.socket(fileno=int(sys.argv[1]))
    gc.freeze()  # so that helpers share what is read here
    pid = 0
    while True:
        asked.send(b"%d" % pid)
        word, pipes, *_ = socket.recv_fds(asked, 16, 1)
        if not word:
            return
        if not pipes:
            pid = -int(word)
            with suppress(ChildProcessError):  # it has been buried before
                os.waitpid(pid, 0)
            continue
        pipe = socket.socket(fileno=pipes[0])
        pid = os.fork()
        if pid == 0:
            asked.close()
            serve(pipe)
            return
        pipe.close()
        with suppress(ProcessLookupError):
            os.setpgid(pid, pid)  # so that it is ended with whatever it has started


def serve(pipe: socket.socket) -> None:
    """Do orders until their pipe is closed."""
    orders, answers = pipe.makefile("rb"), pipe.makefile("wb")
    listen(lambda level, event, what: reply(answers, Noted(level, event, what)))
    while True:
        try:
            order = pickle.load(orders)  # noqa: S301 - from the program that started this one
        except (EOFError, ConnectionResetError):
            return
        came = done(order, lambda: reply(answers, Begun()))
        signal.setitimer(signal.ITIMER_REAL, 0)
        reply(answers, came)


def reply(answers: BinaryIO, came: Answer | Failed | Noted | Begun) -> None:
    """Send one thing back."""
    answers.write(pickle.dumps(came))
    answers.flush()


def done(order: Order, begun: Callable[[], None]) -> Answer | Failed:
    """Do an order; whatever goes wrong is told, and nothing is raised."""
    try:
        does, agency = _found(order.kind, order.name), _agency(order)
        signal.setitimer(signal.ITIMER_REAL, order.limit.total_seconds() + _ORPHAN_SECONDS)
        begun()
        return _done(does, agency, order.rest)
    except TryAgain as why:
        return Failed(why.words, isinstance(why, Hopeless))
    except BaseException as fault:  # noqa: BLE001 - told to whoever asked
        return Failed(say("{fault}", fault=told(fault)))


def _done(does: Duty | Handler, agency: Agency, rest: Mapping[str, Any]) -> Answer:
    if isinstance(does, Duty):
        does.do(agency, rest["period"], rest["now"])
        return Answer()
    answer = does(Task(agency=agency, **rest))
    return Answer(answer.outcome, dict(answer.fields))


def _agency(order: Order) -> Agency:
    shelf, store = FolderShelf(order.root / "releases"), _store(order.where)
    store.tells = order.tells
    return Agency(order.root, order.settings, order.organisation, order.calendars, shelf, store)


@cache
def _found(kind: str, name: str) -> Any:
    """Return what is installed under a name, and read nothing else that is."""
    return points(DUTIES if kind == "duty" else HANDLERS)[name].load()


@cache
def _store(where: Path | str) -> SqlStore:
    return SqlStore(where)
