"""Several do one step: each has an item and an answer, and the step goes on once the others can change nothing."""

from datetime import datetime
from pathlib import Path

import pytest

from engine.commands import AskOpinion, RecallWork, RecordAbsence
from engine.handle import Done
from engine.refusal import Refusal
from engine.refusals.access import NotAParty, NotYours
from engine.refusals.entering import ReasonNeeded, ValueMissing
from engine.refusals.life import CaseIsOver
from engine.refusals.people import MovedOn, NotFinished, NotYoursToRecall
from engine.refusals.together import NobodyCalled, NoSuchMember, NotAppointed, NotTogether, TooFewCalled
from engine.refusals.work import UnknownOutcome
from engine.stores.audit import verify
from engine.stores.memory import MemoryStore
from engine.stores.sql import SqlStore
from engine.timers import fire
from procedures.model import DONE, LATE, FieldSpec, FieldType, Procedure, Step, Timeout
from procedures.several import Enough, Several
from tests.engine.house import Office, at
from tests.procedures.building import back, branches, choose, days, end, go, norm, procedure, role, wait_all, work

NOW = at(2, 8)
COUNCIL = ("an", "binh", "dung", "giang")
HALF, TWO_THIRDS = Enough(share=(1, 2), more=True), Enough(share=(2, 3))


def council(several: Several, **more: object) -> Procedure:
    """A draft, the vote of a council of four, and what follows."""
    vote = choose(
        "họp", {"Thông qua": go("ban hành"), "Không": end("không thông qua")}, role="uỷ viên", several=several
    )
    return _around(vote.model_copy(update=more))


def opinions(several: Several, **more: object) -> Procedure:
    """A draft, the opinions of several on it, and what follows."""
    return _around(work("góp ý", go("ban hành"), role="uỷ viên", several=several, **more), first="góp ý")


def _around(step: Step, first: str = "họp") -> Procedure:
    return procedure(
        work("dự thảo", go(first), collect=("ai", "đâu")),
        step,
        work("ban hành", end(), role="lãnh đạo"),
        roles=(
            role("cán bộ", "Chuyên viên"),
            role("uỷ viên", "Chuyên viên", "Chuyên viên quản trị"),
            role("lãnh đạo", "Giám đốc"),
        ),
        fields=(
            FieldSpec(name="ai", type=FieldType.PEOPLE),
            FieldSpec(name="đâu", type=FieldType.UNITS),
            FieldSpec(name="ý kiến", type=FieldType.TEXT, required=True),
        ),
    )


@pytest.fixture(params=["memory", "sql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> MemoryStore | SqlStore:
    return MemoryStore() if request.param == "memory" else SqlStore(tmp_path / "a.db")


def drafted(made: Procedure, store: MemoryStore | SqlStore | None = None, **fields: str) -> tuple[Office, str]:
    given = Office.with_(made, store=store)
    case = given.open(NOW, procedure="QT-01")
    given.do(case, "dự thảo", "an", NOW, fields=fields, salt="s")
    return given, case


def part(given: Office, case: str, member: str) -> int:
    return next(item.number for item in given.case(case).items if item.member == member)


def answer(
    given: Office, case: str, member: str, outcome: str | None = None, by: str | None = None, **more: object
) -> Done | Refusal:
    return given.finish(case, part(given, case, member), by or member, NOW, outcome, **more)


def open_steps(given: Office, case: str) -> list[str]:
    return [item.step for item in given.case(case).live_items]


def test_everybody_who_holds_the_role_is_called_each_with_an_item_of_the_same_attempt(
    store: MemoryStore | SqlStore,
) -> None:
    given, case = drafted(council(Several(each="person", vote="Thông qua", enough=HALF)), store)
    parts = given.case(case).round("họp")
    assert [item.member for item in parts] == list(COUNCIL)
    assert {item.attempt for item in parts} == {1}
    assert {item.posts for item in parts} == {(f"person:{one}",) for one in COUNCIL}
    assert {item.of for item in parts} == {4}
    assert isinstance(answer(given, case, "an", "Thông qua", by="binh"), NotYours)


def test_a_vote_passes_as_soon_as_enough_have_voted_for_it(store: MemoryStore | SqlStore) -> None:
    given, case = drafted(council(Several(each="person", vote="Thông qua", enough=HALF)), store)
    answer(given, case, "an", "Thông qua")
    answer(given, case, "binh", "Không")
    answer(given, case, "dung", "Thông qua")
    assert open_steps(given, case) == ["họp"]
    answer(given, case, "giang", "Thông qua")
    assert open_steps(given, case) == ["ban hành"]
    assert [item.outcome for item in given.case(case).round("họp")] == ["Thông qua", "Không", "Thông qua", "Thông qua"]
    if isinstance(store, SqlStore):
        assert verify(store).sound


def test_a_vote_fails_as_soon_as_it_can_no_longer_pass_and_the_rest_is_cancelled() -> None:
    given, case = drafted(council(Several(each="person", vote="Thông qua", enough=HALF)))
    answer(given, case, "an", "Không")
    answer(given, case, "binh", "Không")
    assert given.case(case).result == "không thông qua"
    assert isinstance(answer(given, case, "dung", "Thông qua"), CaseIsOver)
    assert [item.status.value for item in given.case(case).round("họp")] == ["done", "done", "cancelled", "cancelled"]


@pytest.mark.parametrize(
    ("of", "votes", "then"),
    [("called", 2, ["ban hành"]), ("appointed", 2, []), ("appointed", 3, ["ban hành"])],
)
def test_a_share_is_taken_of_those_called_or_of_those_appointed(of: str, votes: int, then: list[str]) -> None:
    several = Several(each="person", field="ai", vote="Thông qua", enough=TWO_THIRDS.model_copy(update={"of": of}))
    given, case = drafted(council(several), ai="an;binh\n dung ; an")
    assert len(given.case(case).round("họp")) == 3
    for one in ("an", "binh", "dung")[:votes]:
        answer(given, case, one, "Thông qua")
    for one in ("an", "binh", "dung")[votes:]:
        if open_steps(given, case) == ["họp"]:
            answer(given, case, one, "Không")
    assert open_steps(given, case) == then


def test_an_absent_member_is_recorded_with_a_reason_and_the_others_decide() -> None:
    given, case = drafted(council(Several(each="person", vote="Thông qua", enough=Enough(at_least=2))))
    number = part(given, case, "giang")
    one = {"actor": "an", "case": case, "item": number}
    assert isinstance(given.give(RecordAbsence(id="1", **one, reason=" "), NOW), ReasonNeeded)
    assert isinstance(given.give(RecordAbsence(id="2", **(one | {"actor": "em"}), reason="ốm"), NOW), NotAParty)
    assert isinstance(given.give(RecordAbsence(id="3", **one, reason="ốm"), NOW), Done)
    assert given.case(case).item(number).absent
    answer(given, case, "an", "Không")
    answer(given, case, "binh", "Không")
    assert given.case(case).result == "không thông qua", "two of four can no longer agree when one is away"


def test_only_one_of_several_can_be_absent() -> None:
    given = Office.with_(council(Several(each="person", vote="Thông qua")))
    case = given.open(NOW, procedure="QT-01")
    asked = RecordAbsence(id="1", actor="an", case=case, item=1, reason="ốm")
    assert isinstance(given.give(asked, NOW), NotTogether)


def test_each_unit_in_a_list_answers_for_itself_and_keeps_its_own_values(store: MemoryStore | SqlStore) -> None:
    made = opinions(Several(each="unit", field="đâu"), collect=("ý kiến",))
    given, case = drafted(made, store, đâu="Văn phòng; Phòng Kế hoạch")
    parts = given.case(case).round("góp ý")
    assert [(item.member, item.unit) for item in parts] == [("Văn phòng", "Văn phòng"), ("Phòng Kế hoạch",) * 2]
    assert isinstance(answer(given, case, "Văn phòng", by="an"), NotYours)
    assert isinstance(answer(given, case, "Văn phòng", by="binh"), ValueMissing)
    answer(given, case, "Văn phòng", by="binh", fields={"ý kiến": "Nhất trí"}, salt="a")
    answer(given, case, "Phòng Kế hoạch", by="an", fields={"ý kiến": "Sửa điều 3"}, salt="b")
    assert open_steps(given, case) == ["ban hành"]
    with given.store.reading() as reader:
        held = reader.held(case)
    assert held is not None
    kept = {name: text for name, text in held.values.items() if name.startswith("ý kiến")}
    assert kept == {"ý kiến · Văn phòng": "Nhất trí", "ý kiến · Phòng Kế hoạch": "Sửa điều 3"}


@pytest.mark.parametrize(
    ("several", "fields", "refused"),
    [
        (Several(each="unit", field="đâu"), {}, ValueMissing),
        (Several(each="unit", field="đâu"), {"đâu": "Phòng Không Có"}, NoSuchMember),
        (Several(each="person", field="ai"), {"ai": "em"}, NotAppointed),
        (Several(each="person", field="ai"), {"ai": "nobody"}, NotAppointed),
    ],
)
def test_a_step_opens_only_when_all_who_are_called_are_there(
    several: Several, fields: dict[str, str], refused: type
) -> None:
    given = Office.with_(opinions(several))
    case = given.open(NOW, procedure="QT-01")
    assert isinstance(given.refuse(case, "dự thảo", "an", NOW, fields=fields, salt="s"), refused)


def test_a_vote_that_could_not_pass_is_not_even_called() -> None:
    two_thirds = TWO_THIRDS.model_copy(update={"of": "appointed"})
    given = Office.with_(council(Several(each="person", field="ai", vote="Thông qua", enough=two_thirds)))
    case = given.open(NOW, procedure="QT-01")
    refused = given.refuse(case, "dự thảo", "an", NOW, fields={"ai": "an; binh"}, salt="s")
    assert refused == TooFewCalled("Họp", 2, "Thông qua", 3)


def test_a_role_that_nobody_holds_calls_nobody() -> None:
    made = opinions(Several(each="person"))
    roles = (made.roles[0], role("uỷ viên", "Trợ lý"), made.roles[2])
    given = Office.with_(made.model_copy(update={"roles": roles}))
    case = given.open(NOW, procedure="QT-01")
    assert isinstance(given.refuse(case, "dự thảo", "an", NOW), NobodyCalled)


def test_so_many_answers_are_enough_and_the_rest_is_cancelled() -> None:
    given, case = drafted(opinions(Several(each="person", enough=Enough(at_least=2))))
    answer(given, case, "an")
    assert open_steps(given, case) == ["góp ý"] * 3
    answer(given, case, "giang")
    assert open_steps(given, case) == ["ban hành"]


def test_a_vote_may_send_back_and_a_new_round_is_called() -> None:
    several = Several(each="person", vote="Thông qua", enough=HALF)
    outcomes = choose("x", {"Thông qua": go("ban hành"), "Không": back("dự thảo", None)}).outcomes
    given, case = drafted(council(several, outcomes=outcomes))
    assert isinstance(answer(given, case, "an", "Không"), ReasonNeeded)
    answer(given, case, "an", "Không", reason="chưa rõ")
    answer(given, case, "binh", "Không", reason="chưa rõ")
    assert open_steps(given, case) == ["dự thảo"]
    assert given.case(case).returns("họp", "Không") == 1
    given.do(case, "dự thảo", "an", NOW)
    again = given.case(case).round("họp")
    assert [(item.member, item.attempt) for item in again] == [(one, 2) for one in COUNCIL]
    first = {item.member: item.number for item in given.case(case).items if item.attempt == 1 and item.member}
    assert {item.member: item.previous for item in again} == first


def test_who_is_silent_is_deemed_to_agree(store: MemoryStore | SqlStore) -> None:
    several = Several(each="person", vote="Thông qua", enough=HALF)
    given, case = drafted(council(several, norm=norm("1"), timeout=Timeout(outcome="Thông qua")), store)
    answer(given, case, "an", "Không")
    assert fire(given.store, given, at(3, 7)) == []
    assert len(fire(given.store, given, at(4, 8))) == 3
    assert open_steps(given, case) == ["ban hành"]
    assert [item.assignee for item in given.case(case).round("họp")] == ["an", "hệ thống", "hệ thống", "hệ thống"]


def test_who_is_silent_is_absent() -> None:
    several = Several(each="person", vote="Thông qua", enough=HALF)
    given, case = drafted(council(several, norm=norm("1"), timeout=Timeout(outcome=None)))
    answer(given, case, "an", "Thông qua")
    fire(given.store, given, at(4, 8))
    assert given.case(case).result == "không thông qua"
    assert sum(item.absent for item in given.case(case).round("họp")) == 2, "with two away it can no longer pass"


def test_answers_that_came_are_enough_when_the_others_stay_absent() -> None:
    given, case = drafted(opinions(Several(each="person"), norm=norm("1"), timeout=Timeout(outcome=None)))
    answer(given, case, "an")
    fire(given.store, given, at(4, 8))
    assert open_steps(given, case) == ["ban hành"]


def test_the_first_who_is_late_takes_the_whole_step_out_where_the_time_out_has_a_way() -> None:
    made = opinions(Several(each="person"), norm=norm("1"), timeout=Timeout(outcome=LATE))
    late = made.step("góp ý").model_copy(
        update={
            "outcomes": (
                *made.step("góp ý").outcomes,
                work("x", end("quá hạn"))
                .outcomes[0]
                .model_copy(update={"label": LATE, "branches": branches(end("quá hạn"))}),
            )
        }
    )
    given, case = drafted(made.model_copy(update={"steps": (made.steps[0], late, made.steps[2])}))
    assert isinstance(answer(given, case, "an", LATE), UnknownOutcome)
    answer(given, case, "an", DONE)
    assert len(fire(given.store, given, at(4, 8))) == 1
    assert given.case(case).result == "quá hạn"


def recalled(given: Office, case: str, item: int, by: str, now: datetime = NOW) -> Done | Refusal:
    return given.give(RecallWork(id=given.id(), actor=by, case=case, item=item, reason="bấm nhầm"), now)


def test_an_answer_is_taken_back_in_its_old_time_while_the_others_are_still_asked(
    store: MemoryStore | SqlStore,
) -> None:
    given, case = drafted(council(Several(each="person", vote="Thông qua", enough=HALF)), store)
    answer(given, case, "an", "Thông qua")
    answer(given, case, "binh", "Không")
    before = given.case(case).items[part(given, case, "an") - 1]
    assert isinstance(recalled(given, case, before.number, "binh"), NotYoursToRecall)
    assert isinstance(recalled(given, case, before.number, "an", at(2, 15)), Done)
    again, *others = given.case(case).round("họp")
    assert [(one.member, one.outcome) for one in others] == [("binh", "Không"), ("dung", None), ("giang", None)]
    assert (again.member, again.assignee, again.outcome, again.due) == ("an", "an", None, before.due)
    assert again.status.value == "claimed"
    assert isinstance(recalled(given, case, again.number, "an"), NotFinished)
    answer(given, case, "dung", "Thông qua")
    assert open_steps(given, case) == ["họp", "họp"], "the vote that was taken back no longer counts"
    assert isinstance(given.finish(case, again.number, "an", at(2, 16), "Không"), Done)
    assert given.case(case).result == "không thông qua"
    if isinstance(store, SqlStore):
        assert verify(store).sound


def test_an_answer_that_has_been_counted_is_not_taken_back() -> None:
    given, case = drafted(council(Several(each="person", vote="Thông qua", enough=HALF)))
    for one in ("an", "binh", "dung"):
        answer(given, case, one, "Thông qua")
    assert open_steps(given, case) == ["ban hành"]
    assert isinstance(recalled(given, case, part(given, case, "an"), "an"), MovedOn)


def test_an_answer_that_was_taken_back_is_in_the_way_of_nobody_elses_taking_back() -> None:
    several = Several(each="person", vote="Thông qua", enough=HALF)
    made = procedure(
        work("dự thảo", go("họp", "in")),
        choose("họp", {"Thông qua": go("gửi"), "Không": go("gửi")}, role="uỷ viên", several=several),
        work("in", go("gửi")),
        work("gửi", end(), join=wait_all("họp", "in")),
        roles=council(several).roles,
    )
    given, case = drafted(made)
    given.do(case, "in", "an", NOW)
    answer(given, case, "binh", "Không")
    assert isinstance(recalled(given, case, part(given, case, "binh"), "binh"), Done)
    printed = next(item.number for item in given.case(case).items if item.step == "in")
    assert isinstance(recalled(given, case, printed, "an"), Done)
    assert sorted(set(open_steps(given, case))) == ["họp", "in"]


def test_whoever_is_absent_waits_for_no_opinion_any_more() -> None:
    timed = {"consultation": norm("5", counted=False), "within": days("9")}
    made = opinions(Several(each="person")).model_copy(update=timed)
    given, case = drafted(made)
    item = given.case(case).live_items[0]
    member = str(item.member)
    asked = {"item": item.number, "of": "Văn phòng", "question": "Có được không?", "waits": True}
    assert isinstance(given.give(AskOpinion(id="q", actor=member, case=case, **asked), NOW), Done)
    assert given.case(case).stopped_at is not None
    absent = RecordAbsence(id="v", actor="an", case=case, item=item.number, reason="ốm")
    assert isinstance(given.give(absent, NOW), Done)
    assert given.case(case).stopped_at is None
