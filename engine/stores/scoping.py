"""A scope as a condition on rows: the same cases as `engine.scope.may_read` lets somebody read."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, Subquery, and_, func, or_, select, true, union

from engine.scope import Scope, keys_of
from engine.stores.tables import CASE, READER

#: Where a case stands among the newest: when it was opened, and its id.
Newer = tuple[datetime, str]
#: Cases of a scope that has more are sooner asked one by one than gathered.
_FEW = 20_000
#: Cases of a scope with more keys are not looked for key by key.
_KEYS = 32


def within(scope: Scope) -> ColumnElement[bool]:
    """Return the condition that a row of a case is within a scope, asked of each."""
    if scope.units is None:
        return true()
    mine = and_(READER.c.case_id == CASE.c.id, READER.c.reader.in_(keys_of(scope)))
    return select(READER.c.case_id).where(mine).correlate(CASE).exists()


def among(connection: Connection, scope: Scope) -> ColumnElement[bool]:
    """Return the same condition for a question about all cases: those of a scope that has few are gathered."""
    return CASE.c.id.in_(_mine(scope)) if few(connection, scope) else within(scope)


def few(connection: Connection, scope: Scope) -> bool:
    """Tell whether there are few cases that a scope may read."""
    if scope.units is None:
        return False
    some = _mine(scope).limit(_FEW + 1).subquery()
    return int(connection.execute(select(func.count()).select_from(some)).scalar_one()) <= _FEW


def _mine(scope: Scope) -> Select[tuple[str]]:
    return select(READER.c.case_id).where(READER.c.reader.in_(keys_of(scope)))


def by_key(scope: Scope) -> bool:
    """Tell whether the newest cases of a scope are looked for key by key."""
    return scope.units is not None and len(keys_of(scope)) <= _KEYS


def newest(scope: Scope, such: ColumnElement[bool], after: Newer | None, many: int) -> Subquery:
    """Return the newest cases of a scope that are such (`READER.c.case_id` is their id), behind a place, each once."""
    behind = older(READER.c.opened_at, READER.c.case_id, after) if after is not None else true()
    asked = select(READER.c.opened_at, READER.c.case_id).where(such, behind)
    ordered = asked.order_by(READER.c.opened_at.desc(), READER.c.case_id.desc()).limit(many)
    parts = (ordered.where(READER.c.reader == key).subquery() for key in sorted(keys_of(scope)))
    return union(*(select(part) for part in parts)).subquery()


def older(at: ColumnElement[object], case: ColumnElement[str], place: Newer) -> ColumnElement[bool]:
    """Return the condition that a case comes after a place on a list that has the newest first."""
    return and_(at <= place[0], or_(at < place[0], case < place[1]))
