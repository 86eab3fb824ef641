import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from procedures.words import say
from quality.spread import Measure, mean, percentile, spread

MEASURE = Measure("time", say("waiting"), say("step skipped"), "working_minutes")


def test_a_percentile_is_the_nearest_rank() -> None:
    tens = list(range(10, 110, 10))
    assert [percentile(np.array(tens), percent) for percent in (50, 85, 95, 100)] == [50, 90, 100, 100]
    assert percentile(np.array([7]), 50) == 7
    assert percentile(np.array([], np.int64), 50) is None


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=60), st.integers(1, 100))
def test_at_least_so_many_do_not_exceed_a_percentile_and_no_smaller_value_would_do(values: list, percent: int) -> None:
    found = percentile(np.array(values), percent)
    assert found is not None
    assert found in values
    assert sum(value <= found for value in values) * 100 >= percent * len(values)
    assert all(sum(v <= value for v in values) * 100 < percent * len(values) for value in values if value < found)


def test_the_mean_is_exact_before_it_is_rounded() -> None:
    assert mean(np.array([10**17 + 1, 10**17 + 3])) == float(10**17 + 2)
    assert mean(np.array([], np.int64)) is None


def test_figures_are_in_minutes_and_name_each_case_once() -> None:
    figures = spread(MEASURE, np.array([600, 60, 120]), ("B", "A"))
    assert {figure.key: figure.value for figure in figures} == {
        "time.mean": 260 / 60,
        "time.p50": 2.0,
        "time.p85": 10.0,
        "time.p95": 10.0,
    }
    assert all(figure.cases == ("B", "A") and figure.measured == 3 and figure.count == 2 for figure in figures)


def test_nothing_measured_gives_no_value_and_no_zero() -> None:
    assert [figure.value for figure in spread(MEASURE, np.array([], np.int64), ())] == [None] * 4
