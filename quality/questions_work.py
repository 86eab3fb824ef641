"""Questions to a store for a list of open work that people read: how much stands how, and one page of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select, true

from engine.scope import Scope
from engine.store import Place, Work
from engine.stores.sql import SqlReader
from engine.stores.tables import CASE, HOLDER, ITEM
from engine.stores.worklist import behind, by_due, work_of, work_rows

#: How work stands: its case is overdue, the step is behind, due soon, in time, or its case is paused.
Look = Literal["late", "slow", "near", "safe", "paused"]
#: Whose work: everybody's, what one may do and nobody else has in hand, or that of one's units.
Whose = Literal["all", "mine", "units"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which work: whose, in whose eyes, and how it stands. What is due before `near` is due soon."""

    now: datetime
    near: datetime
    whose: Whose = "all"
    scope: Scope = Scope()  # noqa: RUF009 - it is frozen
    look: Look | None = None


def counts(reader: SqlReader, wanted: Wanted) -> dict[Look, int]:
    """Return how much work stands how, whatever look is wanted."""
    look = _look(wanted).label("look")
    asked = _listed(select(look, func.count()), wanted).group_by(look)
    return {row[0]: int(row[1]) for row in reader.connection.execute(asked)}


def page(reader: SqlReader, wanted: Wanted, *, skip: int, size: int) -> list[Work]:
    """Return some of the wanted work: that of overdue cases first, then by due instant."""
    look = _look(wanted)
    asked = _listed(work_rows(), wanted)
    if wanted.look is not None:
        asked = asked.where(look == wanted.look)
    ordered = asked.order_by(look != "late", by_due(ITEM), ITEM.c.case_id, ITEM.c.number)
    rows = reader.connection.execute(ordered.offset(skip).limit(size)).mappings()
    return [work_of(row) for row in rows]


def onward(reader: SqlReader, wanted: Wanted, after: Place | None, size: int) -> list[Work]:
    """Return the wanted work that comes after a place, by due instant alone."""
    asked = _listed(work_rows(), wanted)
    if wanted.look is not None:
        asked = asked.where(_look(wanted) == wanted.look)
    if after is not None:
        asked = asked.where(behind(ITEM, after))
    ordered = asked.order_by(by_due(ITEM), ITEM.c.case_id, ITEM.c.number)
    return [work_of(row) for row in reader.connection.execute(ordered.limit(size)).mappings()]


def _listed(asked: Select[Any], wanted: Wanted) -> Select[Any]:
    whole = asked.select_from(ITEM).join(CASE, CASE.c.id == ITEM.c.case_id)
    return whole.where(ITEM.c.live, ITEM.c.waits_for == "work", _theirs(wanted))


def _theirs(wanted: Wanted) -> ColumnElement[bool]:
    scope = wanted.scope
    if wanted.whose == "all" or (wanted.whose == "units" and scope.units is None):
        return true()
    post = and_(HOLDER.c.case_id == ITEM.c.case_id, HOLDER.c.number == ITEM.c.number, HOLDER.c.post.in_(scope.posts))
    mine = or_(ITEM.c.assignee == scope.person, select(HOLDER.c.case_id).where(post).correlate(ITEM).exists())
    if wanted.whose == "units":
        return or_(mine, ITEM.c.unit.in_(scope.units or ()))
    return and_(mine, or_(ITEM.c.assignee.is_(None), ITEM.c.assignee == scope.person))


def _look(wanted: Wanted) -> ColumnElement[str]:
    """Say in the database what `web.status.work_tag` says of one piece of work."""
    minute = wanted.now.replace(second=0, microsecond=0)
    return case(
        (CASE.c.status == "paused", literal("paused")),
        (CASE.c.due < minute, literal("late")),
        (ITEM.c.due < minute, literal("slow")),
        (ITEM.c.due < wanted.near, literal("near")),
        else_=literal("safe"),
    )
