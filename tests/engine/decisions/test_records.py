"""What is on record is corrected by what is added, and nothing that was decided is changed by it."""

from pathlib import Path

import pytest

from engine.commands import CorrectRecord, CorrectValues, WithdrawCase
from engine.handle import Done
from engine.refusal import Refusal
from engine.refusals.entering import ReasonNeeded, ValueWrong
from engine.refusals.people import WordsNeeded
from engine.refusals.records import DecidedByIt, NeverEntered, NotYoursToCorrect, UnknownEvent
from engine.store import Store
from engine.stores.audit import verify
from engine.stores.memory import MemoryStore
from engine.stores.sql import SqlStore
from tests.engine.decisions.test_recalling import headed
from tests.engine.house import Office, at, purchase

NOW = at(2, 8)
LATER = at(2, 10)


@pytest.fixture(params=["memory", "sql"])
def given(request: pytest.FixtureRequest, tmp_path: Path) -> Office:
    store: Store = MemoryStore() if request.param == "memory" else SqlStore(tmp_path / "a.db")
    made = Office.with_(purchase(), store=store)
    made.organisation = headed()
    return made


def correct(given: Office, case: str, by: str = "an", reason: str = "gõ nhầm", /, **fields: str) -> Done | Refusal:
    told = {name.replace("_", " "): value for name, value in fields.items()}
    return given.give(CorrectValues(id=given.id(), actor=by, case=case, fields=told, reason=reason, salt="muối"), LATER)


def values(given: Office, case: str) -> dict[str, str]:
    with given.store.reading() as reader:
        held = reader.held(case)
    assert held is not None
    return dict(held.values)


def test_a_corrected_value_counts_from_now_on_and_the_event_points_at_the_old_one(given: Office) -> None:
    case = given.ordered(NOW)
    before = given.log(case)
    done = correct(given, case, nội_dung="Máy in màu")
    assert isinstance(done, Done), done
    event = done.records[0].event
    (entered,) = [record.seq for record in before if getattr(record.event, "entered", ())]
    assert (event.kind, event.of, event.reason) == ("ValuesCorrected", (entered,), "gõ nhầm")
    assert values(given, case)["nội dung"] == "Máy in màu"
    assert given.log(case)[: len(before)] == before
    if isinstance(given.store, SqlStore):
        verdict = verify(given.store)
        assert verdict.sound, verdict.faults


def test_a_value_that_decides_later_decides_as_corrected(given: Office) -> None:
    case = given.ordered(NOW)
    assert isinstance(correct(given, case, tổng_tiền="180 triệu"), Done)
    given.do(case, "kiểm tra", "binh", LATER, "Hợp lệ")
    given.do(case, "khảo giá", "giang", LATER)
    given.do(case, "thẩm định nguồn", "chi", LATER)
    given.do(case, "xem xét", "dung", LATER, "Đồng ý")
    assert list(given.live(case)) == ["phê duyệt"]


def test_what_a_value_has_decided_stays_decided(given: Office) -> None:
    case = given.examined(NOW)
    given.do(case, "xem xét", "dung", NOW, "Đồng ý")  # 12 million go past the director
    assert correct(given, case, tổng_tiền="180 triệu") == DecidedByIt("tổng tiền", "Chánh Văn phòng xem xét")
    assert isinstance(correct(given, case, tổng_tiền="13 triệu"), Done)


def test_only_whoever_wrote_it_or_the_head_of_the_owner_corrects_it(given: Office) -> None:
    case = given.ordered(NOW)
    for other in ("binh", "giang", "hệ thống", "không ai"):
        assert isinstance(correct(given, case, other, nội_dung="x"), NotYoursToCorrect), other
    for head in ("dung", "em"):
        assert isinstance(correct(given, case, head, nội_dung="x"), Done), head


def test_a_correction_has_a_reason_a_value_that_was_entered_and_one_that_fits(given: Office) -> None:
    case = given.ordered(NOW)
    assert correct(given, case, "an", " ", nội_dung="x") == ReasonNeeded()
    assert correct(given, case, nguồn_kinh_phí="Khác") == NeverEntered("nguồn kinh phí", case)
    assert correct(given, case, lạ="x") == NeverEntered("lạ", case)
    assert isinstance(correct(given, case, tổng_tiền="nhiều"), ValueWrong)
    assert values(given, case)["nội dung"] == "Máy in"


def test_a_recorded_event_is_corrected_beside_itself_also_after_the_end(given: Office) -> None:
    case = given.ordered(NOW)
    given.do(case, "kiểm tra", "binh", NOW, "Không thuộc phạm vi", reason="nhầm")
    seq = next(r.seq for r in given.log(case) if r.event.kind == "WorkFinished" and r.actor == "binh")

    def say(by: str, event: int = seq, says: str = "lý do: ngoài dự toán", reason: str = "ghi nhầm") -> Done | Refusal:
        return given.give(
            CorrectRecord(id=given.id(), actor=by, case=case, event=event, says=says, reason=reason), LATER
        )

    assert isinstance(say("an"), NotYoursToCorrect)
    assert say("binh", says=" ") == WordsNeeded()
    assert say("binh", reason=" ") == ReasonNeeded()
    assert say("binh", event=99) == UnknownEvent(case, 99)
    assert say("binh", event=0) == UnknownEvent(case, 0)
    done = say("binh")
    assert isinstance(done, Done), done
    assert (done.records[0].event.of, done.records[0].event.says) == (seq, "lý do: ngoài dự toán")
    assert given.case(case).over


def test_a_withdrawn_case_is_corrected_too_and_stays_withdrawn(given: Office) -> None:
    case = given.ordered(NOW)
    given.give(WithdrawCase(id="w", actor="an", case=case, reason="thôi"), NOW)
    assert isinstance(correct(given, case, nội_dung="x"), Done)
    assert given.case(case).over
