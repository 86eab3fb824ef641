"""One way in: the same id is done once, whoever repeats it; what is refused has changed nothing."""

import unicodedata
from pathlib import Path

import pytest
from sqlalchemy import text

from engine.commands import ClaimWork, FinishWork, OpenCase, ReleaseWork
from engine.handle import HALF, Done, command_digest
from engine.refusal import Refusal
from engine.refusals.entering import NotWritable
from engine.refusals.life import CommandReused, StaleVersion, UnknownCase
from engine.store import Store
from engine.stores.memory import MemoryStore
from engine.stores.sql import SqlStore
from tests.engine.house import Office, at, purchase

NOW = at(2, 8)


@pytest.fixture(params=["memory", "sql"])
def given(request: pytest.FixtureRequest, tmp_path: Path) -> Office:
    store: Store = MemoryStore() if request.param == "memory" else SqlStore(tmp_path / "a.db")
    return Office.with_(purchase(), store=store)


def filled(case: str, **more: object) -> FinishWork:
    fields = {"nội dung": "Máy in", "tổng tiền": "12 triệu"}
    return FinishWork(id="f", actor="an", case=case, item=1, fields=fields, **more)  # type: ignore[arg-type]


def test_asked_twice_it_is_done_once_and_answered_the_same(given: Office) -> None:
    opening = OpenCase(id="o", actor="an", procedure="QT-VP-05", title="Mua máy in", salt="a")
    first = given.give(opening, NOW)
    again = given.give(opening, at(3, 8))
    assert isinstance(first, Done)
    assert isinstance(again, Done)
    assert (again.case, again.records, again.repeated, first.repeated) == (first.case, first.records, True, False)
    with given.store.reading() as reader:
        assert reader.case_ids() == [first.case]


def test_a_repeated_command_answers_the_same_after_the_case_has_moved_on(given: Office) -> None:
    case = given.open(NOW)
    first = given.give(filled(case, salt="a"), NOW)
    given.do(case, "kiểm tra", "binh", NOW, "Không thuộc phạm vi")
    before = given.log(case)
    again = given.give(filled(case, salt="another"), at(9, 8))
    assert isinstance(first, Done)
    assert isinstance(again, Done)
    assert again.records == first.records
    assert again.repeated
    assert given.log(case) == before


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "dung"},
        {"item": 2},
        {"outcome": "Xong"},
        {"reason": "vì"},
        {"checked": ("một",)},
        {"expected_version": 3},
        {"fields": {"nội dung": "Máy in", "tổng tiền": "13 triệu"}},
        {"fields": {"nội dung": "Máy in", "tổng tiền": "12 triệu", "nguồn kinh phí": "Khác"}},
        {"fields": {}},
        {"case": "HS-2026-0009"},
    ],
)
def test_the_same_id_for_something_else_is_refused(given: Office, change: dict[str, object]) -> None:
    case = given.open(NOW)
    given.give(filled(case), NOW)
    before = given.log(case)
    assert given.give(filled(case).model_copy(update=change), NOW) == CommandReused("f")
    claim = ClaimWork(id="f", actor="an", case=case, item=1)
    assert given.give(claim, NOW) == CommandReused("f")
    assert given.log(case) == before


def test_a_refused_command_has_changed_nothing_and_may_be_asked_again(given: Office) -> None:
    case = given.ordered(NOW)
    with given.store.reading() as reader:
        before = reader.held(case), reader.work(), reader.log(case)
    finish = FinishWork(id="k", actor="an", case=case, item=2, outcome="Hợp lệ")
    assert isinstance(given.give(finish, NOW), Refusal)
    with given.store.reading() as reader:
        assert (reader.held(case), reader.work(), reader.log(case)) == before
        assert isinstance(given.give(finish.model_copy(update={"actor": "binh"}), NOW), Done)


def test_a_case_that_does_not_exist_is_unknown(given: Office) -> None:
    assert given.give(filled("HS-2026-0077"), NOW) == UnknownCase("HS-2026-0077")


def test_whoever_looked_at_an_older_version_is_told(given: Office) -> None:
    case = given.open(NOW)
    seen = given.case(case).version
    release = ReleaseWork(id="r", actor="an", case=case, item=1, expected_version=seen)
    claim = ClaimWork(id="c", actor="dung", case=case, item=1, expected_version=seen)
    assert isinstance(given.give(release, NOW), Done)
    answer = given.give(claim, NOW)
    assert answer == StaleVersion(case, seen + 1, seen)
    assert isinstance(answer, StaleVersion)
    assert answer.words.into("vi") == (
        "Hồ sơ HS-2026-0001 đã thay đổi: đang ở phiên bản 4, không phải 3. Hãy xem lại rồi làm lại."
    )


def test_instants_are_kept_to_the_second_in_utc(given: Office) -> None:
    case = given.open(NOW.replace(second=7, microsecond=999_999))
    assert {record.at.isoformat() for record in given.log(case)} == {"2026-03-02T01:00:07+00:00"}


@pytest.mark.parametrize("bad", ["a\x00b", "\ud800", "x\udfff"])
def test_text_that_no_database_keeps_is_refused_before_anything(given: Office, bad: str) -> None:
    case = given.open(NOW)
    before = given.log(case)
    for command in (
        OpenCase(id="o", actor="an", procedure="QT-VP-05", title=bad),
        filled(case, reason=bad),
        filled(case, checked=(bad,)),
        filled(case).model_copy(update={"fields": {"nội dung": bad}}),
        filled(case).model_copy(update={"fields": {bad: "1"}}),
        ClaimWork(id=bad, actor="an", case=case, item=1),
        ClaimWork(id="c", actor=bad, case=case, item=1),
    ):
        assert given.give(command, NOW) == NotWritable()
    assert given.log(case) == before


def test_both_forms_of_the_same_word_are_one(given: Office) -> None:
    case = given.ordered(NOW)
    apart = unicodedata.normalize("NFD", "Thiếu hoặc sai")
    given.do(case, "kiểm tra", "binh", NOW, apart, reason=unicodedata.normalize("NFD", "thiếu báo giá"))
    assert "thiếu báo giá" in [getattr(record.event, "reason", None) for record in given.log(case)]


def test_an_instant_without_a_zone_is_a_mistake_of_the_program(given: Office) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        given.open(NOW.replace(tzinfo=None))


def test_after_erasure_the_same_request_is_still_known_and_another_kind_refused(given: Office) -> None:
    case = given.open(NOW)
    first = given.give(filled(case, salt="a"), NOW)
    assert isinstance(first, Done)
    erase(given.store)
    again = given.give(filled(case, salt="b"), NOW)
    assert isinstance(again, Done)
    assert again.records == first.records
    assert given.give(ClaimWork(id="f", actor="an", case=case, item=1), NOW) == CommandReused("f")
    assert given.give(filled(case, reason="vì"), NOW) == CommandReused("f")


def erase(store: Store) -> None:
    """Erase every entered value with its salt, as a keeper of personal data does."""
    if isinstance(store, SqlStore):
        with store.writing() as writer:
            writer.connection.execute(text("DELETE FROM entered_value"))
    elif isinstance(store, MemoryStore):
        store._values.clear()
        store._salts.clear()


def test_the_digest_of_a_command_tells_nothing_of_its_values_without_their_salt() -> None:
    one = FinishWork(id="a", actor="an", case="HS-1", item=1, fields={"có con nhỏ": "có"})
    other = one.model_copy(update={"fields": {"có con nhỏ": "không"}})
    salt = {"có con nhỏ": "muối"}
    asked, entered = command_digest(one, salt)[:HALF], command_digest(one, salt)[HALF:]
    assert command_digest(other, salt)[:HALF] == asked
    assert command_digest(other, salt)[HALF:] != entered
    assert command_digest(one, {"có con nhỏ": "khác"})[HALF:] not in {entered, command_digest(other, salt)[HALF:]}


def test_what_a_command_asks_is_its_kind_and_all_but_id_and_salt() -> None:
    claim = ClaimWork(id="a", actor="an", case="HS-1", item=1)
    assert command_digest(claim) == command_digest(claim.model_copy(update={"id": "b"}))
    assert command_digest(claim) != command_digest(ReleaseWork(id="a", actor="an", case="HS-1", item=1))
    assert command_digest(claim) != command_digest(claim.model_copy(update={"item": 2}))


@pytest.mark.parametrize("store", ["memory", "sql"])
def test_a_command_that_wrote_nothing_is_done_once_too(store: str, tmp_path: Path) -> None:
    given = Office.with_(purchase(), store=SqlStore(tmp_path / "a.db") if store == "sql" else None)
    case = given.ordered(NOW)
    given.give(ClaimWork(id="first", actor="binh", case=case, item=2), NOW)
    again = ClaimWork(id="again", actor="binh", case=case, item=2)
    assert given.give(again, NOW) == Done(case, ())
    given.give(ReleaseWork(id="back", actor="binh", case=case, item=2), NOW)
    assert given.give(again, NOW) == Done(case, (), repeated=True)
    assert given.case(case).items[1].assignee is None, "repeated after the release it does not claim again"
    other = ClaimWork(id="again", actor="giang", case=case, item=2)
    assert given.give(other, NOW) == CommandReused("again")
