"""The roster of figures: what runs, how much of it in the short and the long form, and the controls that must fail."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.torture import (
    backups,
    clock,
    crowd,
    faults,
    kills,
    migrations,
    powerloss,
    pure_core,
    race,
    rebuilds,
    same,
    sweepers,
    tamper,
)
from tests.torture.figure import Run


@dataclass(frozen=True)
class Entry:
    """One figure: what it shows, its run, how much of it in the short and the long form; a control must find faults."""

    shows: str
    run: Run
    short: int
    long: int
    control: bool = False


#: By name: the figure of the agreed list, and which part of it.
FIGURES: Mapping[str, Entry] = {
    "G1": Entry("random commands on random procedures against a model", pure_core.commands, 600, 10_000_000),
    "G1-control": Entry("the same against a model without joins", pure_core.forgetful, 600, 6_000, control=True),
    "G2": Entry("the same commands in memory, on SQLite, on PostgreSQL", same.three_stores, 50, 200_000),
    "G3-sqlite": Entry("clerks killed, SQLite", kills.on_sqlite, 8, 1_000),
    "G3-postgres": Entry("clients killed, PostgreSQL", kills.on_postgres, 6, 1_000),
    "G4": Entry("the whole PostgreSQL killed", kills.whole_server, 1, 100),
    "G4-control": Entry("the same without waiting for the disk", kills.without_waiting, 1, 10, control=True),
    "G5": Entry("power lost", powerloss.durable, 160, 20_000),
    "G5-normal": Entry("power lost, synchronous NORMAL", powerloss.normal, 32, 400, control=True),
    "G5-off": Entry("power lost, synchronous OFF", powerloss.off, 32, 400, control=True),
    "G5-delete": Entry("power lost, journal DELETE", powerloss.deleting, 32, 400, control=True),
    "G6": Entry("the disk fails at the n-th call", faults.every_call, 6, 2_400),
    "G6-control": Entry("a store that acknowledges what failed", faults.lying, 6, 60, control=True),
    "G7-sqlite": Entry("so many seconds of 200 clients over HTTP, SQLite", crowd.on_sqlite, 2, 1_800),
    "G7-postgres": Entry("the same, two programs on PostgreSQL", crowd.on_postgres, 2, 1_800),
    "G8-sqlite": Entry("a hundred people on one item, SQLite", race.on_sqlite, 3, 10_000),
    "G8-postgres": Entry("a hundred people on one item, PostgreSQL", race.on_postgres, 1, 10_000),
    "G11": Entry("the log changed", tamper.everything, 22, 10_000),
    "G11-control": Entry("forged with care, no checkpoint", tamper.without_a_checkpoint, 3, 300, control=True),
    "G12": Entry("every table drawn again", rebuilds.large, 1_000, 1_000_000),
    "G13-sqlite": Entry("backups under load, SQLite", backups.on_sqlite, 3, 100),
    "G13-postgres": Entry("backups under load, PostgreSQL", backups.on_postgres, 1, 100),
    "G14": Entry("each release moved up, and killed meanwhile", migrations.each_release, 3, 20),
    "G15": Entry("the clock jumps", clock.jumps, 100, 10_000),
    "G16-sqlite": Entry("sixteen sweeps at once, SQLite", sweepers.on_sqlite, 10, 5_000),
    "G16-postgres": Entry("sixteen sweeps at once, PostgreSQL", sweepers.on_postgres, 4, 5_000),
}
