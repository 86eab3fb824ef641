"""Everything that runs by itself for an agency, one line each."""

from datetime import timedelta
from pathlib import Path

from workflows.schedule import Served
from workflows.tick import tick


def roster(root: Path, every: timedelta) -> list[Served]:
    """Return what is served for the agency's folder `root`; the tick comes every `every`."""
    return [Served(tick, every, {"root": str(root.resolve())})]
