"""Proof that a log is what was written: numbers without gaps, hashes that follow, and the same picture when redrawn."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.case import Case
from engine.draft import EnteredValue
from engine.entering import digest
from engine.events import ValuesErased
from engine.evolve import fold
from engine.log import GENESIS, Recorded, decode, record_hash
from engine.rows import (
    Row,
    asked_rows,
    breach_rows,
    case_row,
    erasures,
    holder_rows,
    item_rows,
    word_rows,
)
from engine.state import plain
from engine.texts import Kept, hidden_in, text_fields
from procedures.words import Words, say

#: Where an entered value is kept: its name, the case's version it was entered with, the command that entered it.
ValueKey = tuple[str, int, str]
#: The rows of a table as they lie in the file: the names of its columns, and the columns of each row in that order.
Table = tuple[Sequence[str], Sequence[tuple[object, ...]]]


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
        "case_word": word_rows(case),
        "work_item": item_rows(case),
        "work_holder": holder_rows(case),
        "asked_opinion": asked_rows(case),
        "breach": breach_rows(log),
    }
    return case, rows


def picture_faults(case: str, drawn: Mapping[str, list[Row]], kept: Mapping[str, Table]) -> Iterator[Fault]:
    """Compare the rows that follow from the log with those that are kept."""
    for name, rows in drawn.items():
        columns, there = kept[name]
        told = {tuple([stored(cell) for cell in row]) for row in there}
        if len(rows) != len(there) or {stored_row(row, columns) for row in rows} != told:
            yield Fault(case, None, say("table “{table}” does not agree with the log", table=name))


def value_faults(case: str, log: Sequence[Recorded], kept: Mapping[ValueKey, EnteredValue]) -> Iterator[Fault]:
    """Compare entered values with their digests in the log: what is missing must have been erased by an event."""
    last = {record.command: record.seq for record in log}
    told = {
        (said.name, last[record.command], record.command): (record.seq, said.digest)
        for record in log
        for said in getattr(record.event, "entered", ())
    }
    erased = erasures(log)
    for key, value in kept.items():
        seq, written = told.get(key, (None, None))
        if seq is None:
            yield Fault(case, None, say("the entered value “{name}” is told by no event", name=value.name))
        elif _erased(value.name, seq, erased):
            yield Fault(case, seq, say("the entered value “{name}” was erased and is there again", name=value.name))
        elif digest(value) != written:
            yield Fault(case, seq, say("the entered value “{name}” was altered", name=value.name))
    for key in told.keys() - kept.keys():
        name, seq = key[0], told[key][0]
        if not _erased(name, seq, erased):
            yield Fault(
                case, seq, say("the entered value “{name}” is gone, and no event says it was erased", name=name)
            )


def text_faults(case: str, log: Sequence[Recorded], kept: Kept) -> Iterator[Fault]:
    """Compare texts with their digests in the log: what is missing must have been erased by an event."""
    erased = erasures(log)
    told = {
        (record.seq, field): hidden
        for record in log
        if text_fields(type(record.event))
        for field, hidden in hidden_in(decode(record.body)).items()
    }
    for (seq, field), one in kept.items():
        if (seq, field) not in told:
            yield Fault(case, None, say("the text “{place}” is told by no event", place=one.place))
        elif _text_erased(one.place, seq, erased):
            yield Fault(case, seq, say("the text “{place}” was erased and is there again", place=one.place))
        elif one.hidden != told[seq, field]:
            yield Fault(case, seq, say("the text “{place}” was altered", place=one.place))
    for seq, field in told.keys() - kept.keys():
        if not _text_erased(place := f"{seq}.{field}", seq, erased):
            yield Fault(case, seq, say("the text “{place}” is gone, and no event says it was erased", place=place))


def _text_erased(place: str, seq: int, erased: Sequence[tuple[int, ValuesErased]]) -> bool:
    return any(seq < at and event.erases_text(place) for at, event in erased)


def _erased(name: str, seq: int, erased: Sequence[tuple[int, ValuesErased]]) -> bool:
    return any(seq < at and event.erases(name) for at, event in erased)


def stored_row(row: Row, columns: Sequence[str]) -> tuple[object, ...]:
    """Return a row as it is stored, in a form that can be compared: its columns in order."""
    if len(row) != len(columns):
        return tuple(row.items())
    return tuple([stored(row[name]) for name in columns])


def stored(cell: object) -> object:
    """Return a cell in a form that can be compared: an instant as whole seconds, a state as its JSON."""
    if isinstance(cell, datetime):
        return int(cell.timestamp())
    return plain(cell) if isinstance(cell, bytes) else cell
