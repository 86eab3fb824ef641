"""The drain: errands that are free are done now, by as many runs at once as there are workers."""

from asyncio import to_thread
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

from prefect import flow

from engine.agency import Agency
from engine.errands.drain import Drain, Drained
from engine.errands.duty import ask_for, duties
from engine.stores.leases import hold, let_go, shorten
from quality.clockwork import WORKER, own_name
from workflows.folder import opened
from workflows.nudge import COMING
from workflows.showing import shown, told

#: When one has begun and something still waits after this, another is started.
_ANOTHER = timedelta(seconds=8)
#: A run that has died is no longer taken for alive after this.
_ALIVE = timedelta(minutes=30)


class ParkedError(RuntimeError):
    """Something is parked and waits for a person: `quytrinh errand list` tells what."""


def empty(root: Path, only: str | None = None) -> Drained:
    """Do what is free in an agency's folder, of one kind where `only` names it, and return what came of it."""
    name = own_name("prefect")
    with opened(root) as agency:
        _begin(agency, name, only)
        try:
            return Drain(agency, name, only=only).all()
        finally:
            with agency.store.writing() as writer:
                let_go(writer.connection, name)


def _begin(agency: Agency, name: str, only: str | None) -> None:
    now = datetime.now(UTC)
    with agency.store.writing() as writer:
        hold(writer.connection, f"{WORKER}{name}", name, now, _ALIVE)
        if only is None:
            shorten(writer.connection, COMING, now + _ANOTHER)


def _dutiful(root: Path, name: str) -> Drained:
    with opened(root) as agency:
        ask_for(agency, datetime.now(UTC), {name: duties()[name]})
    return empty(root, name)


@flow(name="drain")
async def drain(root: str) -> dict[str, int]:
    """Do what is free, and show each errand with what came of it."""
    with told() as lines:
        came = await to_thread(empty, Path(root))
    await shown("drain", [line for line in lines if line["event"] == "errand"])
    return asdict(came)


@flow(name="duty")
async def duty(root: str, name: str) -> dict[str, int]:
    """Do one duty for its present period, unless that has been done; a run whose duty is parked has failed."""
    with told() as lines:
        came = await to_thread(_dutiful, Path(root), name)
    await shown("duty", lines)
    if came.parked:
        raise ParkedError(name)
    return asdict(came)
