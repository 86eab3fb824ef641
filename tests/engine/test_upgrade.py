"""An agency's database is moved up once, and what it was is kept."""

import sqlite3
from pathlib import Path

import pytest

from engine.stores.schema import TODAY
from engine.stores.sql import SqlStore
from engine.stores.sqlite import copied
from engine.upgrade import Upgraded, upgrade

RELEASE = Path(__file__).parent / "stores" / "releases" / "0.1.0.sql"


def test_the_file_of_an_earlier_release_is_moved_up_and_kept_as_it_was(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "quytrinh.db")
    connection.executescript(RELEASE.read_text(encoding="utf-8"))
    connection.close()
    (tmp_path / "quytrinh.db").chmod(0o600)
    kept = tmp_path / "quytrinh.db.0.1.0"
    assert upgrade(tmp_path) == Upgraded("0.1.0", TODAY, kept)
    assert oct(kept.stat().st_mode) == "0o100600", "who may not read the one may not read the other"
    connection = sqlite3.connect(kept)
    assert connection.execute("SELECT count(*) FROM event").fetchone() == (58,)
    assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'visit'").fetchone() == (0,)
    connection.close()
    SqlStore(tmp_path / "quytrinh.db").close()
    assert upgrade(tmp_path) == Upgraded(TODAY, TODAY)


def test_of_two_who_move_it_up_the_later_one_leaves_what_was_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = sqlite3.connect(tmp_path / "quytrinh.db")
    connection.executescript(RELEASE.read_text(encoding="utf-8"))
    connection.close()

    def beaten(path: Path, to: Path) -> Path:
        monkeypatch.setattr("engine.upgrade.copied", copied)
        upgrade(tmp_path)
        return copied(path, to)

    monkeypatch.setattr("engine.upgrade.copied", beaten)
    kept = tmp_path / "quytrinh.db.0.1.0"
    assert upgrade(tmp_path) == Upgraded("0.1.0", TODAY, kept)
    connection = sqlite3.connect(kept)
    assert connection.execute("SELECT count(*) FROM event").fetchone() == (58,)
    connection.close()
    assert {path.name for path in tmp_path.iterdir()} == {"quytrinh.db", kept.name}


def test_a_folder_without_a_database_gets_one(tmp_path: Path) -> None:
    assert upgrade(tmp_path) == Upgraded(None, TODAY)
    SqlStore(tmp_path / "quytrinh.db").close()
