"""Undoing: what was finished is taken back until the receiver has acted; an ended case goes on again."""

from typing import Any

import pytest

from engine.case import CaseStatus
from engine.commands import (
    AskOpinion,
    AttachFile,
    ClaimWork,
    FinishPart,
    GiveTask,
    ReassignWork,
    RecallWork,
    RecordAbsence,
    ReopenCase,
    RequestSupplement,
    WithdrawCase,
)
from engine.handle import Done
from engine.refusal import Refusal
from engine.refusals.entering import ReasonNeeded
from engine.refusals.life import CaseIsOver
from engine.refusals.people import MovedOn, NotFinished, NotTheHead, NotYoursToRecall, ReceiverActed
from engine.refusals.records import CalledByAnother, CaseRuns, TooLateToReopen
from procedures.allowances import Supplements
from procedures.model import BackTo, Phase, Procedure, ReturnClock, SubLimit
from procedures.organisation import Organisation
from procedures.several import Several
from tests.engine.house import Office, at, purchase
from tests.engine.house import people as everybody
from tests.procedures.building import (
    back,
    choose,
    days,
    end,
    go,
    norm,
    procedure,
    role,
    route,
    wait_all,
    wait_any,
    work,
)

NOW = at(2, 8)


def headed() -> Organisation:
    plain = everybody()
    heads = {"Văn phòng": ("Chánh Văn phòng",), "Sở A": ("Giám đốc",)}
    from dataclasses import replace

    return Organisation(tuple(replace(one, heads=heads.get(one.name, ())) for one in plain.units), plain.people)


def office(*procedures: Procedure) -> Office:
    given = Office.with_(*procedures)
    given.organisation = headed()
    return given


def recall(given: Office, case: str, item: int, by: str, reason: str = "gửi nhầm", now: Any = NOW) -> Done | Refusal:
    return given.give(RecallWork(id=given.id(), actor=by, case=case, item=item, reason=reason), now)


def reopen(given: Office, case: str, by: str = "dung", reason: str = "sai sót", now: Any = NOW) -> Done | Refusal:
    return given.give(ReopenCase(id=given.id(), actor=by, case=case, reason=reason), now)


def test_what_nobody_has_acted_on_is_taken_back_with_its_old_time() -> None:
    given = office(purchase())
    case = given.ordered(NOW)
    given.do(case, "kiểm tra", "binh", at(2, 9), "Hợp lệ")
    due = given.case(case).items[1].due
    done = recall(given, case, 2, "binh", now=at(2, 10))
    assert isinstance(done, Done), done
    held = given.case(case)
    assert [item.step for item in held.live_items] == ["kiểm tra"]
    again = held.live_items[0]
    assert (again.assignee, again.attempt, again.previous, again.due) == ("binh", 2, 2, due)
    assert held.marking == ("ready:kiểm tra",)
    given.do(case, "kiểm tra", "binh", at(2, 11), "Hợp lệ")
    assert sorted(given.live(case)) == ["khảo giá", "thẩm định nguồn"]


def test_one_branch_is_taken_back_though_the_other_has_gone_on_and_the_join_has_fired() -> None:
    given = office(purchase())
    case = given.examined(NOW)
    assert list(given.live(case)) == ["xem xét"]
    first = next(item for item in given.case(case).items if item.step == "khảo giá")
    done = recall(given, case, first.number, "giang")
    assert isinstance(done, Done), done
    assert list(given.live(case)) == ["khảo giá"]
    given.do(case, "khảo giá", "giang", NOW)
    assert list(given.live(case)) == ["xem xét"], "the other branch need not be done a second time"
    assert len(given.case(case).attempts("thẩm định nguồn")) == 1


def test_a_receiver_who_has_taken_the_work_is_told_with_the_time() -> None:
    given = office(purchase())
    case = given.ordered(NOW)
    given.give(ClaimWork(id="c", actor="binh", case=case, item=2), at(2, 9))
    assert recall(given, case, 1, "an") == ReceiverActed("Lập phiếu đề nghị", "Binh", at(2, 9))


def council(*, answers: int) -> tuple[Office, str]:
    """Return a draft with its council, of whom so many have answered; with all four the draft went on."""
    given = office(
        procedure(
            work("dự thảo", go("góp ý")),
            work("góp ý", go("ban hành"), role="uỷ viên", several=Several(each="person")),
            work("ban hành", end(), role="lãnh đạo"),
            roles=(
                role("cán bộ", "Chuyên viên"),
                role("uỷ viên", "Chuyên viên", "Chuyên viên quản trị"),
                role("lãnh đạo", "Giám đốc"),
            ),
        )
    )
    case = given.open(NOW, procedure="QT-01")
    given.do(case, "dự thảo", "an", NOW)
    for item in given.case(case).items[1 : answers + 1]:
        assert isinstance(given.finish(case, item.number, str(item.member), at(2, 9)), Done)
    return given, case


def test_what_several_were_asked_is_taken_back_until_the_first_has_answered() -> None:
    given, case = council(answers=0)
    assert isinstance(recall(given, case, 1, "an"), Done)
    assert list(given.live(case)) == ["dự thảo"]
    given, case = council(answers=1)
    assert recall(given, case, 1, "an") == ReceiverActed("Dự thảo", "An", at(2, 9))
    assert [item.step for item in given.case(case).live_items] == ["góp ý"] * 3


def test_what_several_were_asked_and_one_was_recorded_as_absent_is_not_taken_back() -> None:
    given, case = council(answers=0)
    absent = RecordAbsence(id="v", actor="an", case=case, item=3, reason="ốm")
    assert isinstance(given.give(absent, at(2, 10)), Done)
    assert recall(given, case, 1, "an") == ReceiverActed("Dự thảo", "Góp ý", at(2, 10))


def test_what_several_have_answered_to_the_end_has_gone_on() -> None:
    given, case = council(answers=4)
    assert list(given.live(case)) == ["ban hành"]
    assert recall(given, case, 1, "an") == MovedOn("Dự thảo")
    assert list(given.live(case)) == ["ban hành"]


ACTS = {
    "a task": GiveTask(id="x", actor="dung", case="", item=2, to="giang", what="đo lại"),
    "a part": FinishPart(id="x", actor="binh", case="", item=2, part="soát"),
    "a supplement": RequestSupplement(id="x", actor="binh", case="", item=2, lacking=("bản sao",), reason="thiếu"),
    "an opinion": AskOpinion(id="x", actor="binh", case="", item=2, of="chi", question="?", within="1 ngày"),
    "a file": AttachFile(
        id="x",
        actor="binh",
        case="",
        item=2,
        digest="0" * 64,
        size=1,
        type="application/pdf",
        fields={"tên tệp": "a.pdf"},
        salt="s",
    ),
}


@pytest.mark.parametrize("what", ACTS)
def test_a_receiver_who_did_anything_about_the_work_has_acted_though_he_did_not_take_it(what: str) -> None:
    checked = purchase().step("kiểm tra").model_copy(update={"sublimits": (SubLimit(name="soát", within=days("1")),)})
    steps = tuple(checked if one.key == checked.key else one for one in purchase().steps)
    given = office(purchase().model_copy(update={"steps": steps, "supplements": Supplements(at_most=1)}))
    case = given.ordered(NOW)
    done = given.give(ACTS[what].model_copy(update={"case": case}), at(2, 9))
    assert isinstance(done, Done), done
    answer = recall(given, case, 1, "an")
    assert isinstance(answer, ReceiverActed), answer
    assert answer.when == at(2, 9)
    assert list(given.live(case)) == ["kiểm tra"]


def test_what_has_gone_on_since_is_not_taken_back() -> None:
    given = office(purchase())
    case = given.ordered(NOW)
    given.do(case, "kiểm tra", "binh", NOW, "Hợp lệ")
    assert recall(given, case, 1, "an") == MovedOn("Lập phiếu đề nghị")
    given.do(case, "khảo giá", "giang", NOW)
    assert recall(given, case, 2, "binh") == MovedOn("Kiểm tra hồ sơ, đối chiếu tài sản hiện có")


def test_a_branch_that_a_join_went_on_without_is_not_taken_back() -> None:
    given = office(
        procedure(
            work("mở", go("tra cứu", "hỏi")),
            work("tra cứu", go("ghi lại")),
            work("ghi lại", go("duyệt")),
            work("hỏi", go("duyệt")),
            work("duyệt", end(), role="lãnh đạo", join=wait_any("ghi lại", "hỏi")),
            roles=(role("cán bộ", "Chuyên viên"), role("lãnh đạo", "Giám đốc")),
        )
    )
    case = given.open(NOW, procedure="QT-01")
    for step in ("mở", "tra cứu", "hỏi"):
        given.do(case, step, "an", NOW)
    assert list(given.live(case)) == ["duyệt"], "what was to be written down fell away"
    before = given.case(case)
    assert recall(given, case, 2, "an") == MovedOn("Tra cứu")
    assert given.case(case) == before


def test_what_was_done_again_since_it_sent_back_is_not_taken_back() -> None:
    given = office(
        procedure(
            work("soạn", go("chuyển")),
            route("chuyển", go("soát")),
            choose("soát", {"Đạt": go("ban hành"), "Chưa đạt": back("chuyển")}),
            work("ban hành", end(), role="lãnh đạo"),
            roles=(role("cán bộ", "Chuyên viên"), role("lãnh đạo", "Giám đốc")),
        )
    )
    case = given.open(NOW, procedure="QT-01")
    given.do(case, "soạn", "an", NOW)
    given.do(case, "soát", "an", NOW, "Chưa đạt", reason="thiếu")
    given.do(case, "soát", "an", NOW, "Đạt")
    assert recall(given, case, 2, "an") == MovedOn("Soát")


def test_what_comes_back_by_a_return_was_acted_on() -> None:
    given = office(purchase())
    case = given.ordered(NOW)
    given.do(case, "kiểm tra", "binh", NOW, "Thiếu hoặc sai", reason="thiếu")
    assert isinstance(recall(given, case, 1, "an"), MovedOn)
    done = recall(given, case, 2, "binh")
    assert isinstance(done, Done), "the return itself is taken back: nobody has acted on it"
    assert given.case(case).returns("kiểm tra", "Thiếu hoặc sai") == 0


def test_only_whoever_finished_it_takes_it_back_once_and_with_a_reason() -> None:
    given = office(purchase())
    case = given.ordered(NOW)
    assert recall(given, case, 1, "binh") == NotYoursToRecall("Binh", "Lập phiếu đề nghị", "An")
    assert recall(given, case, 1, "em") == NotYoursToRecall("Em", "Lập phiếu đề nghị", "An")
    assert recall(given, case, 1, "an", " ") == ReasonNeeded()
    assert recall(given, case, 2, "binh") == NotFinished("Kiểm tra hồ sơ, đối chiếu tài sản hiện có")
    assert isinstance(recall(given, case, 1, "an"), Done)
    assert recall(given, case, 1, "an") == NotFinished("Lập phiếu đề nghị")


def test_work_that_the_head_gave_to_the_receiver_is_acted_on() -> None:
    given = office(purchase())
    case = given.ordered(NOW)
    given.give(ReassignWork(id="r", actor="dung", case=case, item=2, to="giang", reason="gấp"), NOW)
    assert isinstance(recall(given, case, 1, "an"), ReceiverActed)


def test_an_ended_case_is_not_called_back_but_opened_again() -> None:
    given = office(purchase())
    case = given.ordered(NOW)
    given.do(case, "kiểm tra", "binh", NOW, "Không thuộc phạm vi")
    assert recall(given, case, 2, "binh") == CaseIsOver(case)
    done = reopen(given, case)
    assert isinstance(done, Done), done
    held = given.case(case)
    assert (held.status, held.result, held.ended_at) == (CaseStatus.OPEN, None, None)
    assert [(item.step, item.attempt, item.assignee) for item in held.live_items] == [("kiểm tra", 2, "binh")]


def test_the_time_between_end_and_reopening_does_not_count() -> None:
    given = office(purchase())
    case = given.ordered(NOW)
    due = given.case(case).due
    given.do(case, "kiểm tra", "binh", at(3, 8), "Không thuộc phạm vi")
    reopen(given, case, now=at(5, 8))
    held = given.case(case)
    assert due is not None
    assert held.due == given.calendar.due(due, days("2"), "C2")
    assert held.promised == due


def test_other_work_that_the_end_cancelled_is_opened_again_too() -> None:
    given = office(
        procedure(
            work("mở", go("trái", "phải")),
            choose("trái", {"Xong": go("gộp"), "Thôi": end("thôi", cancel_rest=True)}),
            work("phải", go("gộp")),
            work("gộp", end(), join=wait_all("trái", "phải")),
        )
    )
    case = given.open(NOW, by="dung", procedure="QT-01")
    given.do(case, "mở", "dung", NOW)
    given.do(case, "trái", "an", NOW, "Thôi")
    assert isinstance(reopen(given, case), Done)
    assert sorted(given.live(case)) == ["phải", "trái"]


def test_a_withdrawn_case_goes_on_where_it_was() -> None:
    given = office(purchase())
    case = given.ordered(NOW)
    given.give(WithdrawCase(id="w", actor="an", case=case, reason="thôi"), NOW)
    assert isinstance(reopen(given, case), Done)
    assert list(given.live(case)) == ["kiểm tra"]


def test_opening_again_asks_for_the_head_of_the_owner_a_reason_and_thirty_days() -> None:
    given = office(purchase())
    case = given.ordered(NOW)
    assert reopen(given, case) == CaseRuns(case)
    given.do(case, "kiểm tra", "binh", NOW, "Không thuộc phạm vi")
    for other in ("an", "binh", "hệ thống"):
        assert isinstance(reopen(given, case, other), NotTheHead), other
    assert reopen(given, case, reason="") == ReasonNeeded()
    late = at(1, 8, 1, month=4)
    assert reopen(given, case, now=late) == TooLateToReopen(case, NOW, at(1, 8, month=4))
    assert isinstance(reopen(given, case, "em", now=at(1, 8, month=4)), Done), "a head above, on the last day"


def test_a_case_that_another_called_is_not_opened_again() -> None:
    from engine.commands import OpenCase

    given = office(procedure(work("mở", end())))
    opening = OpenCase(id="o", actor="an", procedure="QT-01", title="Gọi", parent=("HS-1", 2))
    case = given.give(opening, NOW).case  # type: ignore[union-attr]
    given.do(case, "mở", "an", NOW)
    assert reopen(given, case) == CalledByAnother(case, "HS-1")


@pytest.mark.parametrize("limit", ["1", "3"])
def test_a_case_that_ends_again_ends_once_more(limit: str) -> None:
    given = office(procedure(work("mở", end(), norm=norm(limit)), within=days("5")))
    case = given.open(NOW, by="an", procedure="QT-01")
    for _ in range(3):
        given.do(case, "mở", "an", NOW)
        assert given.case(case).over
        reopen(given, case)
    assert [item.attempt for item in given.case(case).items] == [1, 2, 3, 4]


def looked_over(**more: Any) -> Office:
    """A draft that is looked over and signed; it goes back while the clock stands, or is counted anew after it."""
    ways = {
        "Đạt": go("ký"),
        "Thiếu": BackTo(step="soạn", at_most=2, clock=ReturnClock.PAUSE),
        "Sai": BackTo(step="soạn", at_most=2, clock=ReturnClock.RESTART),
    }
    roles = (role("cán bộ", "Chuyên viên"), role("soát", "Chuyên viên quản trị"))
    steps = (work("soạn", go("soát")), choose("soát", ways, role="soát"), work("ký", end(), role="soát"))
    return office(procedure(*steps, roles=roles, within=days("5"), **more))


@pytest.mark.parametrize(("outcome", "stands"), [("Thiếu", True), ("Sai", True), (None, False)])
def test_what_was_sent_back_and_is_taken_back_stands_as_it_stood(outcome: str | None, *, stands: bool) -> None:
    given = looked_over()
    case = given.open(NOW, procedure="QT-01")
    given.do(case, "soạn", "an", NOW)
    if outcome is not None:
        given.do(case, "soát", "binh", at(2, 9), outcome, reason="thiếu")
        given.do(case, "soạn", "an", at(4, 9))
    done = next(item for item in reversed(given.case(case).items) if item.step == "soạn" and item.finished_at)
    assert isinstance(recall(given, case, done.number, "an", now=at(4, 10)), Done)
    held = given.case(case)
    (again,) = held.live_items
    assert (again.counted, again.restarts_clock) == (done.counted, done.restarts_clock)
    assert (held.stopped_at == at(4, 10)) is stands


def test_a_phase_that_is_gone_back_into_by_taking_back_has_its_old_budget() -> None:
    phases = (
        Phase(name="dự thảo", within=days("3"), steps=("soạn",)),
        Phase(name="ký", within=days("2"), steps=("ký",)),
    )
    given = looked_over(phases=phases)
    case = given.open(NOW, procedure="QT-01")
    given.do(case, "soạn", "an", at(4, 9))
    assert isinstance(recall(given, case, 1, "an", now=at(4, 10)), Done)
    (run,) = given.case(case).running_phases
    assert (run.label, run.entered_at, run.due) == ("dự thảo", NOW, at(5, 17))
    given.do(case, "soạn", "an", at(4, 11))
    given.do(case, "soát", "binh", at(4, 14), "Đạt")
    assert [(one.label, one.due) for one in given.case(case).running_phases] == [("ký", at(6, 17))]
