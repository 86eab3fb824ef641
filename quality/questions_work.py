"""Questions to a store for a list of open work that people read: how much stands how, and one page of it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select, true

from engine.posts import person_post
from engine.scope import Scope
from engine.store import Place, Work
from engine.stores import worklist
from engine.stores.sql import SqlReader
from engine.stores.tables import CASE, HOLDER, ITEM
from engine.stores.worklist import Part, by_due, work_of, work_rows

#: How a place is written: when the last piece of work before it is due, its case and its number.
PLACE = "^([0-9]{1,11}|-)[.]([A-Z]{1,12}-[0-9]{4}-[0-9]{4,9})[.]([0-9]{1,9})$"
_PLACE = re.compile(PLACE)
#: Longer lists are neither counted nor sorted whole for people: nobody reads so far.
MOST = 2_000
#: Of more units the work is not looked up unit by unit.
_UNITS = 20
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
    """Return how much of the wanted work stands how; of a list of more than `MOST`, of so much and one that is next."""
    look = _look(wanted).label("look")
    asked = _first(select(look, func.count()), wanted).group_by(look)
    return {row[0]: int(row[1]) for row in reader.connection.execute(asked)}


def total(counted: Mapping[Look, int]) -> int | None:
    """Return how much work was counted in all; None of a list without end, of which only the beginning was."""
    count = sum(counted.values())
    return count if count <= MOST else None


def page(reader: SqlReader, wanted: Wanted, *, skip: int, size: int) -> list[Work]:
    """Return some of what `counts` counts: that of overdue cases first, then by due instant."""
    look = _look(wanted)
    asked = _first(work_rows(), wanted)
    ordered = asked.order_by(look != "late", by_due(ITEM), ITEM.c.case_id, ITEM.c.number)
    rows = reader.connection.execute(ordered.offset(skip).limit(size)).mappings()
    return [work_of(row) for row in rows]


def onward(reader: SqlReader, wanted: Wanted, after: Place | None, size: int) -> list[Work]:
    """Return the wanted work that comes after a place, by due instant alone; it costs the same wherever that is."""
    return worklist.page(reader.connection, _parts(wanted), after, size)


def _first(asked: Select[Any], wanted: Wanted) -> Select[Any]:
    """Ask what is due first of the wanted work for something: it costs the same however long the list is."""
    keys = worklist.first(_parts(wanted), MOST + 1)
    return asked.select_from(keys).join(ITEM, worklist.at(keys)).join(CASE, CASE.c.id == ITEM.c.case_id)


def _parts(wanted: Wanted) -> list[Part]:
    such = _such(wanted)
    return [worklist.meeting(part, *such) if such else part for part in _theirs(wanted)]


def _such(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return what is asked of each piece of work, beyond whose it is; everybody's in a unit is that of the unit."""
    unit = [] if wanted.unit is None or _everybodys(wanted) else [_of(wanted.unit)]
    look = [_look(wanted) == wanted.look] if wanted.look is not None else []
    return [*unit, *look, *([_look(wanted).in_(("late", "slow"))] if wanted.overdue else [])]


def _of(unit: str | None) -> ColumnElement[bool]:
    return true() if unit is None else ITEM.c.unit == unit


def _theirs(wanted: Wanted) -> list[Part]:
    scope = wanted.scope
    if _everybodys(wanted):
        return [worklist.live() if wanted.unit is None else worklist.of_unit(wanted.unit)]
    taken = worklist.taken_by(scope.person)
    if wanted.whose == "units":
        return [taken, *map(worklist.held_for, sorted(scope.posts)), *_of_units(sorted(scope.units or ()))]
    return [taken, *(worklist.held_for(post, _free(scope)) for post in sorted(scope.posts))]


def _free(scope: Scope) -> ColumnElement[bool]:
    """Return the condition that nobody else has an item in hand, or somebody is asked for something further of it."""
    return or_(ITEM.c.assignee.is_(None), ITEM.c.assignee == scope.person, _held(person_post(scope.person)))


def _everybodys(wanted: Wanted) -> bool:
    return wanted.whose == "all" or (wanted.whose == "units" and wanted.scope.units is None)


def _of_units(units: Sequence[str]) -> Iterator[Part]:
    """Yield the work of each unit; of many at once, whose work soon fills a page, as it comes on the list of all."""
    if len(units) <= _UNITS:
        yield from map(worklist.of_unit, units)
    else:
        everybodys, table = worklist.live()
        yield everybodys.where(ITEM.c.unit.in_(units)), table


def _held(post: str) -> ColumnElement[bool]:
    holder = HOLDER.alias()
    here = and_(holder.c.case_id == ITEM.c.case_id, holder.c.number == ITEM.c.number, holder.c.post == post)
    return select(holder.c.case_id).where(here).correlate(ITEM).exists()


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
