"""Proof that a log is what was written: numbers without gaps, hashes that follow, and the same picture when redrawn."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.case import Case
from engine.draft import EnteredValue
from engine.entering import digest
from engine.evolve import fold
from engine.log import GENESIS, Recorded, record_hash
from engine.rows import Row, breach_rows, case_row, holder_rows, item_rows
from procedures.words import Words, say

#: Where an entered value is kept: its name, the case's version it was entered with, the command that entered it.
ValueKey = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """Where the records of a case are not what they should be."""

    case: str
    seq: int | None
    words: Words


def missing_fault(case: str, seq: int) -> Fault:
    """Return the fault of a log that does not go on with record `seq`."""
    return Fault(case, seq, say("event {seq} is missing or out of order", seq=seq))


def wrong_fault(case: str, seq: int) -> Fault:
    """Return the fault of a record that was altered."""
    return Fault(case, seq, say("event {seq} is not what was written (its hash does not match)", seq=seq))


def chain_fault(case: str, log: Sequence[Recorded]) -> Fault | None:
    """Return the first break of a hash chain, or None."""
    previous = GENESIS
    for number, record in enumerate(log, 1):
        if record.seq != number:
            return missing_fault(case, number)
        if record_hash(previous, record) != record.hash:
            return wrong_fault(case, number)
        previous = record.hash
    return None


def redrawn(log: Sequence[Recorded]) -> tuple[Case, Mapping[str, list[Row]]] | None:
    """Return the case that a log tells and every table row that follows from it; None for an empty log."""
    case = fold(log)
    if case is None:
        return None
    rows = {
        "case_file": [case_row(case, log[-1].hash)],
        "work_item": item_rows(case),
        "work_holder": holder_rows(case),
        "breach": breach_rows(log),
    }
    return case, rows


def picture_faults(case: str, drawn: Mapping[str, list[Row]], kept: Mapping[str, list[Row]]) -> Iterator[Fault]:
    """Compare the rows that follow from the log with those that are kept."""
    for name, rows in drawn.items():
        if _sorted(rows) != _sorted(kept.get(name, [])):
            yield Fault(case, None, say("table “{table}” does not agree with the log", table=name))


def value_faults(case: str, log: Sequence[Recorded], kept: Mapping[ValueKey, EnteredValue]) -> Iterator[Fault]:
    """Compare entered values that have not been erased with their digests in the log."""
    last = {record.command: record.seq for record in log}
    told = {
        (said.name, last[record.command], record.command): (record.seq, said.digest)
        for record in log
        for said in getattr(record.event, "entered", ())
    }
    for key, value in kept.items():
        seq, written = told.get(key, (None, None))
        if seq is None:
            yield Fault(case, None, say("the entered value “{name}” is told by no event", name=value.name))
        elif digest(value) != written:
            yield Fault(case, seq, say("the entered value “{name}” was altered", name=value.name))


def _sorted(rows: Iterable[Row]) -> list[list[tuple[str, str]]]:
    return sorted([sorted((name, _plain(value)) for name, value in row.items()) for row in rows])


def _plain(value: object) -> str:
    """Say a value as it is stored: instants as seconds, yes and no as 1 and 0."""
    if isinstance(value, datetime):
        return repr(int(value.timestamp()))
    return repr(int(value)) if isinstance(value, bool) else repr(value)
