"""The folder of an agency's checkpoints: each stands on the one before, the newest has every line."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from engine.ledger.checkpoint import Checkpoint, Heading, heading, read, shorten, write
from engine.ledger.keys import SigningKey
from engine.ledger.merkle import Leaf, Tree
from engine.ledger.refusing import LedgerRefusal
from engine.stores.heads import OutOfStepError, heads, stands_on
from engine.stores.sql import SqlReader, SqlStore
from procedures.shelf import flush
from procedures.words import say

_FILES = "checkpoint-*.txt"


@dataclass(frozen=True, slots=True)
class CheckpointFolder:
    """Where an agency keeps its checkpoints. Only the newest keeps its lines; of the older the signed heading stays."""

    folder: Path

    def headings(self) -> list[Heading]:
        """Return the signed headings of all checkpoints, oldest first.

        Raises LedgerRefusal for one that is altered, missing, or does not stand on the one before.
        """
        told = [heading(path) for path in self._files()]
        for number, one in enumerate(told, 1):
            before = told[number - 2].hash if number > 1 else None
            if (one.number, one.previous) != (number, before):
                raise LedgerRefusal(say("checkpoint {number} does not stand on the one before", number=one.number))
        return told

    def newest(self, *, key: str | None = None) -> Checkpoint | None:
        """Return the newest checkpoint, checked; raises LedgerRefusal."""
        files = self._files()
        return read(files[-1], key=key) if files else None

    def add(self, store: SqlStore, key: SigningKey, agency: str, at: datetime) -> Checkpoint:
        """Make the next checkpoint over everything that is in a store.

        Raises LedgerRefusal, naming the case, when the log is not the one that the last was made over.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._locked():
            before = self.newest(key=key.public)
            number = before.heading.number + 1 if before else 1
            path = self.folder / f"checkpoint-{number:06d}.txt"
            lines = path.with_suffix(".lines")
            tree, events = Tree(), 0
            with store.reading() as reader, lines.open("w", encoding="utf-8") as file:
                for leaf in _standing_on(reader, before):
                    tree.add(leaf)
                    events += leaf.seq
                    file.write(f"{leaf.line}\n")
            told = Heading(
                agency=agency,
                number=number,
                at=at,
                cases=tree.size,
                events=events,
                root=tree.root,
                key=key.public,
                previous=before.heading.hash if before else None,
            )
            write(path, told, key, lines)
            if before is not None:
                shorten(before.path)
            flush(self.folder)
        return Checkpoint(path, told)

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob(_FILES))

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Keep other processes from making a checkpoint at the same time."""
        with (self.folder / ".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _standing_on(reader: SqlReader, before: Checkpoint | None) -> Iterator[Leaf]:
    """Yield where every case stands; raises LedgerRefusal where one no longer stands on what was signed."""
    earlier = before.leaves() if before else iter(())
    signed = next(earlier, None)
    try:
        for leaf in heads(reader.connection):
            if signed is not None and signed.case == leaf.case:
                if signed != leaf and not stands_on(reader.connection, signed):
                    raise _changed(signed.case)
                signed = next(earlier, None)
            elif signed is not None and signed.case < leaf.case:
                raise _changed(signed.case)
            yield leaf
    except OutOfStepError as fault:
        raise _changed(fault.case) from fault
    if signed is not None:
        raise _changed(signed.case)


def _changed(case: str) -> LedgerRefusal:
    return LedgerRefusal(
        say("no checkpoint was made: the log of {case} was changed; run: quytrinh audit verify", case=case)
    )
