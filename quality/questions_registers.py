"""Questions to a store for registers: the cases of a procedure as they stand, or stood before an instant."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from engine.case import Case
from engine.evolve import fold
from engine.scope import EVERYTHING, Scope, may_read
from engine.state import read_case
from engine.store import Reader
from engine.stores.scoping import within
from engine.stores.sql import SqlReader
from engine.stores.tables import CASE, ENTERED
from quality.periods import Period
from quality.questions import values_before


@dataclass(frozen=True, slots=True)
class Stood:
    """A case at an instant, and the values entered into it by then, as text."""

    case: Case
    values: dict[str, str]


def stood(
    reader: Reader,
    procedure: str,
    cut_off: datetime | None = None,
    scope: Scope = EVERYTHING,
    period: Period | None = None,
) -> list[Stood]:
    """Return the cases of a procedure within a scope, in the order they were opened.

    With `cut_off` each is as it stood just before; who may read it is asked of the case as it stands now. With `period`
    those are left out that, as they stand now, cannot have been open in it.
    """
    if isinstance(reader, SqlReader):
        meets = _meets(procedure, scope, period)
        asked = select(CASE.c.state).where(meets).order_by(CASE.c.opened_at, CASE.c.id)
        cases = [read_case(state) for state in reader.connection.execute(asked).scalars()]
        values = _entered(reader, meets)
    else:
        readable = (case for case in reader.cases(procedure=procedure) if may_read(scope, case))
        cases = sorted(readable, key=lambda case: (case.opened_at, case.id))
        values = {case.id: values_before(reader, case) for case in cases}
    if cut_off is None:
        return [Stood(case, values.get(case.id, {})) for case in cases]
    return list(_before(reader, cases, values, cut_off.astimezone(UTC)))


def _before(reader: Reader, cases: list[Case], values: dict[str, dict[str, str]], cut_off: datetime) -> Iterator[Stood]:
    for now in cases:
        if now.changed_at < cut_off:
            yield Stood(now, values.get(now.id, {}))
        elif now.opened_at < cut_off:
            case = fold([record for record in reader.log(now.id) if record.at < cut_off])
            if case is not None:
                yield Stood(case, values_before(reader, case))


def _meets(procedure: str, scope: Scope, period: Period | None) -> ColumnElement[bool]:
    meets = and_(CASE.c.procedure == procedure, within(scope))
    if period is None:
        return meets
    ended = CASE.c.ended_at
    return and_(meets, CASE.c.opened_at < period.end, or_(ended.is_(None), ended >= period.start))


def _entered(reader: SqlReader, meets: ColumnElement[bool]) -> dict[str, dict[str, str]]:
    asked = select(ENTERED.c.case_id, ENTERED.c.name, ENTERED.c.value).join(CASE, CASE.c.id == ENTERED.c.case_id)
    found: dict[str, dict[str, str]] = {}
    for case, name, value in reader.connection.execute(asked.where(meets).order_by(ENTERED.c.seq)):
        found.setdefault(case, {})[name] = value
    return found


def counted(reader: Reader, scope: Scope = EVERYTHING) -> dict[str, int]:
    """Return how many cases within a scope each procedure has had."""
    if not isinstance(reader, SqlReader):
        return dict(Counter(case.procedure for case in reader.cases() if may_read(scope, case)))
    asked = select(CASE.c.procedure, func.count()).where(within(scope)).group_by(CASE.c.procedure)
    return dict(reader.connection.execute(asked).tuples().all())
