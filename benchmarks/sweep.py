"""How long a sweep takes over many open items of which 1 % became overdue, beside the bare set-based statements."""

import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.recompute import ROOT, Office, office
from engine.commands import OpenCase
from engine.draft import Draft
from engine.log import GENESIS, Cause, chain
from engine.opening import open_case
from engine.rules import Rules
from engine.stores.audit import verify
from engine.stores.sql import SqlStore
from engine.stores.writers import driver_of
from engine.stores.writes import Write, writes
from engine.texts import apart
from procedures.load import load_file
from procedures.shelf import MemoryShelf, release
from quality.sweep import sweep
from tests.postgres import server

CHUNK, ROUNDS = 2_000, 3
#: The first cases, 1 % of all in each of `ROUNDS` days, were opened before the others: their first step is due first.
SHARE = 100
FIRST = datetime(2026, 3, 9, 1, tzinfo=UTC)
LATER = datetime(2026, 3, 23, 1, tzinfo=UTC)
#: The bare work, over an index of due instants: two statements. Nothing is decided, hashed, encoded or logged.
BARE = (
    "CREATE TABLE bare_item AS SELECT case_id, number, due, watch FROM work_item",
    "CREATE INDEX bare_watch ON bare_item (watch) WHERE watch IS NOT NULL",
    "CREATE TABLE bare_breach (case_id text, number integer, due bigint, PRIMARY KEY (case_id, number))",
)
BARE_SWEEP = (
    "INSERT INTO bare_breach SELECT case_id, number, due FROM bare_item WHERE watch < {limit}",
    "UPDATE bare_item SET watch = NULL WHERE watch < {limit}",
)


def eight_steps() -> Office:
    """Return the sample agency with the purchase in eight steps, the first due in a working day, and its policy."""
    given = office()
    shelf = MemoryShelf()
    for file in ("benchmarks/w1.yaml", "procedures.d/QT-HT-04.yaml"):
        found = load_file(ROOT / file, ROOT).procedure
        assert found is not None
        shelf.publish(release(found, approved_by="em", issued_at=datetime(2025, 12, 20, tzinfo=UTC)))
    return Office(shelf, given.organisation, given.calendars)


def cases(given: Office, count: int) -> Iterator[list[Write]]:
    """Yield what writes so many open cases, each with one open item; the decision is made once for each instant."""
    issue = given.shelf.release("QT-W1", 1)
    rules = Rules(issue, given.organisation, given.calendars)
    decided: dict[datetime, Draft] = {}
    for number in range(count):
        group = number // (count // SHARE)
        now = FIRST + timedelta(days=group) if group < ROUNDS else LATER
        asked = OpenCase(id=f"c{number}", actor="hệ thống", procedure=issue.code, title="Mua máy in", unit="Văn phòng")
        if now not in decided:
            draft = open_case(rules, "HS-2026-0000000", asked, now)
            assert isinstance(draft, Draft), draft
            decided[now] = draft
        draft, name = decided[now], f"HS-2026-{number + 1:07d}"
        cause, texts = Cause(asked.id, "0" * 64, "hệ thống", now), apart(draft.events, 0, asked.id)
        records = chain(name, draft.events, cause, seq=0, head=GENESIS, texts=texts)
        yield writes(None, draft.case.but(id=name), records, ())


def fill(store: SqlStore, given: Office, count: int) -> None:
    """Put so many open cases into a store."""
    found: list[Write] = []
    for number, told in enumerate(cases(given, count), 1):
        found += told
        if number % CHUNK == 0 or number == count:
            with store.writing() as writer:
                store.database.carry_out(driver_of(writer.connection), found)
            found = []


def bare(store: SqlStore, limit: datetime) -> float:
    """Return how long the bare statements take, in seconds."""
    begin = time.perf_counter()
    with store.writing() as writer:
        for statement in BARE_SWEEP:
            driver_of(writer.connection).execute(statement.format(limit=int(limit.timestamp())))
    return time.perf_counter() - begin


def timed(store: SqlStore, given: Office, now: datetime) -> tuple[float, float, int]:
    """Return how long a sweep takes, how long the processor worked in this process, and what was late."""
    begin, worked = time.perf_counter(), time.process_time()
    found = sweep(store, given, now)
    return time.perf_counter() - begin, time.process_time() - worked, found.late_steps


def measure(name: str, store: SqlStore, count: int, *, check: bool) -> None:
    """Fill, sweep in interleaved rounds, and print."""
    given = eight_steps()
    begin = time.perf_counter()
    fill(store, given, count)
    with store.writing() as writer:
        for statement in BARE:
            driver_of(writer.connection).execute(statement)
    print(f"{name}: {count} open items, filled in {time.perf_counter() - begin:.0f} s", flush=True)
    for number in range(ROUNDS):
        now = FIRST + timedelta(days=number + 1, hours=9)
        alone = bare(store, now)
        taken, worked, late = timed(store, given, now)
        empty = sorted(timed(store, given, now)[0] for _ in range(9))
        told = f"bare {alone * 1000:.0f} ms, ours {taken:.2f} s ({worked:.2f} s of processor)"
        print(f"  {late} newly late: {told}; an empty sweep {empty[4] * 1000:.1f} ms (best {empty[0] * 1000:.1f})")
        assert late == count // SHARE
    if check:
        verdict = verify(store)
        assert verdict.sound, verdict.faults[:3]
        print("  every hash chain and every row verifies")


def main(arguments: Sequence[str]) -> None:
    """Measure on both databases and print."""
    numbers = [int(one) for one in arguments if one.isdecimal()]
    count, check = (numbers or [1_000_000])[0], "--verify" in arguments
    with TemporaryDirectory() as folder:
        stores: dict[str, Any] = {
            "SQLite": lambda: SqlStore(Path(folder) / "a.db"),
            "PostgreSQL": lambda: SqlStore(server().database()),
        }
        for name, opened in stores.items():
            if not any(one in stores for one in arguments) or name in arguments:
                store = opened()
                measure(name, store, count, check=check)
                store.close()


if __name__ == "__main__":
    main(sys.argv[1:])
