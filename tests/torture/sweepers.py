"""Sixteen sweeps at once, some of them killed: of every breach there is one record, never two and never none."""

import os
import random
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from engine.stores.audit import verify
from engine.stores.sql import SqlStore
from engine.trouble import Trouble
from quality.sweep import sweep
from tests.engine.house import at
from tests.postgres import server
from tests.torture.clerks import NOW, office
from tests.torture.figure import Figure

_SWEEPERS = 16
#: At most so many breaches come of one case.
_EACH = 4
_LATE = at(20, 9)
Open = Callable[[], SqlStore]


def on_sqlite(figure: Figure, breaches: int, folder: Path) -> None:
    """Sweep an SQLite file."""
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(figure, breaches, lambda: SqlStore(folder / "sweep.db"))


def on_postgres(figure: Figure, breaches: int, folder: Path) -> None:
    """Sweep a database on a server."""
    address = server().database()
    _sweep(figure, breaches, lambda: SqlStore(address))


def _sweep(figure: Figure, breaches: int, opened: Open) -> None:
    store = opened()
    given, expected = office(store), set[tuple[str, int | None]]()
    while len(expected) < breaches:
        for _ in range(-(-(breaches - len(expected)) // _EACH)):
            given.ordered(NOW)
        with store.reading() as reader:
            expected = set(reader.overdue(_LATE))
    store.close()
    rng = random.Random(figure.seed)
    children = [_sweeper(opened) for _ in range(_SWEEPERS)]
    time.sleep(rng.uniform(0.2, 1.0))
    for child in rng.sample(children, _SWEEPERS // 4):
        os.kill(child, signal.SIGKILL)
        figure.count("sweepers killed")
    for child in children:
        os.waitpid(child, 0)
    sweep(store, given, _LATE)  # the next look of the schedule
    figure.count("sweepers", _SWEEPERS)
    figure.count("breaches", len(expected))
    with store.reading() as reader:
        left = reader.overdue(_LATE)
        told = [(case, record.event.item) for case in reader.case_ids() for record in reader.log(case)
                if record.event.kind == "BreachRecorded"]  # fmt: skip
    if sorted(told, key=repr) != sorted(expected, key=repr):
        figure.wrong(f"{len(told)} recorded of {len(expected)}, {len(told) - len(set(told))} of them twice")
    if left:
        figure.wrong(f"{len(left)} are still to be recorded")
    figure.violations += [f"{fault.case}: {fault.words}" for fault in verify(store).faults]
    store.close()


def _sweeper(opened: Open) -> int:
    child = os.fork()
    if child:
        return child
    try:
        store = opened()
        for _ in range(3):
            with suppress(Trouble):
                sweep(store, office(store), _LATE)
    finally:
        os._exit(0)
