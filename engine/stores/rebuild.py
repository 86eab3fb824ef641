"""Every table that is a picture of the log drawn again from the log: compared with what is kept, or put right."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, delete, insert

from engine.audit import Fault, picture_faults, redrawn, stored, stored_row
from engine.rows import Row
from engine.stores.raw import PICTURE, Chunk, chunks
from engine.stores.sql import SqlStore
from engine.stores.tables import PICTURE as _MODELS
from engine.stores.tables import table
from engine.stores.written import UNREADABLE
from engine.trouble import Damaged
from procedures.words import say

_TABLES: Mapping[str, Table] = {found.name: found for found in (table(model) for model in _MODELS)}


@dataclass(slots=True)
class Rebuilt:
    """What drawing again showed: how many cases and rows, the hash of the kept and of the drawn rows, what differs.

    `mended` are the cases whose rows were put right; `faults` also tells the cases whose log is not what was written,
    which are never drawn again.
    """

    cases: int = 0
    rows: int = 0
    kept: str = ""
    drawn: str = ""
    faults: list[Fault] = field(default_factory=list)
    mended: list[str] = field(default_factory=list)

    @property
    def same(self) -> bool:
        """Tell whether what is kept is, to the byte, what the log draws."""
        return not self.faults and self.kept == self.drawn


def compare(store: SqlStore) -> Rebuilt:
    """Draw every table again and compare it with what is kept; nothing is changed."""
    with store.reading() as reader:
        return _rebuilt(reader.connection, mend=False)


def rebuild(store: SqlStore) -> Rebuilt:
    """Draw every table again and put right what differs, all in one transaction.

    Another program that remembers such a case as it stood does not notice, because the head of its log is the same: it
    has to be started anew.
    """
    with store.writing() as writer:
        told = _rebuilt(writer.connection, mend=True)
    for case in told.mended:
        store.lately.forget(case)
    return told


def draw_anew(connection: Connection) -> None:
    """Draw every table from the log where none is drawn yet; raises Damaged when a log is not what was written."""
    told = _rebuilt(connection, mend=True)
    broken = [fault for fault in told.faults if fault.case not in set(told.mended)]
    if broken:
        raise Damaged(f"{broken[0].case}: {broken[0].words}")


def _rebuilt(connection: Connection, *, mend: bool) -> Rebuilt:
    told, kept, drawn = Rebuilt(), hashlib.sha256(), hashlib.sha256()
    for cases in chunks(connection):
        chunk = Chunk.read(connection, cases)
        for case in cases:
            told.cases += 1
            rows = _drawn(case, chunk, told)
            if rows is None:
                continue
            for name in PICTURE:
                told.rows += len(rows[name])
                kept.update(_canonical(name, chunk.rows[name].get(case, [])))
                drawn.update(_canonical(name, [stored_row(row, chunk.columns[name]) for row in rows[name]]))
            there = {name: (chunk.columns[name], chunk.rows[name].get(case, [])) for name in PICTURE}
            differing = list(picture_faults(case, rows, there))
            told.faults += differing
            if differing and mend:
                _put(connection, case, rows)
                told.mended.append(case)
    told.kept, told.drawn = kept.hexdigest(), drawn.hexdigest()
    return told


def _drawn(case: str, chunk: Chunk, told: Rebuilt) -> Mapping[str, list[Row]] | None:
    records, broken = chunk.log_of(case)
    try:
        made = redrawn(records) if broken is None else None
    except (*UNREADABLE, LookupError):
        made = None
    if made is None:
        told.faults.append(broken or Fault(case, None, say("the events do not make a case")))
        return None
    return made[1]


def _canonical(name: str, rows: Sequence[Any]) -> bytes:
    """Return rows in one order and one form, whatever the database."""
    lines = sorted(repr(tuple(int(cell) if isinstance(cell, bool) else stored(cell) for cell in row)) for row in rows)
    return "\n".join([name, *lines, ""]).encode()


def _put(connection: Connection, case: str, rows: Mapping[str, list[Row]]) -> None:
    for name, key in PICTURE.items():
        connection.execute(delete(_TABLES[name]).where(_TABLES[name].c[key] == case))
        if rows[name]:
            connection.execute(insert(_TABLES[name]), rows[name])
