"""What a run shows."""

import asyncio
from pathlib import Path

import pytest

from engine.journal import LOG, note
from workflows import showing
from workflows.showing import shown, told


def test_what_is_noted_meanwhile_is_collected_and_nothing_after() -> None:
    before = LOG.level
    with told() as lines:
        note("look", asked=1)
    note("look", asked=2)
    assert lines == [{"event": "look", "asked": 1}]
    assert LOG.level == before


def test_lines_become_a_table_and_files_become_links(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tables: list[list[dict[str, str]]] = []
    links: list[tuple[str, str]] = []

    async def table(rows: list[dict[str, str]], **_: object) -> None:
        tables.append(rows)

    async def link(address: str, link_text: str, **_: object) -> None:
        links.append((address, link_text))

    monkeypatch.setattr(showing, "acreate_table_artifact", table)
    monkeypatch.setattr(showing, "acreate_link_artifact", link)
    file = tmp_path / "xem xét.docx"
    asyncio.run(shown("duty", []))
    asyncio.run(shown("duty", [{"event": "a", "n": 1}, {"event": "b", "file": str(file)}]))
    assert tables == [[{"event": "a", "n": "1", "file": ""}, {"event": "b", "n": "", "file": str(file)}]]
    assert links == [(file.resolve().as_uri(), "xem xét.docx")]
