"""The parent's side of an evaluation: start the child behind its walls, hear one answer, leave nothing behind."""

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

from procedures.python.limits import LIMITS, Limits

CHILD = Path(__file__).with_name("child.py")
_ROOT = Path(__file__).resolve().parents[2]
#: Ways to start the child without a network, the stronger first; root needs no user namespace, others may have one.
_UNSHARE = (("--net",), ("--user", "--net"))
#: Signals by which the system ends whoever uses too much time.
_TIME = frozenset({-signal.SIGXCPU, -signal.SIGALRM, -signal.SIGKILL}) if os.name == "posix" else frozenset()
#: Answers by the text they belong to; a text is evaluated once in a process.
_known: dict[tuple[str, Limits, Path], Mapping[str, object]] = {}
_KEPT = 600
#: Only here are all the walls known to stand.
AVAILABLE = sys.platform == "linux"

Answer = Mapping[str, object]


def evaluate(text: str, limits: Limits = LIMITS, child: Path = CHILD) -> Answer:
    """Return what a definition answers: `given` (nodes), `refused` (door, what, place) or `fault` (kind, text, place).

    No line of it runs in this process. A text that took too long is tried again the next time.
    """
    known = _known.get((text, limits, child))
    if known is not None:
        return known
    answer = _answer(*_run(text, limits, child), limits)
    if len(_known) >= _KEPT:
        _known.clear()
    if not _late(answer):
        _known[text, limits, child] = answer
    return answer


def _late(answer: Answer) -> bool:
    refused = answer.get("refused")
    return isinstance(refused, dict) and refused.get("door") == "time"


def _run(text: str, limits: Limits, child: Path) -> tuple[bytes, int | None]:
    """Return what the child wrote and how it ended; None when it had to be stopped."""
    command = [*_without_network(), sys.executable, "-I", "-S", "-B", str(child), str(_ROOT)]
    with tempfile.TemporaryDirectory(prefix="quytrinh-") as empty, tempfile.TemporaryFile() as source:
        source.write(text.encode(errors="replace"))
        source.seek(0)
        process = subprocess.Popen(  # noqa: S603 - our own program, with numbers as arguments
            [*command, *(str(limit) for limit in limits)],
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=empty,
            env={},
            start_new_session=True,
        )
        try:
            heard = _hear(process, limits)
        finally:
            done = _end(process)
    return (b"", None) if heard is None else (heard, done)


def _hear(process: "subprocess.Popen[bytes]", limits: Limits) -> bytes | None:
    """Return what the child says until it is silent; None when time is over. No more than its limit is ever kept."""
    if process.stdout is None:
        return None
    heard, pipe = bytearray(), process.stdout.fileno()
    until = time.monotonic() + limits.seconds + 1
    ready = select.poll()
    ready.register(pipe)
    while len(heard) <= limits.output:
        left = until - time.monotonic()
        if left <= 0 or not ready.poll(left * 1000):
            return None
        said = os.read(pipe, 1 << 16)
        if not said:
            break
        heard += said
    return bytes(heard)


def _end(process: "subprocess.Popen[bytes]") -> int:
    """End the child and whatever it started, and take its exit code.

    It is not waited for before, so that its number is still its own; who has answered is on the way out already.
    """
    if process.stdout is not None:
        process.stdout.close()
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    return process.wait()


def _answer(heard: bytes, done: int | None, limits: Limits) -> Answer:
    if done is None or (not heard and done in _TIME):
        return _refused("time", "")
    if len(heard) > limits.output:
        return _refused("output", "")
    try:
        answer = json.loads(heard)
    except (ValueError, RecursionError):
        return _refused("leave", str(done))
    return answer if isinstance(answer, dict) else _refused("leave", str(done))


def _refused(door: str, what: str) -> Answer:
    return {"refused": {"door": door, "what": what, "place": [1, 1, 1, 2]}}


@cache
def _without_network() -> tuple[str, ...]:
    """Return what starts a program in a network of its own, where the system permits it; tried once in a process."""
    program = shutil.which("unshare")
    for flags in _UNSHARE if program else ():
        command = (str(program), *flags, "--")
        if subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0:  # noqa: S603
            return command
    return ()
