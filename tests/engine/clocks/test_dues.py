"""Given what was recorded of a case, when its dues are reckoned from that alone, then they are what the case keeps."""

from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from engine.clocks import Dues, course_due, dues_of
from engine.commands import PauseCase, ResumeCase
from engine.course import Course, Extended, Length, Stood
from engine.handle import Done
from procedures.calendar import Calendar
from procedures.calendar.versions import DayKind, Source, SpecialDay
from tests.engine.house import Office, at, working_time
from tests.procedures.building import days, end, norm, procedure, work

NOW = at(2, 8)
FIVE = Length(amount="5", unit="working_day", text="5 ngày làm việc")
TWO = Length(amount="2", unit="working_day", text="2 ngày làm việc")
moments = st.datetimes(at(2, 8).replace(tzinfo=None), at(13, 8).replace(tzinfo=None), timezones=st.just(NOW.tzinfo))


def closed(day: date) -> Calendar:
    """Return the shipped calendar with one more day off."""
    version = working_time().version
    storm = SpecialDay(day=day, kind=DayKind.CLOSURE, reason="bão", source=Source(document="Công văn 1"))
    return Calendar(version.model_copy(update={"days": (*version.days, storm)}))


def test_a_new_day_off_moves_case_and_work_by_a_day_and_keeps_what_stood() -> None:
    office = Office.with_(procedure(work("mở", end(), may_pause=True, norm=norm("3")), within=days("5")))
    case = office.open(NOW, procedure="QT-01")
    assert isinstance(office.give(PauseCase(id="p", actor="an", case=case, reason="chờ"), at(2, 9)), Done)
    assert isinstance(office.give(ResumeCase(id="r", actor="an", case=case), at(3, 9)), Done)
    held, rules = office.case(case), office.shelf.release("QT-01", 1).procedure
    assert dues_of(held, rules, lambda _: office.calendar) == Dues(held.due, ((1, held.items[0].due),))
    assert (held.due, held.items[0].due) == (at(10, 17), at(6, 8))
    assert dues_of(held, rules, lambda _: closed(date(2026, 3, 5))) == Dues(at(11, 17), ((1, at(9, 8)),))


def test_an_extension_counts_from_what_was_due_when_it_was_granted() -> None:
    course = Course(since=NOW, within=FIVE)
    assert course_due(course, working_time()) == at(9, 17)
    assert course_due(course.extended(TWO), working_time()) == at(11, 17)
    assert course_due(course.extended(TWO).stood(at(10, 8), at(11, 8)), working_time()) == at(12, 17)
    assert course.extended(TWO).moves == (Extended(by=TWO),)


@given(moments)
def test_a_stretch_of_no_length_changes_nothing(moment: datetime) -> None:
    course = Course(since=NOW, within=FIVE)
    assert course.stood(moment, moment) == course


@given(st.tuples(moments, moments, moments), st.booleans())
def test_splitting_a_stretch_changes_nothing(cut: tuple[datetime, datetime, datetime], extended: bool) -> None:  # noqa: FBT001
    first, middle, last = sorted(cut)
    course = Course(since=NOW, within=FIVE)
    if extended:
        course = course.extended(TWO)
    whole, split = course.stood(first, last), course.stood(first, middle).stood(middle, last)
    assert course_due(whole, working_time()) == course_due(split, working_time())


@given(moments, moments)
def test_no_stretch_makes_anything_due_earlier(one: datetime, other: datetime) -> None:
    course = Course(since=NOW, within=FIVE)
    since, until = sorted((one, other))
    assert course_due(course.stood(since, until), working_time()) >= course_due(course, working_time())
    assert all(isinstance(move, Stood) for move in course.stood(since, until).moves)
