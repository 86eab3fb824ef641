from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from engine.commands import FinishTask, FinishWork, GiveTask
from engine.handle import Done
from engine.refusal import Refusal
from engine.refusals.access import HelpedThere, NamedThere, SamePerson
from engine.refusals.entering import ValueWrong
from quality.fields import FROM_AUDITS, Evidence
from quality.nonconformity import Nonconformity, by_hand, open_by_hand, recurring, register, register_before
from quality.sweep import sweep
from tests.quality.agency import Agency, agency, at, declared


@pytest.fixture
def office() -> Agency:
    found = agency(declared())
    found.open(at(2, 8))
    sweep(found.store, found, at(9))
    return found


def listed(office: Agency, now=None) -> list[Nonconformity]:  # noqa: ANN001
    with office.store.reading() as reader:
        return register(reader, now)


def test_a_candidate_is_in_the_register_with_its_source(office: Agency) -> None:
    [one] = listed(office)
    assert (one.id, one.source, one.source_procedure, one.source_case) == (
        "KPH-2026-0001",
        "Lệch quy trình",
        "QT-TT-01",
        "HS-2026-0001",
    )
    assert (one.stage, one.owner, one.closed, one.result) == ("ghi nhận", "quản lý chất lượng", False, "")


def test_dismissing_a_candidate_closes_it_with_a_reason(office: Agency) -> None:
    told = FinishWork(id="x", actor="giang", case="KPH-2026-0001", item=1, outcome="Bác bỏ")
    assert isinstance(office.give(told, at(10)), Refusal)
    assert isinstance(office.give(told.model_copy(update={"reason": "lịch nghỉ chưa cập nhật"}), at(10)), Done)
    [one] = listed(office)
    assert (one.closed, one.result, one.stage) == (True, "bác bỏ", "")
    with office.store.reading() as reader:
        [before] = register_before(reader, at(10))
    assert not before.closed


def test_a_nonconformity_is_overdue_from_the_minute_after_its_due_minute(office: Agency) -> None:
    [one] = listed(office)
    assert one.due is not None
    assert [listed(office, one.due + timedelta(minutes=n))[0].overdue for n in (0, 1)] == [False, True]
    assert not listed(office)[0].overdue


def test_one_found_by_an_audit_is_opened_by_hand_once(office: Agency) -> None:
    evidence = Evidence(FROM_AUDITS[0], "Không lưu phiếu kiểm soát", "QT-TT-01", step="duyệt")
    for _ in range(2):
        done = open_by_hand(
            by_hand("h1", "giang", "Không lưu phiếu"), evidence, store=office.store, ground=office, now=at(10)
        )
        assert isinstance(done, Done), done
    found = listed(office)
    assert [(one.source, one.title) for one in found[1:]] == [("Đánh giá nội bộ", "Không lưu phiếu")]
    assert found[1].owner == "giang"


def test_somebody_who_may_not_open_one_is_refused(office: Agency) -> None:
    refused = open_by_hand(
        by_hand("h1", "an", "x"), Evidence("Khiếu nại", "y"), store=office.store, ground=office, now=at(10)
    )
    assert isinstance(refused, Refusal)


def test_without_the_handling_procedure_it_is_a_refusal_and_no_crash() -> None:
    bare = agency(declared(), handled=False)
    refused = open_by_hand(
        by_hand("h1", "giang", "x"), Evidence("Khiếu nại", "y"), store=bare.store, ground=bare, now=at(10)
    )
    assert isinstance(refused, Refusal)


def test_the_same_cause_at_the_same_step_soon_after_closing_is_a_recurrence(office: Agency) -> None:
    [one] = listed(office)
    closed = replace(one, closed_at=at(20), cause="Thiếu người", step="duyệt")
    again = replace(one, id="KPH-2026-0002", opened_at=at(25), cause="thieu nguoi", step="duyệt")
    assert recurring([closed, again], within_days=30) == [(closed, again)]
    assert recurring([closed, again], within_days=5) == []
    assert recurring([closed, replace(again, cause="Mất điện")], within_days=30) == []
    assert recurring([closed, replace(again, step="kiểm tra")], within_days=30) == []


def test_whoever_enters_the_evidence_anew_does_not_change_what_was_frozen(tmp_path: Path) -> None:
    office = agency(declared(), path=tmp_path / "quytrinh.db")
    office.open(at(2, 8))
    sweep(office.store, office, at(9))
    anew = {"quy tắc": "không có gì", "hồ sơ": "HS-2026-9999", "mô tả": "Tả kỹ hơn", "mức độ": "Nặng"}
    told = FinishWork(id="x", actor="giang", case="KPH-2026-0001", item=1, outcome="Xác nhận", reason="rõ", fields=anew)
    assert isinstance(office.give(told, at(10)), Done)
    [one] = listed(office)
    assert (one.rule, one.source_case, one.grade, one.stage) == ("hồ sơ quá hạn", "HS-2026-0001", "Nặng", "khắc phục")


PLAN = {
    "phương pháp phân tích": "5 vì sao",
    "nhóm nguyên nhân": "Con người",
    "nguyên nhân": "Chưa bàn giao khi nghỉ phép",
    "có ở nơi khác": "không",
    "hành động": "Phân công người thay",
    "hạn hoàn thành": "20/03/2026",
    "chỉ tiêu đo hiệu lực": "Hồ sơ đúng hạn",
}


@pytest.fixture
def raised() -> Agency:
    found = agency(declared())
    evidence = Evidence("Phát hiện khác", "Trả kết quả muộn")
    done = open_by_hand(by_hand("n", "giang", "Trả muộn"), evidence, store=found.store, ground=found, now=at(2))
    assert isinstance(done, Done), done
    found.finish(done.case, 1, "giang", at(3), "Xác nhận", reason="đúng")
    found.finish(done.case, 2, "chi", at(4), fields={"biện pháp khắc phục": "Đã trả", "hậu quả": "Không"})
    return found


CASE = "KPH-2026-0001"


def planned(raised: Agency, owner: str) -> Done | Refusal:
    fields = {**PLAN, "người chịu trách nhiệm": owner}
    return raised.give(FinishWork(id=f"p{owner}", actor="chi", case=CASE, item=3, fields=fields), at(5))


def judged(raised: Agency, by: str) -> Done | Refusal:
    told = FinishWork(
        id=f"j{by}", actor=by, case=CASE, item=5, outcome="Có hiệu lực", fields={"nhận xét hiệu lực": "Tăng"}
    )
    return raised.give(told, at(9))


def acted(raised: Agency, by: str = "chi") -> None:
    raised.finish(CASE, 4, by, at(6), fields={"kết quả hành động": "Đã phân công"})


@pytest.mark.parametrize("owner", ["giang", "Giang", "chi; giang"])
def test_whoever_answers_for_the_action_by_account_or_name_does_not_judge_it(raised: Agency, owner: str) -> None:
    assert isinstance(planned(raised, owner), Done)
    acted(raised)
    refused = judged(raised, "giang")
    assert isinstance(refused, NamedThere), refused
    assert "người chịu trách nhiệm" in refused.words.into("vi")


def test_whoever_did_a_further_task_of_the_action_does_not_judge_it(raised: Agency) -> None:
    assert isinstance(planned(raised, "chi"), Done)
    raised.claim(CASE, 4, "chi", at(6))
    given = GiveTask(id="t", actor="chi", case=CASE, item=4, to="giang", what="Nhắc việc hằng ngày")
    assert isinstance(raised.give(given, at(6)), Done)
    early = raised.give(FinishWork(id="e", actor="chi", case=CASE, item=4, fields={"kết quả hành động": "x"}), at(6))
    assert isinstance(early, Refusal), "the action is not done before its further tasks are"
    assert isinstance(
        raised.give(FinishTask(id="td", actor="giang", case=CASE, item=4, task=1, report="xong"), at(6, 9)), Done
    )
    acted(raised)
    assert isinstance(judged(raised, "giang"), HelpedThere)


def test_somebody_else_judges_and_then_it_is_closed(raised: Agency) -> None:
    assert isinstance(planned(raised, "chi"), Done)
    acted(raised)
    assert isinstance(judged(raised, "giang"), Done)


def test_a_name_that_is_nobodys_is_refused_where_it_would_keep_nobody_apart(raised: Agency) -> None:
    refused = planned(raised, "Trưởng phòng")
    assert isinstance(refused, ValueWrong)
    assert "Trưởng phòng" in refused.words.into("vi")


def test_the_same_person_is_told_so_first(raised: Agency) -> None:
    assert issubclass(SamePerson, Refusal)
    assert isinstance(planned(raised, "chi"), Done)
    assert isinstance(judged(raised, "chi"), Refusal)
