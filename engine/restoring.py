"""The way back from a backup: it is checked, and put where nothing is; half of it is never there."""

import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.agency import SETTINGS, Agency, open_agency, read_settings
from engine.backup import (
    DATABASE,
    FILES,
    FORMAT,
    MANIFEST,
    BackupRefusal,
    copy_file,
    hash_of,
    listed,
    made_beside,
    must_be_free,
)
from engine.ledger.folder import CheckpointFolder
from engine.ledger.refusing import LedgerRefusal
from engine.stores.audit import Verdict, verify
from engine.stores.copying import copy_in, is_empty, settle
from engine.stores.database import on_server
from engine.stores.filed import file_faults
from engine.stores.sql import SqlStore
from procedures.shelf import flush
from procedures.words import Words, say


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


def check(source: Path) -> Checked:
    """Hold a backup against its manifest, restore it into a temporary folder and audit what comes out."""
    told = _read_manifest(source)
    faults = [*_altered(source, told)]
    if any(fault.values.get("file") in {DATABASE, f"{FILES}/{SETTINGS}"} for fault in faults):
        return Checked(told, Verdict(), tuple(faults))
    with tempfile.TemporaryDirectory(prefix="quytrinh-restore-") as folder:
        root = Path(folder) / "restored"
        _put_files(source, root)
        _put_file(source / DATABASE, root / DATABASE)
        _point(root, DATABASE)
        agency = open_agency(root)
        try:
            verdict = _audited(agency, faults)
            counts = {"cases": verdict.cases, "events": verdict.events, "root": verdict.root}
            if any(told.get(name) != found for name, found in counts.items()):
                faults.append(say("the database is not the one that the manifest tells of"))
            faults += [fault.words for fault in agency.shelf.altered()]
            faults += agency.kept_calendars.faults({})
        finally:
            agency.store.close()
    return Checked(told, verdict, tuple(faults))


def restore(source: Path, to: Path, database: str | None = None) -> None:
    """Put a backup back into an empty folder, its database into `database` or where its settings say.

    One of an earlier release gets the tables of today. Raises BackupRefusal when the folder is not empty, the database
    is there already, a server's holds anything, or the backup was altered.
    """
    must_be_free(to)
    faults = [*_altered(source, _read_manifest(source))]
    if faults:
        raise BackupRefusal(faults[0])
    where = database or read_settings(source / FILES).database
    with made_beside(to) as fresh:
        _put_files(source, fresh)
        if database is not None:
            _point(fresh, database)
        _put_database(source / DATABASE, fresh, where)


def _put_database(source: Path, root: Path, where: str) -> None:
    if not on_server(where):
        _put_file(source, root / where)
        return
    store = SqlStore(where)
    try:
        if not is_empty(store):
            raise BackupRefusal(say("the database already holds something; nothing was written. Name an empty one"))
        copy_in(source, store)
    finally:
        store.close()


def _put_file(source: Path, to: Path) -> None:
    """Put a database file where none is, with the tables of today."""
    if to.exists():
        raise BackupRefusal(
            say("the database {file} is there already; nothing was written. Name another: --database", file=str(to))
        )
    to.parent.mkdir(parents=True, exist_ok=True)
    fresh = to.with_name(f".{to.name}.new")
    try:
        shutil.copyfile(source, fresh)
        SqlStore(fresh, upgrade=True).close()
        settle(fresh)
        flush(fresh)
        fresh.replace(to)
    finally:
        fresh.unlink(missing_ok=True)
    flush(to.parent)


def _audited(agency: Agency, faults: list[Words]) -> Verdict:
    """Audit a restored store against the newest checkpoint that came with it."""
    folder = CheckpointFolder(agency.root / agency.settings.checkpoints)
    try:
        anchor = folder.newest()
        verdict = verify(agency.store, anchor.leaves() if anchor else ())
    except LedgerRefusal as refusal:
        faults.append(refusal.words)
        verdict = verify(agency.store)
    if verdict.sound:
        verdict.blame(file_faults(agency.store, agency.files))
    return verdict


def _read_manifest(source: Path) -> Mapping[str, Any]:
    try:
        told = json.loads((source / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        told = None
    if not isinstance(told, dict) or told.get("format") != FORMAT or not isinstance(told.get("files"), dict):
        raise BackupRefusal(say("{folder} is no backup of quytrinh", folder=str(source)))
    return told


def _altered(source: Path, told: Mapping[str, Any]) -> Iterator[Words]:
    there = dict(listed(source))
    if DATABASE not in told["files"]:
        yield say("{file} is missing in the backup", file=DATABASE)
    for name, hash_ in told["files"].items():
        if name not in there:
            yield say("{file} is missing in the backup", file=name)
        elif hash_of(there[name]) != hash_:
            yield say("{file} is not what was backed up", file=name)
    for name in there.keys() - told["files"].keys():
        yield say("{file} does not belong to the backup", file=name)


def _put_files(source: Path, root: Path) -> None:
    root.mkdir(parents=True, exist_ok=True)
    for name, path in listed(source / FILES):
        copy_file(path, root / name)


def _point(root: Path, database: str) -> None:
    """Let the settings of a folder name another database."""
    path = root / SETTINGS
    line = f"database = {json.dumps(database)}"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    changed, found = re.subn(r"(?m)^database\s*=.*$", lambda _: line, text)
    path.write_text(changed if found else f"{line}\n{text}", encoding="utf-8")
