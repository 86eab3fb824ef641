"""Staffing: people are found for every step of every case of every unit, also when one of them is away."""

import pytest

from procedures.check import check
from procedures.check.assigning import Rules, assignment, conflicts
from procedures.check.staff import Opening
from procedures.check.staffing import Staffing
from procedures.finding import Finding, Severity, Span
from procedures.model import Holder, Procedure, Role, Step
from procedures.organisation import Organisation, OrgUnit, Person, Post
from procedures.places import Places
from tests.procedures.building import back, choose, end, go, procedure, role, wait_all, work
from tests.procedures.check.staffed import Sample, passed_together, sample, smallest_conflicts

CLERK, CHECKER, BOSS = role("cán bộ", "Chuyên viên"), role("kiểm tra", "Trưởng phòng"), role("lãnh đạo", "Giám đốc")
OWN = Role(name="cán bộ", holders=(Holder(position="Chuyên viên", relative="opener_unit"),), text="Chuyên viên …")
HEAD = Role(name="kiểm tra", holders=(Holder(position="Trưởng phòng", relative="opener_unit"),), text="Trưởng phòng …")


def agency(**held: str) -> Organisation:
    """People by name, each with posts "position@unit" parted by commas."""
    people = tuple(
        Person(name, name.title(), tuple(Post(*post.strip().split("@")) for post in posts.split(",")))
        for name, posts in held.items()
    )
    units = dict.fromkeys(post.unit for person in people for post in person.posts)
    return Organisation(tuple(OrgUnit(unit) for unit in ("Văn phòng", *units)), people)


def asked(*steps: Step, roles: tuple[Role, ...] = (CLERK, CHECKER, BOSS)) -> Procedure:
    return procedure(*steps, roles=roles)


def told(sample: Procedure, people: Organisation, *codes: str) -> list[Finding]:
    spans = {("steps", s.key): Span("a.yaml", n, 3, n, 9) for n, s in enumerate(sample.steps, 10)}
    found = check(sample, Places(Span("a.yaml", 1, 1, 1, 1), dict(spans)), people)
    return [finding for finding in found if finding.code in (codes or {"QT510", "QT511", "QT512"})]


TWO_OF_EACH = agency(
    an="Chuyên viên@A", ba="Chuyên viên@A", chi="Trưởng phòng@A", du="Trưởng phòng@A", em="Giám đốc@A", ga="Giám đốc@A"
)


def test_two_people_for_each_step_are_enough() -> None:
    sample = asked(work("a", go("b")), work("b", go("c"), role="kiểm tra"), work("c", end(), role="lãnh đạo"))
    assert told(sample, TWO_OF_EACH) == []


def test_a_step_that_nobody_may_do_in_the_cases_of_some_units_is_told_once_with_their_number() -> None:
    people = agency(
        an="Chuyên viên@A", ba="Chuyên viên@B", bo="Chuyên viên@C", chi="Trưởng phòng@A", du="Trưởng phòng@A"
    )
    sample = asked(
        work("a", go("b")), work("b", go("c"), role="kiểm tra"), work("c", end(), role="kiểm tra"), roles=(OWN, HEAD)
    )
    (finding,) = told(sample, people, "QT510")
    assert finding.severity is Severity.ERROR
    assert finding.message.into("vi") == "không ai được làm “b”, “c” trong hồ sơ của B, C"
    assert finding.label is not None
    assert finding.label.into("vi") == "2 trong 3 đơn vị được mở hồ sơ"
    assert finding.data["units"] == ["B", "C"]


def test_another_person_must_exist_where_one_is_asked_for() -> None:
    sample = asked(work("a", go("b")), work("b", end(), not_same_as=("a",)))
    (finding,) = told(sample, agency(an="Chuyên viên@A"), "QT511")
    assert finding.severity is Severity.ERROR
    assert finding.data == {"steps": ["a", "b"], "units": ["A"], "openers": ["an"]}
    assert finding.message.into("vi") == "bước “b” phải khác người với “a” nhưng chỉ có một người"
    assert [note.into("vi") for note in finding.notes] == ["người làm được “a”: An", "người làm được “b”: An"]
    assert told(sample, agency(an="Chuyên viên@A", ba="Chuyên viên@A"), "QT511") == []


def test_two_people_are_too_few_for_three_steps_that_keep_each_other_apart() -> None:
    sample = asked(
        work("a", go("b")),
        work("b", go("c"), not_same_as=("a",)),
        work("c", go("d"), not_same_as=("a", "b")),
        work("d", end(), not_same_as=("a",)),
    )
    (finding,) = told(sample, agency(an="Chuyên viên@A", ba="Chuyên viên@A"), "QT511")
    assert finding.data["steps"] == ["a", "b", "c"]
    three = agency(an="Chuyên viên@A", ba="Chuyên viên@A", chi="Chuyên viên@A")
    assert told(sample, three, "QT511") == []
    assert {f.code for f in told(sample, three)} == {"QT512"}


def test_the_same_person_is_asked_for_where_nobody_may_do_both() -> None:
    sample = asked(
        work("a", go("b")), work("b", go("c"), role="kiểm tra"), work("c", end(), same_as=("b",), role="lãnh đạo")
    )
    (finding,) = told(sample, TWO_OF_EACH)
    assert finding.message.into("vi") == "bước “c” cần cùng người với “b”, nhưng không ai làm được cả hai"


def test_steps_on_branches_that_exclude_each_other_do_not_constrain_each_other() -> None:
    def chosen(b: Step) -> Procedure:
        return asked(
            choose("a", {"Lớn": go("b"), "Nhỏ": go("c")}), b, work("c", end(), role="lãnh đạo", not_same_as=("b",))
        )

    one_boss = agency(an="Chuyên viên@A", ba="Chuyên viên@A", em="Giám đốc@A")
    assert told(chosen(work("b", end(), role="lãnh đạo")), one_boss, "QT511") == []
    both = chosen(choose("b", {"Được": end(), "Xem lại": back("a")}, role="lãnh đạo"))
    (finding,) = told(both, one_boss, "QT511")
    assert finding.data["steps"] == ["b", "c"]


def test_how_often_a_case_may_return_decides_what_it_can_pass() -> None:
    def rounds(at_most: int) -> Procedure:
        ways = {"Một": go("b1"), "Hai": go("b2"), "Ba": go("b3")}
        apart = {"b1": ("b2", "b3"), "b2": ("b3",), "b3": ()}
        steps = (work(key, go("c"), role="lãnh đạo", not_same_as=others) for key, others in apart.items())
        return asked(choose("a", ways), *steps, choose("c", {"Xong": end(), "Lại": back("a", at_most)}))

    two = agency(an="Chuyên viên@A", em="Giám đốc@A", ga="Giám đốc@A")
    assert told(rounds(1), two, "QT511") == []
    (finding,) = told(rounds(2), two, "QT511")
    assert finding.data["steps"] == ["b1", "b2", "b3"]


def test_parallel_steps_are_done_in_one_case() -> None:
    sample = asked(
        work("a", go("b", "c")),
        work("b", go("d"), role="lãnh đạo"),
        work("c", go("d"), role="lãnh đạo", not_same_as=("b",)),
        work("d", end(), join=wait_all("b", "c")),
    )
    assert len(told(sample, agency(an="Chuyên viên@A", em="Giám đốc@A"), "QT511")) == 1


def test_a_case_that_only_some_openers_cannot_finish_is_a_warning() -> None:
    people = agency(an="Chuyên viên@A, Giám đốc@A", ba="Chuyên viên@A")
    sample = asked(work("a", go("b")), work("b", end(), role="lãnh đạo", not_same_as=("a",)))
    (finding,) = told(sample, people, "QT511")
    assert (finding.severity, finding.data["openers"]) == (Severity.WARNING, ["an"])
    assert finding.label is not None
    assert finding.label.into("vi") == "hồ sơ do An mở sẽ không đi tiếp được"


def test_whoever_alone_may_do_a_step_is_missed_when_he_is_away() -> None:
    people = agency(an="Chuyên viên@A", ba="Chuyên viên@B", bo="Chuyên viên@B", em="Giám đốc@A")
    sample = asked(
        work("a", go("b")), work("b", go("c"), role="lãnh đạo"), work("c", end(), role="lãnh đạo"), roles=(OWN, BOSS)
    )
    alone, boss = told(sample, people)
    assert (alone.code, alone.severity, alone.data) == (
        "QT512",
        Severity.WARNING,
        {"steps": ["a"], "without": {"an": ["A"]}},
    )
    assert boss.data == {"steps": ["b", "c"], "without": {"em": ["A", "B"]}}
    assert boss.message.into("vi") == "vắng Em thì không ai làm được “b”, “c”"
    assert [note.into("vi") for note in boss.notes] == ["Em vắng thì hồ sơ của A, B phải chờ"]


def test_two_who_must_be_different_need_a_third_when_one_is_away() -> None:
    sample = asked(work("a", go("b")), work("b", end(), not_same_as=("a",)))
    people = agency(an="Chuyên viên@A", ba="Chuyên viên@A")
    (finding,) = told(sample, people)
    assert finding.data == {"steps": ["a", "b"], "without": {"an": ["A"], "ba": ["A"]}}
    assert finding.message.into("vi") == "vắng An, Ba thì không đủ người cho “a”, “b”"
    assert told(sample, agency(an="Chuyên viên@A", ba="Chuyên viên@A", chi="Chuyên viên@A")) == []


def test_who_alone_may_do_both_steps_that_he_may_not_do_both_is_told_once() -> None:
    sample = asked(
        work("a", go("b")), work("b", go("c"), role="kiểm tra"), work("c", end(), role="kiểm tra", not_same_as=("b",))
    )
    one = {"an": "Chuyên viên@A", "ba": "Chuyên viên@A", "chi": "Trưởng phòng@A"}
    assert [f.code for f in told(sample, agency(**one))] == ["QT511"]
    mended = told(sample, agency(**one, du="Trưởng phòng@A"))
    assert [(f.code, f.data["steps"]) for f in mended] == [("QT512", ["b", "c"])]


def test_an_absence_is_told_beside_what_only_one_opener_cannot_do() -> None:
    sample = asked(
        work("a", go("b")),
        work("b", go("c"), role="kiểm tra", not_same_as=("a",)),
        work("c", end(), role="kiểm tra"),
    )
    found = told(sample, agency(an="Chuyên viên@A", ba="Chuyên viên@A, Trưởng phòng@A"))
    assert sorted((f.code, f.severity) for f in found) == [("QT511", Severity.WARNING), ("QT512", Severity.WARNING)]
    (absence,) = [f for f in found if f.code == "QT512"]
    assert absence.data == {"steps": ["b", "c"], "without": {"ba": ["A"]}}


def test_a_step_with_more_people_than_ties_needs_no_search() -> None:
    keys = [f"s{number:02}" for number in range(30)]
    every = Rules(frozenset((one, other) for one in keys for other in keys if one < other), frozenset())
    assert conflicts(every, dict.fromkeys(keys, frozenset(f"p{number}" for number in range(30)))) == []


@pytest.mark.parametrize("block", range(6))
def test_the_conflicts_are_those_that_trying_everything_finds(block: int) -> None:
    compared = stuck = fine = 0
    for seed in range(block * 200, block * 200 + 200):
        drawn = sample(seed, size=4, most=7)
        together = passed_together(drawn.procedure)
        staffing = Staffing(drawn.subject, drawn.staff)
        for opening, found in staffing.present.items():
            bad = smallest_conflicts(drawn.procedure, staffing.able[opening], together)
            assert set(found) == bad, (seed, opening)
            compared, stuck, fine = compared + 1, stuck + bool(bad), fine + (not bad)
        expected = missed(drawn, staffing, together)
        assert {(person, unit) for _, person, unit in staffing.absences()} == expected, seed
    assert min(compared, stuck, fine) > 60


def missed(drawn: Sample, staffing: Staffing, together: set[frozenset[str]]) -> set[tuple[str, str]]:
    """Who stops the cases of a unit by being away, found by trying everything."""
    found = set()
    for unit, openings in staffing.staff.units_that_open.items():
        for person in drawn.organisation.people:
            others = [one for one in openings if one.person != person] or list(openings)
            if all(worse(drawn, staffing, one, person, together) for one in others):
                found.add((person.id, unit))
    return found


def worse(drawn: Sample, staffing: Staffing, opening: Opening, away: Person, together: set[frozenset[str]]) -> bool:
    able = dict(staffing.able[opening])
    before = smallest_conflicts(drawn.procedure, able, together)
    start = drawn.procedure.start
    if opening.person == away:
        able[start.key] = staffing.staff.accounts(start.responsible, opening)
    left = {step: people - {away.id} for step, people in able.items()}
    after = smallest_conflicts(drawn.procedure, left, together)
    return any(not any(old <= new for old in before) for new in after)


def test_an_assignment_keeps_to_the_rules() -> None:
    rules = Rules(frozenset({("a", "b")}), frozenset({("b", "c")}))
    able = {"a": frozenset("xy"), "b": frozenset("xyz"), "c": frozenset("yz")}
    found = assignment(rules, able)
    assert found is not None
    assert found["a"] != found["b"] == found["c"]
    assert assignment(rules, {**able, "c": frozenset("w")}) is None
