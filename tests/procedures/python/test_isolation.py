import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from procedures.python import isolation
from procedures.python.limits import Limits
from tests.procedures.python.children import left_behind

SEES = """
import os, socket
names = [name for _, name in socket.if_nameindex()]
with socket.socket() as one:
    one.settimeout(2)
    print(names, one.connect_ex(("127.0.0.1", PORT)) == 0)
"""


def run(program: str, tmp_path: Path, limits: Limits) -> isolation.Answer:
    """Let another program stand in the place of the child, as if a definition had taken it over."""
    child = tmp_path / "child.py"
    child.write_text(program, "utf-8")
    return isolation.evaluate(f"# {program}", limits, child)


def door(answer: isolation.Answer) -> object:
    refused = answer["refused"]
    assert isinstance(refused, dict)
    return refused["door"]


@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("import time; time.sleep(60)", "time"),
        ("import os\nif os.fork() == 0:\n    import time; time.sleep(60)\nos.wait()", "time"),
        ("while True: print('a' * 1000)", "output"),
        ("import os\nif os.fork() == 0:\n    os.close(1)\n    import time; time.sleep(60)\nos._exit(0)", "leave"),
        ("import os; os._exit(0)", "leave"),
        ("import os; os.abort()", "leave"),
        ("print('[[[')", "leave"),
        ("print('[' * 100_000)", "leave"),
        ("print('1')", "leave"),
    ],
)
def test_a_child_that_was_taken_over_is_ended_and_not_believed(program: str, told: str, tmp_path: Path) -> None:
    limits = Limits(cpu=1, seconds=0 if told == "time" else 60)
    assert door(run(program, tmp_path, limits)) == told
    assert left_behind(str(tmp_path)) == []


def test_a_child_sees_an_empty_environment_and_an_empty_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET", "x")
    program = "import json, os; print(json.dumps({'given': [os.environ.get('SECRET'), os.listdir('.')]}))"
    assert run(program, tmp_path, Limits()) == {"given": [None, []]}


def test_the_child_has_a_network_of_its_own_where_the_system_permits_it() -> None:
    prefix = isolation._without_network()
    with socket.create_server(("127.0.0.1", 0)) as server:
        program = SEES.replace("PORT", str(server.getsockname()[1]))
        alone = subprocess.run([*prefix, sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert alone.stdout == "['lo'] False\n" if prefix else alone.stdout.endswith("True\n")


def test_a_text_that_took_too_long_is_tried_again(tmp_path: Path) -> None:
    program = "import os, signal; os.kill(os.getpid(), signal.SIGALRM)"  # as the system ends whoever took too long
    assert door(run(program, tmp_path, Limits())) == "time"
    child = tmp_path / "child.py"
    child.write_text("print('{\"given\": []}', flush=True)", "utf-8")
    assert isolation.evaluate(f"# {program}", Limits(), child) == {"given": []}


def test_no_file_of_the_parent_is_open_in_the_child(tmp_path: Path) -> None:
    program = "import json, os; print(json.dumps({'given': sorted(os.listdir('/proc/self/fd'))[:9]}))"
    with (tmp_path / "kept").open("w") as kept:
        os.set_inheritable(kept.fileno(), True)  # noqa: FBT003 - it takes no name
        seen = run(program, tmp_path, Limits())
    assert seen == {"given": ["0", "1", "2", "3"]}
