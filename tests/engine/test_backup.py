"""A backup made while people work holds every transition acknowledged before it began, and can be put back."""

import json
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event as Flag

import pytest
from sqlalchemy import select

from engine.agency import Agency, open_agency
from engine.backup import DATABASE, MANIFEST, BackupRefusal, backup
from engine.commands import OpenCase
from engine.handle import Done, handle
from engine.ledger.folder import CheckpointFolder
from engine.ledger.keys import signing_key
from engine.restoring import check, restore
from engine.stores.audit import verify
from engine.stores.rebuild import compare
from engine.stores.tables import EVENT
from procedures.shelf import release
from tests.engine.house import ISSUED, at, purchase
from tests.postgres import server

ROOT = Path(__file__).resolve().parents[2]
NOW = at(2, 8)
WHERE: dict[str, Callable[[], str]] = {"sqlite": lambda: "quytrinh.db", "postgres": lambda: server().database()}


def folder(root: Path, database: str = "quytrinh.db") -> Path:
    for name in ("organisation.d", "calendar.d"):
        shutil.copytree(ROOT / name, root / name)
    (root / "quytrinh.toml").write_text(f'agency = "Sở A"\ndatabase = "{database}"\n', encoding="utf-8")
    (root / "đính kèm").mkdir()
    (root / "đính kèm" / "tờ trình.txt").write_text("nội dung", encoding="utf-8")
    return root


@pytest.fixture(params=WHERE)
def agency(request: pytest.FixtureRequest, tmp_path: Path) -> Agency:
    opened = open_agency(folder(tmp_path / "agency", WHERE[request.param]()))
    opened.shelf.publish(release(purchase(), approved_by="Giám đốc", issued_at=ISSUED))
    for number in range(3):
        work(opened, f"first/{number}")
    return opened


def work(agency: Agency, id_: str) -> str:
    command = OpenCase(id=id_, actor="hung.nm", procedure="QT-VP-05", title=f"Mua máy {id_}", fields={}, salt="s")
    done = handle(command, store=agency.store, ground=agency, now=NOW)
    assert isinstance(done, Done), done
    return id_


def written(agency: Agency) -> set[str]:
    with agency.store.reading() as reader:
        return set(reader.connection.execute(select(EVENT.c.command)).scalars())


def test_what_is_put_back_is_what_was_there(agency: Agency, tmp_path: Path) -> None:
    key = signing_key(agency.root / "signing-key.pem")
    CheckpointFolder(agency.root / "checkpoints").add(agency.store, key, "Sở A", NOW)
    told = backup(agency, tmp_path / "b", NOW)
    assert (told["cases"], told["sound"]) == (3, True)
    checked = check(tmp_path / "b")
    assert checked.sound, (checked.faults, checked.verdict.faults)
    restore(tmp_path / "b", tmp_path / "again", "quytrinh.db")
    again = open_agency(tmp_path / "again")
    assert compare(again.store).kept == compare(agency.store).kept
    assert list(again.store.all_logs()) == list(agency.store.all_logs())
    assert verify(again.store).root == verify(agency.store).root == told["root"]
    assert (again.root / "đính kèm" / "tờ trình.txt").read_text("utf-8") == "nội dung"
    assert [one.name for one in again.shelf.all()] == ["QT-VP-05@3"]
    assert not (again.root / "signing-key.pem").exists()
    work(again, "goes on")
    agency.store.close()
    again.store.close()


def test_a_backup_goes_from_either_database_into_the_other(agency: Agency, tmp_path: Path) -> None:
    backup(agency, tmp_path / "b", NOW)
    address = server().database()
    restore(tmp_path / "b", tmp_path / "on server", address)
    there = open_agency(tmp_path / "on server")
    assert there.settings.database == address
    assert list(there.store.all_logs()) == list(agency.store.all_logs())
    assert verify(there.store).sound
    work(there, "goes on")
    with pytest.raises(BackupRefusal, match="already holds something"):
        restore(tmp_path / "b", tmp_path / "twice", address)
    assert not (tmp_path / "twice").exists()
    agency.store.close()
    there.store.close()


def test_a_backup_under_load_loses_nothing_acknowledged_before_it_began(agency: Agency, tmp_path: Path) -> None:
    enough = Flag()
    acknowledged: list[str] = []

    def clerk(number: int) -> None:
        for turn in range(10_000):
            if enough.is_set():
                return
            acknowledged.append(work(agency, f"{number}/{turn}"))

    with ThreadPoolExecutor(4) as pool:
        clerks = [pool.submit(clerk, number) for number in range(4)]
        for turn in range(3):
            before = len(acknowledged)
            while len(acknowledged) < before + 5:
                assert not any(clerk.done() for clerk in clerks)
            sure = set(acknowledged)
            backup(agency, tmp_path / f"b{turn}", NOW)
            restore(tmp_path / f"b{turn}", tmp_path / f"r{turn}", "quytrinh.db")
            again = open_agency(tmp_path / f"r{turn}")
            assert sure <= written(again)
            assert verify(again.store).sound
            again.store.close()
        enough.set()
        assert all(one.result() is None for one in clerks)
    assert len(acknowledged) > 15
    agency.store.close()


@pytest.fixture
def made(tmp_path: Path) -> Path:
    opened = open_agency(folder(tmp_path / "agency"))
    opened.shelf.publish(release(purchase(), approved_by="Giám đốc", issued_at=ISSUED))
    work(opened, "first")
    work(opened, "second")
    backup(opened, tmp_path / "b", NOW)
    opened.store.close()
    return tmp_path / "b"


def words(checked: object) -> list[str]:
    return [str(one) for one in checked.faults]  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["files/releases/QT-VP-05@3.json", DATABASE, "files/đính kèm/tờ trình.txt"])
def test_a_file_that_was_altered_or_taken_away_is_named(name: str, made: Path, tmp_path: Path) -> None:
    content = bytearray((made / name).read_bytes())
    content[len(content) // 2] ^= 1
    (made / name).write_bytes(content)
    assert words(check(made))[0] == f"{name} is not what was backed up"
    (made / name).unlink()
    assert words(check(made))[0] == f"{name} is missing in the backup"
    with pytest.raises(BackupRefusal, match="is missing"):
        restore(made, tmp_path / "r")
    assert not (tmp_path / "r").exists()


def test_a_file_that_was_put_in_is_named(made: Path) -> None:
    (made / "files" / "organisation.d" / "thêm.yaml").write_text("{}", encoding="utf-8")
    assert words(check(made)) == ["files/organisation.d/thêm.yaml does not belong to the backup"]


def test_a_manifest_that_was_made_to_fit_is_seen_by_the_audit(made: Path) -> None:
    told = json.loads((made / MANIFEST).read_text("utf-8"))
    told["root"] = "0" * 64
    (made / MANIFEST).write_text(json.dumps(told), encoding="utf-8")
    assert words(check(made)) == ["the database is not the one that the manifest tells of"]


def test_what_is_there_is_never_overwritten(made: Path, tmp_path: Path) -> None:
    opened = open_agency(tmp_path / "agency")
    before = (made / MANIFEST).read_bytes()
    with pytest.raises(BackupRefusal, match="not empty"):
        backup(opened, made, NOW)
    with pytest.raises(BackupRefusal, match="not empty"):
        restore(made, tmp_path / "agency")
    assert (made / MANIFEST).read_bytes() == before
    opened.store.close()


@pytest.mark.parametrize("content", ["", "[]", '{"format": 9, "files": {}}', '{"format": 1}'])
def test_what_is_no_backup_is_told(content: str, tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text(content, encoding="utf-8")
    with pytest.raises(BackupRefusal, match="no backup"):
        check(tmp_path)


def test_a_backup_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = open_agency(folder(tmp_path / "agency"))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("engine.backup.write_flushed", full)
    with pytest.raises(OSError, match="No space"):
        backup(opened, tmp_path / "b", NOW)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["agency"]
    opened.store.close()
