"""What a process remembers of cases is used only while the head of the log says that the case still stands there."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engine.commands import ClaimWork, GiveTask, MigrateCase
from engine.draft import Draft
from engine.handle import Done
from engine.objections import EVERY
from engine.refusals.entering import NotAccepted
from engine.refusals.life import CommandReused
from engine.refusals.work import AlreadyDone
from engine.rules import Ground
from engine.store import Reader
from engine.stores import sql
from engine.stores.audit import verify
from engine.stores.lately import Lately
from engine.stores.sql import SqlStore
from engine.trouble import Conflict
from procedures.shelf import release
from procedures.words import Words, say
from tests.engine.house import ISSUED, Office, at, purchase

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
    stores[0].lately.forget(case)

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


# -- a step on what is remembered --------------------------------------------------------------------------------------


def unseen(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be looked at any more before it is decided."""

    def look(*_: object) -> object:
        raise AssertionError("the database was looked at")

    monkeypatch.setattr(store.database, "look", look)


def test_a_remembered_case_is_not_looked_at_before_a_step(
    stores: tuple[SqlStore, SqlStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Office.with_(purchase(), store=stores[0])
    case = office.ordered(NOW)
    with monkeypatch.context() as patched:
        unseen(stores[0], patched)
        assert isinstance(office.finish(case, 2, "binh", NOW, "Hợp lệ"), Done)
    assert verify(stores[0]).sound
    assert held(stores[0], case) == held(stores[1], case)


def test_a_step_on_what_another_program_has_changed_is_decided_anew(stores: tuple[SqlStore, SqlStore]) -> None:
    mine, other = (Office.with_(purchase(), store=store) for store in stores)
    other.numbers = iter(range(1_000, 2_000))  # type: ignore[assignment]
    case = mine.ordered(NOW)
    other.do(case, "kiểm tra", "binh", NOW, "Hợp lệ")
    assert isinstance(mine.finish(case, 2, "binh", NOW, "Hợp lệ"), AlreadyDone)
    mine.do(case, "khảo giá", "giang", NOW)
    assert verify(stores[0]).sound


def test_what_is_remembered_refuses_nothing(stores: tuple[SqlStore, SqlStore]) -> None:
    mine, other = (Office.with_(purchase(), store=store) for store in stores)
    other.numbers = iter(range(1_000, 2_000))  # type: ignore[assignment]
    case = mine.ordered(NOW)
    other.do(case, "kiểm tra", "binh", NOW, "Hợp lệ")
    survey = other.live(case)["khảo giá"].number
    assert stores[0].lately.get(case).case.item(survey) is None  # type: ignore[union-attr]
    assert isinstance(mine.finish(case, survey, "giang", NOW), Done)


def test_nothing_is_written_behind_another_record_of_the_same_number(stores: tuple[SqlStore, SqlStore]) -> None:
    office = Office.with_(purchase(), store=stores[0])
    case = office.ordered(NOW)
    known = held(stores[0], case)
    wrong = stores[0].lately.put(replace(known, head="0" * 64))
    moved = known.case.but(version=known.case.version + 1)
    record = log(stores[0], case)[-1]
    with pytest.raises(Conflict):
        stores[0].follow(wrong, moved, [record.but(seq=moved.version, command="other")], [])
    assert stores[0].lately.get(case) is None
    assert held(stores[0], case) == known == held(stores[1], case)
    assert verify(stores[0]).sound


def test_an_objection_that_lives_with_an_unreadable_register_is_still_asked(
    stores: tuple[SqlStore, SqlStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Office.with_(purchase(), store=stores[0])
    other, case = office.open(NOW), office.ordered(NOW)

    def careful(_: Draft, reader: Reader, __: Ground) -> Words | None:
        try:
            found = reader.held(other)
        except Exception:  # noqa: BLE001 - as somebody may write it who would rather let a step pass than stop it
            return None
        return say("{case} comes first", case=other) if found is not None else None

    monkeypatch.setattr("engine.objections._installed", lambda: {EVERY: object()})
    monkeypatch.setattr("engine.objections._objection", lambda _: careful)
    assert isinstance(office.finish(case, 2, "binh", NOW, "Hợp lệ"), NotAccepted)
    assert held(stores[0], case).case.item(2).live


def test_an_issue_that_a_case_has_left_stops_nothing(stores: tuple[SqlStore, SqlStore]) -> None:
    mine, other = (Office.with_(purchase(), store=store) for store in stores)
    case = mine.ordered(NOW)
    old, new = purchase(), purchase().model_copy(update={"issue": purchase().issue + 1})
    for office in (mine, other):
        office.shelf.publish(release(new, approved_by="Giám đốc", issued_at=ISSUED))
    moved = MigrateCase(id="m", actor="an", case=case, issue=new.issue, reason="bản mới")
    assert isinstance(other.give(moved, NOW), Done)
    mine.shelf._releases.pop((old.code, old.issue))  # type: ignore[attr-defined]
    assert isinstance(mine.finish(case, 2, "binh", NOW, "Hợp lệ"), Done)


@pytest.mark.parametrize("told", [False, True], ids=["alone", "and-others-are-told"])
def test_a_command_that_could_be_done_again_is_done_once(stores: tuple[SqlStore, SqlStore], *, told: bool) -> None:
    office = Office.with_(purchase(), store=stores[0])
    stores[0].tells = {"kho": frozenset({"TaskGiven"})} if told else {}
    case = office.ordered(NOW)
    assert isinstance(office.give(ClaimWork(id="c", actor="binh", case=case, item=2), NOW), Done)
    give = GiveTask(id="t", actor="binh", case=case, item=2, to="giang", what="đối chiếu giá")
    first, second = office.give(give, NOW), office.give(give, NOW)
    assert isinstance(first, Done)
    assert isinstance(second, Done)
    assert (first.repeated, second.repeated) == (False, True)
    assert first.records == second.records
    assert isinstance(office.give(give.model_copy(update={"what": "khác"}), NOW), CommandReused)
    assert len(held(stores[1], case).case.items[1].tasks) == 1
    assert verify(stores[0]).sound


def log(store: SqlStore, case: str) -> Any:
    with store.reading() as reader:
        return reader.log(case)
