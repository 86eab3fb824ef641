"""Help is there at once: little work, and nothing heavy loaded, whichever command it is asked of."""

import os
import subprocess
import sys

import pytest

#: Seconds of work of the processor, not of the clock: other work on the machine must not make this red.
SECONDS = 0.4
ROUNDS = 5
HEAVY = {
    "babel",
    "docx",
    "fastapi",
    "graphviz",
    "holidays",
    "jinja2",
    "lxml",
    "networkx",
    "prefect",
    "pydantic",
    "pygraphviz",
    "rich",
    "ruamel",
    "sqlalchemy",
    "sqlmodel",
    "uvicorn",
    "yaml",
}
LINES = (("--help",), ("check", "--help"), ("case", "advance", "--help"), ("demo", "--help"))
LOADED = """
import contextlib, io, sys
from cli.main import run
with contextlib.redirect_stdout(io.StringIO()):
    assert run(sys.argv[1:]) == 0
print(*sorted({name.split(".")[0] for name in sys.modules}))
"""


def work_of(line: tuple[str, ...]) -> float:
    """Return the seconds of processor time of a whole process that answers a line."""
    command = [sys.executable, "-c", "from cli.main import main; main()", *line]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("line", LINES, ids=" ".join)
def test_help_is_little_work(line: tuple[str, ...]) -> None:
    assert min(work_of(line) for _ in range(ROUNDS)) < SECONDS


@pytest.mark.parametrize("line", LINES, ids=" ".join)
def test_help_loads_nothing_heavy(line: tuple[str, ...]) -> None:
    done = subprocess.run([sys.executable, "-c", LOADED, *line], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "cli" in loaded
    assert not HEAVY & loaded
