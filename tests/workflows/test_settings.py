"""What Prefect makes of the switches."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from workflows.settings import SWITCHES, environment

READ = """
import json, workflows
from prefect.settings import get_current_settings
now = get_current_settings()
print(json.dumps({
    "analytics": now.server.analytics_enabled,
    "promotion": now.server.ui.show_promotional_content,
    "metrics": now.telemetry.enable_resource_metrics,
    "orchestration": now.cloud.enable_orchestration_telemetry,
    "host": now.server.api.host,
    "origins": now.server.api.cors_allowed_origins,
    "worker": now.worker.webserver.host,
    "serializer": now.results.default_serializer,
    "vacuum": sorted(now.server.services.db_vacuum.enabled),
    "home": str(now.home),
}))
"""


def read(environment: dict[str, str]) -> dict[str, object]:
    bare = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    said = subprocess.run([sys.executable, "-c", READ], env=bare | environment, capture_output=True, check=True)
    return json.loads(said.stdout)


def test_prefect_keeps_to_itself_as_soon_as_workflows_is_imported(tmp_path: Path) -> None:
    home = {"PREFECT_HOME": environment(tmp_path)["PREFECT_HOME"]}
    assert read(home) == {
        "analytics": False,
        "promotion": False,
        "metrics": False,
        "orchestration": False,
        "host": "127.0.0.1",
        "origins": "http://127.0.0.1",
        "worker": "127.0.0.1",
        "serializer": "json",
        "vacuum": ["events", "flow_runs"],
        "home": str(tmp_path.resolve() / ".prefect"),
    }


def test_what_an_operator_has_set_stands(tmp_path: Path) -> None:
    told = environment(tmp_path) | {"PREFECT_SERVER_API_HOST": "127.0.0.2"}
    assert read(told)["host"] == "127.0.0.2"


def test_the_sdk_is_told_not_to_track() -> None:
    assert SWITCHES["DO_NOT_TRACK"] == "1"


def test_server_and_clients_of_a_folder_share_a_word_that_only_its_owner_reads(tmp_path: Path) -> None:
    told = environment(tmp_path)
    assert told["PREFECT_API_AUTH_STRING"] == told["PREFECT_SERVER_API_AUTH_STRING"]
    assert len(told["PREFECT_API_AUTH_STRING"]) > 30
    assert environment(tmp_path) == told
    assert environment(tmp_path / "b")["PREFECT_API_AUTH_STRING"] != told["PREFECT_API_AUTH_STRING"]
    (kept,) = (tmp_path / ".prefect").iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_word_that_an_operator_has_set_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_AUTH_STRING", "admin:own")
    assert environment(tmp_path)["PREFECT_SERVER_API_AUTH_STRING"] == "admin:own"
    assert not (tmp_path / ".prefect").exists()
