"""One try at an errand: every way it can fail told in one sentence without personal data."""

import re
from collections.abc import Callable

from engine.errands.task import Answer, TryAgain
from procedures.words import say

#: What a foreign exception may quote and a queue should not keep.
_ADDRESS = re.compile(r"[^\s<>]+@[^\s<>]+")
_LONGEST_FAULT = 300


def tried(act: Callable[[], Answer]) -> Answer:
    """Do it; raises TryAgain for whatever went wrong. How long it may take is seen to by who does it."""
    try:
        return act()
    except TryAgain:
        raise
    except BaseException as fault:
        raise TryAgain(say("{fault}", fault=told(fault))) from fault


def told(fault: BaseException) -> str:
    """Return what an exception says, short and without addresses of people."""
    said = _ADDRESS.sub("…@…", f"{type(fault).__name__}: {fault}".strip(": "))
    return said if len(said) <= _LONGEST_FAULT else f"{said[:_LONGEST_FAULT]}…"
