"""The shelf of issued procedures: releases that never change, by code and issue."""

import fcntl
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Protocol

from procedures import ending
from procedures.admission import admitted, ended, in_force
from procedures.ending import Ending
from procedures.release import (
    Abolished,
    AlteredRelease,
    NotOnShelf,
    Release,
    ShelfRefusal,
    from_text,
    release,
    to_text,
)
from procedures.words import say

__all__ = [
    "Abolished",
    "AlteredRelease",
    "Ending",
    "FolderShelf",
    "MemoryShelf",
    "NotOnShelf",
    "Release",
    "Shelf",
    "ShelfRefusal",
    "release",
]

#: No file system takes a longer name, in bytes.
_LONGEST_NAME = 255
#: The list of files of a publication that stands but may not be moved into place yet.
_LIST = ".publishing.json"
#: How the file of an end is named after the code.
_END = ".end.json"


class Shelf(Protocol):
    """Where releases are kept. What has been published can be read for ever and is never replaced."""

    def publish(self, *releases: Release, endings: Sequence[Ending] = ()) -> None:
        """Put releases and ends on the shelf, all or none; raises ShelfRefusal. The same again changes nothing.

        What a release replaces ends with it.
        """

    def current(self, code: str, on: date) -> Release:
        """Return the release that applies on a day; raises NotOnShelf, or Abolished."""

    def release(self, code: str, issue: int) -> Release:
        """Return one issue; raises NotOnShelf, or AlteredRelease when it was changed behind the shelf's back."""

    def all(self) -> tuple[Release, ...]:
        """Return every release by code and issue; raises AlteredRelease."""

    def endings(self) -> tuple[Ending, ...]:
        """Return the ends of procedures by code; raises AlteredRelease."""


@dataclass
class MemoryShelf:
    """A shelf that lasts as long as the process."""

    _releases: dict[tuple[str, int], Release] = field(default_factory=dict)
    _endings: dict[str, Ending] = field(default_factory=dict)

    def publish(self, *releases: Release, endings: Sequence[Ending] = ()) -> None:
        """Put releases and ends on the shelf, all or none; raises ShelfRefusal."""
        new = admitted(releases, self.all(), self.endings())
        over = ended(endings, new, self.all(), self.endings())
        self._releases.update({(one.code, one.issue): one for one in new})
        self._endings.update({one.code: one for one in over})

    def current(self, code: str, on: date) -> Release:
        """Return the release that applies on a day; raises NotOnShelf, or Abolished."""
        return in_force(code, on, self.all(), self.endings())

    def release(self, code: str, issue: int) -> Release:
        """Return one issue; raises NotOnShelf."""
        return found(code, issue, self._releases.get((code, issue)))

    def all(self) -> tuple[Release, ...]:
        """Return every release by code and issue."""
        return tuple(sorted(self._releases.values(), key=lambda one: (one.code, one.issue)))

    def endings(self) -> tuple[Ending, ...]:
        """Return the ends of procedures by code."""
        return tuple(self._endings[code] for code in sorted(self._endings))


class FolderShelf:
    """A folder with one sealed file a release (`QT-VP-05@3.json`) and one an end of a procedure (`QT-VP-05.end.json`).

    Several records are published together or not at all: their files are written under other names and flushed, then
    one list of them is moved into place — from that moment the publication stands, and whoever next opens the folder
    finishes the moving that a crash may have interrupted.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, tuple[int, int, Release]] = {}

    def publish(self, *releases: Release, endings: Sequence[Ending] = ()) -> None:
        """Put releases and ends on the shelf, all or none; raises ShelfRefusal."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._locked():
            self._finish()
            new = admitted(releases, self.all(), self.endings())
            over = ended(endings, new, self.all(), self.endings())
            files = {f"{one.name}.json": to_text(one) for one in new}
            files |= {f"{one.code}{_END}": ending.to_text(one) for one in over}
            for name, text in files.items():
                write_flushed(self._folder / f"{name}.new", text)
            if files:
                names = list(files)
                write_flushed(self._folder / f"{_LIST}.new", json.dumps(names, ensure_ascii=False))
                (self._folder / f"{_LIST}.new").replace(self._folder / _LIST)
                self._finish()

    def current(self, code: str, on: date) -> Release:
        """Return the release that applies on a day; raises NotOnShelf, Abolished, or AlteredRelease for this code."""
        issues = [self._open(name) for name in self._names() if name.rpartition("@")[0] == code]
        over = f"{code}{_END}"
        return in_force(code, on, issues, [_ending(self._folder / over)] if self._has(over) else [])

    def release(self, code: str, issue: int) -> Release:
        """Return one issue; raises NotOnShelf or AlteredRelease."""
        self._settle()
        name = f"{code}@{issue}"
        return found(code, issue, self._open(name) if self._has(f"{name}.json") else None)

    def all(self) -> tuple[Release, ...]:
        """Return every release by code and issue; raises AlteredRelease."""
        return tuple(sorted((self._open(name) for name in self._names()), key=lambda one: (one.code, one.issue)))

    def endings(self) -> tuple[Ending, ...]:
        """Return the ends of procedures by code; raises AlteredRelease."""
        self._settle()
        return tuple(_ending(path) for path in self._end_files())

    def altered(self) -> tuple[AlteredRelease, ...]:
        """Return what is wrong with each release, and each end, that no longer matches its seal."""
        doors: list[Callable[[], object]] = [partial(self._open, name) for name in self._names()]
        doors += [partial(_ending, path) for path in self._end_files()]
        return tuple(fault for door in doors if (fault := _fault(door)))

    def _end_files(self) -> list[Path]:
        return sorted(self._folder.glob(f"*{_END}"))

    def _has(self, file: str) -> bool:
        """Tell whether there is a file of this name, which may be anything that somebody typed."""
        named = "/" not in file and "\0" not in file and len(file.encode(errors="replace")) <= _LONGEST_NAME
        return named and (self._folder / file).exists()

    def _settle(self) -> None:
        if (self._folder / _LIST).exists():
            with self._locked():
                self._finish()

    def _names(self) -> list[str]:
        self._settle()
        return sorted(path.name.removesuffix(".json") for path in self._folder.glob("*@*.json"))

    def _open(self, name: str) -> Release:
        path = self._folder / f"{name}.json"
        state = path.stat()
        known = self._read.get(name)
        if known and known[:2] == (state.st_mtime_ns, state.st_size):
            return known[2]
        one = from_text(path.read_text(encoding="utf-8"), name)
        self._read[name] = (state.st_mtime_ns, state.st_size, one)
        return one

    def _finish(self) -> None:
        """Move the files of a standing publication to their names; doing so again changes nothing."""
        listed = self._folder / _LIST
        if not listed.exists():
            return
        for name in json.loads(listed.read_text(encoding="utf-8")):
            written = self._folder / f"{name}.new"
            if written.exists():
                written.replace(self._folder / name)
        flush(self._folder)
        listed.unlink()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Keep other processes from publishing at the same time."""
        with (self._folder / ".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _fault(door: Callable[[], object]) -> AlteredRelease | None:
    try:
        door()
    except AlteredRelease as fault:
        return fault
    return None


def _ending(path: Path) -> Ending:
    code = path.name.removesuffix(_END)
    one = ending.from_text(path.read_text(encoding="utf-8"), code)
    if one is None:
        raise AlteredRelease(say("the end of {code} was altered after it was decided", code=code))
    return one


def write_flushed(path: Path, text: str) -> None:
    """Write a file and wait until the disk has it."""
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def flush(path: Path) -> None:
    """Wait until the disk has what a file holds, or the names in a folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def found(code: str, issue: int, release_: Release | None) -> Release:
    """Return the release, or raise NotOnShelf for None."""
    if release_ is None:
        raise NotOnShelf(say("{name} has not been issued", name=f"{code}@{issue}"))
    return release_
