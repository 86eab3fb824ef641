"""The site as a program: it answers at its port, says little about itself, and ends when told to."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.quality.agency import ROOT
from web.serve import main

_PATIENCE = 60.0
_BY_HAND = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from cli.desk import Desk
from cli.serving import serve_folder
serve_folder(Desk(root=Path(sys.argv[1]), lang="en", at=datetime(2026, 3, 20, 3, tzinfo=UTC)), port=int(sys.argv[2]))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("organisation.d", "calendar.d"):
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / "quytrinh.toml").write_text('agency = "Sở A"\nguests = "read"\n', encoding="utf-8")
    return tmp_path


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def running(*command: str) -> Iterator["subprocess.Popen[bytes]"]:
    program = subprocess.Popen([sys.executable, *command], cwd=ROOT, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        yield program
    finally:
        if program.poll() is None:
            os.killpg(program.pid, signal.SIGKILL)
        program.wait()


def answer(port: int) -> httpx.Response:
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            return httpx.get(f"http://127.0.0.1:{port}/tro-giup", timeout=_PATIENCE)
        except httpx.TransportError:
            assert time.monotonic() < end, "nobody answers"
            time.sleep(0.05)


def test_the_command_line_serves_a_folder_and_takes_the_site_with_it_when_it_ends(folder: Path) -> None:
    port = free_port()
    with running("-c", _BY_HAND, str(folder), str(port)) as program:
        told = answer(port)
        assert told.status_code == 200
        assert "<h1>Help</h1>" in told.text
        assert "20/03/2026 10:00" in told.text
        assert "server" not in told.headers
        os.killpg(program.pid, signal.SIGINT)
        assert program.wait(_PATIENCE) == 0
        with socket.socket() as one:
            assert one.connect_ex(("127.0.0.1", port)) != 0


def test_a_folder_that_is_no_agencys_is_not_served(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 2
    assert "quytrinh.toml" in capsys.readouterr().err


def test_an_instant_without_its_zone_is_not_taken(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([str(folder), "--at", "2026-03-20T10:00:00"])
    assert "no time zone" in capsys.readouterr().err
