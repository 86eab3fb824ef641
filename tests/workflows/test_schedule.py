"""A schedule really produces runs, on a real server: versions of Prefect's friends have broken this without a word."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

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


def asked(server: dict[str, str], what: str) -> list[dict[str, Any]]:
    """Ask the server; one that is too busy to answer is asked again by whoever waits."""
    who = tuple(server["PREFECT_API_AUTH_STRING"].split(":", 1))
    try:
        answer = httpx.post(f"{server['PREFECT_API_URL']}/{what}/filter", json={}, auth=who, timeout=60)
        return list(answer.raise_for_status().json())
    except httpx.TransportError:
        return []


def until(seconds: float, condition: Callable[[], object]) -> object:
    deadline = time.monotonic() + seconds
    while not (found := condition()) and time.monotonic() < deadline:
        time.sleep(0.3)
    return found


def test_nobody_is_let_in_without_the_word(server: dict[str, str]) -> None:
    assert httpx.post(f"{server['PREFECT_API_URL']}/flow_runs/filter", json={}, timeout=60).status_code == 401


@pytest.mark.timeout(330)  # half a minute on an idle machine; what is asserted is that it comes, not when
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
        done = until(240, lambda: serving.poll() is not None or completed(server))
    finally:
        serving.kill()  # how a program of Prefect's ends is not what this is about
        serving.wait()
    assert done, log.read_text("utf-8")
    assert completed(server), log.read_text("utf-8")
    with overdue.store.reading() as reader:
        assert not reader.overdue(datetime.now(UTC))
        assert "BreachRecorded" in {type(record.event).__name__ for record in reader.log(reader.case_ids()[0])}
    assert "tick" in {artifact["key"] for artifact in asked(server, "artifacts")}


def completed(server: dict[str, str]) -> bool:
    """Tell whether a run that a schedule made, not a person, has come to its end."""
    runs = asked(server, "flow_runs")
    return any(run["auto_scheduled"] and run["state_type"] == "COMPLETED" for run in runs)
