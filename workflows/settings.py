"""What Prefect is told before it is imported: nothing leaves the machine, nothing listens beyond it."""

import os
from collections.abc import Mapping
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
    # A pickle runs code when it is read; what flows give back is small and plain.
    "PREFECT_RESULTS_DEFAULT_SERIALIZER": "json",
    # Runs are history of the machinery, not of cases: Prefect may forget them.
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    # A slow office machine takes its time to start.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "90",
}


def environment(root: Path) -> dict[str, str]:
    """Return the switches with Prefect's own folder, which lies inside the agency's folder `root`."""
    return {**SWITCHES, "PREFECT_HOME": str(root.resolve() / ".prefect")}


def apply(values: Mapping[str, str] = SWITCHES) -> None:
    """Set what the environment does not say yet, so that an operator's own word stands; Prefect must come after."""
    for name, value in values.items():
        os.environ.setdefault(name, value)
