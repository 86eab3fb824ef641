"""Help is there at once: little is loaded, and nothing heavy, whichever command it is asked of."""

import subprocess
import sys

import pytest

#: Modules, not seconds: how fast the machine is must not make this red. 226 are loaded.
MODULES = 260
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
print(*sorted(sys.modules))
"""


@pytest.mark.parametrize("line", LINES, ids=" ".join)
def test_help_loads_little_and_nothing_heavy(line: tuple[str, ...]) -> None:
    done = subprocess.run([sys.executable, "-c", LOADED, *line], capture_output=True, text=True, check=True)
    modules = done.stdout.split()
    loaded = {name.split(".")[0] for name in modules}
    assert "cli" in loaded
    assert not HEAVY & loaded
    assert len(modules) < MODULES
