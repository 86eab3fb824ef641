"""A checkpoint: where every case stood at one moment, signed, so that later nothing older can be changed unseen."""

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from engine.fact import Fact, reader, to_json
from engine.ledger.keys import SigningKey, signed_by
from engine.ledger.merkle import Leaf, Tree
from engine.ledger.refusing import LedgerRefusal
from procedures.shelf import write_flushed
from procedures.words import say

#: How many characters of a checkpoint's hash stand on its printed line, and in groups of how many.
_PRINTED, _GROUP = 24, 4


class Heading(Fact, frozen=True, kw_only=True):
    """What is signed: whose checkpoint it is, its number, when (aware UTC), over how much, the root, the one before."""

    agency: str
    number: int
    at: datetime
    cases: int
    events: int
    root: str
    key: str
    previous: str | None = None
    format: int = 1

    @property
    def hash(self) -> str:
        """The hash of what is signed; the next checkpoint names it."""
        return hashlib.sha256(to_json(self).encode()).hexdigest()

    @property
    def short(self) -> str:
        """The hash as it is printed and compared by eye."""
        printed = self.hash[:_PRINTED].upper()
        return "-".join(printed[at : at + _GROUP] for at in range(0, _PRINTED, _GROUP))


_read_heading: Callable[[str | bytes], Heading] = reader(Heading)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A checkpoint in a file: its signed heading, and where its leaves can be read."""

    path: Path
    heading: Heading

    def leaves(self) -> Iterator[Leaf]:
        """Go through the leaves in order of case id; raises LedgerRefusal where one cannot be read."""
        with self.path.open(encoding="utf-8") as file:
            yield from _leaves(self.path, file)


def write(path: Path, heading: Heading, key: SigningKey, lines: Path) -> None:
    """Write a checkpoint in three parts: the heading, its signature, and a line a case, taken over from `lines`."""
    signed, fresh = to_json(heading), path.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as file, lines.open(encoding="utf-8") as written:
        file.write(f"{signed}\n{key.sign(signed.encode())}\n")
        file.writelines(written)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    lines.unlink()


def shorten(path: Path) -> None:
    """Let go of the lines of a checkpoint; its heading and signature stay."""
    with path.open(encoding="utf-8") as file:
        kept = file.readline() + file.readline()
    fresh = path.with_suffix(".new")
    write_flushed(fresh, kept)
    fresh.replace(path)


def read(path: Path, *, key: str | None = None) -> Checkpoint:
    """Open a checkpoint whose signature and root hold; with `key`, only one signed by it.

    Raises LedgerRefusal, also for an older one whose lines were let go of.
    """
    found = Checkpoint(path, heading(path, key=key))
    tree, events = Tree(), 0
    for leaf in found.leaves():
        tree.add(leaf)
        events += leaf.seq
    if found.heading.cases and not tree.size:
        raise LedgerRefusal(say("checkpoint {file} keeps no lines any more; take a newer one", file=path.name))
    if (tree.root, tree.size, events) != (found.heading.root, found.heading.cases, found.heading.events):
        raise LedgerRefusal(say("the lines of checkpoint {file} are not those that were signed", file=path.name))
    return found


def heading(path: Path, *, key: str | None = None) -> Heading:
    """Read the signed heading of a checkpoint; raises LedgerRefusal."""
    try:
        with path.open(encoding="utf-8") as file:
            signed, signature = file.readline().rstrip("\n"), file.readline().rstrip("\n")
        told = _read_heading(signed)
    except (OSError, ValueError) as fault:
        raise LedgerRefusal(say("{file} is no checkpoint", file=path.name)) from fault
    if to_json(told) != signed or not signed_by(told.key, signed.encode(), signature):
        raise LedgerRefusal(say("the signature of checkpoint {file} does not hold", file=path.name))
    if key is not None and told.key != key:
        raise LedgerRefusal(say("checkpoint {file} was signed by another key: {key}", file=path.name, key=told.key))
    return told


def _leaves(path: Path, file: IO[str]) -> Iterator[Leaf]:
    file.readline()
    file.readline()
    before = ""
    for line in file:
        try:
            leaf = Leaf.read(line.rstrip("\n"))
        except ValueError as fault:
            raise LedgerRefusal(
                say("the lines of checkpoint {file} are not those that were signed", file=path.name)
            ) from fault
        if leaf.case <= before:
            raise LedgerRefusal(say("the lines of checkpoint {file} are not those that were signed", file=path.name))
        before = leaf.case
        yield leaf
