"""Roles and people: somebody holds each role, and nobody decides alone on what he asked for."""

from dataclasses import replace
from datetime import date

from procedures.check import check
from procedures.finding import Finding, Severity, Span
from procedures.model import Holder, Procedure, Role
from procedures.organisation import Mandate, Organisation, OrgUnit, Person, Post
from procedures.places import Places
from tests.procedures.building import back, choose, end, go, procedure, role, work

NOWHERE = Places(Span("a.yaml", 1, 1, 1, 1))


def person(name: str, *posts: tuple[str, str]) -> Person:
    return Person(name.lower(), name, tuple(Post(position, unit) for position, unit in posts))


AGENCY = Organisation(
    (OrgUnit("Sở A"), OrgUnit("Văn phòng", parent="Sở A"), OrgUnit("Phòng Một", parent="Sở A")),
    (
        person("An", ("Chuyên viên", "Phòng Một")),
        person("Bình", ("Chuyên viên", "Văn phòng")),
        person("Chi", ("Giám đốc", "Sở A")),
    ),
)
STAFF = Role(name="cán bộ", holders=(Holder(position="Chuyên viên", relative="opener_unit"),), text="Chuyên viên …")


def asked(*roles: Role, apart: bool = False, decider: str = "lãnh đạo") -> Procedure:
    decide = choose(
        "duyệt",
        {"Đồng ý": end(), "Trả lại": back("lập phiếu")},
        role=decider,
        not_same_as=("lập phiếu",) if apart else (),
    )
    return procedure(work("lập phiếu", go("duyệt"), role=roles[0].name), decide, roles=roles)


def about_people(sample: Procedure, agency: Organisation | None = AGENCY) -> list[Finding]:
    found = check(sample, NOWHERE, agency)
    return [f for f in found if f.code == "QT601" or (f.code.startswith("QT5") and f.code != "QT512")]


def codes(sample: Procedure, agency: Organisation | None = AGENCY) -> list[str]:
    return [finding.code for finding in about_people(sample, agency)]


def test_separate_people_are_fine() -> None:
    assert codes(asked(STAFF, role("lãnh đạo", "Giám đốc"))) == []


def test_a_role_that_nobody_holds_is_an_error() -> None:
    sample = asked(STAFF, role("lãnh đạo", "Giám đốc", unit="Phòng Một"))
    (finding,) = about_people(sample)
    assert (finding.code, finding.severity) == ("QT510", Severity.ERROR)
    assert codes(sample, None) == []


def test_posts_are_looked_up_on_the_day_the_issue_takes_effect() -> None:
    later = Person("chi", "Chi", (Post("Giám đốc", "Sở A", since=date(2027, 6, 1)),))
    agency = Organisation(AGENCY.units, (*AGENCY.people[:2], later))
    sample = asked(STAFF, role("lãnh đạo", "Giám đốc"))
    assert codes(sample.model_copy(update={"effective_from": date(2027, 1, 1)}), agency) == ["QT510"]
    assert codes(sample.model_copy(update={"effective_from": date(2027, 7, 1)}), agency) == []
    assert codes(sample, agency) == []


def test_who_asks_may_not_decide() -> None:
    boss = Person("chi", "Chi", (Post("Giám đốc", "Sở A"), Post("Chuyên viên", "Văn phòng")))
    agency = Organisation(AGENCY.units, (*AGENCY.people[:2], boss))
    finding, alone = about_people(asked(STAFF, role("lãnh đạo", "Giám đốc")), agency)
    assert [(f.code, f.severity) for f in (finding, alone)] == [
        ("QT501", Severity.WARNING),
        ("QT601", Severity.WARNING),
    ]
    assert finding.notes[0].into("vi") == "vì: Chi vừa thuộc “cán bộ” vừa thuộc “lãnh đạo”"
    assert finding.help is not None
    assert finding.help.into("vi") == "thêm vào bước “duyệt”:  khác người: lập phiếu"
    assert "QT501" not in codes(asked(STAFF, role("lãnh đạo", "Giám đốc"), apart=True), agency)


def test_the_same_role_for_asking_and_deciding_is_told_without_an_organisation() -> None:
    assert codes(asked(STAFF, decider="cán bộ"), None) == ["QT501", "QT601"]
    assert codes(asked(STAFF, decider="cán bộ", apart=True), None) == []


def test_one_person_in_two_roles_who_can_end_a_case_alone_is_told() -> None:
    alone = Organisation(AGENCY.units, (person("An", ("Chuyên viên", "Phòng Một"), ("Giám đốc", "Phòng Một")),))
    assert "QT601" in codes(asked(STAFF, role("lãnh đạo", "Giám đốc")), alone)
    assert "QT601" not in codes(asked(STAFF, role("lãnh đạo", "Giám đốc")))


def test_one_unit_in_which_one_person_can_do_everything_is_enough() -> None:
    both = Person("chi", "Chi", (Post("Giám đốc", "Sở A"), Post("Chuyên viên", "Văn phòng")))
    agency = Organisation(AGENCY.units, (*AGENCY.people[:2], both))
    (finding,) = [f for f in about_people(asked(STAFF, role("lãnh đạo", "Giám đốc")), agency) if f.code == "QT601"]
    assert finding.data["openers"] == [("chi", "Văn phòng")]
    assert finding.label is not None
    assert finding.label.into("vi") == "chẳng hạn Chi, trong hồ sơ của Văn phòng"
    assert "QT601" not in codes(asked(STAFF, role("lãnh đạo", "Giám đốc"), apart=True), agency)


def test_a_case_that_ends_at_its_first_step_needs_no_second_person() -> None:
    refused = procedure(
        choose("tiếp nhận", {"Đủ": go("duyệt"), "Từ chối": end("từ chối")}),
        work("duyệt", end(), role="lãnh đạo"),
        roles=(role("cán bộ", "Chuyên viên"), role("lãnh đạo", "Giám đốc")),
    )
    assert "QT601" not in codes(refused)


def test_whoever_takes_part_or_stands_outside_is_a_second_person() -> None:
    clerk, boss = role("cán bộ", "Chuyên viên"), role("lãnh đạo", "Giám đốc")
    outside = role("người nộp", "Chuyên viên", external=True)
    steps = work("lập phiếu", go("gửi")), work("gửi", end())
    assert codes(procedure(*steps, roles=(clerk,))) == ["QT601"]
    with_boss = work("gửi", end(), participants=("lãnh đạo",))
    assert codes(procedure(steps[0], with_boss, roles=(clerk, boss))) == []
    answered = work("gửi", end(), role="người nộp")
    assert codes(procedure(steps[0], answered, roles=(clerk, outside))) == []


def test_going_round_once_more_does_not_make_one_person_two() -> None:
    clerk, boss = role("cán bộ", "Chuyên viên"), role("lãnh đạo", "Giám đốc")
    round_ = (
        choose("lập phiếu", {"Gửi": go("soát"), "Thôi": end("thôi")}),
        choose("soát", {"Trả lại": back("lập phiếu"), "Trình": go("duyệt")}),
        work("duyệt", end(), role="lãnh đạo"),
    )
    assert "QT601" in codes(procedure(*round_, roles=(clerk, boss)))


def test_a_step_with_only_one_outcome_decides_nothing() -> None:
    sample = procedure(work("a", go("b")), work("b", end()), roles=(STAFF,))
    assert codes(sample, None) == ["QT601"]


BOSS = role("lãnh đạo", "Giám đốc")


def lent(**scope: object) -> Organisation:
    """Chi, who decides, is away, and An, who asks, acts for her."""
    mandate = Mandate("QĐ 12", "substitution", "chi", "an", since=date(2000, 1, 1), **scope)
    return replace(AGENCY, mandates=(mandate,))


def test_whoever_acts_for_the_one_who_decides_may_decide_on_his_own_request() -> None:
    found = about_people(asked(STAFF, BOSS), lent())
    assert [finding.code for finding in found] == ["QT501", "QT601"]
    assert {note.into("vi") for finding in found for note in finding.notes} == {"An làm thay Chi theo QĐ 12"}


def test_keeping_apart_holds_on_behalf_of_others_too() -> None:
    assert codes(asked(STAFF, BOSS, apart=True), lent()) == []


def test_a_mandate_counts_only_on_its_days_and_within_its_scope() -> None:
    post = Post("Kế toán", "Sở A")
    for scope in ({"until": date(2000, 1, 2)}, {"steps": ("ký",)}, {"procedures": ("QT-99",)}, {"posts": (post,)}):
        sample = asked(STAFF, BOSS).model_copy(update={"effective_from": date(2027, 1, 1)})
        assert codes(sample, lent(**scope)) == [], scope


def test_two_accounts_of_one_person_are_one_person() -> None:
    twin = Person("an.2", "An", (Post("Giám đốc", "Sở A"),), same_as="an")
    agency = replace(AGENCY, people=(AGENCY.people[0], twin))
    assert codes(asked(STAFF, BOSS), agency) == ["QT501", "QT601"]
    (finding,) = about_people(asked(STAFF, BOSS, apart=True), agency)
    assert finding.code == "QT511"
