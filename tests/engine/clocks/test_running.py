"""Given a phase with a limit, when its steps run, then it has one budget, stands with the case, and is seen late."""

from engine.commands import PauseCase, ResumeCase
from procedures.model import Phase, Procedure
from quality.sweep import sweep
from tests.engine.house import Office, at
from tests.engine.timed import NOW, done, length
from tests.procedures.building import back, choose, end, go, norm, procedure, wait_all, work


def phased(**more: object) -> Procedure:
    """Three steps of which the two in the middle, and their join, share three working days."""
    steps = (
        work("nhận", go("a", "b")),
        work("a", go("gộp"), phase="thẩm định", may_pause=True),
        work("b", go("gộp"), phase="thẩm định", norm=norm("1", counted=False)),
        choose(
            "gộp",
            {"Đạt": go("ký"), "Làm lại": back("a", 2)},
            phase="thẩm định",
            join=wait_all("a", "b"),
        ),
        choose("ký", {"Ký": end(), "Trả": back("a", 2)}),
    )
    phase = Phase(name="thẩm định", within=length("3"), steps=("a", "b", "gộp"))
    return procedure(*steps, **({"phases": (phase,), "within": length("9")} | more))


def begun(office: Office) -> str:
    case = office.open(NOW, procedure="QT-01")
    office.do(case, "nhận", "an", at(2, 9))
    return case


def breaches(office: Office, case: str) -> list[tuple[str, str | None]]:
    events = (record.event for record in office.log(case) if record.event.kind == "BreachRecorded")
    return [(event.breach, event.part) for event in events]  # type: ignore[union-attr]


def test_a_phase_is_entered_once_by_all_its_branches_and_left_when_none_is_in_it() -> None:
    office = Office.with_(phased())
    case = begun(office)
    (run,) = office.case(case).phases
    assert (run.label, run.due, run.left_at) == ("thẩm định", at(5, 17), None)
    office.do(case, "a", "an", at(3, 9))
    assert len(office.case(case).running_phases) == 1
    office.do(case, "b", "an", at(4, 9))
    office.do(case, "gộp", "an", at(5, 9), "Đạt")
    assert office.case(case).phases[0].left_at == at(5, 9)
    assert sweep(office.store, office, at(30, 8)).late_phases == 0


def test_rework_inside_a_phase_belongs_to_its_budget_and_a_return_into_it_enters_it_again() -> None:
    office = Office.with_(phased())
    case = begun(office)
    office.do(case, "a", "an", at(3, 9))
    office.do(case, "b", "an", at(3, 9))
    office.do(case, "gộp", "an", at(4, 9), "Làm lại", reason="sai")
    assert [run.label for run in office.case(case).phases] == ["thẩm định"]
    office.do(case, "a", "an", at(4, 10))
    office.do(case, "gộp", "an", at(4, 11), "Đạt")
    office.do(case, "ký", "an", at(5, 9), "Trả", reason="sai")
    first, second = office.case(case).phases
    assert (first.left_at, second.label, second.due) == (at(4, 11), "thẩm định (lần 2)", at(10, 17))


def test_a_late_phase_is_recorded_once_for_each_time_it_is_entered() -> None:
    office = Office.with_(phased())
    case = begun(office)
    assert sweep(office.store, office, at(5, 17)).late_phases == 0
    assert sweep(office.store, office, at(5, 17, 1)).late_phases == 1
    assert sweep(office.store, office, at(6, 9)).late_phases == 0
    assert ("late_phase", "thẩm định") in breaches(office, case)


def test_a_phase_left_too_late_is_late_though_nobody_looked_before() -> None:
    office = Office.with_(phased())
    case = begun(office)
    office.do(case, "a", "an", at(6, 9))
    office.do(case, "b", "an", at(6, 9))
    office.do(case, "gộp", "an", at(6, 9), "Đạt")
    assert sweep(office.store, office, at(6, 10)).late_phases == 1


def test_the_budget_stands_while_the_case_does_also_where_the_case_has_no_limit() -> None:
    for within in (length("9"), None):
        office = Office.with_(phased(within=within))
        case = begun(office)
        done(office, PauseCase(id="p", actor="an", case=case, reason="chờ"), at(3, 9))
        with office.store.reading() as reader:
            assert reader.wakes(at(30, 8)) == []
        done(office, ResumeCase(id="r", actor="an", case=case), at(5, 9))
        assert office.case(case).phases[0].due == at(9, 17)
        assert office.case(case).stopped_at is None


def test_only_uncounted_work_in_a_phase_lets_its_budget_stand() -> None:
    office = Office.with_(phased())
    case = begun(office)
    office.do(case, "a", "an", at(3, 9))  # only b, whose time does not count, is open
    assert office.case(case).stopped_at == at(3, 9)
    office.do(case, "b", "an", at(4, 9))
    assert office.case(case).phases[0].due > at(5, 17)


def test_a_phase_that_is_left_while_the_clock_stands_has_not_used_the_time_that_stood() -> None:
    outside = norm("5", counted=False)
    steps = (
        work("nhận", go("chờ")),
        work("chờ", go("nộp"), phase="thẩm định", norm=outside),
        work("nộp", go("ký"), norm=outside),
        work("ký", end()),
    )
    phase = Phase(name="thẩm định", within=length("1"), steps=("chờ",))
    office = Office.with_(procedure(*steps, phases=(phase,), within=length("9")))
    case = begun(office)
    office.do(case, "chờ", "an", at(12, 9))
    (run,) = office.case(case).phases
    assert (run.left_at, office.case(case).stopped_at) == (at(12, 9), at(2, 9))
    assert run.due > at(12, 9)
    assert sweep(office.store, office, at(30, 8)).late_phases == 0
