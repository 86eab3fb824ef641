"""The process that keeps an agency's folder ticking: `python -m workflows.serve FOLDER`."""

import argparse
import os
import signal
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from types import FrameType

from workflows.server import PORT, running
from workflows.settings import apply, environment

_EVERY = 300  # seconds: a breach is seen at most this long after its due time


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve the roster on the server of PREFECT_API_URL, or on one of our own where none is named."""
    reader = argparse.ArgumentParser(prog="python -m workflows.serve", description=__doc__)
    reader.add_argument("folder", type=Path, help="the agency's folder")
    reader.add_argument("--every", type=int, default=_EVERY, help="seconds between two ticks (default: %(default)s)")
    reader.add_argument("--port", type=int, default=PORT, help="port of our own server (default: %(default)s)")
    asked = reader.parse_args(arguments)
    signal.signal(signal.SIGTERM, _end)  # so that the server ends with this program, however early it is told to
    apply(environment(asked.folder))
    given = os.environ.get("PREFECT_API_URL")
    with nullcontext(given) if given else running(environment(asked.folder), asked.port) as address:
        apply({"PREFECT_API_URL": str(address)})
        # Prefect reads its settings when it is imported, so only now.
        from workflows.nudge import nudge
        from workflows.roster import roster
        from workflows.schedule import keep_serving

        agency, stop = asked.folder.resolve().name, Event()
        Thread(target=nudge, args=(asked.folder, f"drain/{agency}-drain", stop), daemon=True, name="nudge").start()
        try:
            keep_serving(agency, roster(asked.folder, timedelta(seconds=asked.every)))
        finally:
            stop.set()


def _end(_sign: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    main()
