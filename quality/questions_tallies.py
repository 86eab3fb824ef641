"""Questions to a store for a leader: how many cases stand, came and went where, counted by the database."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal, select, type_coerce

from engine.case import Case
from engine.state import read_case
from engine.stores.sql import SqlReader
from engine.stores.tables import CASE, Instant
from quality.questions_cases import Standing, Wanted, meets, standing

#: How running cases stand; each stands in one of these.
LOOKS: tuple[Standing, ...] = ("late", "slow", "near", "safe", "paused")
_ENDS: tuple[Standing, ...] = ("ended_in_time", "ended_late", "withdrawn", "stopped", "ended")


def running(reader: SqlReader, wanted: Wanted) -> Counter[tuple[str | None, Standing]]:
    """Return how many running cases of each unit stand how; `wanted` says nothing of standings."""
    look = _which(LOOKS, wanted).label("look")
    return _counted(reader, replace(wanted, standings=("open",)), CASE.c.unit, look)


def came(reader: SqlReader, wanted: Wanted, edges: Sequence[datetime]) -> Counter[tuple[int, str]]:
    """Return how many cases of each procedure were opened from each of these instants, by its place, to the next."""
    days = replace(wanted, since=edges[0], until=edges[-1], by_end=False)
    return _counted(reader, days, _place(CASE.c.opened_at, edges), CASE.c.procedure)


def went(reader: SqlReader, wanted: Wanted, edges: Sequence[datetime]) -> Counter[tuple[int, str, Standing]]:
    """Return how many cases of each procedure were over from each of these instants to the next, by their end."""
    days = replace(wanted, since=edges[0], until=edges[-1], by_end=True)
    return _counted(
        reader, days, _place(CASE.c.ended_at, edges), CASE.c.procedure, _which(_ENDS, wanted).label("ended")
    )


def ages(reader: SqlReader, wanted: Wanted, edges: Sequence[datetime]) -> Counter[tuple[int]]:
    """Return how many running cases were opened from each of these instants, by its place, to the next."""
    days = replace(wanted, since=edges[0], until=edges[-1], by_end=False, standings=("open",))
    return _counted(reader, days, _place(CASE.c.opened_at, edges))


def longest_late(reader: SqlReader, wanted: Wanted, size: int) -> list[Case]:
    """Return the cases that have been late the longest."""
    asked = select(CASE.c.state).where(meets(reader, replace(wanted, standings=("late",))))
    states = reader.connection.execute(asked.order_by(CASE.c.due, CASE.c.id).limit(size)).scalars()
    return [read_case(state) for state in states]


def _counted(reader: SqlReader, wanted: Wanted, *by: ColumnElement[Any]) -> Counter[Any]:
    asked: Select[Any] = select(*by, func.count()).where(meets(reader, wanted)).group_by(*by)
    return Counter({tuple(row[:-1]): int(row[-1]) for row in reader.connection.execute(asked)})


def _which(among: Sequence[Standing], wanted: Wanted) -> ColumnElement[str]:
    """Say in the database which standing a case has; the last is that of all the rest."""
    return case(
        *((standing(one, wanted.now, wanted.near), literal(one)) for one in among[:-1]), else_=literal(among[-1])
    )


def _place(at: ColumnElement[Any], edges: Sequence[datetime]) -> ColumnElement[int]:
    """Say in the database between which edges an instant lies."""
    whens = ((at < type_coerce(edge, Instant), literal(place)) for place, edge in enumerate(edges[1:]))
    return case(*whens).label("place")
