"""The tick: one look at everything whose time has come in an agency's folder."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from prefect import flow

from engine.agency import open_agency
from quality import look as everything
from quality.sweep import Swept


def look(root: Path, now: datetime) -> Swept:
    """Look at the cases of the agency's folder `root` as of `now`; raises `Unusable` when the folder has faults."""
    agency = open_agency(root)
    try:
        return everything.look(agency.store, agency, now)
    finally:
        agency.store.close()


@flow(name="tick")
async def tick(root: str) -> dict[str, int]:
    """Look once and count what is new; asynchronous only because a synchronous flow takes a second longer."""
    return asdict(look(Path(root), datetime.now(UTC)))
