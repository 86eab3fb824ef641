"""What a process remembers of cases is used only while the head of the log says that the case still stands there."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.handle import Done
from engine.stores import sql
from engine.stores.lately import Lately
from engine.stores.sql import SqlStore
from tests.engine.house import Office, at, purchase

NOW = at(2, 8)


@pytest.fixture(params=["sqlite", "postgres"])
def stores(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[SqlStore, SqlStore]]:
    """Two programs on one database."""
    from tests.postgres import server

    where = tmp_path / "a.db" if request.param == "sqlite" else server().database()
    opened = SqlStore(where), SqlStore(where)
    yield opened
    for store in opened:
        store.close()


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which cases were read from the database to be decided on."""
    seen: list[str] = []
    real = sql.read_case

    def read_case(state: bytes) -> Any:
        case = real(state)
        seen.append(case.id)
        return case

    monkeypatch.setattr(sql, "read_case", read_case)
    return seen


def held(store: SqlStore, case: str) -> Any:
    with store.writing() as writer:
        return writer.held(case)


def test_a_case_is_not_read_again_while_nobody_else_writes(stores: tuple[SqlStore, SqlStore], read: list[str]) -> None:
    office = Office.with_(purchase(), store=stores[0])
    case = office.examined(NOW)
    read.clear()
    known = held(stores[0], case)
    assert read == []
    assert known == held(stores[1], case)
    assert read == [case]


def test_what_another_program_wrote_is_read(stores: tuple[SqlStore, SqlStore], read: list[str]) -> None:
    mine, other = (Office.with_(purchase(), store=store) for store in stores)
    other.numbers = iter(range(1_000, 2_000))  # type: ignore[assignment]
    case = mine.examined(NOW)
    other.do(case, "xem xét", "dung", at(3, 9), "Yêu cầu làm rõ", reason="giá cũ")
    read.clear()
    now = held(stores[0], case)
    assert read == [case]
    assert now == held(stores[1], case)
    assert now.values["nội dung"]


def test_what_was_taken_back_is_not_remembered(stores: tuple[SqlStore, SqlStore]) -> None:
    office = Office.with_(purchase(), store=stores[0])
    case = office.ordered(NOW)
    before = held(stores[0], case)

    class TakenBack(Exception):  # noqa: N818
        pass

    real = sql.SqlWriter.commit

    def commit(self: Any, *told: Any) -> None:
        real(self, *told)
        raise TakenBack

    sql.SqlWriter.commit = commit  # type: ignore[method-assign]
    try:
        with pytest.raises(TakenBack):
            office.finish(case, 2, "binh", NOW, "Hợp lệ")
    finally:
        sql.SqlWriter.commit = real  # type: ignore[method-assign]
    assert stores[0].lately.get(case).case != before.case  # type: ignore[union-attr]
    assert held(stores[0], case) == before
    assert isinstance(office.finish(case, 2, "binh", NOW, "Hợp lệ"), Done)


def test_only_so_many_are_remembered(tmp_path: Path) -> None:
    store = SqlStore(tmp_path / "a.db")
    office = Office.with_(purchase(), store=store)
    few, cases = Lately(2), [office.open(NOW) for _ in range(3)]
    for case in cases:
        few.put(held(store, case))
    assert [few.get(case) is not None for case in cases] == [False, True, True]
    store.close()
