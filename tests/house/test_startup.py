"""The command line is there at once: heavy packages wait until a command needs them."""

import subprocess
import sys
import time
from pathlib import Path

PROGRAM = Path(sys.executable).with_name("quytrinh")
SECONDS = 0.4
HEAVY = {"sqlalchemy", "sqlmodel", "networkx", "prefect", "pygraphviz", "fastapi", "babel", "docx", "lxml", "jinja2"}
LOADED = """
import contextlib, io, sys
from cli.main import main
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    sys.argv = ["quytrinh", "--help"]
    main()
print(*sorted({name.split(".")[0] for name in sys.modules}))
"""


def seconds_of_help() -> float:
    begin = time.perf_counter()
    subprocess.run([PROGRAM, "--help"], capture_output=True, check=True)
    return time.perf_counter() - begin


def test_help_comes_at_once() -> None:
    # The best of several: other work on the machine must not make this red.
    assert min(seconds_of_help() for _ in range(5)) < SECONDS


def test_help_loads_nothing_heavy() -> None:
    loaded = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True).stdout
    assert "cli" in loaded.split()
    assert not HEAVY & set(loaded.split())
