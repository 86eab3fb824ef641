"""Schemathesis asks the API, on a real server, everything that its document allows and much that it does not."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from engine.agency import Agency
from engine.stores.audit import verify
from engine.stores.sql import SqlStore
from tests import postgres
from tests.web.api.programs import NOW, V1, played, token
from tests.web.serving import PATIENCE, served
from web.app import make_app

#: A body that the document allows may still be refused by the rules of the agency, with 422 too. Nothing is reported.
SETTINGS = "[checks]\npositive_data_acceptance.enabled = false\n"
#: How the program ends with what it has seen.
TOLD = re.compile(r"(\d+) generated")


@contextmanager
def standing(folder: Path, store: SqlStore | None = None) -> Iterator[tuple[str, Agency]]:
    """A server before an agency whose cases have been played, which answers as fast as it is asked."""
    agency, _ = played(folder, store)
    fast = replace(agency, settings=replace(agency.settings, api_per_minute=10**9))
    with served(make_app(fast, now=lambda: NOW)) as address:
        yield address, fast
    agency.store.close()


def asked(folder: Path, address: str, shown: str, *how: str) -> int:
    """Let the program ask; returns how many requests it has made. Every failure it sees is a failure here."""
    (folder / "schemathesis.toml").write_text(SETTINGS)
    document, headers = f"{address}{V1}/openapi.json", {"Authorization": f"Bearer {shown}"}
    # Whoever asks first waits until it is made, and the program waits ten seconds at most.
    assert httpx.get(document, headers=headers, timeout=PATIENCE).status_code == 200
    program = [sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()"]
    line = [*program, "--config-file", "schemathesis.toml", "run", document]
    patient = ["--suppress-health-check", "too_slow", "--request-timeout", str(PATIENCE)]
    more = ["-H", f"Authorization: Bearer {shown}", "--no-color", "-w", "1", "--seed", "7", *patient, *how]
    done = subprocess.run([*line, *more], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    found = TOLD.search(done.stdout)
    assert found, done.stdout[-2000:]
    return int(found[1])


def lists_can_be_read(agency: Agency, address: str) -> None:
    """Nothing that was let in keeps anybody from reading a list, and every case still follows from its log."""
    headers = {"Authorization": f"Bearer {token(agency, 'em', 'read')}"}
    for path in ("/cases?limit=200", "/work?whose=units", "/nonconformities", "/figures", "/procedures"):
        assert httpx.get(f"{address}{V1}{path}", headers=headers, timeout=PATIENCE).status_code == 200
    assert not verify(agency.store).faults


def test_what_the_document_allows_is_answered_as_it_says(tmp_path: Path) -> None:
    with standing(tmp_path) as (address, agency):
        count = asked(
            tmp_path, address, token(agency, "em"), "--phases", "examples,coverage,fuzzing", "-m", "positive", "-n", "2"
        )
        assert count > 250
        lists_can_be_read(agency, address)


@pytest.mark.torture
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("person", ["an", "binh", "em", "giang"])
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_nothing_that_can_be_asked_breaks_anything(tmp_path: Path, database: str, person: str) -> None:
    store = postgres.fresh_store() if database == "postgresql" else None
    with standing(tmp_path, store) as (address, agency):
        count = asked(tmp_path, address, token(agency, person), "-n", "100")
        assert count > 4_000
        lists_can_be_read(agency, address)
        print(f"{database}, {person}: {count} requests, 0 failures")  # noqa: T201 - the figure is the point
