"""Which numbers of a series were skipped."""

from hypothesis import given
from hypothesis import strategies as st

from engine.ledger.numbers import Given


@given(st.sets(st.integers(1, 60)), st.randoms())
def test_the_skipped_are_those_that_a_set_would_miss(numbers: set[int], rng: object) -> None:
    given_ = Given()
    shuffled = sorted(numbers)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    for number in shuffled:
        given_.add(number)
    told = {number for first, last in given_.skipped() for number in range(first, last + 1)}
    assert told == set(range(1, max(numbers, default=0))) - numbers


def test_a_number_beyond_all_measure_costs_nothing() -> None:
    given_ = Given()
    for number in (1, 2, 10**18):
        given_.add(number)
    assert list(given_.skipped()) == [(3, 10**18 - 1)]
