"""Given a case, when a command comes, then these events or this refusal."""

from dataclasses import fields

import pytest

from engine.case import CaseStatus, ItemStatus
from engine.commands import (
    MACHINE,
    AnswerErrand,
    ClaimWork,
    FinishWork,
    FireTimer,
    PauseCase,
    RecordBreach,
    ReleaseWork,
    ResumeCase,
    WithdrawCase,
)
from engine.handle import Done
from engine.refusal import Refusal
from engine.refusals.access import OnlyTheSystem
from engine.refusals.entering import ReasonNeeded, ValueMissing, ValueUnknown, ValueWrong
from engine.refusals.life import CaseIsNotPaused, CaseIsOver, CaseIsPaused, MayNotPause, NotInBreach, StaleVersion
from engine.refusals.work import (
    AlreadyDone,
    AlreadyTaken,
    NoLongerNeeded,
    NotClaimed,
    NotForPeople,
    NotOnChecklist,
    NotWaitingForThis,
    OutcomeNeeded,
    TooEarly,
    TooManyReturns,
    UnknownItem,
    UnknownOutcome,
)
from procedures.model import Outcome, Step, Unit
from tests.engine.house import Office, at, purchase
from tests.procedures.building import back, branches, days, end, go, procedure, wait_any, work

NOW = at(2, 8)


def office() -> Office:
    return Office.with_(purchase())


def kinds(done: object) -> list[str]:
    assert isinstance(done, Done), done
    return [record.event.kind for record in done.records]


def timed() -> Office:
    """A case that waits a day, then for a machine, then for a person."""
    delay = Step(key="chờ", name="Chờ", delay=days("1", Unit.HOUR), outcomes=(Outcome(branches=branches(go("gửi"))),))
    sent = Step(
        key="gửi",
        name="Gửi",
        automatic="thư",
        outcomes=(
            Outcome(label="Được", branches=branches(go("xong"))),
            Outcome(label="Hỏng", branches=branches(back("mở", 1))),
        ),
    )
    return Office.with_(procedure(work("mở", go("chờ")), delay, sent, work("xong", end())))


# -- claim and release -------------------------------------------------------------------------------------------------


def test_a_claimed_item_has_its_taker_and_the_time() -> None:
    given = office()
    case = given.ordered(NOW)
    assert kinds(given.give(ClaimWork(id="x", actor="binh", case=case, item=2), at(2, 9))) == ["WorkClaimed"]
    item = given.live(case)["kiểm tra"]
    assert (item.status, item.assignee, item.claimed_at) == (ItemStatus.CLAIMED, "binh", at(2, 9))


def test_a_second_claim_is_told_who_was_first_and_ones_own_changes_nothing() -> None:
    given = office()
    case = given.ordered(NOW)
    given.give(ClaimWork(id="x", actor="binh", case=case, item=2), NOW)
    answer = given.give(ClaimWork(id="y", actor="giang", case=case, item=2), NOW)
    assert isinstance(answer, AlreadyTaken)
    assert (answer.who, answer.when) == ("Binh", NOW)
    assert kinds(given.give(ClaimWork(id="z", actor="binh", case=case, item=2), NOW)) == []


def test_a_released_item_is_open_to_all_who_may_do_it() -> None:
    given = office()
    case = given.ordered(NOW)
    release = ReleaseWork(id="r", actor="binh", case=case, item=2)
    assert isinstance(given.give(release, NOW), NotClaimed)
    given.give(ClaimWork(id="x", actor="binh", case=case, item=2), NOW)
    assert isinstance(given.give(release.model_copy(update={"actor": "giang"}), NOW), AlreadyTaken)
    assert kinds(given.give(release, NOW)) == ["WorkReleased"]
    item = given.live(case)["kiểm tra"]
    assert (item.status, item.assignee, item.claimed_at) == (ItemStatus.OPEN, None, None)
    given.do(case, "kiểm tra", "giang", NOW, "Hợp lệ")


def test_an_item_that_never_was_is_unknown() -> None:
    given = office()
    case = given.ordered(NOW)
    for number in (0, -1, 3, 2**70):
        for command in (ClaimWork, ReleaseWork, FinishWork):
            assert given.give(command(id="x", actor="binh", case=case, item=number), NOW) == UnknownItem(case, number)


# -- finish ------------------------------------------------------------------------------------------------------------


def test_the_first_step_belongs_to_whoever_opened_the_case() -> None:
    given = office()
    case = given.open(NOW)
    item = given.live(case)["lập phiếu"]
    assert (item.status, item.assignee, item.unit) == (ItemStatus.CLAIMED, "an", "Phòng Kế hoạch")


def test_a_step_needs_the_values_it_must_collect() -> None:
    given = office()
    case = given.open(NOW)
    answer = given.refuse(case, "lập phiếu", "an", NOW, fields={"nội dung": "Máy in"})
    assert answer == ValueMissing("Lập phiếu đề nghị", "tổng tiền")
    unknown = given.refuse(case, "lập phiếu", "an", NOW, fields={"mật khẩu": "1"})
    assert unknown == ValueUnknown("Lập phiếu đề nghị", "mật khẩu")
    wrong = given.refuse(case, "lập phiếu", "an", NOW, fields={"nội dung": "x", "tổng tiền": "nhiều"})
    assert isinstance(wrong, ValueWrong)
    assert wrong.words.into("vi").startswith("“tổng tiền”: ")


def test_an_outcome_must_be_one_of_the_declared() -> None:
    given = office()
    case = given.ordered(NOW)
    choices = "Hợp lệ, Thiếu hoặc sai, Không thuộc phạm vi"
    name = "Kiểm tra hồ sơ, đối chiếu tài sản hiện có"
    assert given.refuse(case, "kiểm tra", "binh", NOW) == OutcomeNeeded(name, choices)
    assert given.refuse(case, "kiểm tra", "binh", NOW, "hợp lệ") == UnknownOutcome(name, "hợp lệ", choices)


def test_who_comes_second_is_told_who_finished_it_and_when() -> None:
    given = office()
    case = given.ordered(NOW)
    given.do(case, "kiểm tra", "binh", at(2, 9, 5), "Hợp lệ")
    answer = given.finish(case, 2, "giang", at(2, 10), "Hợp lệ")
    assert isinstance(answer, AlreadyDone)
    assert answer.words.into("vi") == (
        "Bước “Kiểm tra hồ sơ, đối chiếu tài sản hiện có” đã được Binh làm xong lúc 02/03/2026 09:05."
    )
    assert answer.words.into("en").endswith("already finished by Binh at 02/03/2026 09:05.")


def test_work_that_is_no_longer_needed_says_so() -> None:
    given = Office.with_(
        procedure(
            work("mở", go("a", "b")), work("a", go("c")), work("b", go("c")), work("c", end(), join=wait_any("a", "b"))
        )
    )
    case = given.open(NOW, procedure="QT-01")
    given.do(case, "mở", "an", NOW)
    given.do(case, "a", "an", NOW)
    answer = given.finish(case, 3, "an", NOW)
    assert isinstance(answer, NoLongerNeeded)
    assert answer.words.into("vi") == "Bước “B” không còn cần làm: đã huỷ lúc 02/03/2026 08:00."


def test_nothing_can_be_done_to_a_case_that_is_over_but_a_late_finding() -> None:
    given = office()
    case = given.ordered(NOW)
    given.do(case, "kiểm tra", "binh", at(6, 8), "Không thuộc phạm vi")
    for command in (
        ClaimWork(id="x", actor="binh", case=case, item=2),
        FinishWork(id="x", actor="binh", case=case, item=2, outcome="Hợp lệ"),
        WithdrawCase(id="x", actor="an", case=case, reason="thôi"),
        PauseCase(id="x", actor="an", case=case, reason="thôi"),
        ResumeCase(id="x", actor="an", case=case),
    ):
        assert given.give(command, at(6, 9)) == CaseIsOver(case)
    assert kinds(given.give(RecordBreach(id="x", actor=MACHINE, case=case, item=2, breach="late_step"), at(6, 9)))


# -- return ------------------------------------------------------------------------------------------------------------


def test_a_return_needs_a_reason() -> None:
    given = office()
    case = given.ordered(NOW)
    for reason in (None, "", "  \n"):
        assert given.refuse(case, "kiểm tra", "binh", NOW, "Thiếu hoặc sai", reason=reason) == ReasonNeeded()


def test_a_return_opens_a_new_attempt_for_the_same_person() -> None:
    given = office()
    case = given.ordered(NOW)
    given.do(case, "kiểm tra", "binh", NOW, "Thiếu hoặc sai", reason="thiếu báo giá")
    again = given.live(case)["lập phiếu"]
    assert (again.attempt, again.previous, again.assignee, again.status) == (2, 1, "an", ItemStatus.OPEN)
    old = given.case(case).item(1)
    assert old is not None
    assert (old.status, old.attempt) == (ItemStatus.DONE, 1)
    given.do(case, "lập phiếu", "an", NOW)
    assert given.live(case)["kiểm tra"].assignee == "binh"


def test_a_return_is_refused_beyond_its_declared_number() -> None:
    given = office()
    case = given.ordered(NOW)
    for _ in range(2):
        given.do(case, "kiểm tra", "binh", NOW, "Thiếu hoặc sai", reason="thiếu")
        given.do(case, "lập phiếu", "an", NOW)
    answer = given.refuse(case, "kiểm tra", "binh", NOW, "Thiếu hoặc sai", reason="thiếu")
    assert answer == TooManyReturns("Kiểm tra hồ sơ, đối chiếu tài sản hiện có", "Thiếu hoặc sai", 2)
    given.do(case, "kiểm tra", "binh", NOW, "Hợp lệ")


def test_values_entered_before_a_return_stay_and_can_be_entered_anew() -> None:
    given = office()
    case = given.ordered(NOW, "12 triệu")
    given.do(case, "kiểm tra", "binh", NOW, "Thiếu hoặc sai", reason="sai giá")
    given.do(case, "lập phiếu", "an", NOW, fields={"tổng tiền": "60 triệu"})
    with given.store.reading() as reader:
        held = reader.held(case)
    assert held is not None
    assert held.values == {"nội dung": "Máy in", "tổng tiền": "60000000"}


def test_a_step_that_declares_it_needs_a_reason_for_any_outcome() -> None:
    given = Office.with_(procedure(work("mở", end(), reason_required=True)))
    case = given.open(NOW, procedure="QT-01")
    assert given.refuse(case, "mở", "an", NOW) == ReasonNeeded()
    given.do(case, "mở", "an", NOW, reason="đủ")


# -- machines and timers -----------------------------------------------------------------------------------------------


def test_a_timer_fires_once_and_never_early() -> None:
    given = timed()
    case = given.open(NOW, procedure="QT-01")
    given.do(case, "mở", "an", NOW)
    fire = FireTimer(id="t", actor=MACHINE, case=case, item=2)
    assert given.give(fire, at(2, 8, 59)) == TooEarly("Chờ", at(2, 9))
    assert kinds(given.give(fire, at(2, 9))) == ["WorkFinished", "WorkOpened"]
    again = given.give(fire, at(2, 9))
    assert isinstance(again, Done)
    assert again.repeated
    assert isinstance(given.give(fire.model_copy(update={"id": "u"}), at(2, 9)), AlreadyDone)


def test_only_the_system_answers_for_timers_and_machines() -> None:
    given = timed()
    case = given.open(NOW, procedure="QT-01")
    given.do(case, "mở", "an", NOW)
    assert isinstance(given.give(FireTimer(id="t", actor="an", case=case, item=2), at(3, 8)), OnlyTheSystem)
    given.give(FireTimer(id="t", actor=MACHINE, case=case, item=2), at(3, 8))
    assert isinstance(given.give(AnswerErrand(id="e", actor="an", case=case, item=3), at(3, 8)), OnlyTheSystem)
    assert isinstance(given.refuse(case, "gửi", "an", at(3, 8), "Được"), NotForPeople)
    wrong = FireTimer(id="f", actor=MACHINE, case=case, item=3)
    assert given.give(wrong, at(3, 8)) == NotWaitingForThis("Gửi")


def test_a_machine_may_send_a_case_back_without_a_reason_but_not_for_ever() -> None:
    given = timed()
    case = given.open(NOW, procedure="QT-01")
    for turn, expected in enumerate((Done, TooManyReturns)):
        given.do(case, "mở", "an", at(3 + turn, 8))
        given.give(FireTimer(id=f"t{turn}", actor=MACHINE, case=case, item=turn * 3 + 2), at(3 + turn, 9))
        fail = AnswerErrand(id=f"e{turn}", actor=MACHINE, case=case, item=turn * 3 + 3, outcome="Hỏng")
        assert isinstance(given.give(fail, at(3 + turn, 9)), expected)


# -- pause, resume, withdraw -------------------------------------------------------------------------------------------


def pausable() -> Office:
    return Office.with_(procedure(work("mở", end(), may_pause=True), within=days("5")))


def test_a_case_pauses_only_where_declared_and_with_a_reason() -> None:
    given = office()
    case = given.ordered(NOW)
    assert given.give(PauseCase(id="p", actor="an", case=case, reason="chờ"), NOW) == MayNotPause(case)
    given = pausable()
    case = given.open(NOW, procedure="QT-01")
    assert given.give(PauseCase(id="p", actor="an", case=case, reason=" "), NOW) == ReasonNeeded()
    assert kinds(given.give(PauseCase(id="p", actor="an", case=case, reason="chờ"), NOW)) == [
        "CasePaused",
        "ClockStopped",
    ]
    assert given.case(case).status is CaseStatus.PAUSED


def test_a_paused_case_takes_nothing_but_resumption_release_and_withdrawal() -> None:
    given = pausable()
    case = given.open(NOW, procedure="QT-01")
    assert given.give(ResumeCase(id="r", actor="an", case=case), NOW) == CaseIsNotPaused(case)
    given.give(PauseCase(id="p", actor="an", case=case, reason="chờ"), NOW)
    assert given.refuse(case, "mở", "an", NOW) == CaseIsPaused(case)
    assert given.give(ClaimWork(id="c", actor="an", case=case, item=1), NOW) == CaseIsPaused(case)
    assert given.give(PauseCase(id="q", actor="an", case=case, reason="chờ"), NOW) == CaseIsPaused(case)
    assert kinds(given.give(ReleaseWork(id="l", actor="an", case=case, item=1), NOW)) == ["WorkReleased"]
    assert kinds(given.give(ResumeCase(id="r", actor="an", case=case), NOW))[0] == "CaseResumed"
    given.do(case, "mở", "an", NOW)


def test_a_withdrawn_case_cancels_its_open_work_and_keeps_the_reason() -> None:
    given = office()
    case = given.ordered(NOW)
    assert given.give(WithdrawCase(id="w", actor="an", case=case, reason=""), NOW) == ReasonNeeded()
    assert kinds(given.give(WithdrawCase(id="w", actor="an", case=case, reason="nhầm"), NOW)) == [
        "WorkCancelled",
        "CaseEnded",
    ]
    after = given.case(case)
    assert (after.status, after.result, after.live_items) == (CaseStatus.WITHDRAWN, "rút hồ sơ", ())
    assert given.log(case)[-1].event.reason == "nhầm"  # type: ignore[union-attr]


# -- breaches and versions ---------------------------------------------------------------------------------------------


def test_a_late_step_is_recorded_once_and_only_when_it_is_late() -> None:
    given = office()
    case = given.ordered(NOW)
    due = given.live(case)["kiểm tra"].due
    assert due == at(3, 8)
    late = RecordBreach(id="b", actor=MACHINE, case=case, item=2, breach="late_step")
    assert given.give(late, at(3, 8)) == NotInBreach(case)
    assert given.give(late, at(3, 8).replace(second=59)) == NotInBreach(case)
    assert kinds(given.give(late, at(3, 8, 1))) == ["BreachRecorded"]
    assert kinds(given.give(late.model_copy(update={"id": "other"}), at(3, 9))) == []
    assert given.give(late.model_copy(update={"id": "o", "item": 9}), at(3, 9)) == UnknownItem(case, 9)


def test_a_case_is_late_after_its_promise_and_not_before() -> None:
    given = office()
    case = given.ordered(NOW)
    late = RecordBreach(id="b", actor=MACHINE, case=case, breach="late_case")
    assert given.give(late, at(18, 17)) == NotInBreach(case)
    assert kinds(given.give(late, at(18, 17, 1))) == ["BreachRecorded"]


@pytest.mark.parametrize("seen", [0, 1, 3, 99])
def test_a_command_about_an_older_version_is_refused(seen: int) -> None:
    given = office()
    case = given.open(NOW)
    version = given.case(case).version
    answer = given.give(ReleaseWork(id="r", actor="an", case=case, item=1, expected_version=seen), NOW)
    assert (answer == StaleVersion(case, version, seen)) == (seen != version)


def test_every_refusal_is_a_whole_sentence_in_both_languages() -> None:
    classes = [one for one in Refusal.__subclasses__() if one.__module__.startswith("engine.refusals.")]
    assert len(classes) > 30
    for one in classes:
        said = one(*("x" for _ in fields(one))).words
        assert said.into("vi") != said.into("en") or one is ValueWrong
        assert "{" not in said.into("vi") + said.into("en")


def test_only_what_is_on_the_checklist_can_be_ticked() -> None:
    given = Office.with_(procedure(work("soạn", end(), checklist=("Đúng mẫu",))))
    case = given.open(at(2, 8), by="an", procedure="QT-01")
    refused = given.refuse(case, "soạn", "an", at(2, 9), checked=("Đủ chữ ký",))
    assert refused == NotOnChecklist("Soạn", "Đủ chữ ký")
    given.do(case, "soạn", "an", at(2, 9), checked=("Đúng mẫu",))


def test_only_the_system_records_breaches() -> None:
    given = Office.with_(procedure(work("soạn", end())))
    case = given.open(at(2, 8), by="an", procedure="QT-01")
    asked = RecordBreach(id="x", actor="an", case=case, breach="bypass")
    assert isinstance(given.give(asked, at(3, 8)), OnlyTheSystem)
