"""Questions to a store for a list of open work that people read: how much stands how, and one page of it."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select, true

from engine.posts import person_post
from engine.scope import Scope
from engine.store import Place, Work
from engine.stores.sql import SqlReader
from engine.stores.tables import CASE, HOLDER, ITEM
from engine.stores.worklist import behind, by_due, work_of, work_rows

#: How a place is written: when the last piece of work before it is due, its case and its number.
PLACE = "^([0-9]{1,11}|-)[.]([A-Z]{1,12}-[0-9]{4}-[0-9]{4,9})[.]([0-9]{1,9})$"
_PLACE = re.compile(PLACE)
#: How work stands: its case is overdue, the step is behind, due soon, in time, or its case is paused.
Look = Literal["late", "slow", "near", "safe", "paused"]
#: Whose work: everybody's, what one may do and nobody else has in hand, or that of one's units.
Whose = Literal["all", "mine", "units"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which work: whose, in whose eyes, of which unit, and how it stands. What is due before `near` is due soon.

    `overdue` is what is late or slow.
    """

    now: datetime
    near: datetime
    whose: Whose = "all"
    scope: Scope = Scope()  # noqa: RUF009 - it is frozen
    look: Look | None = None
    unit: str | None = None
    overdue: bool = False


def text_of(place: Place) -> str:
    """Return a place on the list as it is handed to whoever asks for what comes after it."""
    due, case_id, number = place
    return f"{'-' if due is None else int(due.timestamp())}.{case_id}.{number}"


def place_of(text: str) -> Place | None:
    """Read a place; None where a text is none."""
    found = _PLACE.fullmatch(text)
    if found is None:
        return None
    due = None if found[1] == "-" else datetime.fromtimestamp(int(found[1]), UTC)
    return due, found[2], int(found[3])


def counts(reader: SqlReader, wanted: Wanted) -> dict[Look, int]:
    """Return how much work stands how, whatever look is wanted."""
    look = _look(wanted).label("look")
    asked = _listed(select(look, func.count()), wanted).group_by(look)
    if wanted.overdue:
        asked = asked.where(_overdue(wanted))
    return {row[0]: int(row[1]) for row in reader.connection.execute(asked)}


def page(reader: SqlReader, wanted: Wanted, *, skip: int, size: int) -> list[Work]:
    """Return some of the wanted work: that of overdue cases first, then by due instant."""
    look = _look(wanted)
    asked = _looking(work_rows(), wanted)
    ordered = asked.order_by(look != "late", by_due(ITEM), ITEM.c.case_id, ITEM.c.number)
    rows = reader.connection.execute(ordered.offset(skip).limit(size)).mappings()
    return [work_of(row) for row in rows]


def onward(reader: SqlReader, wanted: Wanted, after: Place | None, size: int) -> list[Work]:
    """Return the wanted work that comes after a place, by due instant alone."""
    asked = _looking(work_rows(), wanted)
    if after is not None:
        asked = asked.where(behind(ITEM, after))
    ordered = asked.order_by(by_due(ITEM), ITEM.c.case_id, ITEM.c.number)
    return [work_of(row) for row in reader.connection.execute(ordered.limit(size)).mappings()]


def _looking(asked: Select[Any], wanted: Wanted) -> Select[Any]:
    listed = _listed(asked, wanted)
    if wanted.overdue:
        listed = listed.where(_overdue(wanted))
    return listed if wanted.look is None else listed.where(_look(wanted) == wanted.look)


def _listed(asked: Select[Any], wanted: Wanted) -> Select[Any]:
    whole = asked.select_from(ITEM).join(CASE, CASE.c.id == ITEM.c.case_id)
    whole = whole.where(ITEM.c.live, ITEM.c.waits_for == "work", _theirs(wanted))
    return whole if wanted.unit is None else whole.where(ITEM.c.unit == wanted.unit)


def _theirs(wanted: Wanted) -> ColumnElement[bool]:
    scope = wanted.scope
    if wanted.whose == "all" or (wanted.whose == "units" and scope.units is None):
        return true()
    mine = or_(ITEM.c.assignee == scope.person, _held(scope.posts))
    if wanted.whose == "units":
        return or_(mine, ITEM.c.unit.in_(scope.units or ()))
    asked_of_the_very_person = _held({person_post(scope.person)})  # a further task, whoever has the step in hand
    return and_(mine, or_(ITEM.c.assignee.is_(None), ITEM.c.assignee == scope.person, asked_of_the_very_person))


def _held(posts: Collection[str]) -> ColumnElement[bool]:
    here = and_(HOLDER.c.case_id == ITEM.c.case_id, HOLDER.c.number == ITEM.c.number, HOLDER.c.post.in_(posts))
    return select(HOLDER.c.case_id).where(here).correlate(ITEM).exists()


def _overdue(wanted: Wanted) -> ColumnElement[bool]:
    return _look(wanted).in_(("late", "slow"))


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
