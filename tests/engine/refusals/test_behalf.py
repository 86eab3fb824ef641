"""Acting for another: both names are told, and no route leads round “khác người”."""

from datetime import date
from typing import Any

import pytest

from engine.commands import ClaimWork, FinishWork
from engine.handle import Done
from engine.refusals.access import AnotherPerson, NotYours, SamePerson
from engine.refusals.behalf import ActsForPerformer, DoneOnBehalf, NotInMandate, NotOnBehalf, OtherAccount
from procedures.model import Procedure
from procedures.organisation import Mandate, Organisation, OrgUnit, Person, Post
from tests.engine.house import Office, at
from tests.procedures.building import back, choose, end, go, procedure, role, work

NOW, LATER = at(2, 8), at(12, 8)
CLERK, HEAD = Post("Chuyên viên", "Văn phòng"), Post("Chánh Văn phòng", "Văn phòng")


def mandate(manner: Any, principal: str, agent: str, *posts: Post, **more: Any) -> Mandate:
    term = {"since": date(2026, 3, 1), "until": date(2026, 3, 10)}
    return Mandate("QĐ 7", manner, principal, agent, posts, **(term | more))


def agency(*mandates: Mandate) -> Organisation:
    people = (
        Person("an", "An", (CLERK,)),
        Person("an.2", "An", (HEAD,), same_as="an"),
        Person("bình", "Bình", (HEAD,)),
        Person("chi", "Chi", (Post("Chuyên viên", "Phòng B"),)),
        Person("dung", "Dung", (CLERK,)),
    )
    return Organisation((OrgUnit("Văn phòng"), OrgUnit("Phòng B")), people, mandates)


def approval(**more: Any) -> Procedure:
    ways = {"Đạt": end(), "Chưa đạt": back("soạn", 5)}
    return procedure(
        work("soạn", go("duyệt"), role="chuyên viên"),
        choose("duyệt", ways, role="lãnh đạo", **(more or {"not_same_as": ("soạn",)})),
        roles=(role("chuyên viên", "Chuyên viên"), role("lãnh đạo", "Chánh Văn phòng")),
    )


def office(*mandates: Mandate, **more: Any) -> Office:
    given = Office.with_(approval(**more))
    given.organisation = agency(*mandates)
    return given


def drafted(given: Office, by: str = "an") -> str:
    case = given.open(NOW, by=by, procedure="QT-01")
    given.do(case, "soạn", by, NOW)
    return case


def test_a_substitute_acts_for_whoever_is_away_and_both_are_told() -> None:
    given = office(mandate("substitution", "bình", "chi"))
    case = drafted(given)
    done = given.do(case, "duyệt", "chi", NOW, "Đạt")
    told = done.records[0].event
    assert (told.by, told.on_behalf_of, told.mandate, told.post) == ("chi", "bình", "QĐ 7", "Chánh Văn phòng@Văn phòng")
    item = given.case(case).items[-1]
    assert (item.assignee, item.on_behalf_of, item.post) == ("chi", "bình", "Chánh Văn phòng@Văn phòng")
    assert given.case(case).performers("duyệt") == {"bình", "chi"}


def test_one_own_post_comes_first_and_then_nobody_is_named() -> None:
    given = office(mandate("substitution", "an", "dung"))
    case = drafted(given, "dung")
    item = given.case(case).items[0]
    assert (item.assignee, item.on_behalf_of, item.post) == ("dung", None, "Chuyên viên@Văn phòng")


def test_before_and_after_its_term_a_mandate_gives_nothing() -> None:
    given = office(mandate("substitution", "bình", "chi"))
    case = drafted(given)
    assert isinstance(given.refuse(case, "duyệt", "chi", at(11, 8), "Đạt"), NotYours)
    given.do(case, "duyệt", "chi", at(10, 16), "Đạt")


def test_a_delegation_gives_the_named_post_within_its_scope_only() -> None:
    for scope, allowed in (({}, True), ({"procedures": ("QT-01",)}, True), ({"procedures": ("QT-02",)}, False),
                           ({"steps": ("duyệt",)}, True), ({"steps": ("soạn",)}, False)):  # fmt: skip
        given = office(mandate("delegation", "bình", "chi", HEAD, **scope))
        case = drafted(given)
        if allowed:
            given.do(case, "duyệt", "chi", NOW, "Đạt")
        else:
            assert given.refuse(case, "duyệt", "chi", NOW, "Đạt") == NotInMandate("Chi", "Duyệt", "Bình", "QĐ 7")


def test_what_was_delegated_is_not_delegated_on() -> None:
    given = office(mandate("delegation", "bình", "dung", HEAD), mandate("delegation", "dung", "chi", HEAD))
    case = drafted(given)
    assert isinstance(given.refuse(case, "duyệt", "chi", NOW, "Đạt"), NotYours)


def test_whoever_lost_the_post_passes_nothing_on() -> None:
    given = office(mandate("substitution", "bình", "chi"))
    people = tuple(
        Person("bình", "Bình", (Post("Chánh Văn phòng", "Văn phòng", until=date(2026, 3, 1)),))
        if one.id == "bình"
        else one
        for one in given.organisation.people
    )
    given.organisation = Organisation(given.organisation.units, people, given.organisation.mandates)
    assert isinstance(given.refuse(drafted(given), "duyệt", "chi", NOW, "Đạt"), NotYours)


def test_for_whom_can_be_said_and_must_be_true() -> None:
    given = office(mandate("substitution", "bình", "dung"), mandate("substitution", "an.2", "dung"))
    case = drafted(given, "chi")
    claim = ClaimWork(id="c", actor="dung", case=case, item=2, on_behalf_of="an.2")
    assert isinstance(given.give(claim, NOW), Done)
    assert given.case(case).items[1].on_behalf_of == "an.2"
    wrong = FinishWork(id="f", actor="dung", case=case, item=2, outcome="Đạt", on_behalf_of="chi")
    assert given.give(wrong, NOW) == NotOnBehalf("Dung", "Duyệt", "Chi")
    given.do(case, "duyệt", "dung", NOW, "Đạt")
    assert given.case(case).items[1].on_behalf_of == "an.2"


@pytest.mark.parametrize(
    ("mandates", "drafter", "approver", "refusal"),
    [
        ((), "an", "an.2", OtherAccount("An", "Duyệt", "Soạn", "an")),
        ((mandate("substitution", "bình", "an"),), "an", "an", SamePerson("An", "Duyệt", "Soạn")),
        ((mandate("delegation", "bình", "an", HEAD),), "an", "an", SamePerson("An", "Duyệt", "Soạn")),
        ((mandate("substitution", "an.2", "chi"),), "an", "chi", ActsForPerformer("Chi", "Duyệt", "Soạn", "An")),
    ],
)
def test_nobody_approves_his_own_draft_under_any_name(
    mandates: tuple[Mandate, ...], drafter: str, approver: str, refusal: object
) -> None:
    given = office(*mandates)
    case = drafted(given, drafter)
    assert given.refuse(case, "duyệt", approver, NOW, "Đạt") == refusal
    claim = given.give(ClaimWork(id="claim", actor=approver, case=case, item=2), NOW)
    assert claim == refusal


def test_whoever_it_was_drafted_for_does_not_approve_it() -> None:
    given = office(mandate("substitution", "bình", "dung"))
    head = Person("bình", "Bình", (HEAD, CLERK))
    people = tuple(head if one.id == "bình" else one for one in given.organisation.people if one.id != "dung")
    people += (Person("dung", "Dung"),)
    given.organisation = Organisation(given.organisation.units, people, given.organisation.mandates)
    case = given.open(NOW, by="an", procedure="QT-01")
    given.give(given_back(given, case), NOW)
    given.do(case, "soạn", "dung", NOW)
    assert given.case(case).items[0].on_behalf_of == "bình"
    assert given.refuse(case, "duyệt", "bình", NOW, "Đạt") == DoneOnBehalf("Bình", "Duyệt", "Soạn")
    assert given.refuse(case, "duyệt", "dung", NOW, "Đạt") == SamePerson("Dung", "Duyệt", "Soạn")


def given_back(given: Office, case: str) -> Any:
    from engine.commands import ReleaseWork

    return ReleaseWork(id=given.id(), actor="an", case=case, item=1)


def test_the_same_person_is_also_whoever_stands_in_for_him_and_one_who_left_binds_nobody() -> None:
    given = Office.with_(
        procedure(work("mở", go("ghi")), work("ghi", go("đóng")), work("đóng", end(), same_as=("ghi",)),
                  roles=(role("cán bộ", "Chuyên viên"),))
    )  # fmt: skip
    given.organisation = agency(mandate("substitution", "dung", "bình"))
    case = given.open(NOW, by="an", procedure="QT-01")
    given.do(case, "mở", "an", NOW)
    given.do(case, "ghi", "dung", NOW)
    assert given.live(case)["đóng"].assignee is None, "dung is away, and somebody stands in"
    assert isinstance(given.refuse(case, "đóng", "chi", NOW), AnotherPerson)
    gone = tuple(Person("dung", "Dung") if one.id == "dung" else one for one in given.organisation.people)
    stays = given.organisation
    given.do(case, "đóng", "bình", NOW)
    given.organisation = Organisation(stays.units, gone, ())
    other = given.open(NOW, by="an", procedure="QT-01")
    given.do(other, "mở", "an", NOW)
    given.organisation = stays
    given.do(other, "ghi", "dung", NOW)
    given.organisation = Organisation(stays.units, gone, ())
    given.do(other, "đóng", "chi", NOW)


@pytest.mark.parametrize("away", ["left", "substituted", "here"])
def test_returned_work_goes_back_to_whoever_did_it_unless_he_is_away(away: str) -> None:
    given = office(
        mandate("substitution", "an", "chi", until=date(2026, 3, 31))
        if away == "substituted"
        else mandate("substitution", "chi", "an")
    )
    case = drafted(given)
    if away == "left":
        people = tuple(Person("an", "An") if one.id == "an" else one for one in given.organisation.people)
        given.organisation = Organisation(given.organisation.units, people)
    given.do(case, "duyệt", "bình", NOW, "Chưa đạt", reason="thiếu căn cứ")
    assert given.live(case)["soạn"].assignee == ("an" if away == "here" else None)
    assert given.live(case)["soạn"].posts == ("Chuyên viên@*",)
