"""The same commands in memory, on SQLite and on PostgreSQL: the same answers, the same state, the same bytes."""

from pathlib import Path

from engine.stores.audit import verify
from engine.stores.rebuild import compare
from engine.stores.sql import SqlStore
from tests.engine.test_any_procedure import play, repeat, same
from tests.postgres import fresh_store
from tests.torture.figure import Figure

_TURNS = 100


def three_stores(figure: Figure, commands: int, folder: Path) -> None:
    """Play random commands on random procedures in memory, repeat them on both databases, and compare all answers."""
    folder.mkdir(parents=True, exist_ok=True)
    while figure.did.get("commands through SQL", 0) < commands:
        part = figure.did.get("procedures", 0)
        played, _ = play(figure.seed * 1_000_003 + part, _TURNS)
        stores = [SqlStore(folder / f"{part}.db", durable=False), fresh_store()]
        drawn = []
        for store in stores:
            try:
                same(played.office, repeat(played, store))
            except AssertionError as fault:
                figure.wrong(f"{part}: {str(fault).splitlines()[0]}")
            verdict, told = verify(store), compare(store)
            drawn.append(told.kept)
            figure.violations += [f"{part}: {fault.words}" for fault in (*verdict.faults, *told.faults)]
            figure.count("commands through SQL", len(played.given))
            figure.count("events", verdict.events)
            store.close()
        if len(set(drawn)) != 1:
            figure.wrong(f"{part}: the tables differ between the databases")
        figure.count("procedures")
        figure.part_done()
