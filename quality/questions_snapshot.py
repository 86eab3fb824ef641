"""The facts of a database kept as columns between questions, and brought up to date by what has moved since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np
from sqlalchemy import Engine, func, select

from engine.stores.sql import SqlReader
from engine.stores.tables import CASE
from quality.columns import Codes, Numbers
from quality.facts import Facts
from quality.joining import joined
from quality.questions_fresh import Run, read
from quality.quiet import uncollected

#: Cases are looked at in blocks of so many numbers of a series.
BLOCK = 250
#: Series and place of a block among those of its series.
Block = tuple[str, int]
#: How a block stands: cases, the sum of their versions, the highest number. Versions only grow, and nothing goes away,
#: so a block that stands as before is as before.
Stand = tuple[int, int, int]
_BITS = 32
_LOW = (1 << _BITS) - 1


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The facts as they stood, with the stand of each block; `block` and `moved_at` go with the ids of the facts.

    `moved_at` is when the last record of a case was written, in seconds since 1970 UTC.
    """

    facts: Facts
    moved_at: Numbers
    block: Codes
    stands: Mapping[Block, Stand]


@dataclass(slots=True)
class Kept:
    """What is kept of one database; `ahead` reads what an earlier process has kept."""

    lock: Lock
    snapshot: Snapshot | None = None


_KEPT: WeakKeyDictionary[Engine, Kept] = WeakKeyDictionary()


def snapshot(reader: SqlReader) -> Snapshot:
    """Return the facts as this reader sees them: only blocks that stand otherwise than before are read anew."""
    from quality.questions_snapshot_file import load, save  # they know how this is made

    kept = _KEPT.setdefault(reader.connection.engine, Kept(Lock()))
    with kept.lock:
        known = kept.snapshot if kept.snapshot is not None else load(reader)
        found, moved = brought_up(reader, known)
        if moved:
            save(reader, found, moved)
        kept.snapshot = found
        return found


def brought_up(reader: SqlReader, known: Snapshot | None) -> tuple[Snapshot, int]:
    """Return what is known, with every block that stands otherwise read anew, and how many cases that were."""
    stands = _stands(reader)
    before = known.stands if known is not None else {}
    moved = sorted(block for block, stand in stands.items() if before.get(block) != stand)
    gone = before.keys() - stands.keys()
    if known is not None and not moved and not gone:
        return known, 0
    order = {block: place for place, block in enumerate(sorted(stands))}
    with uncollected():
        fresh = _read(reader, moved, order)
    if known is None:
        return Snapshot(*fresh, stands), len(fresh[0].ids)
    old = sorted(known.stands)
    stays = np.array([block in order and stands[block] == before[block] for block in old], np.bool_)
    renamed = np.array([order.get(block, 0) for block in old], np.int32)
    keep = stays[known.block] if old else np.zeros(0, np.bool_)
    kept = known.facts.of_cases(keep)
    facts, places = joined(kept, fresh[0])
    moved_at = np.concatenate((known.moved_at[keep], fresh[1]))[places]
    block = np.concatenate((renamed[known.block[keep]], fresh[2]))[places]
    return Snapshot(facts, moved_at, block, stands), len(fresh[0].ids)


def _stands(reader: SqlReader) -> dict[Block, Stand]:
    case = CASE.c
    place = case.number // BLOCK
    told = func.count(), func.sum(case.version), func.max(case.number)
    asked = select(case.series, place, *told).group_by(case.series, place)
    return {(row[0], int(row[1])): (int(row[2]), int(row[3]), int(row[4])) for row in reader.connection.execute(asked)}


def _read(reader: SqlReader, blocks: list[Block], order: Mapping[Block, int]) -> tuple[Facts, Numbers, Codes]:
    found = read(reader, _runs(blocks))
    key = (found.series.codes.astype(np.int64) << _BITS) | (found.number // BLOCK)
    met, of = np.unique(key, return_inverse=True)
    names = found.series.names
    codes = [order[names[one >> _BITS], one & _LOW] for one in met.tolist()]
    return found.facts, found.moved_at, np.array(codes, np.int32)[of]


def _runs(blocks: list[Block]) -> Iterable[Run]:
    """Yield stretches of blocks that follow one another: series, first and last number."""
    for (series, _), run in groupby(enumerate(blocks), key=lambda one: (one[1][0], one[1][1] - one[0])):
        found = [block for _, (_, block) in run]
        yield series, found[0] * BLOCK, found[-1] * BLOCK + BLOCK - 1
