"""Questions to a store for registers: the cases of a procedure as they stand, or stood before an instant."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select

from engine.case import Case
from engine.evolve import fold
from engine.scope import EVERYTHING, Scope, may_read
from engine.state import read_case
from engine.store import Reader
from engine.stores.scoping import within
from engine.stores.sql import SqlReader
from engine.stores.tables import CASE
from quality.questions import entered, values_before


@dataclass(frozen=True, slots=True)
class Stood:
    """A case at an instant, and the values entered into it by then, as text."""

    case: Case
    values: dict[str, str]


def stood(reader: Reader, procedure: str, cut_off: datetime | None = None, scope: Scope = EVERYTHING) -> list[Stood]:
    """Return the cases of a procedure within a scope, in the order they were opened.

    With `cut_off` each is as it stood just before; who may read it is asked of the case as it stands now.
    """
    cases = sorted(_cases(reader, procedure, scope), key=lambda case: (case.opened_at, case.id))
    values = entered(reader, procedure)
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


def _cases(reader: Reader, procedure: str, scope: Scope) -> list[Case]:
    if not isinstance(reader, SqlReader):
        return [case for case in reader.cases(procedure=procedure) if may_read(scope, case)]
    asked = select(CASE.c.state).where(CASE.c.procedure == procedure, within(scope))
    return [read_case(state) for state in reader.connection.execute(asked).scalars()]


def counted(reader: Reader, scope: Scope = EVERYTHING) -> dict[str, int]:
    """Return how many cases within a scope each procedure has had."""
    if not isinstance(reader, SqlReader):
        return dict(Counter(case.procedure for case in reader.cases() if may_read(scope, case)))
    asked = select(CASE.c.procedure, func.count()).where(within(scope)).group_by(CASE.c.procedure)
    return dict(reader.connection.execute(asked).tuples().all())
