"""The nudger starts a drain when an errand has been waiting: `python -m workflows.nudge FOLDER`, or beside a worker."""

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

from engine.agency import Agency
from engine.journal import note, warn, write_lines
from engine.stores import errands as queue
from engine.stores.leases import hold, shorten
from engine.trouble import Trouble
from quality.clockwork import own_name
from workflows.folder import opened
from workflows.settings import apply, environment

_LOOK_EVERY = 2.0
#: The lease that says that a drain is on its way.
COMING = "drain"
#: A drain that was started has begun by then, or died on its way; until then nobody starts another.
_ON_ITS_WAY = timedelta(seconds=20)
#: Whoever is draining already takes it sooner than that.
_PATIENCE = timedelta(seconds=2)


def waiting(agency: Agency, now: datetime) -> bool:
    """Tell whether an errand has been free for a moment and nobody has taken it."""
    with agency.store.reading() as reader:
        since = queue.oldest_free(reader.connection, now)
    return since is not None and now - since >= _PATIENCE


def mine(agency: Agency, name: str, now: datetime) -> bool:
    """Take the turn to start a drain, unless one is on its way; however many nudge, one has it."""
    with agency.store.writing() as writer:
        return hold(writer.connection, COMING, f"{name} {now:%H:%M:%S}", now, _ON_ITS_WAY)


def start(agency: Agency, deployment: str, now: datetime) -> None:
    """Ask the server for a drain; the turn is given back when it cannot be asked."""
    from prefect.deployments import run_deployment

    key = f"{deployment}/{now:%Y%m%d%H%M%S}"
    try:
        run_deployment(deployment, timeout=0, idempotency_key=key, as_subflow=False)
    except BaseException:
        with agency.store.writing() as writer:
            shorten(writer.connection, COMING, now)
        raise


def nudge(root: Path, deployment: str, stop: Event) -> None:
    """Look until stopped, and start one drain at a time: each is a process that takes its time to be there."""
    name = own_name("nudge")
    with opened(root) as agency:
        while not stop.wait(_LOOK_EVERY):
            now = datetime.now(UTC)
            try:
                if waiting(agency, now) and mine(agency, name, now):
                    start(agency, deployment, now)
                    note("nudge", at=f"{now:%H:%M:%S}")
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
