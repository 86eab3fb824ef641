"""The shelf of issued procedures: releases that never change, by code and issue."""

import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from procedures.canonical import content_hash
from procedures.release import (
    AGENCY_ZONE,
    AlteredRelease,
    NotOnShelf,
    Release,
    ShelfRefusal,
    from_text,
    release,
    to_text,
)
from procedures.words import say

__all__ = ["AlteredRelease", "FolderShelf", "MemoryShelf", "NotOnShelf", "Release", "Shelf", "ShelfRefusal", "release"]

#: The list of files of a publication that stands but may not be moved into place yet.
_LIST = ".publishing.json"


class Shelf(Protocol):
    """Where releases are kept. What has been published can be read for ever and is never replaced."""

    def publish(self, *releases: Release) -> None:
        """Put releases on the shelf, all or none; raises ShelfRefusal. The same release again changes nothing."""

    def current(self, code: str, on: date) -> Release:
        """Return the release that applies on a day; raises NotOnShelf."""

    def release(self, code: str, issue: int) -> Release:
        """Return one issue; raises NotOnShelf, or AlteredRelease when it was changed behind the shelf's back."""

    def all(self) -> tuple[Release, ...]:
        """Return every release by code and issue; raises AlteredRelease."""


@dataclass
class MemoryShelf:
    """A shelf that lasts as long as the process."""

    _releases: dict[tuple[str, int], Release] = field(default_factory=dict)

    def publish(self, *releases: Release) -> None:
        """Put releases on the shelf, all or none; raises ShelfRefusal."""
        new = admitted(releases, self.all())
        self._releases.update({(one.code, one.issue): one for one in new})

    def current(self, code: str, on: date) -> Release:
        """Return the release that applies on a day; raises NotOnShelf."""
        return in_force(code, on, self.all())

    def release(self, code: str, issue: int) -> Release:
        """Return one issue; raises NotOnShelf."""
        return found(code, issue, self._releases.get((code, issue)))

    def all(self) -> tuple[Release, ...]:
        """Return every release by code and issue."""
        return tuple(sorted(self._releases.values(), key=lambda one: (one.code, one.issue)))


class FolderShelf:
    """A folder with one sealed file a release (`QT-VP-05@3.json`).

    Several releases are published together or not at all: their files are written under other names and flushed, then
    one list of them is moved into place — from that moment the publication stands, and whoever next opens the folder
    finishes the moving that a crash may have interrupted.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, tuple[int, int, Release]] = {}

    def publish(self, *releases: Release) -> None:
        """Put releases on the shelf, all or none; raises ShelfRefusal."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._locked():
            self._finish()
            new = admitted(releases, self.all())
            for one in new:
                write_flushed(self._folder / f"{one.name}.json.new", to_text(one))
            if new:
                names = [f"{one.name}.json" for one in new]
                write_flushed(self._folder / f"{_LIST}.new", json.dumps(names, ensure_ascii=False))
                (self._folder / f"{_LIST}.new").replace(self._folder / _LIST)
                self._finish()

    def current(self, code: str, on: date) -> Release:
        """Return the release that applies on a day; raises NotOnShelf, or AlteredRelease for an issue of this code."""
        return in_force(code, on, [self._open(name) for name in self._names() if name.rpartition("@")[0] == code])

    def release(self, code: str, issue: int) -> Release:
        """Return one issue; raises NotOnShelf or AlteredRelease."""
        self._settle()
        name = f"{code}@{issue}"
        there = "/" not in name and (self._folder / f"{name}.json").exists()
        return found(code, issue, self._open(name) if there else None)

    def all(self) -> tuple[Release, ...]:
        """Return every release by code and issue; raises AlteredRelease."""
        return tuple(sorted((self._open(name) for name in self._names()), key=lambda one: (one.code, one.issue)))

    def altered(self) -> tuple[AlteredRelease, ...]:
        """Return what is wrong with each release that no longer matches its seal."""
        return tuple(fault for name in self._names() if (fault := self._fault(name)))

    def _fault(self, name: str) -> AlteredRelease | None:
        try:
            self._open(name)
        except AlteredRelease as fault:
            return fault
        return None

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
        flush_folder(self._folder)
        listed.unlink()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Keep other processes from publishing at the same time."""
        with (self._folder / ".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def write_flushed(path: Path, text: str) -> None:
    """Write a file and wait until the disk has it."""
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Wait until the disk has the names in a folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def admitted(new: Sequence[Release], shelf: Sequence[Release]) -> list[Release]:
    """Return those of `new` that are not on the shelf yet; raises ShelfRefusal when one may not be issued."""
    known = {(one.code, one.issue): one for one in shelf}
    taken: list[Release] = []
    for one in sorted(new, key=lambda one: (one.code, one.issue)):
        there = known.get((one.code, one.issue))
        if there is None:
            _may_follow(one, [other for other in known.values() if other.code == one.code])
            known[one.code, one.issue] = one
            taken.append(one)
        elif there.hash != one.hash:
            raise ShelfRefusal(
                say("{name} is issued already with other content; raise the number of the issue", name=one.name)
            )
    return taken


def _may_follow(one: Release, before: Sequence[Release]) -> None:
    if one.hash != content_hash(one.procedure) or (one.code, one.issue) != (one.procedure.code, one.procedure.issue):
        raise ShelfRefusal(say("the record of {name} does not match its content", name=one.name))
    if one.effective_from < one.issued_at.astimezone(AGENCY_ZONE).date():
        raise ShelfRefusal(
            say(
                "{name} cannot take effect on {day}, before it is issued", name=one.name, day=_shown(one.effective_from)
            )
        )
    last = max(before, key=lambda other: other.issue, default=None)
    if last is None:
        return
    if one.issue < last.issue:
        raise ShelfRefusal(say("{name} comes too late: {last} is issued already", name=one.name, last=last.name))
    if one.effective_from < last.effective_from:
        raise ShelfRefusal(
            say(
                "{name} cannot take effect before {last}, which does so on {day}",
                name=one.name,
                last=last.name,
                day=_shown(last.effective_from),
            )
        )


def in_force(code: str, on: date, releases: Iterable[Release]) -> Release:
    """Return the last release of `code` that has taken effect by the day; raises NotOnShelf."""
    effective = [one for one in releases if one.code == code and one.effective_from <= on]
    if not effective:
        raise NotOnShelf(say("{code} has no issue in force on {day}", code=code, day=_shown(on)))
    return max(effective, key=lambda one: one.issue)


def found(code: str, issue: int, release_: Release | None) -> Release:
    """Return the release, or raise NotOnShelf for None."""
    if release_ is None:
        raise NotOnShelf(say("{name} has not been issued", name=f"{code}@{issue}"))
    return release_


def _shown(day: date) -> str:
    return f"{day:%d/%m/%Y}"
