"""The version of the tables: what an earlier release has left moves up whole, with every byte of its log."""

import hashlib
import re
import sqlite3
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlmodel import SQLModel

from engine.commands import CorrectRecord, EraseValues
from engine.evolve import fold
from engine.handle import Done
from engine.refusals.keeping import NoTextToErase
from engine.stores import schema
from engine.stores.audit import verify
from engine.stores.database import on_server
from engine.stores.rebuild import compare
from engine.stores.sql import SqlStore
from engine.stores.tables import _POSTGRES_GUARDS
from engine.texts import ERASED
from engine.trouble import Damaged, NewerTables, OlderTables
from tests.engine.decisions.test_keeping import headed
from tests.engine.house import Office, at, purchase
from tests.postgres import server

LATER = at(1, 8, month=6)
RELEASES = sorted((Path(__file__).parent / "releases").glob("*.sql"))
MAKING = r"^CREATE TABLE .*?\);|^CREATE (?:UNIQUE )?INDEX .*?;"
OF_EXPRESSIONS = {"item_live", "item_assignee", "item_unit", "holder_work"}
LOG = "SELECT case_id, seq, kind, at, actor, command, digest, body, hash FROM event ORDER BY case_id, seq"
VALUES = "SELECT case_id, name, seq, command, value, salt FROM entered_value ORDER BY case_id, name, seq"


@pytest.fixture(params=RELEASES, ids=[path.stem for path in RELEASES])
def release(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


def as_left_by(release: Path, at: Path) -> Path:
    """Return a database as a release has left it."""
    connection = sqlite3.connect(at)
    connection.executescript(release.read_text(encoding="utf-8"))
    connection.close()
    return at


@pytest.fixture(params=["sqlite", "postgres"])
def where(request: pytest.FixtureRequest, release: Path, tmp_path: Path) -> Path | str:
    """A database of a release: as it left it, or its tables with its log and its values on a server."""
    left = as_left_by(release, tmp_path / "a.db")
    return left if request.param == "sqlite" else on_a_server(release, left)


def on_a_server(release: Path, left: Path) -> str:
    """Return a database on a server with the tables of a release, and the log and the values that it has left."""
    url = server().database()
    source = sqlite3.connect(left)
    with psycopg.connect(url) as target:
        for statement in (*re.findall(MAKING, _script(release), re.DOTALL | re.MULTILINE), *_POSTGRES_GUARDS):
            target.execute(statement)
        for name, asked in (("event", LOG), ("entered_value", VALUES)):
            rows = source.execute(asked).fetchall()
            columns = ", ".join(asked.removeprefix("SELECT ").partition(" FROM ")[0].split(", "))
            marks = ", ".join(["%s"] * len(rows[0]))
            target.cursor().executemany(f"INSERT INTO {name} ({columns}) VALUES ({marks})", rows)
    source.close()
    return url


def _script(release: Path) -> str:
    return release.read_text(encoding="utf-8")


def log_of(store: SqlStore) -> str:
    """Return a hash of every record, in the columns of 0.1.0, and of every entered value."""
    names = ("case", "seq", "kind", "at", "actor", "command", "digest", "body", "hash")
    with store.reading() as reader:
        records = [record for case in reader.case_ids() for record in reader.log(case)]
        values = [tuple(row) for row in reader.connection.execute(text(VALUES))]
    told = [{name: getattr(one, name, None) for name in names} for one in records]
    for one, record in zip(told, records, strict=True):
        one |= {"kind": record.event.kind, "at": int(record.at.timestamp())}
    rows = [*(tuple(one.values()) for one in told), *values]
    return hashlib.sha256(repr(sorted(rows, key=repr)).encode()).hexdigest()


def log_left_by(release: Path, tmp_path: Path) -> str:
    connection = sqlite3.connect(as_left_by(release, tmp_path / "left.db"))
    rows = [row for asked in (LOG, VALUES) for row in connection.execute(asked)]
    connection.close()
    return hashlib.sha256(repr(sorted(rows, key=repr)).encode()).hexdigest()


@pytest.fixture
def moved_up(where: Path | str) -> Iterator[SqlStore]:
    store = SqlStore(where, upgrade=True)
    yield store
    store.close()


def test_every_byte_of_the_log_is_kept_and_everything_else_follows_from_it(
    moved_up: SqlStore, release: Path, tmp_path: Path
) -> None:
    assert log_of(moved_up) == log_left_by(release, tmp_path)
    verdict = verify(moved_up)
    assert verdict.sound, verdict.faults
    assert compare(moved_up).same


def test_the_logs_of_every_release_still_fold_to_the_case_that_is_kept(moved_up: SqlStore) -> None:
    with moved_up.reading() as reader:
        cases = reader.case_ids()
        assert len(cases) >= 6
        for case in cases:
            held = reader.held(case)
            assert held is not None
            assert held.case == fold(reader.log(case))


def test_what_an_earlier_release_wrote_stays_in_its_log_and_what_is_written_now_can_be_erased(
    moved_up: SqlStore,
) -> None:
    office = headed(moved_up)
    with moved_up.reading() as reader:
        case = next(case.id for case in reader.cases() if case.over)
    before = office.log(case)
    assert [text for record in before for text in record.texts] == []
    assert office.case(case).title in before[0].body
    asked = {"case": case, "actor": "em", "reason": "theo đơn", "basis": "Luật 91/2025"}
    assert office.give(EraseValues(id="x1", texts=("1.title",), **asked), LATER) == NoTextToErase(case, "1.title")
    said = CorrectRecord(id="x2", actor="em", case=case, event=1, says="Mua máy quét", reason="ghi nhầm")
    assert isinstance(office.give(said, LATER), Done)
    assert isinstance(office.give(EraseValues(id="x3", texts=(f"{len(before) + 1}.says",), **asked), LATER), Done)
    log = office.log(case)
    assert (log[-2].event.says, log[-2].event.reason) == (ERASED, "ghi nhầm")  # type: ignore[union-attr]
    assert log[: len(before)] == before
    assert verify(moved_up).sound
    assert compare(moved_up).same


@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_the_tables_are_those_of_a_fresh_database(moved_up: SqlStore) -> None:
    with moved_up.writing() as writer:
        context = MigrationContext.configure(writer.connection, opts={"compare_type": False})
        there = {
            index["name"] for name in SQLModel.metadata.tables for index in inspect(writer.connection).get_indexes(name)
        }
        found = [str(one) for one in compare_metadata(context, SQLModel.metadata) if not _only_said_otherwise(one)]
    assert found == []
    assert {*there, *_sqlite_indexes(moved_up)} >= OF_EXPRESSIONS


def _only_said_otherwise(difference: object) -> bool:
    """Indexes of expressions are told by a database in words of its own, which no tool compares."""
    return isinstance(difference, tuple) and getattr(difference[1], "name", "") in OF_EXPRESSIONS


def _sqlite_indexes(store: SqlStore) -> set[str]:
    if on_server(store.where):
        return set()
    with store.reading() as reader:
        return set(reader.connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'index'")).scalars())


def test_work_goes_on_where_it_was_left(moved_up: SqlStore) -> None:
    office = Office.with_(purchase(), store=moved_up)
    office.numbers = count(1_000)
    assert isinstance(office.finish("HS-2026-0002", 2, "binh", at(6, 8), "Hợp lệ"), Done)
    assert office.open(at(6, 9)) == "HS-2026-0007"
    assert verify(moved_up).sound


def test_an_older_database_is_not_touched_unless_that_is_asked_for(release: Path, tmp_path: Path) -> None:
    path = as_left_by(release, tmp_path / "a.db")
    with pytest.raises(OlderTables, match=release.stem):
        SqlStore(path)
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'visit'").fetchone() == (0,)
    connection.close()


def test_a_later_database_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    SqlStore(path).close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '99.0.0'")
    connection.commit()
    connection.close()
    with pytest.raises(NewerTables, match=r"99\.0\.0"):
        SqlStore(path, upgrade=True)


def test_a_log_that_was_altered_is_not_moved_up(release: Path, tmp_path: Path) -> None:
    path = as_left_by(release, tmp_path / "a.db")
    connection = sqlite3.connect(path)
    connection.execute("DROP TRIGGER event_no_update")
    connection.execute("UPDATE event SET actor = 'x' WHERE case_id = 'HS-2026-0003' AND seq = 2")
    connection.commit()
    connection.close()
    with pytest.raises(Damaged, match="HS-2026-0003"):
        SqlStore(path, upgrade=True)
    with pytest.raises(OlderTables):
        SqlStore(path)


def test_the_version_of_today_is_the_newest_revision(tmp_path: Path) -> None:
    assert ScriptDirectory(str(schema._FOLDER)).get_heads() == [schema.TODAY]
    store = SqlStore(tmp_path / "a.db")
    with store.reading() as reader:
        assert schema.version(reader.connection) == schema.TODAY
    store.close()
