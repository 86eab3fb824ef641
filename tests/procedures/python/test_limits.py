import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]

#: The limits of the system alone: no guard, no look at the text.
CONFINED = f"""
import errno, os, socket, sys, threading
sys.path.insert(0, {str(ROOT)!r})
from procedures.python.limits import Limits, confine
def late(frame):
    os.write(1, b"late")
    os._exit(0)
confine(Limits(cpu=1, seconds=SECONDS, memory=128 << 20), late)
try:
    ACT
except BaseException as fault:
    os.write(1, type(fault).__name__.encode())
else:
    os.write(1, b"done")
os._exit(0)
"""


def answer(act: str, seconds: int = 60) -> str:
    program = CONFINED.replace("ACT", act).replace("SECONDS", str(seconds))
    with tempfile.TemporaryDirectory() as empty:
        return subprocess.run(
            [sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True, cwd=empty, timeout=90
        ).stdout


@pytest.mark.parametrize(
    ("act", "told"),
    [
        ("os.fork()", "BlockingIOError"),
        ("threading.Thread(target=print).start()", "RuntimeError"),
        ("open('/etc/passwd')", "OSError"),
        ("open('new', 'w')", "OSError"),
        ("socket.socket()", "OSError"),
        ("bytearray(10 ** 9)", "MemoryError"),
        ("any(x for x in iter(int, 1))", "late"),
        ("__import__('resource').setrlimit(7, (99, 99))", "ValueError"),
    ],
)
def test_the_system_itself_holds_the_limits(act: str, told: str) -> None:
    said = answer(act)
    assert said == told or (told == "OSError" and said in {"FileNotFoundError", "PermissionError"})


def test_sleeping_is_no_way_to_stay() -> None:
    assert answer("__import__('time').sleep(30)", seconds=1) == "late"


def test_root_becomes_nobody_in_an_empty_place() -> None:
    assert answer("os.write(1, repr(os.geteuid() == 0).encode())") == "Falsedone"
    assert answer("os.stat('/etc')") == ("PermissionError" if os.geteuid() == 0 else "done")
    assert answer("os.setuid(0)") in {"PermissionError", "OSError"}
