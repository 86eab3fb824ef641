"""The helper process: it does what it is asked through its own pipe, one thing at a time."""

import os
import pickle
import signal
import sys
from functools import cache
from pathlib import Path
from typing import BinaryIO

from engine.agency import Agency
from engine.errands.apart import Failed, Order
from engine.errands.attempt import told
from engine.errands.task import Answer, Hopeless, Task, TryAgain, handlers
from engine.journal import write_lines
from engine.stores.sql import SqlStore
from procedures.shelf import FolderShelf
from procedures.words import say

#: A helper whose program is gone ends itself so long after its time.
_ORPHAN_SECONDS = 2.0


def serve() -> None:
    """Do orders until their pipe is closed."""
    asked, answers = _pipes()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asks decides when it ends
    write_lines()
    reply(answers, None)
    while True:
        try:
            order = pickle.load(asked)  # noqa: S301 - from the program that started this one
        except EOFError:
            return
        signal.setitimer(signal.ITIMER_REAL, order.limit.total_seconds() + _ORPHAN_SECONDS)
        came = done(order)
        signal.setitimer(signal.ITIMER_REAL, 0)
        reply(answers, came)


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Take the two pipes for orders and answers alone; what a handler prints goes where errors go."""
    asked, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return asked, answers


def reply(answers: BinaryIO, came: Answer | Failed | None) -> None:
    """Send one thing back."""
    answers.write(pickle.dumps(came))
    answers.flush()


def done(order: Order) -> Answer | Failed:
    """Do an order; whatever goes wrong is told, and nothing is raised."""
    try:
        answer = handlers()[order.name](Task(agency=_agency(order), **order.rest))
        return Answer(answer.outcome, dict(answer.fields))
    except TryAgain as why:
        return Failed(why.words, isinstance(why, Hopeless))
    except BaseException as fault:  # noqa: BLE001 - told to whoever asked
        return Failed(say("{fault}", fault=told(fault)))


def _agency(order: Order) -> Agency:
    shelf = FolderShelf(order.root / "releases")
    return Agency(order.root, order.settings, order.organisation, order.calendars, shelf, _store(order.where))


@cache
def _store(where: Path | str) -> SqlStore:
    return SqlStore(where)
