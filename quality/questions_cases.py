"""Questions to a store for lists that people read: a page of cases, and how many stand where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Literal, get_args

from sqlalchemy import BigInteger, ColumnElement, and_, func, or_, select, type_coerce

from engine.case import Case, read_case
from engine.rows import WHOLE_CASE
from engine.scope import EVERYTHING, Scope
from engine.stores.scoping import within
from engine.stores.sql import SqlReader
from engine.stores.tables import BREACH, CASE
from procedures.text import fold
from quality.candidate import SERIES
from quality.facts import CaseFact

#: Where cases stand, for people who choose: running (paused too), running and past due, paused, ended, withdrawn.
Standing = Literal["open", "late", "paused", "ended", "withdrawn"]
STANDINGS: tuple[Standing, ...] = get_args(Standing)
#: Where a case stands among the newest: when it was opened, and its id.
Newer = tuple[datetime, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases: of a procedure, of a standing, within a scope; without a procedure no nonconformities."""

    procedure: str | None = None
    standing: Standing | None = None
    scope: Scope = EVERYTHING


def page(reader: SqlReader, wanted: Wanted, now: datetime, *, skip: int, size: int) -> list[Case]:
    """Return some of the wanted cases, the newest first."""
    asked = select(CASE.c.state).where(_meets(wanted, now)).order_by(CASE.c.opened_at.desc(), CASE.c.id.desc())
    states = reader.connection.execute(asked.offset(skip).limit(size)).scalars()
    return [read_case(state) for state in states]


def onward(reader: SqlReader, wanted: Wanted, now: datetime, after: Newer | None, size: int) -> list[Case]:
    """Return the wanted cases that come after a place, the newest first; it costs the same wherever the place is."""
    meets = _meets(wanted, now) if after is None else and_(_meets(wanted, now), _older(after))
    asked = select(CASE.c.state).where(meets).order_by(CASE.c.opened_at.desc(), CASE.c.id.desc())
    found = reader.connection.execute(asked.limit(size)).scalars()
    return [read_case(state) for state in found]


def searched(reader: SqlReader, wanted: Wanted, now: datetime, after: Newer | None, size: int, text: str) -> list[Case]:
    """Return of them those whose code or title holds a text, with or without its accents."""
    meets = _meets(wanted, now) if after is None else and_(_meets(wanted, now), _older(after))
    asked = select(CASE.c.id, CASE.c.title).where(meets).order_by(CASE.c.opened_at.desc(), CASE.c.id.desc())
    rows = reader.connection.execute(asked.execution_options(yield_per=1000))
    found = islice((row.id for row in rows if fold(text) in fold(f"{row.id} {row.title}")), size)
    return named(reader, list(found))


def count(reader: SqlReader, wanted: Wanted, now: datetime) -> int:
    """Return how many cases are wanted."""
    asked = select(func.count()).select_from(CASE).where(_meets(wanted, now))
    return int(reader.connection.execute(asked).scalar_one())


def open_by_procedure(reader: SqlReader, scope: Scope = EVERYTHING) -> dict[str, int]:
    """Return how many running cases each procedure has within a scope; one without any is left out."""
    meets = and_(_STANDS["open"], within(scope))
    asked = select(CASE.c.procedure, func.count()).where(meets).group_by(CASE.c.procedure)
    return {row[0]: row[1] for row in reader.connection.execute(asked)}


def case_facts(reader: SqlReader, scope: Scope = EVERYTHING) -> list[CaseFact]:
    """Return the facts about every case within a scope that is no nonconformity, in the order they were opened."""
    case = CASE.c
    instants = (type_coerce(at, BigInteger) for at in (case.opened_at, case.due, case.promised, case.ended_at))
    asked = select(case.id, case.procedure, case.issue, case.unit, case.status, *instants, case.supplements)
    ordered = asked.where(_NO_NONCONFORMITY, within(scope)).order_by(case.opened_at, case.id)
    return [CaseFact._make(row) for row in reader.connection.execute(ordered)]


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
_STANDS: dict[Standing, ColumnElement[bool]] = {
    "open": CASE.c.status.in_(("open", "paused")),
    "paused": CASE.c.status == "paused",
    "ended": CASE.c.status == "ended",
    "withdrawn": CASE.c.status == "withdrawn",
}


def _meets(wanted: Wanted, now: datetime) -> ColumnElement[bool]:
    kind = _NO_NONCONFORMITY if wanted.procedure is None else CASE.c.procedure == wanted.procedure
    meets = and_(kind, within(wanted.scope))
    if wanted.standing is None:
        return meets
    return and_(meets, _late(now) if wanted.standing == "late" else _STANDS[wanted.standing])


def _older(place: Newer) -> ColumnElement[bool]:
    at, case = place
    return or_(CASE.c.opened_at < at, and_(CASE.c.opened_at == at, CASE.c.id < case))


def _late(now: datetime) -> ColumnElement[bool]:
    """Tell of a running case whether it is late: a sweep has said so, or its watched instant has passed since."""
    said = select(BREACH.c.case_id).where(
        BREACH.c.case_id == CASE.c.id, BREACH.c.number == WHOLE_CASE, BREACH.c.kind == "late_case"
    )
    passed = CASE.c.watch < now.replace(second=0, microsecond=0)
    return and_(CASE.c.status == "open", or_(passed, said.exists()))
