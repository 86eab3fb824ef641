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


@dataclass(frozen=True, slots=True)
class Fault:
    """Where the records of a case are not what they should be."""

    case: str
    seq: int | None
    words: Words


def chain_fault(case: str, log: Sequence[Recorded]) -> Fault | None:
    """Return the first break of a hash chain, or None."""
    previous = GENESIS
    for number, record in enumerate(log, 1):
        if record.seq != number:
            return Fault(case, number, say("event {seq} is missing or out of order", seq=number))
        if record_hash(previous, record) != record.hash:
            return Fault(case, number, say("event {seq} is not what was written (its hash does not match)", seq=number))
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


def value_faults(case: str, log: Iterable[Recorded], kept: Mapping[tuple[str, str], EnteredValue]) -> Iterator[Fault]:
    """Compare entered values that have not been erased with their digests; keys are (name, command)."""
    for record in log:
        for said in getattr(record.event, "entered", ()):
            value = kept.get((said.name, record.command))
            if value is not None and digest(value) != said.digest:
                yield Fault(case, record.seq, say("the entered value “{name}” was altered", name=said.name))


def _sorted(rows: Iterable[Row]) -> list[list[tuple[str, str]]]:
    return sorted([sorted((name, _plain(value)) for name, value in row.items()) for row in rows])


def _plain(value: object) -> str:
    """Instants are equal whatever zone they are written in."""
    return str(int(value.timestamp())) if isinstance(value, datetime) else repr(value)
