"""What Prefect is told before it is imported: nothing leaves the machine, nothing listens beyond it."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

#: Prefect's own switches, as it reads them from the environment.
SWITCHES: Mapping[str, str] = {
    # No word to the makers, from the server or from a flow; no advertisement in the console.
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    # The console has no accounts of its own, so it answers this machine only, and no page of another site.
    "PREFECT_SERVER_API_HOST": "127.0.0.1",
    "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": "http://127.0.0.1",
    "PREFECT_WORKER_WEBSERVER_HOST": "127.0.0.1",
    # The console asks the server that it came from, whatever its port.
    "PREFECT_SERVER_UI_API_URL": "/api",
    # A pickle runs code when it is read; what flows give back is small and plain.
    "PREFECT_RESULTS_DEFAULT_SERIALIZER": "json",
    # Runs are history of the machinery, not of cases: Prefect may forget them.
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    # A run says that it is alive; one that no longer does is marked by an automation of ours (workflows/deploy.py).
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
    # A slow office machine takes its time to start.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "90",
    # What our functions tell the operator stands beside each run as well.
    "PREFECT_LOGGING_EXTRA_LOGGERS": "quytrinh",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
}


def environment(root: Path) -> dict[str, str]:
    """Return the switches with Prefect's own folder, inside the agency's folder `root`, and the word that opens it."""
    home = root.resolve() / ".prefect"
    word = os.environ.get("PREFECT_API_AUTH_STRING") or _password(home)
    told = {"PREFECT_SERVER_API_AUTH_STRING": word, "PREFECT_API_AUTH_STRING": word}
    return {**SWITCHES, "PREFECT_HOME": str(home), **told}


def _password(home: Path) -> str:
    """Return what server and clients of this folder tell each other; made once, readable by its owner alone."""
    kept = home / "auth"
    home.mkdir(parents=True, exist_ok=True)
    if not kept.exists():
        scratch = home / f"auth.{os.getpid()}.{secrets.token_hex(4)}"
        with os.fdopen(os.open(scratch, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(f"admin:{secrets.token_urlsafe(24)}")
        with suppress(FileExistsError):  # whoever was first has made it
            kept.hardlink_to(scratch)
        scratch.unlink()
    return kept.read_text(encoding="utf-8")


def apply(values: Mapping[str, str] = SWITCHES) -> None:
    """Set what the environment does not say yet, so that an operator's own word stands; Prefect must come after."""
    for name, value in values.items():
        os.environ.setdefault(name, value)
