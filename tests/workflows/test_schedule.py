"""A schedule really produces runs, on a real server: versions of Prefect's friends have broken this without a word."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from workflows.server import running
from workflows.settings import environment

SERVE = """
import sys
from datetime import timedelta
from tests.workflows.probe import probe
from workflows.schedule import Served, keep_serving
keep_serving("office", [Served(probe, timedelta(seconds=5), {"file": sys.argv[1]})])
"""


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A Prefect server with its database in a folder of its own; gives the environment of its clients."""
    told = environment(tmp_path_factory.mktemp("agency")) | {
        "PREFECT_SERVER_SERVICES_SCHEDULER_RECENT_DEPLOYMENTS_LOOP_SECONDS": "1",
        "PREFECT_RUNNER_POLL_FREQUENCY": "1",
    }
    with running(told, free_port()) as address:
        yield {**os.environ, **told, "PREFECT_API_URL": address}


def runs(server: dict[str, str]) -> list[dict[str, object]]:
    return httpx.post(f"{server['PREFECT_API_URL']}/flow_runs/filter", json={}, timeout=30).raise_for_status().json()


def test_an_interval_schedule_produces_runs_that_do_their_work(server: dict[str, str], tmp_path: Path) -> None:
    done, log = tmp_path / "done.txt", tmp_path / "serve.log"
    with log.open("wb") as output:
        serving = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(done)], env=server, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and serving.poll() is None and not finished(server):
            time.sleep(0.3)
        scheduled = [run for run in runs(server) if run["auto_scheduled"]]
        assert finished(server), (log.read_text("utf-8"), [run["state_type"] for run in scheduled])
        assert scheduled
        assert set(done.read_text("utf-8").splitlines()) == {"ran"}
    finally:
        serving.terminate()
        serving.wait(timeout=30)


def finished(server: dict[str, str]) -> bool:
    return any(run["auto_scheduled"] and run["state_type"] == "COMPLETED" for run in runs(server))
