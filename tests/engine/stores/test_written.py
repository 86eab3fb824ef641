"""What one command wrote is one row of the log: read back it is record for record what it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from engine.stores.audit import verify
from engine.stores.sql import SqlStore
from tests.engine.house import Office, at, purchase

NOW = at(2, 8)


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    from tests.postgres import server

    opened = SqlStore(tmp_path / "a.db" if request.param == "sqlite" else server().database())
    yield opened
    opened.close()


def test_a_row_holds_all_records_of_a_command_and_nothing_of_them_is_lost(store: SqlStore) -> None:
    office, memory = Office.with_(purchase(), store=store), Office.with_(purchase())
    log, same = (one.log(one.examined(NOW)) for one in (office, memory))
    assert log == same
    with store.reading() as reader:
        rows = reader.connection.execute(text("SELECT first_seq, seq FROM event ORDER BY seq")).tuples().all()
    numbers = [[record.seq for record in log if record.command == one] for one in dict.fromkeys(r.command for r in log)]
    assert [tuple(row) for row in rows] == [(own[0], own[-1]) for own in numbers]
    assert len(rows) < len(log)
    assert verify(store).sound


def test_what_a_command_wrote_in_the_middle_of_a_log_is_read_back_with_its_hashes(store: SqlStore) -> None:
    office = Office.with_(purchase(), store=store)
    log = office.log(office.examined(NOW))
    with store.writing() as writer:
        for command in dict.fromkeys(record.command for record in log):
            receipt = writer.receipt(command)
            assert receipt is not None
            assert list(receipt.records) == [record for record in log if record.command == command]
