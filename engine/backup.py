"""A backup of an agency's folder: the database of one moment, every file, a list of hashes; whole or not there."""

import fcntl
import glob
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from engine.agency import Agency
from engine.files import FileShelf
from engine.ledger.refusing import LedgerRefusal
from engine.stores.audit import verify
from engine.stores.copying import copy_out, settle
from engine.stores.filed import file_faults
from engine.stores.sql import SqlStore
from procedures.shelf import flush, write_flushed
from procedures.words import say

MANIFEST = "manifest.json"
DATABASE = "database.sqlite"
FILES = "files"
FORMAT = 1


class BackupRefusal(LedgerRefusal):
    """A backup cannot be made, or is not what it was."""


def backup(agency: Agency, to: Path, at: datetime) -> Mapping[str, Any]:
    """Write a backup into a new folder and return its manifest; the agency goes on working meanwhile.

    The database comes first and the files after it, so no event in the backup names a file that is not there. The
    signing key is left out: it is kept apart. Raises BackupRefusal when there is something at `to` already, or `to`
    would be part of the next backup.
    """
    if to.resolve().is_relative_to(agency.root.resolve()):
        raise BackupRefusal(
            say("{folder} lies in the agency's folder, all of which is backed up; choose one elsewhere", folder=str(to))
        )
    with made_beside(to) as fresh:
        copy_out(agency.store, fresh / DATABASE)
        for path in _files_of(agency):
            with suppress(FileNotFoundError):  # a file that was erased in this moment
                copy_file(path, fresh / FILES / path.relative_to(agency.root))
        told = _manifest(agency, fresh, at)
        write_flushed(fresh / MANIFEST, json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    return told


def must_be_free(to: Path) -> None:
    """Raise BackupRefusal where a folder has something in it already."""
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise BackupRefusal(say("{folder} is not empty; nothing was written", folder=str(to)))


@contextmanager
def made_beside(to: Path) -> Iterator[Path]:
    """Give a folder to write into, which is at `to` when all of it is on the disk, or nowhere.

    What a program that was killed has left is cleared away; what another one writes is locked.
    """
    must_be_free(to)
    to.parent.mkdir(parents=True, exist_ok=True)
    for left in to.parent.glob(f".{glob.escape(to.name)}-????????"):
        with _locked(left) as nobodys:
            if nobodys:
                shutil.rmtree(left, ignore_errors=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{to.name}-", dir=to.parent))
    try:
        with _locked(fresh):
            yield fresh
            _flush(fresh)
            if to.exists():
                to.rmdir()
            fresh.rename(to)
            flush(to.parent)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


@contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Keep a folder for oneself; tell whether it was free. Where a disk knows no locks it never is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        free = True
    except OSError:
        free = False
    try:
        yield free
    finally:
        os.close(handle)


def _files_of(agency: Agency) -> Iterator[Path]:
    """Yield every file of an agency's folder but its database, its signing key and what programs leave for a moment."""
    database = {f"{agency.settings.database}{end}" for end in ("", "-wal", "-shm", "-journal")}
    left_out = {agency.root / name for name in (*database, agency.settings.signing_key)}
    for path in sorted(_below(agency.root, set())):
        hidden = any(part.startswith(".") for part in path.relative_to(agency.root).parts)
        if path.is_file() and path not in left_out and not hidden and path.suffix not in {".new", ".lines"}:
            yield path


def _below(folder: Path, seen: set[Path]) -> Iterator[Path]:
    """Yield all that lies in a folder, also in those that a link leads to, each of them once."""
    seen.add(folder.resolve())
    for path in folder.iterdir():
        if not path.is_dir():
            yield path
        elif path.resolve() not in seen:
            yield from _below(path, seen)


def copy_file(path: Path, to: Path) -> None:
    """Copy a file with its dates, into a folder that is made if need be."""
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(path, to)


def _manifest(agency: Agency, folder: Path, at: datetime) -> dict[str, Any]:
    store = SqlStore(folder / DATABASE, durable=False)
    try:
        verdict = verify(store)
        if verdict.sound:
            verdict.blame(file_faults(store, FileShelf(folder / FILES / agency.files.folder.name)))
    finally:
        store.close()
    settle(folder / DATABASE)
    return {
        "format": FORMAT,
        "agency": agency.settings.agency,
        "at": at.isoformat(),
        "cases": verdict.cases,
        "events": verdict.events,
        "root": verdict.root,
        "sound": verdict.sound,
        "files": {name: hash_of(path) for name, path in listed(folder)},
    }


def listed(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield every file of a backup but its manifest, with its name in it."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path != folder / MANIFEST:
            yield path.relative_to(folder).as_posix(), path


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _flush(folder: Path) -> None:
    """Wait until the disk has every file and every name."""
    for path in (folder, *folder.rglob("*")):
        flush(path)
