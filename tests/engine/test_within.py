"""Several commands in one transaction: where one of them cannot be written whole, none of them is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from engine.commands import FinishWork
from engine.handle import Done, handle
from engine.stores.rebuild import compare, rebuild
from engine.stores.sql import SqlStore
from engine.trouble import Conflict
from engine.within import Within
from tests.engine.house import Office, at, purchase

NOW = at(2, 8)


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    from tests.postgres import fresh_store

    opened = SqlStore(tmp_path / "a.db") if request.param == "sqlite" else fresh_store()
    yield opened
    opened.close()


def test_what_was_half_written_is_not_taken_for_done(store: SqlStore) -> None:
    office = Office.with_(purchase(), store=store)
    first, second = office.ordered(NOW), office.ordered(NOW)
    before = {case: office.case(case) for case in (first, second)}
    with store.writing() as writer:  # a row that nobody drew stands where the next step of the second will write
        stray = f"INSERT INTO work_holder VALUES ('{second}', 3, 'Chuyên viên quản trị@Văn phòng', NULL)"
        writer.connection.execute(text(stray))

    def both() -> None:
        with store.writing() as writer:
            for case in (first, second):
                done = FinishWork(id=f"f {case}", actor="binh", case=case, item=2, outcome="Hợp lệ")
                assert isinstance(handle(done, store=Within(store, writer), ground=office, now=NOW), Done)

    with pytest.raises(Conflict):
        both()
    assert {case: office.case(case) for case in (first, second)} == before
    assert rebuild(store).mended == [second]
    both()
    assert compare(store).same
