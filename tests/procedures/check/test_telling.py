"""Of every deadline somebody is told who is not the one that is late."""

from dataclasses import replace
from datetime import date

from procedures.check import check
from procedures.finding import Finding, Severity, Span
from procedures.model import Procedure
from procedures.organisation import Mandate, Organisation, OrgUnit, Person, Post
from procedures.places import Places
from tests.procedures.building import end, go, norm, procedure, role, work

NOWHERE = Places(Span("a.yaml", 1, 1, 1, 1))
ON = date(2027, 1, 1)


def person(name: str, *posts: tuple[str, str], same_as: str | None = None) -> Person:
    return Person(name, name, tuple(Post(*post) for post in posts), same_as=same_as)


AN, BINH = person("An", ("Chuyên viên", "Phòng Một")), person("Bình", ("Trưởng phòng", "Phòng Một"))
CHI = person("Chi", ("Giám đốc", "Sở"))
TOP, ROOM = OrgUnit("Sở", heads=("Giám đốc",)), OrgUnit("Phòng Một", parent="Sở", heads=("Trưởng phòng",))
OFFICE = Organisation((TOP, ROOM), (AN, BINH, CHI))
SHORT = norm("2")


def asked(who: str = "Chuyên viên", unit: str | None = None, **more: object) -> Procedure:
    """Somebody asks, another decides in two days."""
    roles = (role("a", "Chuyên viên"), role("b", who, unit=unit), role("trưởng", "Trưởng phòng"))
    steps = (work("nhận", go("xét"), role="a"), work("xét", end(), role="b", norm=SHORT, **more))
    return procedure(*steps, roles=roles, effective_from=ON, owner_unit="Phòng Một")


def untold(sample: Procedure, office: Organisation | None = OFFICE) -> list[Finding]:
    return [finding for finding in check(sample, NOWHERE, office) if finding.code == "QT610"]


def test_by_default_the_head_of_the_unit_hears_of_it_and_of_the_head_whoever_is_above() -> None:
    assert OFFICE.told_of("An", "Phòng Một", ON) == ("Bình",)
    assert OFFICE.told_of("Bình", "Phòng Một", ON) == ("Chi",)
    assert untold(asked()) == untold(asked("Trưởng phòng")) == []


def test_of_the_highest_nobody_hears_but_by_a_declared_role() -> None:
    sample = asked("Giám đốc", unit="Sở")
    assert OFFICE.told_of("Chi", "Sở", ON) == ()
    (finding,) = untold(sample)
    assert finding.severity is Severity.WARNING
    assert finding.data["steps"] == ["xét"]
    assert finding.label is not None
    assert finding.label.into("vi") == "1 bước: “xét”; ví dụ khi Chi chậm tiến độ thì không ai khác được báo"
    assert untold(sample.model_copy(update={"when_late": ("trưởng",)})) == []


def test_where_a_post_may_be_held_anywhere_it_is_the_unit_of_the_case_that_is_late() -> None:
    assert untold(asked("Giám đốc")) == []


def test_where_no_unit_names_a_head_nobody_hears_of_it() -> None:
    headless = Organisation(tuple(replace(unit, heads=()) for unit in OFFICE.units), OFFICE.people)
    assert [finding.code for finding in untold(asked(), headless)] == ["QT610"]
    assert untold(asked(when_late=("trưởng",)), headless) == []
    assert untold(asked().model_copy(update={"when_late": ("trưởng",)}), headless) == []


def test_to_tell_only_whoever_is_late_is_to_tell_nobody() -> None:
    assert len(untold(asked("Trưởng phòng", when_late=("trưởng",)))) == 1
    assert untold(asked("Trưởng phòng", when_late=("a",))) == []


def test_another_account_of_the_same_person_is_nobody_else() -> None:
    twin = person("An", ("Chuyên viên", "Phòng Một"), ("Trưởng phòng", "Phòng Một"))
    two = Organisation(OFFICE.units, (twin, person("An2", ("Trưởng phòng", "Phòng Một"), same_as="An"), CHI))
    assert two.told_of("An", "Phòng Một", ON) == ("Chi",)


def test_whoever_acts_for_the_head_is_told_too() -> None:
    acting = Mandate("QĐ 1", "substitution", "Bình", "Chi", since=ON)
    assert set(replace(OFFICE, mandates=(acting,)).told_of("An", "Phòng Một", ON)) == {"Bình", "Chi"}


def test_a_step_without_a_time_has_no_deadline_to_tell_of() -> None:
    sample = asked("Giám đốc", unit="Sở")
    steps = tuple(step.model_copy(update={"norm": None}) for step in sample.steps)
    assert untold(sample.model_copy(update={"steps": steps})) == []


def test_without_an_organisation_nothing_is_said() -> None:
    assert untold(asked("Giám đốc", unit="Sở"), None) == []
