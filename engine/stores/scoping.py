"""A scope as a condition on rows: the same cases as `engine.scope.may_read` lets somebody read."""

from sqlalchemy import ColumnElement, and_, or_, select, true

from engine.scope import Scope
from engine.stores.tables import ASKED, CASE, HOLDER, ITEM


def within(scope: Scope) -> ColumnElement[bool]:
    """Return the condition that a row of a case, in the question around it, is within a scope."""
    if scope.units is None:
        return true()
    item, holder, opinion = ITEM.alias(), HOLDER.alias(), ASKED.alias()
    in_hand = or_(item.c.assignee == scope.person, item.c.on_behalf_of == scope.person)
    theirs = or_(in_hand, item.c.unit.in_(scope.units))
    handled = select(item.c.case_id).where(item.c.case_id == CASE.c.id, theirs).correlate(CASE).exists()
    waiting = select(holder.c.case_id).where(and_(holder.c.case_id == CASE.c.id, holder.c.post.in_(scope.posts)))
    asked = select(opinion.c.case_id).where(and_(opinion.c.case_id == CASE.c.id, opinion.c.post.in_(scope.posts)))
    return or_(
        CASE.c.opener == scope.person,
        CASE.c.unit.in_(scope.units),
        handled,
        waiting.correlate(CASE).exists(),
        asked.correlate(CASE).exists(),
    )
