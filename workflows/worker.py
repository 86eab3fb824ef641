"""A worker on any machine: `python -m workflows.worker FOLDER`, with PREFECT_API_URL naming the server."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from workflows.deploy import POOL
from workflows.settings import apply, environment


def main(arguments: Sequence[str] | None = None) -> None:
    """Become Prefect's own worker, under our switches."""
    reader = argparse.ArgumentParser(prog="python -m workflows.worker", description=__doc__)
    reader.add_argument("folder", type=Path, help="the agency's folder, at the same place on every machine")
    reader.add_argument("--pool", default=POOL, help="work pool (default: %(default)s)")
    asked = reader.parse_args(arguments)
    apply(environment(asked.folder))
    line = [sys.executable, "-m", "prefect", "worker", "start", "--pool", asked.pool, "--type", "process"]
    os.execv(sys.executable, line)  # noqa: S606 - our own Python and Prefect


if __name__ == "__main__":
    main()
