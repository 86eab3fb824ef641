"""What is put back overwrites nothing that lives, comes up to today's tables, and is on the disk before it is told."""

import fcntl
import hashlib
import io
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine.agency import Agency, open_agency
from engine.backup import DATABASE, FILES, MANIFEST, BackupRefusal, backup
from engine.commands import AttachFile, FinishWork
from engine.commands.files import NAME
from engine.handle import Done, handle
from engine.restoring import check, restore
from engine.stores.accounts import Accounts
from engine.stores.audit import verify
from engine.stores.sql import SqlStore
from procedures.shelf import release
from tests.engine.house import ISSUED, purchase
from tests.engine.test_backup import NOW, folder, work, written
from tests.postgres import server

RELEASE = Path(__file__).parent / "stores" / "releases" / "0.1.0.sql"


def opened(root: Path, database: str = "quytrinh.db") -> Agency:
    agency = open_agency(folder(root, database))
    agency.shelf.publish(release(purchase(), approved_by="Giám đốc", issued_at=ISSUED))
    work(agency, "first")
    return agency


def test_a_database_that_lives_elsewhere_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "db").mkdir()
    living = tmp_path / "db" / "so-a.db"
    agency = opened(tmp_path / "agency", str(living))
    backup(agency, tmp_path / "b", NOW)
    work(agency, "after the backup")
    before = sorted(one.name for one in tmp_path.iterdir())
    with pytest.raises(BackupRefusal, match="is there already"):
        restore(tmp_path / "b", tmp_path / "again")
    assert sorted(one.name for one in tmp_path.iterdir()) == before
    assert "after the backup" in written(agency)
    assert verify(agency.store).sound
    agency.store.close()
    restore(tmp_path / "b", tmp_path / "again", "quytrinh.db")
    again = open_agency(tmp_path / "again")
    assert written(again) == {"first"}
    again.store.close()


def test_the_folder_of_a_database_is_made(tmp_path: Path) -> None:
    (tmp_path / "agency" / "db").mkdir(parents=True)
    agency = opened(tmp_path / "agency", "db/so-a.db")
    backup(agency, tmp_path / "b", NOW)
    agency.store.close()
    restore(tmp_path / "b", tmp_path / "again")
    again = open_agency(tmp_path / "again")
    assert written(again) == {"first"}
    again.store.close()


def test_a_backup_of_an_earlier_release_is_checked_and_put_back_with_the_tables_of_today(tmp_path: Path) -> None:
    opened(tmp_path / "agency").store.close()
    left = tmp_path / "agency" / "quytrinh.db"
    left.unlink()
    connection = sqlite3.connect(left)
    connection.executescript(RELEASE.read_text(encoding="utf-8"))
    connection.close()
    made = as_it_backed_up(left, tmp_path)
    checked = check(made)
    assert (checked.faults, checked.verdict.faults, checked.verdict.events) == ((), [], 58)
    restore(made, tmp_path / "again")
    again = open_agency(tmp_path / "again")
    assert verify(again.store).sound
    again.store.close()


def as_it_backed_up(database: Path, tmp_path: Path) -> Path:
    """A backup with a database as an earlier release has left it: its manifest tells of the same cases and hashes."""
    told = SqlStore(shutil.copy(database, tmp_path / "up.db"), upgrade=True)
    verdict = verify(told)
    told.close()
    agency = opened(tmp_path / "other")
    made = tmp_path / "b"
    manifest = dict(backup(agency, made, NOW))
    agency.store.close()
    shutil.copyfile(database, made / DATABASE)
    manifest |= {"cases": verdict.cases, "events": verdict.events, "root": verdict.root}
    manifest["files"] |= {DATABASE: hashlib.sha256((made / DATABASE).read_bytes()).hexdigest()}
    (made / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    return made


def attached(agency: Agency) -> Path:
    """Attach a file to the first case; return where it lies."""
    content = b"%PDF-1"
    digest = hashlib.sha256(content).hexdigest()
    agency.files.put(io.BytesIO(content), digest)
    slip = {"nội dung": "Máy in", "tổng tiền": "12 triệu", "nguồn kinh phí": "Khác"}
    told = {"item": 1, "digest": digest, "size": len(content), "type": "application/pdf", "salt": "s"}
    for command in (
        AttachFile(id="t", actor="hung.nm", case="HS-2026-0001", fields={NAME: "giá.pdf"}, **told),
        FinishWork(id="f", actor="hung.nm", case="HS-2026-0001", item=1, fields=slip, salt="s"),
    ):
        assert isinstance(handle(command, store=agency.store, ground=agency, now=NOW), Done)
    return agency.files.path(digest)


def test_files_that_lie_on_another_disk_are_backed_up_too(tmp_path: Path) -> None:
    agency = opened(tmp_path / "agency")
    path = attached(agency)
    (tmp_path / "agency" / "attachments").rename(tmp_path / "disk")
    (tmp_path / "agency" / "attachments").symlink_to(tmp_path / "disk", target_is_directory=True)
    (tmp_path / "disk" / "again").symlink_to(tmp_path / "agency", target_is_directory=True)
    assert backup(agency, tmp_path / "b", NOW)["sound"]
    agency.store.close()
    assert check(tmp_path / "b").sound
    kept = tmp_path / "b" / FILES / path.relative_to(tmp_path / "agency")
    assert kept.read_bytes() == b"%PDF-1"


def test_a_file_of_a_case_that_is_missing_is_told_when_it_is_backed_up_and_when_it_is_checked(tmp_path: Path) -> None:
    agency = opened(tmp_path / "agency")
    attached(agency).unlink()
    assert not backup(agency, tmp_path / "b", NOW)["sound"]
    agency.store.close()
    checked = check(tmp_path / "b")
    assert [str(fault.words) for fault in checked.verdict.faults] == ["file 1 is missing or was altered"]
    assert not checked.sound


def test_a_backup_is_not_made_into_what_it_backs_up(tmp_path: Path) -> None:
    agency = opened(tmp_path / "agency")
    with pytest.raises(BackupRefusal, match="lies in the agency"):
        backup(agency, tmp_path / "agency" / "sao-luu" / "hôm nay", NOW)
    assert not (tmp_path / "agency" / "sao-luu").exists()
    agency.store.close()


def test_what_a_killed_program_left_is_cleared_away_and_what_is_being_written_is_not(tmp_path: Path) -> None:
    agency = opened(tmp_path / "agency")
    left, busy, other = (tmp_path / name for name in (".b-ab_12345", ".b-abcd1234", ".bb-abcd1234"))
    for one in (left, busy, other):
        one.mkdir()
        (one / DATABASE).write_bytes(b"")
    with writing(busy):
        backup(agency, tmp_path / "b", NOW)
    assert {one.name for one in tmp_path.iterdir()} == {"agency", "b", busy.name, other.name}
    agency.store.close()


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    yield
    os.close(descriptor)


def test_what_is_put_back_is_on_the_disk_before_it_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    agency = opened(tmp_path / "agency")
    backup(agency, tmp_path / "b", NOW)
    agency.store.close()
    flushed: list[str] = []
    real = os.fsync

    def told(descriptor: int) -> None:
        flushed.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", told)
    restore(tmp_path / "b", tmp_path / "again")
    names = {one.name for one in (tmp_path / "again").rglob("*")}
    assert names <= set(flushed)
    assert flushed[-1] == tmp_path.name


def test_a_server_that_holds_accounts_is_not_empty(tmp_path: Path) -> None:
    agency = opened(tmp_path / "agency")
    backup(agency, tmp_path / "b", NOW)
    agency.store.close()
    address = server().database()
    store = SqlStore(address)
    Accounts(store).add("an", "an", NOW)
    store.close()
    with pytest.raises(BackupRefusal, match="already holds"):
        restore(tmp_path / "b", tmp_path / "again", address)
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize("content", ['{"format": 1, "files": {}}', '{"format": 1, "files": {"database.sqlite": 1}}'])
def test_a_manifest_that_tells_of_no_database_is_a_fault(content: str, tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text(content, encoding="utf-8")
    assert [str(one) for one in check(tmp_path).faults] == [f"{DATABASE} is missing in the backup"]
