"""Opinions that are awaited, asked of an SQL store by the posts that may give them."""

from sqlalchemy import Connection, select

from engine.rows import asked_of
from engine.state import read_case
from engine.store import Asked
from engine.stores.tables import ASKED, CASE


def asked(connection: Connection, posts: frozenset[str] | None) -> list[Asked]:
    """Return the opinions that are awaited from these posts, or all of them, by due instant."""
    # The few that are awaited lead to their cases; asked of every case, it would cost what all cases cost.
    awaited = select(ASKED.c.case_id) if posts is None else select(ASKED.c.case_id).where(ASKED.c.post.in_(posts))
    states = connection.execute(select(CASE.c.state).where(CASE.c.id.in_(awaited))).scalars()
    return sorted((one for state in states for one in asked_of(read_case(state), posts)), key=Asked.order)
