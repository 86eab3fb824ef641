from quality.figure import Figure
from quality.steps import step_figures
from tests.quality.agency import at
from tests.quality.rows import MARCH, case, clock, group, item


def told(*items: object) -> dict[tuple[str, str], Figure]:
    seen = group(case("A", at(2)), case("B", at(2)), items=items)  # type: ignore[arg-type]
    figures = step_figures(seen, MARCH, clock(seen))
    return {(dict(figure.scope)["step"], figure.key): figure for figure in figures}


def test_waiting_and_working_are_the_two_parts_of_a_step() -> None:
    found = told(item("A", 1, "duyệt", at(2, 8), at(2, 11), claimed=at(2, 10)))
    assert found["duyệt", "step.waiting.p50"].value == 120
    assert found["duyệt", "step.working.p50"].value == 60
    assert found["duyệt", "step.cycle.working.p50"].value == 180


def test_what_nobody_took_has_only_waited() -> None:
    found = told(item("A", 1, "duyệt", at(2, 8), at(2, 11)))
    assert found["duyệt", "step.waiting.p50"].value == 180
    assert (found["duyệt", "step.working.p50"].value, found["duyệt", "step.working.p50"].cases) == (None, ())


def test_two_attempts_in_one_case_are_measured_twice_and_counted_as_one_case() -> None:
    found = told(
        item("A", 1, "duyệt", at(2, 8), at(2, 9), returned_to="lập"),
        item("A", 2, "duyệt", at(3, 8), at(3, 10), attempt=2),
    )
    done = found["duyệt", "step.done"]
    assert (done.value, done.measured, done.count, done.cases) == (2, 2, 1, ("A",))
    assert found["duyệt", "step.returned"].value == 0.5


def test_a_step_is_late_by_its_own_deadline() -> None:
    found = told(
        item("A", 1, "duyệt", at(2, 8), at(2, 11), due=at(2, 11)),
        item("B", 1, "duyệt", at(2, 8), at(2, 11, 1), due=at(2, 11)),
    )
    assert (found["duyệt", "step.on_time"].value, found["duyệt", "step.on_time"].part) == (0.5, ("A",))


def test_cancelled_work_and_work_of_another_month_are_not_done() -> None:
    cancelled = item("A", 1, "duyệt", at(2, 8), at(2, 9))._replace(status="cancelled")
    found = told(cancelled, item("B", 1, "duyệt", at(2, month=2), at(3, month=2)))
    assert found["duyệt", "step.done"].value == 0
    assert found["duyệt", "step.cycle.working.mean"].value is None


def test_open_work_older_than_most_finished_work_is_named() -> None:
    done = item("A", 1, "duyệt", at(2, 8), at(2, 9))
    found = told(done, item("B", 1, "duyệt", at(2, 8)), item("A", 2, "duyệt", at(31, 16, 30), attempt=2))
    assert found["duyệt", "step.ageing"].cases == ("B",)
    assert told(item("B", 1, "duyệt", at(2, 8)))["duyệt", "step.ageing"].value is None
