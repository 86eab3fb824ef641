"""Questions about a few cases, each answered by an index: those that look alike, those of units that are gone."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from engine.case import Case, CaseStatus
from engine.state import read_case
from engine.store import Alike
from engine.stores.tables import ASKED, CASE, ENTERED, HOLDER
from engine.texts import ERASED

#: So many cases are read at a time.
_PAGE = 500


def every_case(connection: Connection) -> Iterator[Case]:
    """Go through all cases by id, some hundreds in memory at a time."""
    last = ""
    asked = select(CASE.c.id, CASE.c.state).order_by(CASE.c.id).limit(_PAGE)
    while rows := connection.execute(asked.where(CASE.c.id > last)).all():
        yield from (read_case(row.state) for row in rows)
        last = rows[-1].id


def in_units(connection: Connection, units: frozenset[str], posts: frozenset[str]) -> list[str]:
    """Return the running cases of one of these units, or with work or opinions for one of these posts."""
    running = CASE.c.status.in_((CaseStatus.OPEN.value, CaseStatus.PAUSED.value))
    own = select(CASE.c.id).where(running, CASE.c.unit.in_(units))
    held = select(HOLDER.c.case_id).where(HOLDER.c.post.in_(posts))
    asked = select(ASKED.c.case_id).where(ASKED.c.post.in_(posts))
    return sorted(connection.execute(own.union(held, asked)).scalars())


def called_by(connection: Connection, case: str) -> list[str]:
    """Return the cases that a case has called, in order."""
    return list(connection.execute(select(CASE.c.id).where(CASE.c.parent_case == case).order_by(CASE.c.id)).scalars())


def repeating_erased(connection: Connection) -> list[tuple[str, str]]:
    """Return (case that was called, case that called it) where the title of the latter is erased and it is not."""
    caller = CASE.alias()
    asked = select(CASE.c.id, caller.c.id).join(caller, caller.c.id == CASE.c.parent_case)
    left = asked.where(caller.c.title == ERASED, CASE.c.title != ERASED).order_by(CASE.c.id)
    return [(row[0], row[1]) for row in connection.execute(left)]


def alike(connection: Connection, asked: Alike) -> Case | None:
    """Return the newest case that looks like the same one, unless it was withdrawn."""
    hers = CASE.c.opener == asked.opener
    ways = [and_(CASE.c.title == asked.title, or_(hers, CASE.c.unit.in_(asked.units)))] if asked.title else []
    if asked.values:
        ways.append(and_(hers, *(_entered(name, value) for name, value in asked.values)))
    fresh = (CASE.c.procedure == asked.procedure, CASE.c.opened_at >= asked.since)
    stands = CASE.c.status != CaseStatus.WITHDRAWN.value
    newest = (CASE.c.opened_at.desc(), CASE.c.id.desc())
    found = [
        connection.execute(select(CASE.c.state).where(*fresh, stands, way).order_by(*newest).limit(1)).scalar()
        for way in ways
    ]
    cases = [read_case(state) for state in found if state is not None]
    return max(cases, key=lambda case: (case.opened_at, case.id), default=None)


def _entered(name: str, value: str) -> ColumnElement[bool]:
    there = (ENTERED.c.case_id == CASE.c.id, ENTERED.c.name == name, ENTERED.c.value == value)
    return select(ENTERED.c.name).where(*there).exists()
