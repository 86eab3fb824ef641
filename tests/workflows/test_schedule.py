"""A schedule really produces runs, on a real server: versions of Prefect's friends have broken this without a word."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from engine.agency import Agency
from workflows.server import running
from workflows.settings import environment


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


@pytest.mark.timeout(180)  # half a minute on an idle machine
def test_an_interval_schedule_produces_runs_that_record_what_is_overdue(
    server: dict[str, str], overdue: Agency, tmp_path: Path
) -> None:
    log = tmp_path / "serve.log"
    with log.open("wb") as output:
        serving = subprocess.Popen(
            [sys.executable, "-m", "workflows.serve", str(overdue.root), "--every", "15"],
            env=server,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        deadline = time.monotonic() + 100
        while time.monotonic() < deadline and serving.poll() is None and not completed(server):
            time.sleep(0.3)
    finally:
        serving.terminate()
        serving.wait(timeout=30)
    assert completed(server), log.read_text("utf-8")
    with overdue.store.reading() as reader:
        assert not reader.overdue(datetime.now(UTC))
        assert "BreachRecorded" in {type(record.event).__name__ for record in reader.log(reader.case_ids()[0])}


def completed(server: dict[str, str]) -> bool:
    """Tell whether a run that a schedule made, not a person, has come to its end."""
    return any(run["auto_scheduled"] and run["state_type"] == "COMPLETED" for run in runs(server))
