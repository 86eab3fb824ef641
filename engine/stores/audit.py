"""The audit of an SQL store: every chain re-hashed, every case folded again, every row compared."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import Table, select

from engine.audit import Fault, chain_fault, picture_faults, redrawn, value_faults
from engine.draft import EnteredValue
from engine.log import Recorded
from engine.rows import Row
from engine.stores.sql import BREACH, CASE, ENTERED, HOLDER, ITEM, SqlReader, SqlStore
from procedures.words import say

_KEYS = {CASE: CASE.c.id, ITEM: ITEM.c.case_id, HOLDER: HOLDER.c.case_id, BREACH: BREACH.c.case_id}


@dataclass(slots=True)
class Verdict:
    """What an audit found: counts, faults, and one hash over the heads of all chains in order of case id."""

    cases: int = 0
    events: int = 0
    faults: list[Fault] = field(default_factory=list)
    root: str = ""

    @property
    def sound(self) -> bool:
        """Tell whether nothing was found."""
        return not self.faults


def verify(store: SqlStore) -> Verdict:
    """Audit a whole store, one case in memory at a time."""
    verdict, root = Verdict(), hashlib.sha256()
    with store.reading() as reader:
        for case in reader.case_ids():
            log = reader.log(case)
            verdict.cases += 1
            verdict.events += len(log)
            verdict.faults += _faults(reader, case, log)
            root.update((log[-1].hash if log else "").encode())
    verdict.root = root.hexdigest()
    return verdict


def _faults(reader: SqlReader, case: str, log: list[Recorded]) -> Iterator[Fault]:
    broken = chain_fault(case, log)
    if broken is not None:
        yield broken
        return
    told = redrawn(log)
    if told is None:
        yield Fault(case, None, say("the case has no events"))
        return
    yield from picture_faults(case, told[1], {table.name: _rows(reader, table, case) for table in _KEYS})
    yield from value_faults(case, log, _values(reader, case))


def _rows(reader: SqlReader, table: Table, case: str) -> list[Row]:
    asked = select(table).where(_KEYS[table] == case)
    return [dict(row) for row in reader.connection.execute(asked).mappings()]


def _values(reader: SqlReader, case: str) -> dict[tuple[str, str], EnteredValue]:
    asked = select(ENTERED).where(ENTERED.c.case_id == case)
    return {
        (row["name"], row["command"]): EnteredValue(row["name"], row["value"], row["salt"])
        for row in reader.connection.execute(asked).mappings()
    }
