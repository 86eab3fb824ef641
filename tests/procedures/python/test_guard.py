import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]

#: The guard alone, without the look at the text and without the limits of the system.
ARMED = f"""
import os, sys
sys.path.insert(0, {str(ROOT)!r})
import collections, gc, io, shutil, signal, socket, subprocess, threading, time
from procedures.python import guard
write, leave = os.write, os._exit
def refuse(door, what, frame):
    write(1, f"{{door}} {{what}}".encode())
    leave(7)
"""


def answer(*lines: str) -> str:
    program = ARMED + "\n".join(lines)
    done = subprocess.run(
        [sys.executable, "-I", "-c", program], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (7, ""), done
    return done.stdout


def armed(*acts: str) -> str:
    return answer("let = guard.arm(refuse)", "let(through=False)", *acts)


@pytest.mark.parametrize(
    ("act", "told"),
    [
        ("io.open('/etc/passwd')", "files open"),
        ("os.open('/tmp/x', os.O_CREAT)", "files open"),
        ("os.remove('/tmp/x')", "files os.remove"),
        ("os.listdir('/')", "files os.listdir"),
        ("shutil.rmtree('/tmp/x')", "files shutil.rmtree"),
        ("socket.socket()", "network socket.__new__"),
        ("socket.getaddrinfo(b'a', 1)", "network socket.getaddrinfo"),
        ("os.system('id')", "processes os.system"),
        ("os.fork()", "processes os.fork"),
        ("os.kill(1, 0)", "processes os.kill"),
        ("subprocess.Popen(['id'])", "processes subprocess.Popen"),
        ("import ctypes", "inside import ctypes"),
        ("import sqlite3", "files import sqlite3"),
        ("gc.get_objects()", "inside gc.get_objects"),
        ("sys._getframe()", "inside sys._getframe"),
        ("eval('1')", "inside compile"),
        ("(lambda: 1).__code__", "inside object.__getattr__"),
        ("sys.addaudithook(print)", "inside sys.addaudithook"),
        ("collections.namedtuple('A', 'b')", "inside compile"),
    ],
)
def test_the_interpreter_is_watched(act: str, told: str) -> None:
    assert armed("try:", f"    {act}", "except BaseException:", "    pass").startswith(told)


@pytest.mark.parametrize(
    ("act", "told"),
    [
        ("os._exit(0)", "leave os._exit"),
        ("os.abort()", "leave os.abort"),
        ("os.write(1, b'forged')", "files os.write"),
        ("os.mkfifo('/tmp/x')", "files os.mkfifo"),
        ("os.fork()", "processes os.fork"),
        ("sys.modules['posix'].stat('/')", "files os.stat"),
    ],
)
def test_functions_that_the_interpreter_does_not_announce_are_closed(act: str, told: str) -> None:
    assert answer("guard.close(refuse)", act) == told


def test_our_own_code_passes() -> None:
    assert (
        answer("let = guard.arm(refuse)", "let(through=True)", "sys._getframe()", "write(1, b'ok')", "leave(7)") == "ok"
    )


@pytest.mark.parametrize("name", ["open", "eval", "getattr", "print", "exit"])
def test_a_function_that_is_not_given_refuses_when_it_is_called(name: str) -> None:
    doors = {"open": "files", "print": "print", "exit": "leave"}
    assert answer(f"guard.allowed({{}}, refuse)[{name!r}]()") == f"{doors.get(name, 'inside')} {name}"


def test_an_import_gives_public_names_and_no_modules_behind_them() -> None:
    lines = ("given = guard.allowed({'step': 1}, refuse)['__import__']", "datetime = given('datetime')")
    seen = "write(1, repr([hasattr(datetime, n) for n in ('date', 'sys', '_x')] + [given('procedures').step]).encode())"
    assert answer(*lines, seen, "leave(7)") == "[True, False, False, 1]"
    assert answer("guard.allowed({}, refuse)['__import__']('os')") == "files import os"
