"""A place among ascending numbers is the one that a search finds, however the numbers lie."""

from bisect import bisect_right
from itertools import accumulate

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from procedures.calendar.places import Places

gaps = st.sampled_from([0, 1, 7, 30, 60, 1_440, 10**12])
ascending = st.builds(
    lambda begin, apart: list(accumulate(apart, initial=begin)), st.integers(-(10**15), 10**15), st.lists(gaps)
)


@given(ascending, st.lists(st.integers(-(2**60), 2**60)))
@example([], [0])
@example([5], [4, 5, 6])
def test_each_is_placed_where_a_search_finds_it(numbers: list[int], asked: list[int]) -> None:
    near = [number + step for number in numbers for step in (-1, 0, 1)]
    found = Places(np.array(numbers, np.int64)).reached(np.array([*asked, *near], np.int64))
    assert found.tolist() == [bisect_right(numbers, at) for at in (*asked, *near)]


def test_numbers_that_lie_close_in_a_long_line_are_told_apart() -> None:
    numbers = [0, 1, 2, 3, 10**15]
    found = Places(np.array(numbers)).reached(np.array([-1, 0, 1, 2, 3, 4, 10**15 - 1, 10**15]))
    assert found.tolist() == [0, 1, 2, 3, 4, 4, 4, 5]
