"""Given how a limit has run, when it is explained, then the last explanation is about the instant that counts."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from engine.clocks import course_due, promise
from engine.clocks.explaining import explanations
from engine.course import Course, Length
from procedures.calendar import Explanation
from tests.engine.house import at, working_time
from tests.procedures.building import days, end, procedure, work

FIVE = Length(amount="5", unit="working_day", text="5 ngày làm việc")
LENGTHS = st.builds(
    lambda amount, unit: Length(amount=str(amount), unit=unit, text=f"{amount}"),
    st.integers(1, 12),
    st.sampled_from(["working_day", "working_hour", "hour", "day"]),
)
moments = st.datetimes(datetime(2026, 1, 5), datetime(2026, 9, 30), timezones=st.just(UTC))  # noqa: DTZ001
steps = st.lists(st.one_of(LENGTHS, st.tuples(st.integers(0, 4000), st.integers(0, 9000))), max_size=5)


def ran(since: datetime, within: Length, moves: list[Length | tuple[int, int]]) -> Course:
    """A limit that stood and was extended, one after the other."""
    course, at_ = Course(since=since, within=within), since
    for move in moves:
        if isinstance(move, Length):
            course = course.extended(move)
        else:
            begin = at_ + timedelta(minutes=move[0])
            at_ = begin + timedelta(minutes=move[1])
            course = course.stood(begin, at_)
    return course


@given(moments, LENGTHS, steps, st.sampled_from(["C1", "C2"]))
def test_the_last_explanation_is_of_the_instant_that_is_due(
    since: datetime, within: Length, moves: list[Length | tuple[int, int]], rule: str
) -> None:
    course = ran(since, within, moves)
    told = explanations(course, working_time(), rule)  # type: ignore[arg-type]
    assert told[-1].due.astimezone(UTC) == course_due(course, working_time(), rule)  # type: ignore[arg-type]
    assert len(told) == 1 + course.extensions
    for one, next_ in pairwise(told):
        assert next_.start.astimezone(UTC) == one.due.astimezone(UTC)


def test_what_stood_and_by_what_it_was_extended_is_told() -> None:
    course = Course(since=at(2, 8), within=FIVE).stood(at(3, 8), at(4, 8)).extended(FIVE).stood(at(11, 8), at(12, 8))
    limit, extension = explanations(course, working_time())
    assert isinstance(limit, Explanation)
    assert (limit.unpaused, limit.due, limit.pauses) == (at(9, 17), at(10, 17), ((at(3, 8), at(4, 8)),))
    assert (extension.start, extension.unpaused, extension.due) == (at(10, 17), at(17, 17), at(18, 17))


@given(moments, moments)
def test_a_limit_counted_anew_after_a_supplement_is_a_fresh_start(opened: datetime, received: datetime) -> None:
    made = procedure(work("mở", end()), within=days("5"))
    anew = Course(since=opened, within=FIVE).stood(*sorted((opened, received))).but(since=received, moves=())
    assert course_due(anew, working_time()) == promise(made, working_time(), received)
