"""Questions for whoever sees after others: open work of the quality system that is late, and actions with a date."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import and_, func, or_, select

from engine.case import CaseStatus
from engine.stores.sql import SqlReader
from engine.stores.tables import CASE, ENTERED, ITEM

#: Said so that no index by it is used: of a hundred thousand open cases a few are of the quality system.
_OPEN = func.lower(CASE.c.status) == CaseStatus.OPEN.value


def late_work(reader: SqlReader, procedures: Collection[str], now: datetime) -> list[tuple[str, int]]:
    """Return (case, item) of the live work of running cases of these procedures whose time, or the case's, is over."""
    minute = now.replace(second=0, microsecond=0)
    asked = (
        select(ITEM.c.case_id, ITEM.c.number)
        .join(CASE, CASE.c.id == ITEM.c.case_id)
        .where(ITEM.c.live, ITEM.c.waits_for == "work", _OPEN)
        .where(CASE.c.procedure.in_(procedures), or_(ITEM.c.due < minute, CASE.c.due < minute))
        .order_by(ITEM.c.case_id, ITEM.c.number)
    )
    return [(row.case_id, row.number) for row in reader.connection.execute(asked)]


def being_done(reader: SqlReader, steps: Mapping[str, str], names: Collection[str]) -> dict[str, dict[str, str]]:
    """Return, for each open case that stands at the step named for its procedure, its subject and some of its values.

    `steps` names a step for each procedure. The subject stands under the empty name.
    """
    here = or_(*(and_(CASE.c.procedure == code, ITEM.c.step == step) for code, step in steps.items()))
    asked = (
        select(CASE.c.id, CASE.c.title, CASE.c.procedure, ENTERED.c.name, ENTERED.c.value)
        .join(ITEM, and_(ITEM.c.case_id == CASE.c.id, ITEM.c.live))
        .join(ENTERED, and_(ENTERED.c.case_id == CASE.c.id, ENTERED.c.name.in_(names)))
        .where(_OPEN, CASE.c.procedure.in_(steps), here)
        .order_by(CASE.c.id, ENTERED.c.seq)
    )
    found: dict[str, dict[str, str]] = {}
    for row in reader.connection.execute(asked):
        found.setdefault(row.id, {"": row.title, PROCEDURE: row.procedure})[row.name] = row.value
    return found


#: Under this name the procedure of a case stands beside its values: no value is called so.
PROCEDURE = "\0"
