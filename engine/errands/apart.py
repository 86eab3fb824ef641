"""Automatic steps are done apart: in a helper process that is ended when its time is over, and then replaced."""

import atexit
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import timedelta
from functools import cache, partial
from pathlib import Path
from threading import Timer
from typing import Any

from engine.agency import Settings
from engine.errands.task import HANDLERS, Answer, Handler, Hopeless, Task, TryAgain, points
from procedures.calendar import Calendars
from procedures.organisation import Organisation
from procedures.words import Words, say

#: How long a helper may take to be there; its time for a try begins only then.
_READY = timedelta(seconds=30)
_LINE = (sys.executable, "-P", "-c", "from engine.errands.helper import serve; serve()")


@dataclass(frozen=True, slots=True)
class Order:
    """What a helper is asked to do: a task without its agency, and what the helper opens the agency with."""

    name: str
    root: Path
    settings: Settings
    organisation: Organisation
    calendars: Calendars
    where: Path | str
    rest: Mapping[str, Any]
    limit: timedelta


@dataclass(frozen=True, slots=True)
class Failed:
    """What a helper says of a try that came to nothing."""

    words: Words
    hopeless: bool = False


class Helper:
    """A process that does what it is asked, one thing at a time."""

    def __init__(self) -> None:
        self.ended = False
        self.process = subprocess.Popen(  # noqa: S603 - this very program
            _LINE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        )
        self._bear(None, _READY)

    @property
    def ready(self) -> bool:
        """Tell whether it can be asked something."""
        return not self.ended and self.process.poll() is None

    def ask(self, order: Order) -> Answer | Failed:
        """Have it done; a helper that is over its time, or dies of it, is gone with whatever it has started."""
        told = self._bear(order, order.limit)
        if isinstance(told, Answer | Failed):
            return told
        if self.ended:
            return Failed(say("no answer within {limit} seconds", limit=int(order.limit.total_seconds())))
        return Failed(say("whoever did it died of it"))

    def _bear(self, order: Order | None, limit: timedelta) -> object:
        over = Timer(limit.total_seconds(), self.end)
        over.daemon = True
        over.start()
        assert self.process.stdin is not None  # noqa: S101 - both are pipes
        assert self.process.stdout is not None  # noqa: S101
        try:
            if order is not None:
                pickle.dump(order, self.process.stdin)
                self.process.stdin.flush()
            return pickle.load(self.process.stdout)  # noqa: S301 - from a process of our own, through its own pipe
        except (EOFError, OSError, pickle.UnpicklingError):
            return None
        finally:
            over.cancel()
            over.join()  # from here on nobody ends it any more

    def end(self) -> None:
        """End it now, with whatever it has started."""
        self.ended = True
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def bury(self) -> None:
        """End it and wait until it is gone."""
        self.end()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):  # what was not yet sent is sent to nobody
                if pipe is not None:
                    pipe.close()


class Bench:
    """The helpers of one program: as many as are asked something at once, and kept for the next time."""

    def __init__(self) -> None:
        self._idle: list[Helper] = []

    def handlers(self) -> Mapping[str, Handler]:
        """Return who does automatic steps, by the name after `tự động`; each does it in a helper."""
        return {name: partial(self._do, name) for name in points(HANDLERS)}

    def _do(self, name: str, task: Task) -> Answer:
        helper = self._taken()
        try:
            told = helper.ask(_order(name, task))
        finally:
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
        return Helper()

    def close(self) -> None:
        """End those that wait."""
        while self._idle:
            self._idle.pop().bury()


def _order(name: str, task: Task) -> Order:
    agency = task.agency
    rest = {one.name: getattr(task, one.name) for one in fields(task) if one.name != "agency"}
    known = (agency.settings, agency.organisation, agency.calendars, agency.store.where)
    return Order(name, agency.root, *known, {**rest, "values": dict(task.values)}, task.limit)


@cache
def handlers() -> Mapping[str, Handler]:
    """Return who does automatic steps in this program, each apart from it."""
    bench = Bench()
    atexit.register(bench.close)
    return bench.handlers()
