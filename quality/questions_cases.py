"""Questions to a store for lists that people read: a page of cases, and how many stand where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import BigInteger, ColumnElement, Select, and_, func, or_, select, true, type_coerce

from engine.case import Case
from engine.scope import EVERYTHING, Scope
from engine.state import read_case
from engine.stores.scoping import Newer, among, by_key, few, newest, older, within
from engine.stores.sql import SqlReader
from engine.stores.tables import CASE, ITEM, READER
from engine.stores.words import Saying, saying
from quality.candidate import SERIES

#: Where cases stand, for people who choose. Running: all of them, or by how they stand with their time. Over: at a
#: result, in time or late (one that had no limit is neither), or without one.
Standing = Literal[
    "open", "late", "slow", "near", "safe", "paused", "ended", "ended_in_time", "ended_late", "withdrawn", "stopped"
]
STANDINGS: tuple[Standing, ...] = get_args(Standing)
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

    @property
    def plain(self) -> bool:
        """Tell whether nothing but words is asked for."""
        left_open = (self.procedure, self.unit, self.people, self.since, self.until)
        return not self.standings and all(one is None for one in left_open)


def page(reader: SqlReader, wanted: Wanted, *, skip: int, size: int) -> list[Case]:
    """Return some of the wanted cases, the newest first."""
    return _read(reader, _newest(reader, wanted, None, skip + size).offset(skip).limit(size))


def onward(reader: SqlReader, wanted: Wanted, after: Newer | None, size: int) -> list[Case]:
    """Return the wanted cases that come after a place, the newest first; it costs the same wherever the place is."""
    return _read(reader, _newest(reader, wanted, after, size).limit(size))


def count(reader: SqlReader, wanted: Wanted, most: int | None = None) -> int:
    """Return how many cases are wanted; with `most`, no more than so many are counted."""
    if most is not None and few(reader.connection, wanted.scope):
        asked = _some(reader, wanted, most)
    else:
        asked = select(CASE.c.id).where(meets(reader, wanted)).limit(most)
    return int(reader.connection.execute(select(func.count()).select_from(asked.subquery())).scalar_one())


def _some(reader: SqlReader, wanted: Wanted, most: int) -> Select[tuple[str]]:
    such, by_keys = _sought(reader, wanted)
    if by_keys:
        return select(newest(wanted.scope, such, None, most).c.case_id).limit(most)
    return select(CASE.c.id).where(such).limit(most)


def _newest(reader: SqlReader, wanted: Wanted, after: Newer | None, many: int) -> Select[tuple[bytes]]:
    """Ask for so many of the wanted cases as come after a place, the newest first."""
    such, by_keys = _sought(reader, wanted)
    if by_keys:
        found = newest(wanted.scope, such, after, many)
        asked = select(CASE.c.state).join(found, found.c.case_id == CASE.c.id)
        return asked.order_by(found.c.opened_at.desc(), found.c.case_id.desc())
    behind = older(CASE.c.opened_at, CASE.c.id, after) if after is not None else true()
    return select(CASE.c.state).where(such, behind).order_by(CASE.c.opened_at.desc(), CASE.c.id.desc())


def _read(reader: SqlReader, asked: Select[tuple[bytes]]) -> list[Case]:
    return [read_case(state) for state in reader.connection.execute(asked).scalars()]


def open_by_procedure(reader: SqlReader, scope: Scope = EVERYTHING) -> dict[str, int]:
    """Return how many running cases each procedure has within a scope; one without any is left out."""
    running = and_(_RUNNING, among(reader.connection, scope))
    asked = select(CASE.c.procedure, func.count()).where(running).group_by(CASE.c.procedure)
    return {row[0]: row[1] for row in reader.connection.execute(asked)}


def running_before(reader: SqlReader, procedure: str, issue: int, scope: Scope = EVERYTHING) -> int:
    """Return how many running cases of a procedure, within a scope, were opened under an earlier issue than this."""
    asked = select(func.count()).where(
        CASE.c.procedure == procedure, CASE.c.issue < issue, _RUNNING, among(reader.connection, scope)
    )
    return int(reader.connection.execute(asked).scalar_one())


def named(reader: SqlReader, ids: Sequence[str], scope: Scope = EVERYTHING) -> list[Case]:
    """Return the cases with these ids in their order; one that is unknown or out of scope is passed over."""
    asked = select(CASE.c.id, CASE.c.state).where(CASE.c.id.in_(ids), within(scope))
    states = {row.id: row.state for row in reader.connection.execute(asked)}
    return [read_case(states[one]) for one in dict.fromkeys(ids) if one in states]


def ids_within(reader: SqlReader, series: str, scope: Scope) -> set[str]:
    """Return the ids of the cases of a series (HS, KPH) that are within a scope."""
    asked = select(CASE.c.id).where(CASE.c.series.startswith(f"{series}-"), among(reader.connection, scope))
    return set(reader.connection.execute(asked).scalars())


_RUNNING = CASE.c.status.in_(("open", "paused"))


def meets(reader: SqlReader, wanted: Wanted) -> ColumnElement[bool]:
    """Return the condition that a row of a case is one of the wanted."""
    return and_(_meets(wanted, saying(reader.connection, wanted.words)), among(reader.connection, wanted.scope))


def _sought(reader: SqlReader, wanted: Wanted) -> tuple[ColumnElement[bool], bool]:
    """Return what is asked of a case on a list, and whether by the keys of the scope, which have the newest first.

    That is so where nothing but words is asked for, and none of them is rare. Of the few cases that a rare word leaves
    each is asked who may read it, and those that meet other filters may be found sooner by those.
    """
    said = saying(reader.connection, wanted.words)
    if said.rare:
        return and_(_meets(wanted, said), within(wanted.scope)), False
    if by_key(wanted.scope) and wanted.plain:
        return and_(_no_nonconformity(READER.c.case_id), said.of_each(READER.c.case_id)), True
    return and_(_meets(wanted, said), among(reader.connection, wanted.scope)), False


def _meets(wanted: Wanted, said: Saying) -> ColumnElement[bool]:
    at = CASE.c.ended_at if wanted.by_end else CASE.c.opened_at
    return and_(
        _no_nonconformity(CASE.c.id) if wanted.procedure is None else CASE.c.procedure == wanted.procedure,
        or_(*(standing(one, wanted.now, wanted.near) for one in wanted.standings)) if wanted.standings else true(),
        (CASE.c.unit == wanted.unit if wanted.unit else CASE.c.unit.is_(None)) if wanted.unit is not None else true(),
        _handled(wanted.people) if wanted.people is not None else true(),
        said.of(CASE.c.id),
        at >= wanted.since if wanted.since is not None else true(),
        at < wanted.until if wanted.until is not None else true(),
    )


def _no_nonconformity(case: ColumnElement[str]) -> ColumnElement[bool]:
    return ~case.startswith(f"{SERIES}-")


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
