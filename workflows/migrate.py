"""The move of many cases to a later issue, with its progress to be seen; a run that died is simply started again."""

from asyncio import to_thread
from datetime import UTC, datetime
from pathlib import Path

from prefect import flow
from prefect.artifacts import acreate_progress_artifact, aupdate_progress_artifact

from engine.bulk import Moved, movable, move
from workflows.folder import opened
from workflows.showing import Line, shown


@flow(name="migrate")
async def migrate(root: str, procedure: str, issue: int, actor: str, reason: str) -> dict[str, int]:
    """Move every running case of a procedure that can go on under `issue`, in the name of a person."""
    with opened(Path(root)) as agency:
        cases = await to_thread(movable, agency.store, procedure, issue)
        progress = await acreate_progress_artifact(0, key="migrate", description=f"{procedure}@{issue}")
        refused: list[Line] = []
        for number, case in enumerate(cases, 1):
            # In a thread, so that the run can say meanwhile that it is alive.
            came = await to_thread(move, agency.store, agency, Moved(case, issue, actor, reason), datetime.now(UTC))
            if came is not None:
                refused.append({"case": case, "why": came.into("vi")})
            if 100 * number // len(cases) > 100 * (number - 1) // len(cases):
                await aupdate_progress_artifact(progress, 100 * number // len(cases))
    await shown("migrate", refused)
    return {"moved": len(cases) - len(refused), "refused": len(refused)}
