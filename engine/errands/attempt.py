"""One try at an errand: within its time, and every way it can fail told in one sentence without personal data."""

import re
from collections.abc import Callable
from datetime import timedelta
from queue import Empty, SimpleQueue
from threading import Thread

from engine.errands.task import Answer, TryAgain
from procedures.words import say

#: What a foreign exception may quote and a queue should not keep.
_ADDRESS = re.compile(r"[^\s<>]+@[^\s<>]+")
_LONGEST_FAULT = 300


def within(limit: timedelta, act: Callable[[], Answer]) -> Answer:
    """Do it in at most `limit`; raises TryAgain for whatever went wrong.

    Nothing can stop a thread: a duty that is over its time is left to itself, and the token of its claim makes what it
    answers later count for nothing. An automatic step stands apart and is stopped before (`engine/errands/apart.py`).
    """
    came: SimpleQueue[Answer | BaseException] = SimpleQueue()

    def run() -> None:
        try:
            came.put(act())
        except BaseException as fault:  # noqa: BLE001 - told below, to whoever waits
            came.put(fault)

    Thread(target=run, daemon=True, name="try").start()
    try:
        answer = came.get(timeout=limit.total_seconds())
    except Empty:
        raise TryAgain(say("no answer within {limit} seconds", limit=int(limit.total_seconds()))) from None
    if isinstance(answer, TryAgain):
        raise answer
    if isinstance(answer, BaseException):
        raise TryAgain(say("{fault}", fault=told(answer))) from answer
    return answer


def told(fault: BaseException) -> str:
    """Return what an exception says, short and without addresses of people."""
    said = _ADDRESS.sub("…@…", f"{type(fault).__name__}: {fault}".strip(": "))
    return said if len(said) <= _LONGEST_FAULT else f"{said[:_LONGEST_FAULT]}…"
