"""The tick: one look at everything whose time has come in an agency's folder, and the duties of the present periods."""

from asyncio import to_thread
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from prefect import flow

from engine.errands.duty import ask_for
from engine.journal import note
from engine.stores import errands as queue
from quality import look as everything
from quality.sweep import Swept
from workflows.folder import opened
from workflows.showing import shown, told


def look(root: Path, now: datetime) -> Swept:
    """Look at the cases of the agency's folder `root` as of `now`; raises `Unusable` when the folder has faults."""
    with opened(root) as agency:
        with agency.store.writing() as writer:
            queue.adopt(writer.connection, now)
        swept = everything.look(agency.store, agency, now)
        note("look", asked=ask_for(agency, now), **asdict(swept))
        return swept


@flow(name="tick")
async def tick(root: str) -> dict[str, int]:
    """Look once and show what is new; asynchronous only because a synchronous flow takes a second longer."""
    with told() as lines:
        swept = await to_thread(look, Path(root), datetime.now(UTC))
    await shown("tick", [line for line in lines if any(asdict(swept).values())])
    return asdict(swept)
