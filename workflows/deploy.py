"""Telling a Prefect server what runs by itself, for workers on any machine: `python -m workflows.deploy FOLDER`."""

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from workflows.settings import apply, environment

POOL = "quytrinh"
#: A run whose worker has been silent for so long is marked as crashed; heartbeats come three times as often.
SILENT = timedelta(seconds=90)
_EVERY = 300


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the work pool, the deployments and the watch over dead runs; what is there already is brought up to date."""
    reader = argparse.ArgumentParser(prog="python -m workflows.deploy", description=__doc__)
    reader.add_argument("folder", type=Path, help="the agency's folder, at the same place on every machine")
    reader.add_argument("--pool", default=POOL, help="work pool (default: %(default)s)")
    reader.add_argument("--every", type=int, default=_EVERY, help="seconds between two ticks (default: %(default)s)")
    asked = reader.parse_args(arguments)
    if "PREFECT_API_URL" not in os.environ:
        sys.stderr.write("PREFECT_API_URL is not set: where is the server?\n")
        return 2
    apply(environment(asked.folder))
    # Prefect reads its settings when it is imported, so only now.
    from workflows.roster import roster

    make_pool(asked.pool)
    agency = asked.folder.resolve().name
    for one in roster(asked.folder, timedelta(seconds=asked.every)):
        one.deployment(agency, asked.pool).apply()
        sys.stdout.write(f"{one.flow.name}/{agency}-{one.name}\n")
    sys.stdout.write(f"{watch_over_the_dead()}\n")
    return 0


def make_pool(name: str) -> None:
    """Make a pool whose workers start processes, unless it is there."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.actions import WorkPoolCreate
    from prefect.exceptions import ObjectNotFound

    with get_client(sync_client=True) as client:
        try:
            client.read_work_pool(name)
        except ObjectNotFound:
            client.create_work_pool(WorkPoolCreate(name=name, type="process"))


def watch_over_the_dead() -> str:
    """Let the server mark a run as crashed whose heartbeat has stopped; return the name of the automation.

    Nothing of ours hangs on it: leases run out by themselves. It keeps the console honest.
    """
    from prefect.automations import Automation
    from prefect.client.schemas.objects import StateType
    from prefect.events.actions import ChangeFlowRunState
    from prefect.events.schemas.automations import EventTrigger, Posture

    name = "quytrinh: runs whose worker died"
    ends = {f"prefect.flow-run.{state}" for state in ("Completed", "Failed", "Cancelled", "Crashed")}
    beat = "prefect.flow-run.heartbeat"
    made = Automation(
        name=name,
        trigger=EventTrigger(
            match={"prefect.resource.id": "prefect.flow-run.*"},
            for_each={"prefect.resource.id"},
            after={beat},
            expect={beat, *ends},
            posture=Posture.Proactive,
            threshold=1,
            within=SILENT,
        ),
        actions=[ChangeFlowRunState(state=StateType.CRASHED, message="its worker has been silent")],
    )

    async def make() -> None:
        try:
            await Automation.aread(name=name)
        except ValueError:
            await made.acreate()

    asyncio.run(make())
    return name


if __name__ == "__main__":
    sys.exit(main())
