"""What each release has left is moved up by a program that is killed in the middle: every byte of its log is kept."""

import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from engine.stores.audit import verify
from engine.stores.rebuild import compare
from engine.stores.sql import SqlStore
from engine.trouble import OlderTables
from tests.engine.stores.test_schema import RELEASES, as_left_by, log_left_by, log_of, on_a_server
from tests.torture.figure import Figure


def each_release(figure: Figure, kills: int, folder: Path) -> None:
    """Move every release up on both databases, with so many kills of the program on each."""
    folder.mkdir(parents=True, exist_ok=True)
    for release in RELEASES:
        before = log_left_by(release, folder)
        for kind in ("sqlite", "postgres"):
            took = 0.0
            for part in range(kills + 1):  # once without a kill, which tells how long it takes
                left = as_left_by(release, folder / f"{release.stem}-{kind}-{part}.db")
                where = left if kind == "sqlite" else on_a_server(release, left)
                moment = random.Random(f"{figure.seed}/{release.stem}/{kind}/{part}").uniform(0, took)
                if part:
                    _killed(figure, where, moment)
                else:
                    took = _measured(where)
                for said in _moved_up(figure, where, before):
                    figure.wrong(f"{release.stem} on {kind}, killed after {moment:.3f} s: {said}")
            figure.count("releases, each on both databases", int(kind == "sqlite"))
    figure.part_done()


def _measured(where: Path | str) -> float:
    """Move a database up and return how many seconds that takes."""
    began = time.monotonic()
    SqlStore(where, upgrade=True).close()
    return time.monotonic() - began


def _killed(figure: Figure, where: Path | str, moment: float) -> None:
    """Kill a program that moves a database up, a moment after it has begun."""
    begun, ready = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(ready, b"x")
            SqlStore(where, upgrade=True)
        finally:
            os._exit(0)
    os.read(begun, 1)
    time.sleep(moment)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    for end in (begun, ready):
        os.close(end)
    figure.count("kills")
    with suppress(OlderTables):
        SqlStore(where).close()
        figure.count("of these after all was done")


def _moved_up(figure: Figure, where: Path | str, before: str) -> Iterator[str]:
    """Move a database up, or go on with it, and hold it against what its release has left."""
    store = SqlStore(where, upgrade=True)
    if log_of(store) != before:
        yield "the log is not the one that was left"
    verdict, told = verify(store), compare(store)
    figure.count("events", verdict.events)
    yield from (f"{fault.case}/{fault.seq}: {fault.words}" for fault in (*verdict.faults, *told.faults))
    if not told.same:
        yield "the tables are not what the log tells"
    store.close()
