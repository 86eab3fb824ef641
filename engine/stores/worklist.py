"""Lists of work in SQL: a page begins where the one before ended, and is found by an index however long the list is."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    RowMapping,
    Select,
    Subquery,
    Table,
    and_,
    literal_column,
    select,
    tuple_,
    union,
)

from engine.store import Place, Work
from engine.stores.tables import BY_DUE, CASE, HOLDER, ITEM

#: More than any list has: a part without end is asked for like any other.
_ALL = 2**31 - 1
#: Where what is never due stands.
_NEVER = int(BY_DUE.partition(",")[2].strip(" )"))
#: Some of a list: the question for the places of its work, and the table whose index has them in order.
Part = tuple[Select[Any], Table]


def work(
    connection: Connection,
    posts: frozenset[str] | None,
    assignee: str | None,
    after: Place | None,
    limit: int | None,
) -> list[Work]:
    """Return live work by due instant: all of it, or that of these posts and of the assignee."""
    if posts is None and assignee is None:
        return page(connection, [live()], after, limit)
    taken = [] if assignee is None else [taken_by(assignee)]
    return page(connection, [*(held_for(post) for post in sorted(posts or ())), *taken], after, limit)


def page(connection: Connection, parts: Sequence[Part], after: Place | None, limit: int | None) -> list[Work]:
    """Return so much of the work of all parts, by due instant, as comes after a place: each part gives that much."""
    if not parts:
        return []
    many = _ALL if limit is None else limit
    keys = _together(parts, after, many)
    asked = work_rows().join(keys, at(keys)).join(CASE, CASE.c.id == ITEM.c.case_id)
    ordered = asked.order_by(keys.c.by_due, keys.c.case_id, keys.c.number).limit(many)
    return [work_of(row) for row in connection.execute(ordered).mappings()]


def first(parts: Sequence[Part], many: int) -> Subquery:
    """Return the places of so much of the work of all parts (there is one at least) as is due first, as a table."""
    keys = _together(parts, None, many)
    return select(keys).order_by(keys.c.by_due, keys.c.case_id, keys.c.number).limit(many).subquery()


def live() -> Part:
    """Ask for everybody's work."""
    return _items(), ITEM


def taken_by(person: str) -> Part:
    """Ask for what somebody has in hand."""
    return _items().where(ITEM.c.assignee == person), ITEM


def of_unit(unit: str) -> Part:
    """Ask for the work of a unit."""
    return _items().where(ITEM.c.unit == unit), ITEM


def held_for(post: str, *such: ColumnElement[bool]) -> Part:
    """Ask for what a post may do, whoever has it in hand, where the item is such."""
    shown = select(*_key(HOLDER)).where(HOLDER.c.post == post)
    return shown.where(_said_of(HOLDER, ITEM, ITEM.c.waits_for == "work", *such)), HOLDER


def meeting(part: Part, *such: ColumnElement[bool]) -> Part:
    """Ask for those of which the item and its case are such."""
    asked, table = part
    there = CASE if table is ITEM else ITEM.join(CASE, CASE.c.id == ITEM.c.case_id)
    return asked.where(_said_of(table, there, *such)), table


def _said_of(table: Table, there: FromClause, *such: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return whether what is there of a row of a list is such, as a value: looked up row by row, in the list's order.

    For a condition on joined tables PostgreSQL may read all of them from their beginning, in their own order.
    """
    item = and_(ITEM.c.case_id == HOLDER.c.case_id, ITEM.c.number == HOLDER.c.number)
    own = CASE.c.id == ITEM.c.case_id if table is ITEM else item
    return select(and_(*such)).select_from(there).where(own).correlate(table).scalar_subquery()


def _together(parts: Sequence[Part], after: Place | None, many: int) -> Subquery:
    """Return the places of so much of each part as comes after a place, as a table, each once."""
    asked = (one.limit(many) for part in parts for one in _behind(part, after))
    return union(*(select(one.subquery()) for one in asked)).subquery()


def at(keys: Subquery) -> ColumnElement[bool]:
    """Return the condition that an item stands at one of these places."""
    return and_(ITEM.c.case_id == keys.c.case_id, ITEM.c.number == keys.c.number)


def _items() -> Select[Any]:
    return select(*_key(ITEM)).where(ITEM.c.live, ITEM.c.waits_for == "work")


def _key(table: Table) -> tuple[ColumnElement[Any], ...]:
    return by_due(table).label("by_due"), table.c.case_id, table.c.number


def by_due(table: Table) -> ColumnElement[Any]:
    """Write the expression as the index has it: with a parameter in it the index would not be known again."""
    return literal_column(BY_DUE.replace("due", f"{table.name}.due"))


def _behind(part: Part, place: Place | None) -> Iterator[Select[Any]]:
    """Yield the questions for what comes after a place: the rest of what is due at that instant, and what is due later.

    Asked in one, SQLite would begin at the instant, and read again all that is due then and was on the pages before.
    """
    asked, table = part
    due, within = by_due(table), (table.c.case_id, table.c.number)
    if place is None:
        yield asked.order_by(due, *within)
        return
    last = int(place[0].timestamp()) if place[0] is not None else _NEVER
    yield asked.where(due == last, tuple_(*within) > place[1:]).order_by(*within)
    yield asked.where(due > last).order_by(due, *within)


def work_rows() -> Select[Any]:
    """Return the question for everything that a list says of work; it is still to be joined with the cases."""
    return select(ITEM, CASE.c.procedure, CASE.c.title, CASE.c.due.label("case_due"), CASE.c.status.label("of_case"))


def work_of(row: RowMapping) -> Work:
    """Return what a list says of one piece of work."""
    return Work(
        case=row["case_id"],
        procedure=row["procedure"],
        title=row["title"],
        item=row["number"],
        step=row["step"],
        attempt=row["attempt"],
        role=row["role"],
        unit=row["unit"],
        assignee=row["assignee"],
        opened_at=row["opened_at"],
        due=row["due"],
        case_due=row["case_due"],
        case_status=row["of_case"],
    )
