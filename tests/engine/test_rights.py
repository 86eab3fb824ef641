"""Who may do what: roles, other people for other steps, the same person where it is declared."""

import random
from datetime import timedelta

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from engine.commands import MACHINE, ClaimWork, FinishWork, OpenCase, PauseCase, ReleaseWork, WithdrawCase
from engine.handle import Done
from engine.refusal import Refusal
from engine.refusals.access import AnotherPerson, NotAParty, NotYours, SamePerson, UnknownPerson
from procedures.model import Procedure
from procedures.organisation import Organisation
from tests.engine.attacking import ACCOUNTS, approval, one_did_two, organisations, ways_in
from tests.engine.house import Office, at, purchase
from tests.procedures.building import back, choose, end, go, procedure, role, wait_all, work

NOW = at(2, 8)
#: A found route is short enough to be read as it is; making it shorter takes minutes.
WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)


def office() -> Office:
    return Office.with_(purchase())


def drafted(**more: object) -> Procedure:
    """Draft and approval by different people, in the same role, with a return between them."""
    return procedure(
        work("soạn", go("duyệt")),
        choose("duyệt", {"Đạt": end(), "Chưa đạt": back("soạn", 5)}, not_same_as=("soạn",)),
        roles=(role("cán bộ", "Chuyên viên", "Kế toán", "Giám đốc"),),
        **more,
    )


def test_only_who_holds_the_role_may_do_a_step() -> None:
    given = office()
    case = given.ordered(NOW)
    assert isinstance(given.refuse(case, "kiểm tra", "an", NOW, "Hợp lệ"), NotYours)
    given.do(case, "kiểm tra", "binh", NOW, "Hợp lệ")


def test_an_account_that_nobody_has_may_do_nothing() -> None:
    given = office()
    case = given.ordered(NOW)
    assert given.refuse(case, "kiểm tra", "nobody", NOW, "Hợp lệ") == UnknownPerson("nobody")
    assert given.refuse(case, "kiểm tra", MACHINE, NOW, "Hợp lệ") == UnknownPerson(MACHINE)


def test_whoever_drafted_may_not_approve() -> None:
    given = Office.with_(drafted())
    case = given.open(NOW, by="an", procedure="QT-01")
    given.do(case, "soạn", "an", NOW)
    assert given.refuse(case, "duyệt", "an", NOW, "Đạt") == SamePerson("An", "Duyệt", "Soạn")
    claim = ClaimWork(id=given.id(), actor="an", case=case, item=2)
    assert isinstance(given.give(claim, NOW), SamePerson)
    given.do(case, "duyệt", "dung", NOW, "Đạt")


def test_giving_the_draft_back_after_finishing_it_opens_no_way_round() -> None:
    given = Office.with_(drafted())
    case = given.open(NOW, by="an", procedure="QT-01")
    given.give(ReleaseWork(id=given.id(), actor="an", case=case, item=1), NOW)
    given.give(ClaimWork(id=given.id(), actor="an", case=case, item=1), NOW)
    given.do(case, "soạn", "an", NOW)
    assert isinstance(given.refuse(case, "duyệt", "an", NOW, "Đạt"), SamePerson)


def test_whoever_drafted_an_earlier_attempt_may_not_approve_a_later_one() -> None:
    given = Office.with_(drafted())
    case = given.open(NOW, by="an", procedure="QT-01")
    given.do(case, "soạn", "an", NOW)
    given.do(case, "duyệt", "em", NOW, "Chưa đạt", reason="thiếu căn cứ")
    give_back = ReleaseWork(id=given.id(), actor="dung", case=case, item=3)
    assert isinstance(given.give(give_back, NOW), Refusal), "nobody has claimed it yet"
    given.do(case, "soạn", "dung", NOW)
    for one in ("an", "dung"):
        assert isinstance(given.refuse(case, "duyệt", one, NOW, "Đạt"), SamePerson)
    given.do(case, "duyệt", "chi", NOW, "Đạt")


def test_whoever_approved_may_not_draft_afterwards() -> None:
    given = Office.with_(drafted())
    case = given.open(NOW, by="an", procedure="QT-01")
    given.do(case, "soạn", "an", NOW)
    given.do(case, "duyệt", "em", NOW, "Chưa đạt", reason="thiếu căn cứ")
    assert given.refuse(case, "soạn", "em", NOW) == SamePerson("Em", "Soạn", "Duyệt")


@pytest.mark.parametrize(("first", "second"), [("trái", "phải"), ("phải", "trái")])
def test_steps_side_by_side_are_for_two_people_whichever_comes_first(first: str, second: str) -> None:
    given = Office.with_(
        procedure(
            work("mở", go("trái", "phải")),
            work("trái", go("gộp")),
            work("phải", go("gộp"), not_same_as=("trái",)),
            work("gộp", end(), join=wait_all("trái", "phải")),
        )
    )
    case = given.open(NOW, by="an", procedure="QT-01")
    given.do(case, "mở", "an", NOW)
    given.do(case, first, "an", NOW)
    assert isinstance(given.refuse(case, second, "an", NOW), SamePerson)
    given.do(case, second, "dung", NOW)


@pytest.mark.parametrize(("first", "second"), [("trái", "phải"), ("phải", "trái")])
def test_steps_side_by_side_for_one_person_are_for_whoever_did_the_first(first: str, second: str) -> None:
    given = Office.with_(
        procedure(
            work("mở", go("trái", "phải")),
            work("trái", go("gộp")),
            work("phải", go("gộp"), same_as=("trái",)),
            work("gộp", end(), join=wait_all("trái", "phải")),
        )
    )
    case = given.open(NOW, by="an", procedure="QT-01")
    given.do(case, "mở", "an", NOW)
    given.do(case, first, "an", NOW)
    assert isinstance(given.refuse(case, second, "dung", NOW), AnotherPerson)
    given.do(case, second, "an", NOW)


def test_a_step_for_the_same_person_goes_to_whoever_did_the_other() -> None:
    given = Office.with_(
        procedure(work("mở", go("ghi")), work("ghi", go("đóng")), work("đóng", end(), same_as=("ghi",)))
    )
    case = given.open(NOW, by="an", procedure="QT-01")
    given.do(case, "mở", "an", NOW)
    given.do(case, "ghi", "dung", NOW)
    assert given.live(case)["đóng"].assignee == "dung"
    assert given.refuse(case, "đóng", "an", NOW) == AnotherPerson("An", "Đóng", "Ghi")
    given.do(case, "đóng", "dung", NOW)


def test_a_post_that_has_ended_gives_no_right() -> None:
    given = office()
    case = given.ordered(NOW)
    people = tuple(
        person
        if person.id != "binh"
        else type(person)(
            person.id, person.name, tuple(type(p)(p.position, p.unit, None, NOW.date()) for p in person.posts)
        )
        for person in given.organisation.people
    )
    given.organisation = type(given.organisation)(units=given.organisation.units, people=people)
    given.refuse(case, "kiểm tra", "binh", NOW + timedelta(days=1), "Hợp lệ")


def test_a_case_is_steered_by_who_opened_it_or_has_its_present_work() -> None:
    given = Office.with_(procedure(work("mở", go("làm")), work("làm", end(), role="sếp", may_pause=True),
                                   roles=(role("cán bộ", "Chuyên viên"), role("sếp", "Giám đốc"))))  # fmt: skip
    case = given.open(NOW, by="an", procedure="QT-01")
    given.do(case, "mở", "an", NOW)
    for stranger in ("chi", "nobody"):
        pause = PauseCase(id=given.id(), actor=stranger, case=case, reason="chờ")
        assert isinstance(given.give(pause, NOW), NotAParty)
        withdraw = WithdrawCase(id=given.id(), actor=stranger, case=case, reason="thôi")
        assert isinstance(given.give(withdraw, NOW), NotAParty)
    assert isinstance(given.give(PauseCase(id=given.id(), actor="em", case=case, reason="chờ"), NOW), Done)
    assert isinstance(given.give(WithdrawCase(id=given.id(), actor="an", case=case, reason="thôi"), NOW), Done)


def test_work_that_another_has_taken_is_not_finished_behind_their_back() -> None:
    given = office()
    case = given.ordered(NOW)
    given.give(ClaimWork(id=given.id(), actor="binh", case=case, item=2), NOW)
    answer = given.refuse(case, "kiểm tra", "giang", NOW, "Hợp lệ")
    assert answer.words.into("vi") == (
        "Bước “Kiểm tra hồ sơ, đối chiếu tài sản hiện có” đã được Binh nhận lúc 02/03/2026 08:00."
    )
    assert isinstance(given.give(FinishWork(id="x", actor="binh", case=case, item=2, outcome="Hợp lệ"), NOW), Done)


@settings(max_examples=80, phases=WITHOUT_SHRINKING)
@given(organisations(), st.integers(0, 10**9))
def test_no_route_leads_one_person_through_two_steps_that_are_kept_apart(agency: Organisation, seed: int) -> None:
    rules, rng = approval(), random.Random(seed)  # noqa: S311 (play, not secrets)
    office = Office.with_(rules)
    office.organisation = agency
    opened = (OpenCase(id=by, actor=by, procedure="QT-01", title="Thử") for by in ACCOUNTS)
    case = next((done.case for one in opened if isinstance(done := office.give(one, NOW), Done)), None)
    assume(case is not None)
    for turn in range(60):
        held = office.case(case)
        number = (
            rng.choice(held.live_items or held.items).number if rng.random() < 0.9 else rng.choice(held.items).number
        )
        actor, other = rng.choice(ACCOUNTS), rng.choice(ACCOUNTS)
        command = rng.choice(list(ways_in(held, number, actor, other, rules)))
        office.give(command.model_copy(update={"id": office.id()}), NOW + timedelta(minutes=40 * turn))
        assert one_did_two(office.log(case), office.case(case).items, agency, rules) == [], command
