"""A move of many cases shows how far it is, and which it could not move."""

import asyncio
from datetime import UTC, date, datetime

import pytest

from engine.agency import Agency
from engine.commands import OpenCase
from engine.handle import Done, handle
from procedures.shelf import release
from tests.workflows.conftest import OPENED
from workflows import migrate as module
from workflows.showing import Line

#: More cases than per cents would be told of one by one.
CASES = 4


def next_issue(agency: Agency) -> None:
    """Issue the procedure a second time, and open further cases under the first."""
    for number in range(2, CASES + 1):
        command = OpenCase(id=f"c{number}", actor="an.nv", procedure="QT-01", title=f"Công văn {number}")
        assert isinstance(handle(command, store=agency.store, ground=agency, now=OPENED), Done)
    (first,) = agency.shelf.all()
    second = first.procedure.model_copy(update={"issue": 2, "effective_from": date(2026, 3, 3), "note": "x"})
    agency.shelf.publish(release(second, approved_by="Giám đốc", issued_at=datetime(2026, 3, 2, 1, tzinfo=UTC)))


def test_every_case_is_moved_and_the_run_shows_how_far_it_is(overdue: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    next_issue(overdue)
    steps: list[float] = []
    tables: list[list[Line]] = []

    async def begin(_progress: float, **_: object) -> str:
        return "progress"

    async def go_on(_progress: str, to: float) -> None:
        steps.append(to)

    async def show(_key: str, lines: list[Line]) -> None:
        tables.append(lines)

    monkeypatch.setattr(module, "acreate_progress_artifact", begin)
    monkeypatch.setattr(module, "aupdate_progress_artifact", go_on)
    monkeypatch.setattr(module, "shown", show)
    moves = (str(overdue.root), "QT-01", 2, "an.nv", "ban hành lại")
    assert asyncio.run(module.migrate.fn(*moves)) == {"moved": CASES, "refused": 0}
    assert asyncio.run(module.migrate.fn(*moves)) == {"moved": 0, "refused": 0}
    assert steps == [25, 50, 75, 100]
    assert tables == [[], []]
    with overdue.store.reading() as reader:
        assert {case.issue for case in reader.cases(procedure="QT-01")} == {2}
