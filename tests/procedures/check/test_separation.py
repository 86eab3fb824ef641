"""Separation of duty: what `khác người` keeps apart no sequence of commands brings together, and idle ones are told."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import count

import pytest

from engine.case import Case, Item, ItemStatus
from engine.commands import AnyCommand, ClaimWork, FinishWork, OpenCase, ReleaseWork
from engine.handle import Done, handle
from engine.refusal import Refusal
from engine.refusals.access import NotYoursToOpen, SamePerson
from engine.refusals.work import TooManyReturns
from engine.stores.memory import MemoryStore
from procedures.calendar import Calendar, Calendars
from procedures.check import check
from procedures.check.assigning import assignment, pair
from procedures.check.separation import Apart, kept_apart, rules_of
from procedures.check.staff import Opening
from procedures.check.staffing import Staffing
from procedures.check.subject import Subject
from procedures.finding import Severity
from procedures.model import Procedure
from procedures.organisation import Organisation, OrgUnit, Person, Post
from procedures.shelf import MemoryShelf, Shelf, release
from tests.engine.house import working_time
from tests.procedures.building import back, choose, end, go, procedure, role, route, work
from tests.procedures.check.staffed import NOWHERE, Sample, sample

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
STEPS = 60


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return working_time()


@dataclass
class Office:
    """One procedure in force in one organisation, and a store of its own."""

    shelf: Shelf
    organisation: Organisation
    calendar: Calendar
    store: MemoryStore
    numbers: "count[int]"

    @property
    def calendars(self) -> Calendars:
        return Calendars(self.calendar)

    def give(self, command: AnyCommand) -> Done | Refusal:
        return handle(command, store=self.store, ground=self, now=NOW)

    def open(self, by: str, unit: str) -> str | None:
        """Open a case and return its number; None where the engine refuses."""
        id_ = self.id()
        command = OpenCase(id=id_, actor=by, procedure="QT-01", title=f"Thử {id_}", unit=unit)
        done = self.give(command)
        assert isinstance(done, Done | NotYoursToOpen), done
        return done.case if isinstance(done, Done) else None

    def id(self) -> str:
        return f"c{next(self.numbers)}"

    def case(self, number: str) -> Case:
        with self.store.reading() as reader:
            held = reader.held(number)
        assert held is not None
        return held.case


def office(drawn: Sample, calendar: Calendar) -> Office:
    shelf = MemoryShelf()
    shelf.publish(release(drawn.procedure, approved_by="Giám đốc", issued_at=datetime(2025, 12, 5, tzinfo=UTC)))
    return Office(shelf, drawn.organisation, calendar, MemoryStore(), count())


def drawn(seed: int) -> Sample:
    made = sample(seed, size=4, most=7)
    return replace(made, procedure=made.procedure.model_copy(update={"effective_from": date(2026, 1, 1)}))


def both_done(procedure: Procedure, case: Case) -> Iterator[str]:
    """Say of every pair kept apart who has done both, as the log tells it: every attempt counts."""
    for one, other in rules_of(procedure).apart:
        done: dict[str, set[str]] = {one: set(), other: set()}
        for item in case.items:
            if item.step in done and item.status is ItemStatus.DONE and item.assignee:
                done[item.step].add(item.assignee)
        yield from done[one] & done[other]


def any_command(rng: random.Random, drawn: Sample, case: Case, id_: str) -> AnyCommand:
    item: Item = rng.choice(case.live_items)
    who = rng.choice(drawn.organisation.people).id
    told = {"id": id_, "actor": who, "case": case.id, "item": item.number}
    match rng.choice(("claim", "release", "finish", "finish", "finish")):
        case "claim":
            return ClaimWork(**told)
        case "release":
            return ReleaseWork(**{**told, "actor": item.assignee or who})
        case _:
            outcome = rng.choice(drawn.procedure.step(item.step).outcomes).label
            return FinishWork(**told, outcome=outcome, reason="đã xem")


@pytest.mark.parametrize("block", range(4))
def test_no_sequence_of_commands_lets_one_person_do_what_is_kept_apart(block: int, calendar: Calendar) -> None:
    finished = refused = returned = 0
    for seed in range(block * 120, block * 120 + 120):
        made, rng = drawn(seed), random.Random(seed)  # noqa: S311 (cases for tests)
        desk, staffing = office(made, calendar), Staffing(made.subject, made.staff)
        for opening in staffing.staff.openings[:3]:
            number = desk.open(opening.person.id, opening.unit)
            assert number is not None
            for _ in range(STEPS):
                case = desk.case(number)
                if case.over:
                    break
                done = desk.give(any_command(rng, made, case, desk.id()))
                if isinstance(done, SamePerson):
                    refused += 1
                    assert says_why(done, made, case)
            case = desk.case(number)
            assert not list(both_done(made.procedure, case)), (seed, opening)
            passed = frozenset(item.step for item in case.items if item.status is ItemStatus.DONE)
            assert made.subject.together.possible(passed), (seed, passed)
            finished, returned = finished + len(passed), returned + any(item.returned_to for item in case.items)
    assert min(finished, refused, returned) > 5


def says_why(refusal: SamePerson, made: Sample, case: Case) -> bool:
    """Tell whether the refusal names who, the step, and the other step that this person did before."""
    key = {step.name: step.key for step in made.procedure.steps}
    account = next(person.id for person in made.organisation.people if person.name == refusal.who)
    kept = pair(key[refusal.step], key[refusal.other]) in rules_of(made.procedure).apart
    return kept and account in case.performers(key[refusal.other])


@pytest.mark.parametrize("block", range(2))
def test_where_people_are_found_a_case_never_waits_for_nobody(block: int, calendar: Calendar) -> None:
    ended = 0
    for seed in range(1000 + block * 40, 1040 + block * 40):
        made, rng = drawn(seed), random.Random(seed)  # noqa: S311 (cases for tests)
        desk, staffing = office(made, calendar), Staffing(made.subject, made.staff)
        for opening in staffing.staff.openings[:2]:
            plan = assignment(staffing.rules, staffing.able[opening])
            if plan is not None:
                assert staffing.present[opening] == []
                ended += played(desk, made, opening, plan, rng)
    assert ended > 10


def played(desk: Office, made: Sample, opening: Opening, plan: dict[str, str], rng: random.Random) -> bool:
    """Let everybody do his steps of the plan, whatever is chosen and returned; tell whether the case ended."""
    number = desk.open(opening.person.id, opening.unit)
    assert number is not None
    for _ in range(STEPS):
        case = desk.case(number)
        if case.over:
            return True
        item = rng.choice(case.live_items)
        choices = [
            FinishWork(
                id=desk.id(), actor=plan[item.step], case=number, item=item.number, outcome=way.label, reason="rõ"
            )
            for way in rng.sample(made.procedure.step(item.step).outcomes, len(made.procedure.step(item.step).outcomes))
        ]
        done = desk.give(choices[0])
        # Only the bound on returns may refuse; then another way is open.
        if isinstance(done, Refusal):
            assert isinstance(done, TooManyReturns)
            assert any(isinstance(desk.give(choice), Done) for choice in choices[1:])
    return False


CLERK, BOSS = role("cán bộ", "Chuyên viên"), role("lãnh đạo", "Giám đốc")


def test_keeping_apart_what_no_case_passes_together_is_told() -> None:
    sample = procedure(
        choose("a", {"Lớn": go("b"), "Nhỏ": go("c")}),
        work("b", end()),
        work("c", end(), role="lãnh đạo", not_same_as=("b",)),
        roles=(CLERK, BOSS),
    )
    (finding,) = [f for f in check(sample, NOWHERE) if f.code == "QT513"]
    assert finding.severity is Severity.WARNING
    assert finding.message.into("vi") == "“khác người: b” ở bước “c” không tách được ai"
    assert finding.label is not None
    assert finding.label.into("vi") == "không hồ sơ nào đi qua cả hai bước"


def test_keeping_apart_from_a_step_without_people_is_told() -> None:
    sample = procedure(work("a", go("b")), route("b", go("c")), work("c", end(), not_same_as=("b",)), roles=(CLERK,))
    (finding,) = [f for f in check(sample, NOWHERE) if f.code == "QT513"]
    assert finding.label is not None
    assert finding.label.into("vi") == "một trong hai bước không do người làm, nên không có ai để so"


def test_who_holds_the_posts_of_both_steps_is_known() -> None:
    made = next(one for one in map(sample, range(100)) if any(apart.shared for apart in kept_apart(one.subject)))
    for apart in kept_apart(made.subject):
        staff = made.staff
        steps = [made.procedure.step(key).responsible for key in (apart.step, apart.other)]
        both = {
            person.id
            for case in staff.openings
            for person in made.organisation.people
            if all(person.id in staff.accounts(roles, case) for roles in steps)
        }
        assert apart.shared == both or not apart.judged


def test_a_pair_that_works_is_not_told() -> None:
    sample = procedure(work("a", go("b")), work("b", end(), not_same_as=("a",)), roles=(CLERK,))
    assert list(kept_apart(Subject(sample, NOWHERE))) == [Apart("b", "a", judged=True, meets=True)]
    assert [f for f in check(sample, NOWHERE) if f.code == "QT513"] == []


def test_the_last_two_people_for_a_step_may_both_be_used_up_by_a_return(calendar: Calendar) -> None:
    def reviewed(returns: int) -> Procedure:
        steps = (
            work("lập", go("thẩm định"), role="lãnh đạo"),
            work("thẩm định", go("soát")),
            choose("soát", {"Được": go("thẩm tra"), "Lại": back("thẩm định", returns)}, role="lãnh đạo"),
            work("thẩm tra", end(), not_same_as=("thẩm định",), role="kiểm tra"),
        )
        roles = (CLERK, role("kiểm tra", "Trưởng phòng"), BOSS)
        return procedure(*steps, roles=roles, effective_from=date(2026, 1, 1))

    made = Sample(reviewed(1), people(["an", "ba"], ["an", "ba", "chi"]))
    (finding,) = [f for f in check(made.procedure, NOWHERE, made.organisation) if f.code == "QT514"]
    assert finding.severity is Severity.HINT
    assert finding.data == {"steps": ["thẩm định", "thẩm tra"], "people": ["an", "ba"], "unit": "A"}
    three, apart = ["an", "ba", "chi"], people(["an", "du"], ["an", "ba"])
    for other, others in ((reviewed(0), made.organisation), (reviewed(1), people(three, three)), (reviewed(1), apart)):
        assert [f for f in check(other, NOWHERE, others) if f.code == "QT514"] == []
    desk = office(made, calendar)
    number = desk.open("em", "A") or ""
    for item, who, outcome in ((1, "em", None), (2, "an", None), (3, "em", "Lại"), (4, "ba", None), (5, "em", "Được")):
        told = {"id": desk.id(), "actor": who, "case": number, "item": item, "outcome": outcome, "reason": "thiếu số"}
        assert isinstance(desk.give(FinishWork(**told)), Done)
    refused = [desk.give(FinishWork(id=desk.id(), actor=who, case=number, item=6)) for who in ("an", "ba")]
    assert [type(one) for one in refused] == [SamePerson, SamePerson]


def people(checkers: list[str], clerks: list[str]) -> Organisation:
    """Two directors, and people who check, draw up, or do both."""
    held = {who: [Post("Giám đốc", "A")] for who in ("em", "ga")}
    for position, some in (("Trưởng phòng", checkers), ("Chuyên viên", clerks)):
        for who in some:
            held.setdefault(who, []).append(Post(position, "A"))
    found = tuple(Person(who, who.title(), tuple(posts)) for who, posts in held.items())
    return Organisation((OrgUnit("A"), OrgUnit("Văn phòng")), found)


def test_a_value_that_lists_no_people_keeps_nobody_apart() -> None:
    from procedures.load import load_text

    text = """\
quy trình:
  mã: QT-TT-09
  tên: Thử
  loại: công việc nội bộ
  lần ban hành: 1
  hiệu lực từ: 01/01/2026
  đơn vị chủ trì: Văn phòng
vai trò:
  người làm: Chuyên viên, Văn phòng
thông tin:
  chủ trì: {kind}
các bước:
  làm:
    tên: Làm
    trách nhiệm: người làm
    nhập: [chủ trì]
    đến: xét
  xét:
    tên: Xét
    trách nhiệm: người làm
    khác người: [làm, chủ trì]
    đến: kết thúc xong
"""
    for kind, told in (("danh sách người", 0), ("văn bản", 1)):
        found = load_text(text.format(kind=kind), "x.yaml")
        assert found.procedure is not None, found.findings
        assert found.procedure.step("xét").not_same_as == ("làm", "chủ trì")
        said = [one for one in check(found.procedure, found.places) if one.code == "QT513"]
        assert len([one for one in said if "chủ trì" in one.message.into("vi")]) == told
