"""How often somebody may ask."""

from hypothesis import given
from hypothesis import strategies as st

from web.api.pace import Pace


@given(st.integers(1, 200), st.lists(st.floats(0, 5), min_size=1, max_size=200))
def test_in_no_minute_more_is_let_through_than_twice_the_pace(per_minute: int, gaps: list[float]) -> None:
    pace, now, taken = Pace(per_minute), 0.0, []
    for gap in gaps:
        now += gap
        wait = pace.wait("a", now)
        if not wait:
            taken.append(now)
        else:
            assert not Pace(per_minute).wait("b", now)
            assert 0 < wait <= 60 / per_minute
    for start in taken:
        assert sum(start <= at < start + 60 for at in taken) <= 2 * per_minute


def test_who_waited_as_long_as_was_said_is_let_through() -> None:
    pace = Pace(1)
    assert pace.wait("a", 0) == 0
    wait = pace.wait("a", 1)
    assert pace.wait("a", 1 + wait) == 0
