"""The procedures that ship with the project: sound, staffed, sourced, and true to the tables they were taken from."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from procedures.calendar import Calendar, load_calendar
from procedures.check import check, unaccepted_warnings
from procedures.coverage import coverage
from procedures.finding import Finding, Severity, errors
from procedures.load import Loaded, load_file, load_folder, load_text
from procedures.model import BackTo, End, Kind, Procedure, ReturnClock, Step, Unit
from procedures.organisation import Organisation, load_organisation
from procedures.scenario import follow

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted((ROOT / "procedures.d").glob("*.yaml"))
DAY = date(2027, 1, 4)
every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@cache
def loaded(path: Path) -> Loaded:
    return load_file(path, ROOT)


def procedure(path: Path) -> Procedure:
    found = loaded(path).procedure
    assert found is not None, told(loaded(path).findings)
    return found


def named(code: str) -> Procedure:
    return procedure(ROOT / "procedures.d" / f"{code}.yaml")


@cache
def organisation() -> Organisation:
    found, findings = load_organisation(ROOT / "organisation.d")
    assert findings == []
    return found


@cache
def calendar() -> Calendar:
    found, findings = load_calendar(ROOT / "calendar.d")
    assert not errors(findings)
    return found


@cache
def checked(path: Path) -> tuple[Finding, ...]:
    return tuple(check(procedure(path), loaded(path).places, organisation(), calendar()))


def told(findings: tuple[Finding, ...] | list[Finding]) -> list[str]:
    return [f"{finding.code} line {finding.span.line}: {finding.message}" for finding in findings]


@every_file
def test_a_file_is_in_vietnamese_words_and_named_by_its_code(path: Path) -> None:
    assert loaded(path).findings == ()
    assert loaded(path).lang == "vi"
    assert procedure(path).code == path.stem


@every_file
def test_no_error_is_left_and_every_warning_is_accepted_with_a_reason(path: Path) -> None:
    assert told(errors(checked(path))) == []
    assert told(unaccepted_warnings(checked(path), procedure(path))) == []
    warned = {finding.code for finding in checked(path) if finding.severity is Severity.WARNING}
    assert {acceptance.code for acceptance in procedure(path).accepted} == warned
    assert all(len(acceptance.reason) > 40 for acceptance in procedure(path).accepted)


@every_file
def test_every_sample_case_goes_its_way(path: Path) -> None:
    cases = procedure(path).scenarios
    assert len(cases) >= 2
    departed = [
        follow(procedure(path), case, loaded(path).places, today=DAY, working_days=calendar().working_days)
        for case in cases
    ]
    assert told([finding for finding in departed if finding is not None]) == []


@every_file
def test_the_sample_cases_pass_every_step(path: Path) -> None:
    passed = coverage(procedure(path), today=DAY, working_days=calendar().working_days)
    assert set(passed.missed_steps) <= {"hết hạn góp ý"}


@every_file
def test_a_file_says_where_it_comes_from_and_what_is_kept(path: Path) -> None:
    sample = procedure(path)
    assert sample.references
    assert sample.source or sample.code == "QT-VP-05"
    assert sample.purpose
    assert sample.scope
    assert sample.indicators
    assert sample.records


@every_file
def test_somebody_else_can_do_the_work_of_whoever_is_away(path: Path) -> None:
    sample = procedure(path)
    alone = {
        (step.key, unit)
        for opener, unit in openers(sample)
        for step in sample.steps
        if step.kind == "work" and not step.same_as and len(able(sample, step, opener, unit)) < 2
    }
    assert alone == set()


def able(sample: Procedure, step: Step, opener: str, unit: str) -> set[str]:
    roles = [sample.role(name) for name in step.responsible]
    return {
        person.id
        for role in roles
        for person in organisation().holders(
            role, opener=opener, opener_unit=unit, owner_unit=sample.owner_unit, on=DAY
        )
    }


def openers(sample: Procedure) -> list[tuple[str, str]]:
    pairs = [(person.id, unit) for person in organisation().people for unit in organisation().units_of(person.id, DAY)]
    found = [(person, unit) for person, unit in pairs if person in able(sample, sample.start, person, unit)]
    assert found, f"nobody can open {sample.code}"
    return found


def test_no_code_is_used_twice_and_there_is_enough_of_each_kind() -> None:
    found = load_folder(ROOT / "procedures.d")
    assert [told(one.findings) for one in found if one.findings] == []
    kinds = [one.procedure.kind for one in found if one.procedure]
    assert kinds.count(Kind.SYSTEM) >= 6
    assert len(kinds) - kinds.count(Kind.SYSTEM) >= 8


def test_the_example_of_the_guide_is_sound() -> None:
    guide = (ROOT / "docs" / "howto" / "write-a-procedure.md").read_text("utf-8")
    [example] = [
        block for block in re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL) if block.startswith("quy trình:")
    ]
    found = load_text(example, "guide.yaml")
    assert found.procedure is not None, told(found.findings)
    assert told(check(found.procedure, found.places, organisation(), calendar())) == []
    days = calendar().working_days
    assert [
        follow(found.procedure, case, found.places, today=DAY, working_days=days) for case in found.procedure.scenarios
    ] == [
        None,
        None,
    ]


# What follows was typed from the published tables, not from the files.


@dataclass(frozen=True)
class Table:
    """A published step table: its times in order, in one unit; `-` is “Không tính thời gian”, `?` no measured time.

    `own` are steps that the table has not; the text around it asks for them.
    """

    decision: str
    unit: Unit
    limit: str
    total: str | None
    times: str
    own: tuple[str, ...] = ()


TABLES = {
    "QT-KHCN-01": Table("2487/QĐ-UBND", Unit.DAY, "27", "27", "0,5 0,5 3 1 1 0,5 3 5,5 2 1,5 1 0,5 - 1,5 1 1 0,5 3 -"),
    "QT-KHCN-02": Table("2487/QĐ-UBND", Unit.DAY, "15", "15", "0,5 0,5 ? 4,5 2 2 0,5 5 -", own=("lấy ý kiến",)),
    "QT-KHCN-03": Table("2776/QĐ-UBND", Unit.DAY, "15", "27", "8 1 1 4 1"),
    "QT-NV-01": Table("2028/QĐ-UBND", Unit.DAY, "190", "190", "? 45 76 14 20 35 -"),
    "QT-NV-02": Table(
        "3854/QĐ-UBND",
        Unit.WORKING_HOUR,
        "96",
        "96",
        "4 4 20 4 4 4 4 4 12 16 8 4 4 4 -",
        own=("bổ sung hồ sơ",),
    ),
    "QT-NV-03": Table("2929/QĐ-UBND", Unit.WORKING_DAY, "12", "12", "1/4 1/4 1/4 1/4 1/2 3,5 2 4 1"),
    "QT-NV-04": Table("2028/QĐ-UBND", Unit.UNSPECIFIED, "?", "?", "? ? ? ? ? ?"),
    "QT-NV-05": Table("1378/QĐ-BNV", Unit.DAY, "15", None, "- ? ? ?"),
    "QT-DT-01": Table("2740/QĐ-UBND", Unit.WORKING_DAY, "30", None, "15 15 30", own=("chỉ đạo triển khai",)),
    "QT-KT-01": Table("3857/QĐ-UBND", Unit.WORKING_HOUR, "168", "168", "4 4 112 24 16 8 -", own=("bổ sung hồ sơ",)),
    "QT-YT-01": Table("2022/QĐ-UBND", Unit.HOUR, "12", None, "0,5 0,5 4 3 2 2 -"),
    "QT-YT-02": Table("2022/QĐ-UBND", Unit.WORKING_DAY, "25", "25", "0,5 1 6 1 1 0,5 0,5 7 1 0,5 0,5 5 0,5 -"),
}
every_table = pytest.mark.parametrize("code", TABLES)


def number(text: str) -> Decimal:
    over, _, under = text.replace(",", ".").partition("/")
    return Decimal(over) / Decimal(under or 1)


def counted(step: Step, unit: Unit) -> str | Decimal:
    """The time of a step as the tables say it."""
    norm = step.norm
    assert norm is not None, step.key
    if not norm.counted:
        return "-"
    if not norm.within.measured:
        return "?"
    assert norm.within.unit is unit, step.key
    return norm.within.amount


@every_table
def test_the_times_of_the_steps_are_those_of_the_published_table(code: str) -> None:
    table, sample = TABLES[code], named(code)
    rows = [step for step in sample.steps if step.key not in table.own]
    published = [time if time in "-?" else number(time) for time in table.times.split()]
    assert [counted(step, table.unit) for step in rows] == published


@every_table
def test_limit_and_total_are_the_published_ones(code: str) -> None:
    table, sample = TABLES[code], named(code)
    for declared, published in ((sample.within, table.limit), (sample.published_total, table.total)):
        if published is None:
            assert declared is None
        elif published == "?":
            assert declared is not None
            assert not declared.measured
        else:
            assert declared is not None
            eighth = 8 if (declared.unit, table.unit) == (Unit.WORKING_DAY, Unit.WORKING_HOUR) else 1
            assert declared.amount * eighth == number(published)


@every_table
def test_the_source_is_the_decision_with_its_address(code: str) -> None:
    source = named(code).source or ""
    assert TABLES[code].decision in source
    assert "https://thuvienphapluat.vn/van-ban/" in source


def test_one_published_total_does_not_add_up_and_is_told() -> None:
    odd = {path.stem: finding for path in FILES for finding in checked(path) if finding.code == "QT402"}
    assert set(odd) == {"QT-KHCN-03"}
    day = 24 * 60
    assert odd["QT-KHCN-03"].data["published"] == str(27 * day)
    assert odd["QT-KHCN-03"].data["total"] == str(15 * day)


@pytest.mark.parametrize(("code", "hours"), [("QT-NV-02", ["40", "56"]), ("QT-YT-02", ["80", "120"])])
def test_each_level_has_its_own_limit_and_its_steps_fill_it(code: str, hours: list[str]) -> None:
    sample = named(code)
    each = {Unit.WORKING_DAY: 8, Unit.WORKING_HOUR: 1}
    limits = [phase.within.amount * each[phase.within.unit] for phase in sample.phases if phase.within]
    sums = [
        sum(
            step.norm.within.amount * each[step.norm.within.unit]
            for step in sample.steps
            if step.norm and step.phase == phase.name
        )
        for phase in sample.phases
    ]
    assert limits == sums == [Decimal(count) for count in hours]


def test_the_applicant_in_the_middle_of_the_flow_has_a_limit_of_his_own_while_the_clock_stands() -> None:
    sample = named("QT-KHCN-01")
    explains = sample.step("giải trình")
    assert sample.number("giải trình") == 13
    assert sample.role(explains.responsible[0]).external
    assert explains.norm is not None
    assert (explains.norm.counted, explains.norm.within.amount, explains.norm.within.unit) == (False, 15, Unit.DAY)


def test_what_the_text_says_inside_a_step_is_kept() -> None:
    [answer] = named("QT-KHCN-01").start.sublimits
    assert (answer.within.amount, answer.within.unit) == (5, Unit.WORKING_DAY)
    assert named("QT-YT-02").start.hand_over_cut_off == "15:00"
    window = named("QT-NV-01").start.norm
    assert window is not None
    assert window.within.unit is Unit.WINDOW
    assert window.within.text == "Trong thời gian thông báo tuyển dụng của cơ quan có thẩm quyền tuyển dụng"


def test_the_reception_desk_accepts_asks_for_more_once_or_refuses() -> None:
    sample = named("QT-NV-02")
    ways = {outcome.label: outcome.branches[0].target for outcome in sample.start.outcomes}
    assert list(ways) == ["Hồ sơ đầy đủ, hợp lệ", "Yêu cầu bổ sung", "Từ chối tiếp nhận"]
    assert ways["Từ chối tiếp nhận"] == End(result="từ chối tiếp nhận")
    back = [branch.target for way in sample.step("bổ sung hồ sơ").outcomes for branch in way.branches]
    assert back[0] == BackTo(step="tiếp nhận", at_most=1, clock=ReturnClock.RESTART)


def test_a_nonconformity_goes_from_candidate_to_a_judged_effect() -> None:
    sample = named("QT-HT-04")
    assert [step.key for step in sample.steps] == [
        "ghi nhận",
        "khắc phục",
        "phân tích nguyên nhân",
        "hành động",
        "đánh giá hiệu lực",
    ]
    assert [outcome.label for outcome in sample.start.outcomes] == ["Xác nhận", "Gộp", "Bác bỏ"]
    assert sample.start.reason_required
    judged = sample.step("đánh giá hiệu lực")
    assert judged.not_same_as == ("hành động", "người chịu trách nhiệm")
    ways = {outcome.label: outcome.branches[0].target for outcome in judged.outcomes}
    assert ways["Có hiệu lực"] == End(result="đóng")
    assert ways["Chưa hiệu lực"] == BackTo(step="phân tích nguyên nhân", at_most=2)


def test_a_management_review_asks_every_input_of_the_standard_from_somebody() -> None:
    inputs = {
        line.split(")")[0]
        for step in named("QT-HT-03").steps
        if step.key.startswith("báo cáo")
        for line in step.checklist
    }
    assert inputs == {"a", "b", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "d", "e", "f"}
