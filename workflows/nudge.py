"""The nudger starts a drain when an errand has been waiting: `python -m workflows.nudge FOLDER`, or beside a worker."""

import argparse
import os
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

from engine.agency import Agency
from engine.journal import note, warn, write_lines
from engine.stores import errands as queue
from engine.trouble import Trouble
from workflows.folder import opened
from workflows.settings import apply, environment

#: In one window of this length at most one drain is started, however many nudge.
WINDOW = 8
_LOOK_EVERY = 2.0
#: Whoever is draining already takes it sooner than that.
_PATIENCE = timedelta(seconds=2)


def waiting(agency: Agency, now: datetime) -> bool:
    """Tell whether an errand has been free for a moment and nobody has taken it."""
    with agency.store.reading() as reader:
        since = queue.oldest_free(reader.connection, now)
    return since is not None and now - since >= _PATIENCE


def nudge(root: Path, deployment: str, stop: Event) -> None:
    """Look until stopped; the key of a window makes Prefect start one drain however many ask."""
    from prefect.deployments import run_deployment

    with opened(root) as agency:
        while not stop.wait(_LOOK_EVERY):
            try:
                if waiting(agency, datetime.now(UTC)):
                    key = f"{deployment}/{int(time.time()) // WINDOW}"
                    run_deployment(deployment, timeout=0, idempotency_key=key, as_subflow=False)
                    note("nudge", key=key, pid=os.getpid())
            except Trouble as fault:
                warn("nudge", fault=fault.words.into("en"))
            except Exception as fault:  # noqa: BLE001 - the server may be away; the schedule is the safety net
                warn("nudge", fault=type(fault).__name__)


def main(arguments: Sequence[str] | None = None) -> None:
    """Nudge until ended."""
    reader = argparse.ArgumentParser(prog="python -m workflows.nudge", description=__doc__)
    reader.add_argument("folder", type=Path, help="the agency's folder")
    asked = reader.parse_args(arguments)
    apply(environment(asked.folder))
    write_lines()
    nudge(asked.folder, f"drain/{asked.folder.resolve().name}-drain", Event())


if __name__ == "__main__":
    main()
