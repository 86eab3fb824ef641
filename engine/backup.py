"""A backup of an agency's folder: the database of one moment, every file, a list of hashes; and the way back."""

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from engine.agency import SETTINGS, Agency, open_agency, read_settings
from engine.ledger.folder import CheckpointFolder
from engine.ledger.refusing import LedgerRefusal
from engine.stores.audit import Verdict, verify
from engine.stores.copying import copy_in, copy_out, is_empty, settle
from engine.stores.database import on_server
from engine.stores.sql import SqlStore
from procedures.shelf import flush_folder, write_flushed
from procedures.words import Words, say

MANIFEST = "manifest.json"
DATABASE = "database.sqlite"
FILES = "files"
_FORMAT = 1


class BackupRefusal(LedgerRefusal):
    """A backup cannot be made, or is not what it was."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a backup holds: its manifest, what the audit of its database said, and every fault that was found."""

    manifest: Mapping[str, Any]
    verdict: Verdict
    faults: tuple[Words, ...]

    @property
    def sound(self) -> bool:
        """Tell whether the backup can be restored."""
        return not self.faults and self.verdict.sound


def backup(agency: Agency, to: Path, at: datetime) -> Mapping[str, Any]:
    """Write a backup into a new folder and return its manifest; the agency goes on working meanwhile.

    The database comes first and the files after it, so no event in the backup names a file that is not there. The
    signing key is left out: it is kept apart. Raises BackupRefusal when there is something at `to` already.
    """
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise BackupRefusal(say("{folder} is not empty; nothing was written", folder=str(to)))
    to.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{to.name}-", dir=to.parent))
    try:
        copy_out(agency.store, fresh / DATABASE)
        for path in _files_of(agency):
            with suppress(FileNotFoundError):  # a file that was erased in this moment
                _copy(path, fresh / FILES / path.relative_to(agency.root))
        told = _manifest(agency, fresh, at)
        write_flushed(fresh / MANIFEST, json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
        _flush(fresh)
        if to.exists():
            to.rmdir()
        fresh.rename(to)
        flush_folder(to.parent)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return told


def check(source: Path) -> Checked:
    """Hold a backup against its manifest, restore it into a temporary folder and audit what comes out."""
    told = _read_manifest(source)
    faults = [*_altered(source, told)]
    if any(fault.values.get("file") in {DATABASE, f"{FILES}/{SETTINGS}"} for fault in faults):
        return Checked(told, Verdict(), tuple(faults))
    with tempfile.TemporaryDirectory(prefix="quytrinh-restore-") as folder:
        root = Path(folder) / "restored"
        _put_files(source, root)
        shutil.copyfile(source / DATABASE, root / DATABASE)
        _point(root, DATABASE)
        agency = open_agency(root)
        try:
            verdict = _audited(agency, faults)
            counts = {"cases": verdict.cases, "events": verdict.events, "root": verdict.root}
            if any(told[name] != found for name, found in counts.items()):
                faults.append(say("the database is not the one that the manifest tells of"))
            faults += [fault.words for fault in agency.shelf.altered()]
            faults += agency.kept_calendars.faults({})
        finally:
            agency.store.close()
    return Checked(told, verdict, tuple(faults))


def restore(source: Path, to: Path, database: str | None = None) -> None:
    """Put a backup back into an empty folder, its database into `database` or where its settings say.

    Raises BackupRefusal when the folder is not empty, a server's database holds cases, or the backup was altered.
    """
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise BackupRefusal(say("{folder} is not empty; nothing was written", folder=str(to)))
    faults = [*_altered(source, _read_manifest(source))]
    if faults:
        raise BackupRefusal(faults[0])
    where = database or read_settings(source / FILES).database
    to.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{to.name}-", dir=to.parent))
    try:
        _put_files(source, fresh)
        if database is not None:
            _point(fresh, database)
        _put_database(source / DATABASE, fresh, where)
        if to.exists():
            to.rmdir()
        fresh.rename(to)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def _put_database(source: Path, root: Path, where: str) -> None:
    if not on_server(where):
        shutil.copyfile(source, root / where)
        return
    store = SqlStore(where)
    try:
        if not is_empty(store):
            raise BackupRefusal(say("the database already holds cases; nothing was written"))
        copy_in(source, store)
    finally:
        store.close()


def _audited(agency: Agency, faults: list[Words]) -> Verdict:
    """Audit a restored store against the newest checkpoint that came with it."""
    folder = CheckpointFolder(agency.root / agency.settings.checkpoints)
    try:
        anchor = folder.newest()
        return verify(agency.store, anchor.leaves() if anchor else ())
    except LedgerRefusal as refusal:
        faults.append(refusal.words)
        return verify(agency.store)


def _files_of(agency: Agency) -> Iterator[Path]:
    """Yield every file of an agency's folder but its database, its signing key and what programs leave for a moment."""
    database = {f"{agency.settings.database}{end}" for end in ("", "-wal", "-shm", "-journal")}
    left_out = {agency.root / name for name in (*database, agency.settings.signing_key)}
    for path in sorted(agency.root.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(agency.root).parts)
        if path.is_file() and path not in left_out and not hidden and path.suffix not in {".new", ".lines"}:
            yield path


def _copy(path: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(path, to)


def _manifest(agency: Agency, folder: Path, at: datetime) -> dict[str, Any]:
    store = SqlStore(folder / DATABASE, durable=False)
    try:
        verdict = verify(store)
    finally:
        store.close()
    settle(folder / DATABASE)
    return {
        "format": _FORMAT,
        "agency": agency.settings.agency,
        "at": at.isoformat(),
        "cases": verdict.cases,
        "events": verdict.events,
        "root": verdict.root,
        "sound": verdict.sound,
        "files": {name: _hash(path) for name, path in _listed(folder)},
    }


def _listed(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path != folder / MANIFEST:
            yield path.relative_to(folder).as_posix(), path


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_manifest(source: Path) -> Mapping[str, Any]:
    try:
        told = json.loads((source / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        told = None
    if not isinstance(told, dict) or told.get("format") != _FORMAT or not isinstance(told.get("files"), dict):
        raise BackupRefusal(say("{folder} is no backup of quytrinh", folder=str(source)))
    return told


def _altered(source: Path, told: Mapping[str, Any]) -> Iterator[Words]:
    there = dict(_listed(source))
    for name, hash_ in told["files"].items():
        if name not in there:
            yield say("{file} is missing in the backup", file=name)
        elif _hash(there[name]) != hash_:
            yield say("{file} is not what was backed up", file=name)
    for name in there.keys() - told["files"].keys():
        yield say("{file} does not belong to the backup", file=name)


def _put_files(source: Path, root: Path) -> None:
    root.mkdir(parents=True, exist_ok=True)
    for name, path in _listed(source / FILES):
        _copy(path, root / name)


def _point(root: Path, database: str) -> None:
    """Let the settings of a folder name another database."""
    path = root / SETTINGS
    line = f"database = {json.dumps(database)}"
    text = path.read_text(encoding="utf-8")
    changed, found = re.subn(r"(?m)^database\s*=.*$", lambda _: line, text)
    path.write_text(changed if found else f"{line}\n{text}", encoding="utf-8")


def _flush(folder: Path) -> None:
    """Wait until the disk has every file and every name."""
    for path in (folder, *folder.rglob("*")):
        if path.is_dir():
            flush_folder(path)
        else:
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
