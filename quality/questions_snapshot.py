"""The facts of a database kept as columns between questions, and brought up to date by what has moved since."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
from sqlalchemy import BigInteger, ColumnElement, Engine, Select, and_, false, func, or_, select, type_coerce
from sqlalchemy import case as sql_case

from engine.rows import WHOLE_CASE
from engine.stores.sql import SqlReader
from engine.stores.tables import BREACH, CASE, EVENT, ITEM
from quality.columns import Codes, Numbers
from quality.facts import BreachFact, CaseFact, Facts, ItemFact
from quality.joining import joined
from quality.quiet import uncollected

#: Cases are looked at in blocks of so many numbers of a series.
BLOCK = 250
#: Series and place of a block among those of its series.
Block = tuple[str, int]
#: How a block stands: cases, the sum of their versions, the highest number. Versions only grow, and nothing goes away,
#: so a block that stands as before is as before.
Stand = tuple[int, int, int]
_Row = TypeVar("_Row")


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
    wanted = or_(false(), *map(_in, _runs(blocks)))
    cases = rows(reader, _cases().where(wanted), lambda row: row)
    facts = Facts.of(
        0,
        (CaseFact._make(row[:_WIDTH]) for row in cases),
        rows(reader, _items().where(wanted), ItemFact._make),
        rows(reader, breach_rows().where(wanted), BreachFact._make),
    )
    cases.sort(key=lambda row: row[0])
    moved = np.fromiter((row[-1] for row in cases), np.int64)
    of = np.fromiter((order[row[_WIDTH], row[_WIDTH + 1] // BLOCK] for row in cases), np.int32)
    return facts, moved, of


def _runs(blocks: list[Block]) -> Iterable[tuple[str, int, int]]:
    """Yield stretches of blocks that follow one another: series, first and last number."""
    for (series, _), run in groupby(enumerate(blocks), key=lambda one: (one[1][0], one[1][1] - one[0])):
        found = [block for _, (_, block) in run]
        yield series, found[0] * BLOCK, found[-1] * BLOCK + BLOCK - 1


def _in(run: tuple[str, int, int]) -> ColumnElement[bool]:
    series, first, last = run
    return and_(CASE.c.series == series, CASE.c.number.between(first, last))


def seconds(column: Any) -> ColumnElement[int]:
    """Read an instant as the number it is kept as: a million datetimes cost more than the counting."""
    return type_coerce(column, BigInteger)


_WIDTH = len(CaseFact._fields)


def _cases() -> Select[Any]:
    case = CASE.c
    told = (seconds(column) for column in (case.opened_at, case.due, case.promised, case.ended_at))
    last = and_(EVENT.c.case_id == case.id, EVENT.c.seq == case.version)
    plain = (case.id, case.procedure, case.issue, case.unit, case.status)
    return select(*plain, *told, case.supplements, case.series, case.number, seconds(EVENT.c.at)).join(EVENT, last)


def _items() -> Select[Any]:
    item = ITEM.c
    begun = func.coalesce(item.started_at, item.claimed_at)
    told = (seconds(column) for column in (item.opened_at, begun, item.finished_at, item.due))
    performer = sql_case((item.status == "done", item.assignee))
    plain = (item.case_id, item.number, item.step, item.attempt, item.status, item.waits_for, item.unit)
    return select(*plain, *told, item.returned_to, performer, item.outcome).join(CASE, CASE.c.id == item.case_id)


def breach_rows() -> Select[Any]:
    """Ask for recorded breaches with what tells when each came about."""
    breach = BREACH.c
    item = and_(ITEM.c.case_id == breach.case_id, ITEM.c.number == breach.number, breach.number != WHOLE_CASE)
    due, found = seconds(breach.due), seconds(breach.found_at)
    at = func.coalesce(due, seconds(ITEM.c.finished_at), found)
    return (
        select(
            *(breach.case_id, breach.number, breach.kind, breach.step, due, at, breach.seq),
            *(CASE.c.procedure, CASE.c.issue, breach.part),
        )
        .join(CASE, CASE.c.id == breach.case_id)
        .join(ITEM, item, isouter=True)
    )


def rows(reader: SqlReader, asked: Select[Any], make: Callable[[Any], _Row]) -> list[_Row]:
    """Take rows straight from the driver: everything asked here is text or a number already."""
    cursor = reader.connection.execute(asked).cursor
    if cursor is None:
        raise LookupError("a question without rows")
    return list(map(make, cursor.fetchall()))
