"""Backups made while clerks work: each holds every transition acknowledged before it began, and verifies."""

import random
from contextlib import suppress
from pathlib import Path
from threading import Thread

from engine.stores.audit import verify
from engine.stores.copying import copy_out
from engine.stores.sql import SqlStore
from tests.postgres import server
from tests.torture.clerks import Ledger, office, work
from tests.torture.figure import Figure

_CLERKS = 3
_FRESH = 10


def on_sqlite(figure: Figure, backups: int, folder: Path) -> None:
    """Back an SQLite file up."""
    folder.mkdir(parents=True, exist_ok=True)
    for part in range(figure.did.get("backups", 0), backups, _FRESH):
        _back_up(figure, SqlStore(folder / f"live-{part}.db"), min(_FRESH, backups - part), folder)


def on_postgres(figure: Figure, backups: int, folder: Path) -> None:
    """Back a database on a server up."""
    folder.mkdir(parents=True, exist_ok=True)
    for part in range(figure.did.get("backups", 0), backups, _FRESH):
        _back_up(figure, SqlStore(server().database()), min(_FRESH, backups - part), folder)


def _back_up(figure: Figure, store: SqlStore, backups: int, folder: Path) -> None:
    ledger, over = Ledger(), list[bool]()

    def hear(line: str) -> None:
        if over:
            raise SystemExit
        ledger.hear(line)

    def clerk(number: int) -> None:
        with suppress(SystemExit):
            work(office(store), f"{number}", random.Random(f"{figure.seed}/{number}"), hear)

    clerks = [Thread(target=clerk, args=(number,), daemon=True) for number in range(_CLERKS)]
    for one in clerks:
        one.start()
    try:
        for number in range(backups):
            seen = len(ledger.acknowledged)
            while len(ledger.acknowledged) < seen + _CLERKS:
                clerks[0].join(0.01)
                assert any(clerk.is_alive() for clerk in clerks)
            sure = set(ledger.acknowledged)
            path = folder / f"backup-{number}.db"
            copy_out(store, path)
            copied = SqlStore(path, durable=False)
            with copied.reading() as reader:
                there = {record.command for case in reader.case_ids() for record in reader.log(case)}
            figure.count("backups")
            figure.count("transitions acknowledged before", len(sure))
            if lost := sure - there:
                figure.wrong(f"backup {number}: {len(lost)} of {len(sure)} are missing")
            figure.violations += [f"backup {number}: {fault.case}: {fault.words}" for fault in verify(copied).faults]
            copied.close()
            for left in folder.glob(f"{path.name}*"):
                left.unlink()
    finally:
        over.append(True)
        for one in clerks:
            one.join()
        store.close()
    figure.part_done()
