"""The tick: one look at everything whose time has come in an agency's folder."""

from datetime import UTC, datetime
from pathlib import Path

from prefect import flow

from engine.agency import open_agency
from quality.sweep import sweep


def look(root: Path, now: datetime) -> int:
    """Sweep the cases of the agency's folder `root` as of `now`; return how many new breaches were recorded."""
    agency = open_agency(root)
    return sweep(agency.store, now)


@flow(name="tick")
async def tick(root: str) -> int:
    """Look once; asynchronous only because Prefect makes a synchronous flow a second slower."""
    return look(Path(root), datetime.now(UTC))
