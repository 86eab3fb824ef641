"""Roles and people: somebody holds each role, and nobody decides alone on what he asked for."""

from datetime import date

from procedures.check import check
from procedures.finding import Finding, Severity, Span
from procedures.model import Holder, Procedure, Role
from procedures.organisation import Organisation, OrgUnit, Person, Post
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
    return [f for f in check(sample, NOWHERE, agency) if f.code.startswith("QT5") or f.code == "QT601"]


def codes(sample: Procedure, agency: Organisation | None = AGENCY) -> list[str]:
    return [finding.code for finding in about_people(sample, agency)]


def test_separate_people_are_fine() -> None:
    assert codes(asked(STAFF, role("lãnh đạo", "Giám đốc"))) == []


def test_a_role_that_nobody_holds_is_an_error() -> None:
    sample = asked(STAFF, role("lãnh đạo", "Giám đốc", unit="Phòng Một"))
    (finding,) = about_people(sample)
    assert (finding.code, finding.severity) == ("QT520", Severity.ERROR)
    assert codes(sample, None) == []


def test_posts_are_looked_up_on_the_day_the_issue_takes_effect() -> None:
    later = Person("chi", "Chi", (Post("Giám đốc", "Sở A", since=date(2027, 6, 1)),))
    agency = Organisation(AGENCY.units, (*AGENCY.people[:2], later))
    sample = asked(STAFF, role("lãnh đạo", "Giám đốc"))
    assert codes(sample.model_copy(update={"effective_from": date(2027, 1, 1)}), agency) == ["QT520"]
    assert codes(sample.model_copy(update={"effective_from": date(2027, 7, 1)}), agency) == []
    assert codes(sample, agency) == []


def test_who_asks_may_not_decide() -> None:
    boss = Person("chi", "Chi", (Post("Giám đốc", "Sở A"), Post("Chuyên viên", "Văn phòng")))
    agency = Organisation(AGENCY.units, (*AGENCY.people[:2], boss))
    (finding,) = about_people(asked(STAFF, role("lãnh đạo", "Giám đốc")), agency)
    assert (finding.code, finding.severity) == ("QT501", Severity.WARNING)
    assert finding.notes[0].into("vi") == "vì: Chi vừa thuộc “cán bộ” vừa thuộc “lãnh đạo”"
    assert finding.help is not None
    assert finding.help.into("vi") == "thêm vào bước “duyệt”:  khác người: lập phiếu"
    assert "QT501" not in codes(asked(STAFF, role("lãnh đạo", "Giám đốc"), apart=True), agency)


def test_the_same_role_for_asking_and_deciding_is_told_without_an_organisation() -> None:
    assert codes(asked(STAFF, decider="cán bộ"), None) == ["QT501", "QT601"]
    assert codes(asked(STAFF, decider="cán bộ", apart=True), None) == ["QT601"]


def test_another_person_must_exist_where_one_is_asked_for() -> None:
    clerk = role("cán bộ", "Chuyên viên", unit="Văn phòng")
    (finding,) = [f for f in about_people(asked(clerk, apart=True, decider="cán bộ")) if f.code == "QT521"]
    assert finding.severity is Severity.ERROR
    assert finding.data["openers"] == ["bình"]
    everywhere = role("cán bộ", "Chuyên viên")
    assert "QT521" not in codes(asked(everywhere, apart=True, decider="cán bộ"))


def test_a_case_that_only_some_openers_cannot_finish_is_a_warning() -> None:
    both = Person("chi", "Chi", (Post("Giám đốc", "Sở A"), Post("Chuyên viên", "Văn phòng")))
    agency = Organisation(AGENCY.units, (*AGENCY.people[:2], both))
    found = about_people(asked(STAFF, role("lãnh đạo", "Giám đốc"), apart=True), agency)
    assert [(f.code, f.severity, f.data["openers"]) for f in found] == [("QT521", Severity.WARNING, ["chi"])]


def test_a_procedure_of_one_person_in_two_roles_is_told() -> None:
    alone = Organisation(AGENCY.units, (person("An", ("Chuyên viên", "Phòng Một"), ("Giám đốc", "Phòng Một")),))
    assert "QT601" in codes(asked(STAFF, role("lãnh đạo", "Giám đốc")), alone)
    assert "QT601" not in codes(asked(STAFF, role("lãnh đạo", "Giám đốc")))


def test_a_step_with_only_one_outcome_decides_nothing() -> None:
    sample = procedure(work("a", go("b")), work("b", end()), roles=(STAFF,))
    assert codes(sample, None) == ["QT601"]
