"""Given cases, when charts ask, then what they draw is what happened, day by day and step by step."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from quality.traces import by_month, finished_cases, flow, heat, open_cases
from tests.quality.agency import at
from tests.quality.rows import MARCH, case, clock, group, item


def test_finished_cases_are_told_in_the_order_of_their_ends_with_their_levels() -> None:
    seen = group(case("A", at(2), at(6), at(4)), case("B", at(2), at(3)), case("C", at(2)))
    found = finished_cases(seen, MARCH, clock(seen))
    assert (found.cases, found.days, found.late) == (("B", "A"), (0.9375, 3.75), (False, True))
    assert found.levels == ((50, 0.9375), (85, 3.75), (95, 3.75))


def test_open_cases_stand_at_their_steps_in_the_order_of_the_procedure() -> None:
    items = (item("A", 1, "lập", at(30)), item("B", 1, "duyệt", at(31, 8)), item("C", 1, "duyệt", at(31), at(31, 9)))
    seen = group(case("A", at(30)), case("B", at(31)), case("C", at(31)), items=items)
    found = open_cases(seen, MARCH, clock(seen), ["lập", "duyệt"])
    told = [(one.step, one.cases, one.days) for one in found]
    assert told == [("lập", ("A",), (1.8125,)), ("duyệt", ("B",), (0.875,))]


LIVES = st.lists(st.tuples(st.integers(-20, 30), st.none() | st.integers(0, 40)), min_size=1, max_size=20)


@given(LIVES)
def test_what_came_less_what_went_is_what_was_open(lives: list[tuple[int, int | None]]) -> None:
    start = int(MARCH.start.timestamp())
    spans = [(start + 86_400 * a, None if b is None else start + 86_400 * (a + b) + 60) for a, b in lives]
    made = [
        case(f"C{n:02}", datetime.fromtimestamp(a, UTC), None if b is None else datetime.fromtimestamp(b, UTC))
        for n, (a, b) in enumerate(spans)
    ]
    for one in flow(group(*made), MARCH):
        before = one.at.timestamp()
        assert one.come - one.gone == sum(a < before and (b is None or b >= before) for a, b in spans)


def test_a_step_is_told_by_its_times_medians_share_late_and_outcomes() -> None:
    items = (
        item("A", 1, "duyệt", at(2, 8), at(3, 8), claimed=at(2, 16), due=at(2, 17), outcome="Đồng ý"),
        item("B", 1, "duyệt", at(2, 8), at(2, 16), due=at(2, 17), outcome="Không"),
        item("B", 2, "duyệt", at(4, 8), outcome=None),
    )
    seen = group(case("A", at(2)), case("B", at(2)), items=items)
    found = heat(seen, MARCH, clock(seen))["duyệt"]
    minutes = clock(seen)
    waited = (minutes(int(at(2, 16).timestamp())) - minutes(int(at(2, 8).timestamp()))) / (8 * 3600)
    assert (found.times, found.waiting, found.late, found.cases) == (2, waited, 0.5, ("A", "B"))
    assert set(found.outcomes) == {("Không", 1), ("Đồng ý", 1)}


def test_months_without_a_finished_case_are_left_out() -> None:
    made = [case("A", at(2, month=1), at(6, month=1), at(9, month=1)), case("B", at(2), at(6), at(4))]
    assert [(key, figure.value) for key, figure in by_month(group(*made), MARCH)] == [
        ("2026-01", 1.0),
        ("2026-03", 0.0),
    ]
