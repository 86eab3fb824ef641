"""Between people: work is begun, handed over by the head, left out with permission, and waits for further tasks."""

from datetime import date
from typing import Any

import pytest

from engine.case import ItemStatus
from engine.commands import (
    AnyCommand,
    AskOpinion,
    CancelTask,
    ClaimWork,
    FinishTask,
    GiveTask,
    ReassignWork,
    ReleaseWork,
    SkipWork,
    StartWork,
)
from engine.handle import Done
from engine.refusal import Refusal
from engine.refusals.access import NotYours, SamePerson, UnknownPerson
from engine.refusals.entering import ReasonNeeded
from engine.refusals.people import (
    MayNotSkip,
    NotInHand,
    NotTheHead,
    NotYourTask,
    SkipGoesOn,
    TaskClosed,
    TasksOpen,
    UnknownTask,
    WordsNeeded,
)
from engine.refusals.time import OpinionsAwaited
from engine.refusals.work import AlreadyTaken, NotClaimed
from engine.timers import fire
from procedures.model import Procedure, Timeout
from procedures.organisation import Mandate, Organisation, OrgUnit, Person, Post
from tests.engine.house import Office, at
from tests.procedures.building import back, choose, days, end, go, procedure, role, work

NOW, LATER = at(2, 8), at(2, 10)


def agency() -> Organisation:
    """A unit with a head below an office with one; `trưởng` heads the unit, `sếp` the office, `thế` stands in."""
    units = (
        OrgUnit("Sở A", heads=("Giám đốc",)),
        OrgUnit("Văn phòng", parent="Sở A", heads=("Chánh Văn phòng",)),
        OrgUnit("Phòng B", parent="Sở A", heads=("Trưởng phòng",)),
    )
    held = {
        "an": ("Chuyên viên", "Phòng B"),
        "bình": ("Chuyên viên", "Phòng B"),
        "chi": ("Kế toán", "Văn phòng"),
        "trưởng": ("Trưởng phòng", "Phòng B"),
        "chánh": ("Chánh Văn phòng", "Văn phòng"),
        "sếp": ("Giám đốc", "Sở A"),
        "thế": ("Văn thư", "Văn phòng"),
    }
    people = tuple(Person(id_, id_.title(), (Post(*post),)) for id_, post in held.items())
    stands_in = Mandate("QĐ 3", "substitution", "trưởng", "thế", since=date(2026, 3, 1), until=date(2026, 3, 9))
    return Organisation(units, people, (stands_in,))


def approval(**more: Any) -> Procedure:
    ways = {"Đạt": go("lưu"), "Chưa đạt": back("soạn", 5)}
    return procedure(
        work("soạn", go("duyệt"), role="chuyên viên", **more),
        choose("duyệt", ways, role="chuyên viên", not_same_as=("soạn",)),
        work("lưu", end(), role="chuyên viên"),
        roles=(role("chuyên viên", "Chuyên viên"),),
    )


def office(**more: Any) -> Office:
    given = Office.with_(approval(**more))
    given.organisation = agency()
    return given


def opened(given: Office) -> str:
    return given.open(NOW, by="an", procedure="QT-01")


def ask(given: Office, kind: type[AnyCommand], case: str, actor: str, /, **more: Any) -> Done | Refusal:
    return given.give(kind(id=given.id(), actor=actor, case=case, **more), LATER)


def done(answer: Done | Refusal) -> Done:
    assert isinstance(answer, Done), answer
    return answer


def test_beginning_takes_what_nobody_has_and_parts_waiting_from_working() -> None:
    given = office()
    case = opened(given)
    given.do(case, "soạn", "an", NOW)
    assert [r.event.kind for r in done(ask(given, StartWork, case, "bình", item=2)).records] == [
        "WorkClaimed",
        "WorkStarted",
    ]
    item = given.case(case).items[1]
    assert (item.assignee, item.claimed_at, item.started_at) == ("bình", LATER, LATER)
    assert done(ask(given, StartWork, case, "bình", item=2)).records == ()
    assert isinstance(ask(given, StartWork, case, "an", item=2), AlreadyTaken)


def test_what_one_may_not_do_one_may_not_begin() -> None:
    given = office()
    case = opened(given)
    given.do(case, "soạn", "an", NOW)
    assert isinstance(ask(given, StartWork, case, "an", item=2), SamePerson)


@pytest.mark.parametrize("head", ["trưởng", "thế", "sếp"])
def test_the_head_his_substitute_and_heads_above_hand_work_over(head: str) -> None:
    given = office()
    case = opened(given)
    record = done(ask(given, ReassignWork, case, head, item=1, to="bình", reason="An nghỉ ốm")).records[0]
    item = given.case(case).items[0]
    assert (item.assignee, item.status, item.post) == ("bình", ItemStatus.CLAIMED, "Chuyên viên@Phòng B")
    assert record.event.head_on_behalf_of == ("trưởng" if head == "thế" else None)
    assert isinstance(given.finish(case, 1, "an", NOW), AlreadyTaken)
    given.do(case, "soạn", "bình", NOW)


@pytest.mark.parametrize("other", ["an", "bình", "chi", "chánh", "hệ thống", "không ai"])
def test_nobody_else_hands_work_over(other: str) -> None:
    given = office()
    case = opened(given)
    answer = ask(given, ReassignWork, case, other, item=1, to="bình", reason="thích thế")
    assert isinstance(answer, NotTheHead)
    assert answer.unit == "Phòng B"


def test_the_head_gives_work_only_to_those_who_may_do_it_and_with_a_reason() -> None:
    given = office()
    case = opened(given)
    assert isinstance(ask(given, ReassignWork, case, "trưởng", item=1, to="chi", reason="vội"), NotYours)
    assert isinstance(ask(given, ReassignWork, case, "trưởng", item=1, to="trưởng", reason="vội"), NotYours)
    assert ask(given, ReassignWork, case, "trưởng", item=1, to="ai đó", reason="vội") == UnknownPerson("ai đó")
    assert ask(given, ReassignWork, case, "trưởng", item=1, to="bình", reason=" ") == ReasonNeeded()
    given.do(case, "soạn", "an", NOW)
    answer = ask(given, ReassignWork, case, "trưởng", item=2, to="an", reason="vội")
    assert answer == SamePerson("An", "Duyệt", "Soạn"), "the head leads nobody round “khác người”"


def test_what_one_was_given_can_be_handed_back_with_a_reason() -> None:
    given = office()
    case = opened(given)
    done(ask(given, ReassignWork, case, "trưởng", item=1, to="bình", reason="gấp"))
    assert isinstance(ask(given, ReleaseWork, case, "an", item=1), AlreadyTaken)
    record = done(ask(given, ReleaseWork, case, "bình", item=1, reason="đang đi họp")).records[0]
    assert record.event.reason == "đang đi họp"
    assert given.case(case).items[0].assignee is None
    assert isinstance(ask(given, ReleaseWork, case, "bình", item=1), NotClaimed)


def test_returned_work_that_waits_for_one_person_can_be_handed_back_before_it_is_taken() -> None:
    given = office()
    case = opened(given)
    given.do(case, "soạn", "an", NOW)
    given.do(case, "duyệt", "bình", NOW, "Chưa đạt", reason="thiếu")
    assert given.live(case)["soạn"].assignee == "an"
    assert isinstance(ask(given, ReleaseWork, case, "bình", item=3), NotClaimed)
    done(ask(given, ReleaseWork, case, "an", item=3, reason="đi công tác"))
    assert given.live(case)["soạn"].assignee is None


def test_only_the_owner_leaves_out_a_step_that_is_not_declared_so() -> None:
    given = office()  # Văn phòng owns the procedure
    case = opened(given)
    assert ask(given, SkipWork, case, "an", item=1, reason="vội") == MayNotSkip("An", "Soạn", "Văn phòng")
    assert isinstance(ask(given, SkipWork, case, "trưởng", item=1, reason="vội"), MayNotSkip)
    assert ask(given, SkipWork, case, "chánh", item=1, reason="") == ReasonNeeded()
    records = done(ask(given, SkipWork, case, "chánh", item=1, reason="đã có bản soạn")).records
    assert [r.event.kind for r in records] == ["WorkFinished", "BreachRecorded", "WorkOpened"]
    held = given.case(case)
    assert held.items[0].skipped
    assert held.breaches == ("skipped/1",)
    assert list(given.live(case)) == ["duyệt"]


def test_a_step_that_may_be_left_out_is_left_out_by_whoever_may_do_it_and_is_still_on_record() -> None:
    given = office(may_skip=True)
    case = opened(given)
    assert isinstance(ask(given, SkipWork, case, "bình", item=1, reason="vội"), AlreadyTaken)
    done(ask(given, SkipWork, case, "an", item=1, reason="không cần"))
    assert given.case(case).breaches == ("skipped/1",)


def test_leaving_out_is_no_way_round_another_person_nor_a_way_back() -> None:
    given = office()
    people = tuple(
        Person("chánh", "Chánh", (Post("Chánh Văn phòng", "Văn phòng"), Post("Chuyên viên", "Văn phòng")))
        if one.id == "chánh"
        else one
        for one in given.organisation.people
    )
    given.organisation = Organisation(given.organisation.units, people)
    case = given.open(NOW, by="chánh", procedure="QT-01")
    given.do(case, "soạn", "chánh", NOW)
    assert ask(given, SkipWork, case, "chánh", item=2, outcome="Đạt", reason="vội") == SamePerson(
        "Chánh", "Duyệt", "Soạn"
    )
    other = opened(given)
    given.do(other, "soạn", "an", NOW)
    assert ask(given, SkipWork, other, "chánh", item=2, outcome="Chưa đạt", reason="vội") == SkipGoesOn(
        "Duyệt", "Chưa đạt"
    )
    done(ask(given, SkipWork, other, "chánh", item=2, outcome="Đạt", reason="vội"))
    assert given.case(other).performers("duyệt") == {"chánh"}


def test_a_step_waits_for_the_further_tasks_that_were_given() -> None:
    given = office()
    case = opened(given)
    done(ask(given, GiveTask, case, "an", item=1, to="chi", what="xác nhận dự toán", by=date(2026, 3, 4)))
    assert given.finish(case, 1, "an", NOW) == TasksOpen("Soạn", "Chi", "xác nhận dự toán")
    with given.store.reading() as reader:
        assert [work.case for work in reader.work(frozenset({"person:chi"}))] == [case]
    assert ask(given, FinishTask, case, "bình", item=1, task=1, report="xong") == NotYourTask(
        "Bình", "xác nhận dự toán", "Chi"
    )
    assert ask(given, FinishTask, case, "chi", item=1, task=1, report="") == WordsNeeded()
    assert ask(given, FinishTask, case, "chi", item=1, task=2, report="xong") == UnknownTask("Soạn", 2)
    done(ask(given, FinishTask, case, "chi", item=1, task=1, report="còn 20 triệu"))
    assert isinstance(ask(given, FinishTask, case, "chi", item=1, task=1, report="xong"), TaskClosed)
    with given.store.reading() as reader:
        assert reader.work(frozenset({"person:chi"})) == []
    given.do(case, "soạn", "an", NOW)


def test_whoever_has_the_work_or_heads_it_gives_and_takes_back_tasks() -> None:
    given = office()
    case = opened(given)
    assert isinstance(ask(given, GiveTask, case, "bình", item=1, to="chi", what="x"), AlreadyTaken)
    assert ask(given, GiveTask, case, "an", item=1, to="ai đó", what="x") == UnknownPerson("ai đó")
    assert ask(given, GiveTask, case, "an", item=1, to="chi", what=" ") == WordsNeeded()
    done(ask(given, GiveTask, case, "trưởng", item=1, to="chi", what="x"))
    assert isinstance(ask(given, CancelTask, case, "chi", item=1, task=1, reason="bận"), AlreadyTaken)
    assert ask(given, CancelTask, case, "an", item=1, task=1, reason="") == ReasonNeeded()
    done(ask(given, CancelTask, case, "an", item=1, task=1, reason="không cần"))
    done(ask(given, ReleaseWork, case, "an", item=1))
    assert isinstance(ask(given, GiveTask, case, "an", item=1, to="chi", what="x"), NotInHand)
    given.give(ClaimWork(id="c", actor="bình", case=case, item=1), NOW)
    given.do(case, "soạn", "bình", NOW)


def test_a_skipped_step_waits_for_tasks_too() -> None:
    given = office(may_skip=True)
    case = opened(given)
    done(ask(given, GiveTask, case, "an", item=1, to="chi", what="x"))
    assert isinstance(ask(given, SkipWork, case, "an", item=1, reason="vội"), TasksOpen)


def test_every_one_of_them_is_done_once() -> None:
    given = office()
    case = opened(given)
    commands: list[tuple[AnyCommand, str]] = [
        (ReassignWork(id="1", actor="trưởng", case=case, item=1, to="bình", reason="gấp"), "bình"),
        (GiveTask(id="2", actor="bình", case=case, item=1, to="chi", what="x"), "bình"),
        (CancelTask(id="3", actor="bình", case=case, item=1, task=1, reason="thôi"), "bình"),
        (StartWork(id="4", actor="bình", case=case, item=1), "bình"),
        (ReleaseWork(id="5", actor="bình", case=case, item=1, reason="bận"), ""),
    ]
    for command, _ in commands:
        first = done(given.give(command, LATER))
        log = given.log(case)
        again = done(given.give(command, LATER))
        assert (again.repeated, again.records, given.log(case)) == (True, first.records, log)


def test_work_of_somebody_who_may_not_do_it_any_more_is_taken_by_whoever_may() -> None:
    given = office()
    stands_in = Mandate("QĐ 4", "substitution", "an", "thế", since=date(2026, 3, 1), until=date(2026, 3, 9))
    given.organisation = Organisation(given.organisation.units, given.organisation.people, (stands_in,))
    case = opened(given)
    done(ask(given, ReleaseWork, case, "an", item=1))
    done(given.give(ClaimWork(id="c", actor="thế", case=case, item=1, on_behalf_of="an"), NOW))
    assert isinstance(given.finish(case, 1, "an", at(9, 16)), AlreadyTaken)
    assert isinstance(given.finish(case, 1, "thế", at(10, 8)), NotYours), "the term was over on the ninth"
    given.do(case, "soạn", "an", at(10, 8))
    assert given.case(case).items[0].assignee == "an"


def test_a_time_out_waits_for_no_task_and_no_opinion() -> None:
    ways = {"Đạt": go("lưu"), "Chưa đạt": end("không đạt")}
    timeout = Timeout(outcome="Đạt", after=days("2"))
    judged = choose("duyệt", ways, role="chuyên viên", timeout=timeout)
    steps = (work("soạn", go("duyệt"), role="chuyên viên"), judged, work("lưu", end(), role="chuyên viên"))
    given = Office.with_(procedure(*steps, roles=(role("chuyên viên", "Chuyên viên"),)))
    given.organisation = agency()
    case = opened(given)
    given.do(case, "soạn", "an", NOW)
    done(ask(given, ClaimWork, case, "bình", item=2))
    done(ask(given, GiveTask, case, "bình", item=2, to="chi", what="x"))
    opinion = {"of": "sếp", "question": "Có được không?", "within": "9 ngày làm việc", "waits": True}
    done(ask(given, AskOpinion, case, "bình", item=2, **opinion))
    assert isinstance(given.finish(case, 2, "bình", LATER, "Đạt"), OpinionsAwaited)
    assert len(fire(given.store, given, at(9, 8))) == 1
    assert list(given.live(case)) == ["lưu"]


def test_whoever_stands_in_does_the_further_tasks_too_and_both_are_kept_apart() -> None:
    given = office()
    stands_in = Mandate("QĐ 4", "substitution", "chi", "thế", since=date(2026, 3, 1), until=date(2026, 3, 9))
    given.organisation = Organisation(given.organisation.units, given.organisation.people, (stands_in,))
    case = opened(given)
    done(ask(given, GiveTask, case, "an", item=1, to="chi", what="x"))
    assert isinstance(ask(given, FinishTask, case, "sếp", item=1, task=1, report="xong"), NotYourTask)
    event = done(ask(given, FinishTask, case, "thế", item=1, task=1, report="xong")).records[0].event
    assert (event.by, event.on_behalf_of, event.mandate) == ("thế", "chi", "QĐ 4")  # type: ignore[union-attr]
    assert given.case(case).helpers("soạn") == {"chi", "thế"}
