"""Lists of work in SQL: a page begins where the one before ended, and is found by an index however long the list is."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, Table, and_, literal_column, or_, select, union

from engine.store import Place, Work
from engine.stores.tables import BY_DUE, CASE, HOLDER, ITEM

#: More than any list has: a part without end is asked for like any other.
_ALL = 2**31 - 1
#: Where what is never due stands.
_NEVER = int(BY_DUE.partition(",")[2].strip(" )"))


def work(
    connection: Connection,
    posts: frozenset[str] | None,
    assignee: str | None,
    after: Place | None,
    limit: int | None,
) -> list[Work]:
    """Return live work by due instant: each post and the assignee give a page, and the page of these is shown."""
    many = _ALL if limit is None else limit
    if posts is None and assignee is None:
        parts = [_page(_items(), ITEM, after, many)]
    else:
        parts = list(_parts(posts or frozenset(), assignee, after, many))
    if not parts:
        return []
    keys = union(*(select(part.subquery()) for part in parts)).subquery()
    here = and_(ITEM.c.case_id == keys.c.case_id, ITEM.c.number == keys.c.number)
    asked = (
        work_rows()
        .join(keys, here)
        .join(CASE, CASE.c.id == ITEM.c.case_id)
        .order_by(keys.c.by_due, keys.c.case_id, keys.c.number)
        .limit(many)
    )
    return [work_of(row) for row in connection.execute(asked).mappings()]


def _parts(posts: frozenset[str], assignee: str | None, after: Place | None, many: int) -> Iterator[Select[Any]]:
    for post in sorted(posts):
        still = and_(ITEM.c.case_id == HOLDER.c.case_id, ITEM.c.number == HOLDER.c.number, ITEM.c.waits_for == "work")
        asked = select(*_key(HOLDER)).join(ITEM, still).where(HOLDER.c.post == post)
        yield _page(asked, HOLDER, after, many)
    if assignee is not None:
        yield _page(_items().where(ITEM.c.assignee == assignee), ITEM, after, many)


def _items() -> Select[Any]:
    return select(*_key(ITEM)).where(ITEM.c.live, ITEM.c.waits_for == "work")


def _key(table: Table) -> tuple[ColumnElement[Any], ...]:
    return by_due(table).label("by_due"), table.c.case_id, table.c.number


def by_due(table: Table) -> ColumnElement[Any]:
    """Write the expression as the index has it: with a parameter in it the index would not be known again."""
    return literal_column(BY_DUE.replace("due", f"{table.name}.due"))


def _page(asked: Select[Any], table: Table, after: Place | None, many: int) -> Select[Any]:
    """Return so many of the rows after a place; the first condition is the one that an index answers."""
    if after is not None:
        asked = asked.where(behind(table, after))
    return asked.order_by(by_due(table), table.c.case_id, table.c.number).limit(many)


def behind(table: Table, place: Place) -> ColumnElement[bool]:
    """Return the condition that a row comes after a place on a list by due instant."""
    key, (due, case, number) = by_due(table), place
    last = int(due.timestamp()) if due is not None else _NEVER
    within = or_(table.c.case_id > case, and_(table.c.case_id == case, table.c.number > number))
    return and_(key >= last, or_(key > last, within))


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
