"""Questions to a store for lists that people read: a page of cases, and how many stand where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import BigInteger, ColumnElement, and_, func, or_, select, true, type_coerce

from engine.case import Case
from engine.scope import EVERYTHING, Scope
from engine.state import read_case
from engine.stores.scoping import within
from engine.stores.sql import SqlReader
from engine.stores.tables import CASE, ITEM
from engine.stores.words import saying
from quality.candidate import SERIES

#: Where cases stand, for people who choose. Running: all of them, or by how they stand with their time. Over: at a
#: result, in time or late (one that had no limit is neither), or without one.
Standing = Literal[
    "open", "late", "slow", "near", "safe", "paused", "ended", "ended_in_time", "ended_late", "withdrawn", "stopped"
]
STANDINGS: tuple[Standing, ...] = get_args(Standing)
#: Where a case stands among the newest: when it was opened, and its id.
Newer = tuple[datetime, str]
#: A running case is due soon with a fifth of its time left.
FIFTH = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases, in whose eyes; without a procedure no nonconformities. What is due before `near` is due soon.

    They stand in one of `standings`, are of `unit` (an empty one: of none), were opened by or in the hands of one of
    `people`, answer to all `words` (as `engine.finding.words_asked` makes them), and were opened, or with `by_end`
    ended, in [since, until).
    """

    now: datetime
    near: datetime
    scope: Scope = EVERYTHING
    procedure: str | None = None
    standings: tuple[Standing, ...] = ()
    unit: str | None = None
    people: frozenset[str] | None = None
    words: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    by_end: bool = False


def page(reader: SqlReader, wanted: Wanted, *, skip: int, size: int) -> list[Case]:
    """Return some of the wanted cases, the newest first."""
    asked = select(CASE.c.state).where(meets(reader, wanted)).order_by(CASE.c.opened_at.desc(), CASE.c.id.desc())
    states = reader.connection.execute(asked.offset(skip).limit(size)).scalars()
    return [read_case(state) for state in states]


def onward(reader: SqlReader, wanted: Wanted, after: Newer | None, size: int) -> list[Case]:
    """Return the wanted cases that come after a place, the newest first; it costs the same wherever the place is."""
    such = meets(reader, wanted) if after is None else and_(meets(reader, wanted), _older(after))
    asked = select(CASE.c.state).where(such).order_by(CASE.c.opened_at.desc(), CASE.c.id.desc())
    found = reader.connection.execute(asked.limit(size)).scalars()
    return [read_case(state) for state in found]


def count(reader: SqlReader, wanted: Wanted, most: int | None = None) -> int:
    """Return how many cases are wanted; with `most`, no more than so many are counted."""
    some = select(CASE.c.id).where(meets(reader, wanted)).limit(most).subquery()
    return int(reader.connection.execute(select(func.count()).select_from(some)).scalar_one())


def open_by_procedure(reader: SqlReader, scope: Scope = EVERYTHING) -> dict[str, int]:
    """Return how many running cases each procedure has within a scope; one without any is left out."""
    running = and_(_RUNNING, within(scope))
    asked = select(CASE.c.procedure, func.count()).where(running).group_by(CASE.c.procedure)
    return {row[0]: row[1] for row in reader.connection.execute(asked)}


def running_before(reader: SqlReader, procedure: str, issue: int, scope: Scope = EVERYTHING) -> int:
    """Return how many running cases of a procedure, within a scope, were opened under an earlier issue than this."""
    asked = select(func.count()).where(CASE.c.procedure == procedure, CASE.c.issue < issue, _RUNNING, within(scope))
    return int(reader.connection.execute(asked).scalar_one())


def named(reader: SqlReader, ids: Sequence[str], scope: Scope = EVERYTHING) -> list[Case]:
    """Return the cases with these ids in their order; one that is unknown or out of scope is passed over."""
    asked = select(CASE.c.id, CASE.c.state).where(CASE.c.id.in_(ids), within(scope))
    states = {row.id: row.state for row in reader.connection.execute(asked)}
    return [read_case(states[one]) for one in dict.fromkeys(ids) if one in states]


def ids_within(reader: SqlReader, series: str, scope: Scope) -> set[str]:
    """Return the ids of the cases of a series (HS, KPH) that are within a scope."""
    asked = select(CASE.c.id).where(CASE.c.series.startswith(f"{series}-"), within(scope))
    return set(reader.connection.execute(asked).scalars())


_NO_NONCONFORMITY = ~CASE.c.series.startswith(f"{SERIES}-")
_RUNNING = CASE.c.status.in_(("open", "paused"))


def meets(reader: SqlReader, wanted: Wanted) -> ColumnElement[bool]:
    """Return the condition that a row of a case is one of the wanted."""
    at = CASE.c.ended_at if wanted.by_end else CASE.c.opened_at
    return and_(
        _NO_NONCONFORMITY if wanted.procedure is None else CASE.c.procedure == wanted.procedure,
        within(wanted.scope),
        or_(*(standing(one, wanted.now, wanted.near) for one in wanted.standings)) if wanted.standings else true(),
        (CASE.c.unit == wanted.unit if wanted.unit else CASE.c.unit.is_(None)) if wanted.unit is not None else true(),
        _handled(wanted.people) if wanted.people is not None else true(),
        saying(reader.connection, wanted.words),
        at >= wanted.since if wanted.since is not None else true(),
        at < wanted.until if wanted.until is not None else true(),
    )


def _older(place: Newer) -> ColumnElement[bool]:
    at, case = place
    return or_(CASE.c.opened_at < at, and_(CASE.c.opened_at == at, CASE.c.id < case))


def standing(which: Standing, now: datetime, near: datetime) -> ColumnElement[bool]:
    """Say in the database what `web.status.case_tag` says of one case."""
    case, minute = CASE.c, now.replace(second=0, microsecond=0)
    counting = and_(case.status == "open", case.stopped_at.is_(None))
    late = case.due < minute
    behind = and_(ITEM.c.case_id == case.id, ITEM.c.live, ITEM.c.due < minute)
    slow = select(ITEM.c.case_id).where(behind).correlate(CASE).exists()
    due, opened = (type_coerce(at, BigInteger) for at in (case.due, case.opened_at))
    seconds = int(now.timestamp())
    soon = or_(case.due < near, due * (FIFTH - 1) + opened <= seconds * FIFTH)
    ended = type_coerce(case.ended_at, BigInteger)
    in_time = ended - ended % 60 <= due
    return {
        "open": _RUNNING,
        "late": and_(counting, case.due.is_not(None), late),
        "slow": and_(counting, or_(case.due.is_(None), ~late), slow),
        "near": and_(counting, case.due.is_not(None), ~late, ~slow, soon),
        "safe": and_(counting, or_(case.due.is_(None), and_(~late, ~soon)), ~slow),
        "paused": or_(case.status == "paused", and_(case.status == "open", case.stopped_at.is_not(None))),
        "ended": case.status == "ended",
        "ended_in_time": and_(case.status == "ended", case.due.is_not(None), in_time),
        "ended_late": and_(case.status == "ended", case.due.is_not(None), ~in_time),
        "withdrawn": case.status == "withdrawn",
        "stopped": case.status == "stopped",
    }[which]


def _handled(people: frozenset[str]) -> ColumnElement[bool]:
    theirs = or_(ITEM.c.assignee.in_(people), ITEM.c.on_behalf_of.in_(people))
    return or_(CASE.c.opener.in_(people), CASE.c.id.in_(select(ITEM.c.case_id).where(theirs)))
