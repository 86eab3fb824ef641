from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from quality.facts import CaseFact
from quality.figure import Figure
from quality.groups import by_issue, by_procedure
from quality.indicators import ageing, backlog, case_figures, completed, cycle_times, on_time, throughput
from tests.quality.agency import at
from tests.quality.rows import CALENDAR, MARCH, case, clock, facts, group, item


def keyed(figures: list[Figure]) -> dict[str, Figure]:
    return {figure.key: figure for figure in figures}


def test_ending_within_the_due_minute_is_on_time_and_the_minute_after_is_late() -> None:
    due = at(5, 17)
    seen = group(
        case("A", at(2), due + timedelta(seconds=59), due),
        case("B", at(2), due + timedelta(minutes=1), due),
        case("C", at(2), at(4)),
    )
    figure = on_time(seen, completed(seen, MARCH), ())
    assert (figure.value, figure.cases, figure.part) == (0.5, ("A", "B"), ("A",))


def test_without_any_case_a_rate_has_no_value() -> None:
    seen = group(case("A", at(2)))
    assert on_time(seen, completed(seen, MARCH), ()).value is None


def test_working_time_leaves_nights_and_weekends_out_and_calendar_time_does_not() -> None:
    seen = group(case("A", at(6, 16), at(9, 8, 30)))
    found = keyed(cycle_times(seen, MARCH, clock(seen)))
    assert found["case.cycle.working.p50"].value == 120
    assert found["case.cycle.calendar.p50"].value == (64 * 60 + 30)


def test_a_withdrawn_case_leaves_the_backlog_but_is_no_completed_one() -> None:
    seen = group(case("A", at(2), at(3), status="withdrawn"), case("B", at(2)))
    found = keyed(backlog(seen, MARCH))
    assert (found["case.finished"].cases, found["case.open"].cases) == (("A",), ("B",))
    assert len(completed(seen, MARCH)) == 0


DAYS = st.integers(0, 89)


@given(st.lists(st.tuples(DAYS, st.none() | DAYS), min_size=1, max_size=30))
def test_opening_and_received_are_always_finished_and_open(lives: list[tuple[int, int | None]]) -> None:
    seen = group(*(_life(f"HS-{n}", start, length) for n, (start, length) in enumerate(lives)))
    found = {key: figure.cases for key, figure in keyed(backlog(seen, MARCH)).items()}
    came = [*found["case.opening"], *found["case.received"]]
    left = [*found["case.finished"], *found["case.open"]]
    assert sorted(came) == sorted(left)
    assert len(set(came)) == len(came)


def _life(id_: str, start: int, length: int | None) -> CaseFact:
    opened = at(1, month=2) + timedelta(days=start)
    return case(id_, opened, None if length is None else opened + timedelta(days=length))


def test_open_cases_older_than_most_finished_ones_are_named() -> None:
    done = [case(f"D{n}", at(2), at(2 + n % 3, 10)) for n in range(6)]
    seen = group(*done, case("OLD", at(3)), case("NEW", at(31, 16)))
    assert ageing(seen, MARCH, clock(seen)).cases == ("OLD",)


def test_ageing_without_finished_cases_is_not_zero_but_unknown() -> None:
    seen = group(case("A", at(2)))
    assert ageing(seen, MARCH, clock(seen)).value is None


def test_throughput_is_per_working_day_that_has_passed() -> None:
    seen = group(case("A", at(2), at(3)), case("B", at(2), at(4)))
    found = keyed(throughput(seen, MARCH, clock(facts([case("X", at(27, month=2))]))))
    days = CALENDAR.working_minutes(MARCH.start, MARCH.end) / 480
    assert found["case.throughput"].value == 2 / days


def test_issues_are_apart_and_put_together_only_with_a_word_about_it() -> None:
    known = facts([case("A", at(2), at(3), at(4)), case("B", at(2), at(5), at(4), issue=2)])
    assert [one.words.into("vi") for one in by_issue(known)] == ["QT-TT-01, lần ban hành 1", "QT-TT-01, lần ban hành 2"]
    [together] = by_procedure(known)
    assert together.words.into("vi") == "QT-TT-01, lần ban hành 1 (1 hồ sơ), lần ban hành 2 (1 hồ sơ)"
    assert dict(together.scope)["issue"] == "1+2"


def test_a_case_that_ends_at_midnight_belongs_to_the_new_month() -> None:
    seen = group(case("A", at(2), MARCH.end), case("B", at(2), MARCH.end - timedelta(seconds=1)))
    assert seen.behind(completed(seen, MARCH)) == ("B",)


def test_every_figure_has_a_definition_in_vietnamese_that_differs_from_english() -> None:
    seen = group(case("A", at(2), at(3), at(4)), items=(item("A", 1, "lập phiếu", at(2), at(3)),))
    for figure in case_figures(seen, MARCH, clock(seen)):
        assert figure.definition.into("vi") != figure.definition.into("en")
        assert dict(figure.scope)["period"] == "2026-03"
