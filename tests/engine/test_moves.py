"""Given a net, when steps are finished, then forks, joins, conditions and ends open and cancel what they should."""

import pytest

from engine.case import CaseStatus, ItemStatus
from engine.commands import MACHINE, AnswerErrand, FinishWork, FireTimer, OpenCase
from engine.handle import Done
from engine.refusals.entering import ValueMissing
from engine.refusals.work import TooManyReturns
from procedures.model import BackTo, FieldSpec, FieldType, Outcome, Procedure, ReturnClock, Step, Unit
from tests.engine.house import Office, at, purchase
from tests.procedures.building import (
    back,
    branches,
    choose,
    days,
    end,
    go,
    over,
    procedure,
    route,
    wait_all,
    wait_any,
    work,
)

NOW = at(2, 8)


def running(*steps: object, **more: object) -> tuple[Office, str]:
    given = Office.with_(procedure(*steps, **more))  # type: ignore[arg-type]
    return given, given.open(NOW, procedure="QT-01")


def steps(given: Office, case: str) -> list[str]:
    return [item.step for item in given.case(case).live_items]


def test_a_fork_opens_every_branch_at_once() -> None:
    given = Office.with_(purchase())
    case = given.ordered(NOW)
    given.do(case, "kiểm tra", "binh", NOW, "Hợp lệ")
    assert steps(given, case) == ["khảo giá", "thẩm định nguồn"]


@pytest.mark.parametrize("order", [("khảo giá", "thẩm định nguồn"), ("thẩm định nguồn", "khảo giá")])
def test_a_join_opens_once_when_the_last_has_arrived_in_whatever_order(order: tuple[str, str]) -> None:
    given = Office.with_(purchase())
    who = {"khảo giá": "giang", "thẩm định nguồn": "chi"}
    case = given.ordered(NOW)
    given.do(case, "kiểm tra", "binh", NOW, "Hợp lệ")
    given.do(case, order[0], who[order[0]], NOW)
    assert steps(given, case) == [order[1]]
    given.do(case, order[1], who[order[1]], NOW)
    assert steps(given, case) == ["xem xét"]
    assert len(given.case(case).attempts("xem xét")) == 1


def test_a_return_into_one_branch_keeps_what_the_other_has_done() -> None:
    given = Office.with_(purchase())
    case = given.examined(NOW)
    given.do(case, "xem xét", "dung", NOW, "Yêu cầu làm rõ", reason="giá cũ")
    assert steps(given, case) == ["khảo giá"]
    given.do(case, "khảo giá", "giang", NOW)
    assert steps(given, case) == ["xem xét"]
    assert [item.attempt for item in given.case(case).attempts("xem xét")] == [1, 2]
    assert len(given.case(case).attempts("thẩm định nguồn")) == 1


@pytest.mark.parametrize(("amount", "follows"), [("50 triệu", "mua sắm"), ("50.000.001", "phê duyệt")])
def test_entered_values_choose_the_branch(amount: str, follows: str) -> None:
    given = Office.with_(purchase())
    case = given.examined(NOW, amount)
    given.do(case, "xem xét", "dung", NOW, "Đồng ý")
    assert steps(given, case) == [follows]


def test_a_value_that_is_needed_to_choose_and_missing_is_asked_for() -> None:
    given, case = running(
        work("mở", (over(1), go("lớn")), go("nhỏ"), collect=("tổng tiền",)),
        work("lớn", end()),
        work("nhỏ", end()),
        fields=(FieldSpec(name="tổng tiền", type=FieldType.MONEY),),
    )
    assert given.refuse(case, "mở", "an", NOW) == ValueMissing("Mở", "tổng tiền")
    given.do(case, "mở", "an", NOW, fields={"tổng tiền": "2 đồng"})
    assert steps(given, case) == ["lớn"]


def test_a_value_missing_at_a_routing_step_refuses_the_step_before_and_changes_nothing() -> None:
    given, case = running(
        work("mở", go("rẽ"), collect=("tổng tiền",)),
        route("rẽ", (over(1), go("lớn")), end()),
        work("lớn", end()),
        fields=(FieldSpec(name="tổng tiền", type=FieldType.MONEY),),
    )
    assert given.refuse(case, "mở", "an", NOW) == ValueMissing("Rẽ", "tổng tiền")
    given.do(case, "mở", "an", NOW, fields={"tổng tiền": "1"})
    assert given.case(case).status is CaseStatus.ENDED


def test_routing_is_passed_without_anybody() -> None:
    given, case = running(
        work("mở", go("chia")),
        route("chia", go("a", "b")),
        work("a", go("gộp")),
        work("b", go("gộp")),
        route("gộp", end(), join=wait_all("a", "b")),
    )
    given.do(case, "mở", "an", NOW)
    assert steps(given, case) == ["a", "b"]
    given.do(case, "a", "an", NOW)
    given.do(case, "b", "an", NOW)
    after = given.case(case)
    assert (after.status, after.result, after.marking) == (CaseStatus.ENDED, "hoàn thành", ("end",))


def test_the_first_to_arrive_cancels_the_rest() -> None:
    given, case = running(
        work("mở", go("a", "b")),
        work("a", go("sau")),
        work("b", go("b sau")),
        work("b sau", go("sau")),
        work("sau", end(), join=wait_any("a", "b sau")),
    )
    given.do(case, "mở", "an", NOW)
    given.do(case, "a", "an", NOW)
    assert steps(given, case) == ["sau"]
    cancelled = given.case(case).attempts("b")[0]
    assert (cancelled.status, cancelled.finished_at) == (ItemStatus.CANCELLED, NOW)
    given.do(case, "sau", "an", NOW)
    assert given.case(case).status is CaseStatus.ENDED


def test_an_end_that_cancels_the_rest_leaves_nothing_open() -> None:
    given, case = running(
        work("mở", go("a", "b")),
        choose("a", {"Tiếp": go("gộp"), "Bỏ": end("từ chối", cancel_rest=True)}),
        work("b", go("gộp")),
        work("gộp", end(), join=wait_all("a", "b")),
    )
    given.do(case, "mở", "an", NOW)
    done = given.do(case, "a", "an", NOW, "Bỏ")
    assert [record.event.kind for record in done.records] == ["WorkFinished", "WorkCancelled", "CaseEnded"]
    after = given.case(case)
    assert (after.result, after.live_items, after.marking) == ("từ chối", (), ("end",))


def test_a_return_to_before_a_fork_does_both_branches_again() -> None:
    given, case = running(
        work("mở", go("a", "b")),
        work("a", go("gộp")),
        work("b", go("gộp")),
        choose("gộp", {"Xong": end(), "Lại": back("mở", 3)}, join=wait_all("a", "b")),
    )
    for attempt in (1, 2):
        given.do(case, "mở", "an", NOW)
        given.do(case, "a", "an", NOW)
        assert steps(given, case) == ["b"]
        given.do(case, "b", "an", NOW)
        assert [item.attempt for item in given.case(case).live_items] == [attempt]
        given.do(case, "gộp", "an", NOW, "Lại" if attempt == 1 else "Xong", reason="chưa đủ")
    assert given.case(case).status is CaseStatus.ENDED


def test_a_procedure_that_would_leave_a_case_with_nothing_open_is_not_let_go_on() -> None:
    unsound: Procedure = procedure(
        work("mở", go("chờ")), work("khác", go("chờ")), work("chờ", end(), join=wait_all("mở", "khác"))
    )
    given = Office.with_(unsound)
    case = given.open(NOW, procedure="QT-01")
    with pytest.raises(RuntimeError, match="nothing is open"):
        given.finish(case, 1, "an", NOW)
    assert steps(given, case) == ["mở"]


def test_routing_in_a_circle_is_stopped_and_changes_nothing() -> None:
    given = Office.with_(procedure(work("mở", go("a")), route("a", go("b")), route("b", go("a"))))
    case = given.open(NOW, procedure="QT-01")
    with pytest.raises(RuntimeError, match="circle"):
        given.finish(case, 1, "an", NOW)
    assert steps(given, case) == ["mở"]


def sending_back(at_most: int) -> tuple[Office, str]:
    """Routing that sends what costs too much back to whoever asked, so many times."""
    asked = FieldSpec(name="tổng tiền", type=FieldType.MONEY, required=True)
    returned = BackTo(step="lập", at_most=at_most, clock=ReturnClock.PAUSE)
    return running(
        work("mở", go("lập")),
        work("lập", go("rẽ"), collect=("tổng tiền",)),
        route("rẽ", (over(5), returned), go("xong")),
        work("xong", end()),
        fields=(asked,),
        within=days("5"),
    )


def test_routing_that_returns_opens_a_new_attempt_with_the_clock_of_the_return() -> None:
    given, case = sending_back(2)
    given.do(case, "mở", "an", NOW)
    given.do(case, "lập", "dung", NOW, fields={"tổng tiền": "6"})
    again = given.live(case)["lập"]
    assert (again.attempt, again.assignee, again.counted) == (2, "dung", False)
    assert given.case(case).stopped_at == NOW
    given.do(case, "lập", "dung", NOW, fields={"tổng tiền": "5"})
    assert steps(given, case) == ["xong"]
    assert given.case(case).stopped_at is None


def test_routing_returns_no_more_often_than_declared() -> None:
    given, case = sending_back(1)
    given.do(case, "mở", "an", NOW)
    given.do(case, "lập", "an", NOW, fields={"tổng tiền": "6"})
    assert given.refuse(case, "lập", "an", NOW, fields={"tổng tiền": "7"}) == TooManyReturns("Rẽ", "Xong", 1)
    given.do(case, "lập", "an", NOW, fields={"tổng tiền": "5"})
    assert steps(given, case) == ["xong"]


def test_a_machine_answers_with_the_values_its_step_collects_and_a_delay_is_asked_for_none() -> None:
    asked = FieldSpec(name="tổng tiền", type=FieldType.MONEY, required=True)
    machine = Step(
        key="máy",
        name="Máy",
        automatic="tính",
        collect=("tổng tiền",),
        outcomes=(Outcome(branches=branches(go("chờ"))),),
    )
    delay = Step(
        key="chờ",
        name="Chờ",
        delay=days("1", Unit.HOUR),
        collect=("tổng tiền",),
        outcomes=(Outcome(branches=branches(end())),),
    )
    given, case = running(work("mở", go("máy")), machine, delay, fields=(asked,))
    given.do(case, "mở", "an", NOW)
    answer = AnswerErrand(id="e", actor=MACHINE, case=case, item=2)
    assert given.give(answer, NOW) == ValueMissing("Máy", "tổng tiền")
    told = answer.model_copy(update={"fields": {"tổng tiền": "7"}, "salt": "s"})
    assert isinstance(given.give(told, NOW), Done)
    with given.store.reading() as reader:
        held = reader.held(case)
    assert held is not None
    assert held.values == {"tổng tiền": "7"}
    assert isinstance(given.give(FireTimer(id="t", actor=MACHINE, case=case, item=3), at(2, 9)), Done)


def test_a_delay_that_names_a_value_nobody_can_enter_passes_all_the_same() -> None:
    asked = FieldSpec(name="tổng tiền", type=FieldType.MONEY, required=True)
    delay = Step(
        key="chờ",
        name="Chờ",
        delay=days("1", Unit.HOUR),
        collect=("tổng tiền",),
        outcomes=(Outcome(branches=branches(end())),),
    )
    given, case = running(work("mở", go("chờ")), delay, fields=(asked,))
    given.do(case, "mở", "an", NOW)
    assert isinstance(given.give(FireTimer(id="t", actor=MACHINE, case=case, item=2), at(2, 9)), Done)


def test_the_machine_opens_a_case_whose_first_step_nobody_has_taken() -> None:
    given = Office.with_(procedure(work("mở", end())))
    done = given.give(OpenCase(id="o", actor=MACHINE, procedure="QT-01", title="Từ máy", series="KPH"), NOW)
    assert isinstance(done, Done)
    assert done.case == "KPH-2026-0001"
    item = given.case(done.case).live_items[0]
    assert (item.status, item.assignee, given.case(done.case).unit) == (ItemStatus.OPEN, None, "Văn phòng")
    assert isinstance(given.give(FinishWork(id="f", actor="an", case=done.case, item=1), NOW), Done)
