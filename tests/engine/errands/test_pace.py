"""How an errand is tried again."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from engine.errands.pace import Pace, pace_of
from procedures.model import Handling

MINUTE = timedelta(minutes=1)


def test_each_pause_is_twice_the_one_before_and_none_is_endless() -> None:
    pace = Pace(20, MINUTE, MINUTE)
    assert [pace.pause_after(tries) for tries in (1, 2, 3, 4)] == [MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE]
    assert pace.pause_after(20) == timedelta(hours=6)


def test_a_pause_that_is_declared_longer_stays_as_long() -> None:
    assert Pace(3, timedelta(hours=9), MINUTE).pause_after(2) == timedelta(hours=9)


@given(st.integers(0, 99), st.integers(1, 300), st.integers(0, 9999))
def test_after_the_last_try_comes_none(retries: int, tries: int, pause: int) -> None:
    pace = Pace(retries, timedelta(seconds=pause), MINUTE)
    assert (pace.pause_after(tries) is None) == (tries > retries) == pace.exhausted(tries)


def test_a_claim_is_good_for_longer_than_a_try_may_take() -> None:
    pace = pace_of(Handling(limit=120))
    assert pace.lease > pace.limit == timedelta(minutes=2)


def test_what_a_step_does_not_declare_is_as_usual() -> None:
    assert pace_of(None) == pace_of(Handling()) == Pace(5, MINUTE, timedelta(seconds=30))
