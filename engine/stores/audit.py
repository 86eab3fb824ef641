"""The audit of an SQL store: every chain re-hashed, every case folded again, every row compared, in bounded memory."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import DatabaseError

from engine.audit import Fault, Table, ValueKey, picture_faults, redrawn, text_faults, value_faults, wrong_fault
from engine.draft import EnteredValue
from engine.ledger.merkle import Leaf, Tree
from engine.ledger.numbers import Given
from engine.stores.guards import database_faults
from engine.stores.raw import PICTURE, Chunk, chunks, one_case, readable_until
from engine.stores.sql import SqlReader, SqlStore
from engine.stores.written import UNREADABLE, kept_of
from procedures.words import say

#: So far the clocks of two machines may be apart.
_CLOCKS = timedelta(hours=1)
#: So many faults are told; the rest are counted.
_TOLD = 10_000
#: Of a series, so many missing numbers are named one by one; of a longer gap its first and last.
_NAMED = 100


@dataclass(slots=True)
class Verdict:
    """What an audit found: counts, faults, and one hash over the heads of all chains.

    `found` counts every fault, of which `faults` tells the first ten thousand. `backdated` are records that claim to be
    older than they can be: no fault, for a clock may be wrong and papers are caught up with, but somebody should know.
    """

    cases: int = 0
    events: int = 0
    found: int = 0
    faults: list[Fault] = field(default_factory=list)
    backdated: list[Fault] = field(default_factory=list)
    root: str = ""

    @property
    def sound(self) -> bool:
        """Tell whether nothing was found."""
        return not self.found

    def blame(self, faults: Iterable[Fault]) -> None:
        """Take faults in."""
        for fault in faults:
            self.found += 1
            if self.found <= _TOLD:
                self.faults.append(fault)


def verify(store: SqlStore, since: Iterable[Leaf] = (), made: datetime | None = None) -> Verdict:
    """Audit a whole store, some hundreds of cases in memory at a time.

    With the leaves of an earlier checkpoint, in order of case id, also find what was there then and has been changed,
    cut off or taken out since; its own records cannot tell that. With the instant at which it was `made`, also what was
    dated back behind it.
    """
    verdict, tree, numbers = Verdict(), Tree(), dict[str, Given]()
    anchors = _Anchors(since)
    with store.reading() as reader:
        try:
            verdict.blame(database_faults(reader.connection))
            for chunk in _readable(reader, verdict):
                _count(numbers, chunk.cases)
                verdict.blame(anchors.passed(chunk.cases))
                for case in chunk.cases:
                    log = chunk.logs.get(case, [])
                    verdict.cases += 1
                    verdict.blame(_faults(case, chunk, anchors.of(case)))
                    if len(verdict.backdated) < _TOLD:
                        verdict.backdated += _backdated(case, log, anchors.of(case), made)
                    if log:
                        leaf = _leaf(case, log)
                        verdict.events += leaf.seq
                        tree.add(leaf)
        except DatabaseError as fault:
            verdict.blame([Fault("", None, say("the database file is damaged: {fault}", fault=fault.orig))])
    verdict.blame(anchors.passed(None))
    verdict.blame(_gaps(numbers))
    verdict.root = tree.root
    return verdict


class _Anchors:
    """The leaves of an earlier checkpoint, taken one after another beside the cases that are there now."""

    def __init__(self, leaves: Iterable[Leaf]) -> None:
        self._coming = iter(leaves)
        self._next = next(self._coming, None)
        self._held: dict[str, Leaf] = {}

    def passed(self, cases: Sequence[str] | None) -> Iterator[Fault]:
        """Go on to the end of these cases (None: to the end of all) and tell what was there once and is gone."""
        self._held = {}
        there = set(cases or ())
        while self._next is not None and (cases is None or self._next.case <= cases[-1]):
            if self._next.case in there:
                self._held[self._next.case] = self._next
            else:
                yield Fault(self._next.case, None, say("the case was there at the checkpoint and is gone"))
            self._next = next(self._coming, None)

    def of(self, case: str) -> Leaf | None:
        """Return where a case stood at the checkpoint, if it was there."""
        return self._held.get(case)


def _readable(reader: SqlReader, verdict: Verdict) -> Iterator[Chunk]:
    """Yield the cases in chunks; of a chunk that cannot be read, each case that can, and a fault for the others."""
    for cases in chunks(reader.connection):
        try:
            yield Chunk.read(reader.connection, cases)
            continue
        except DatabaseError:
            pass
        for case in cases:
            try:
                yield one_case(reader.connection, case)
            except DatabaseError as fault:
                seq = readable_until(reader.connection, case)
                said = say("the database file is damaged: {fault}", fault=fault.orig)
                verdict.blame([wrong_fault(case, seq) if seq else Fault(case, None, said)])


def _leaf(case: str, log: Sequence[Any]) -> Leaf:
    """Return where a log ends, whatever has been made of its rows."""
    seq, last = log[-1].seq, log[-1].hash
    return Leaf(case, seq if isinstance(seq, int) else len(log), last.hex() if isinstance(last, bytes) else str(last))


def _count(numbers: dict[str, Given], cases: Sequence[str]) -> None:
    for case in cases:
        series, _, number = case.rpartition("-")
        if number.isdecimal():
            numbers.setdefault(series, Given()).add(int(number))


def _gaps(numbers: Mapping[str, Given]) -> Iterator[Fault]:
    """Find the cases of which nothing is left: the numbers of a series are given one after another, none is skipped."""
    for series, given in sorted(numbers.items()):
        named = 0
        for first, last in given.skipped():
            until = min(last, first + _NAMED - named)
            for skipped in range(first, until + 1):
                named += 1
                yield Fault(f"{series}-{skipped:04d}", None, say("the case has no events"))
            if until < last:
                case = f"{series}-{until + 1:04d}"
                yield Fault(case, None, say("the cases up to number {last} have no events", last=last))


def _faults(case: str, chunk: Chunk, anchor: Leaf | None) -> Iterator[Fault]:
    records, broken = chunk.log_of(case)
    if broken is not None:
        yield broken
        return
    if anchor is not None and (len(records) < anchor.seq or records[anchor.seq - 1].hash != anchor.head):
        yield Fault(case, None, say("the log is not the one that the checkpoint was made over"))
    try:
        told = redrawn(records)
    except (*UNREADABLE, LookupError):
        yield Fault(case, None, say("the events do not make a case"))
        return
    if told is None:
        yield Fault(case, None, say("the case has no events"))
        return
    yield from picture_faults(case, told[1], _kept(case, chunk))
    yield from value_faults(case, records, _values(case, chunk))
    yield from text_faults(case, records, kept_of(chunk.texts.get(case, [])))


def _backdated(case: str, log: Sequence[Any], anchor: Leaf | None, made: datetime | None) -> Iterator[Fault]:
    """Find the first record that was not under a checkpoint and is dated before it."""
    limit = int((made - _CLOCKS).timestamp()) if made is not None else None
    known = anchor.seq if anchor is not None else 0
    rows = (row for row in log if isinstance(row.at, int) and isinstance(row.seq, int) and row.seq > known)
    late = next((row for row in rows if limit is not None and row.at < limit), None)
    if late is not None:
        yield Fault(case, late.first_seq, say("dated before the checkpoint, and was not there when that was made"))


def _kept(case: str, chunk: Chunk) -> dict[str, Table]:
    return {name: (chunk.columns[name], chunk.rows[name].get(case, [])) for name in PICTURE}


def _values(case: str, chunk: Chunk) -> dict[ValueKey, EnteredValue]:
    return {
        (row.name, row.seq, row.command): EnteredValue(row.name, row.value, row.salt)
        for row in chunk.values.get(case, [])
    }
