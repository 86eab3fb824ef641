"""A due instant in words: a mark when the calendar is not decided, what is left or over, and why it is then."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from engine.case import Case, CaseStatus, Item, is_late
from engine.clocks.explaining import case_explanations, item_explanations
from engine.standing import standing_rules
from procedures.calendar import Calendar, Explanation, Timeliness, timeliness
from procedures.calendar.sentence import sentences
from procedures.vietnamese import working_time
from procedures.words import Words, say
from visualize.case_words import Reading, calendar_of, dated, shown

#: What is over its time, by whose clock it is: the two words of the two clocks.
_CASE, _STEP = say("overdue"), say("behind schedule")


def due_words(reading: Reading, case: Case) -> Words:
    """Say until when the case is due, and what was promised where that differs."""
    due = dated(reading, case.due, case.opened_at) if case.due is not None else "—"
    if case.promised is not None and case.promised != case.due:
        return say("due {due} (promised {promised})", due=due, promised=shown(reading, case.promised))
    return say("due {due}", due=due)


def case_left(reading: Reading, case: Case) -> Words | None:
    """Say how a case stands with its time, or how it ended; None where it has no limit."""
    if case.due is None:
        return None
    if case.ended_at is not None:
        return _ended(reading, case.due, case.ended_at)
    if case.status is CaseStatus.PAUSED or case.stopped_at is not None:
        return say("the clock stands")
    return whole_left(reading, case.due)


def item_left(reading: Reading, case: Case, item: Item) -> Words | None:
    """Say how an open item stands with its own time; None where it has no norm."""
    if item.due is None:
        return None
    if case.work_stopped_at is not None:
        return say("the clock stands")
    return step_left(reading, item.due, item.unit)


def whole_left(reading: Reading, due: datetime) -> Words:
    """Say how much working time is left of a case, or by how much it is overdue."""
    return _left(reading.agency.calendar, due, reading.now, _CASE)


def step_left(reading: Reading, due: datetime, unit: str | None) -> Words:
    """Say how much working time of its unit is left of a step, or by how much it is behind."""
    return _left(calendar_of(reading, unit), due, reading.now, _STEP)


def _left(calendar: Calendar, due: datetime, now: datetime, over: Words) -> Words:
    """Say how much working time is left until `due`, or how much is over it, in days, hours and minutes."""
    if not is_late(now, due):
        return say("{time} left", time=working_time(calendar.working_minutes(now, due)))
    late = calendar.working_minutes(due, now)
    return say("{over} by {time}", over=over, time=working_time(late)) if late else over


def why_case(reading: Reading, case: Case) -> Iterator[Words]:
    """Yield clause by clause why a case is due when it is."""
    rules = standing_rules(case, reading.agency)
    yield from _told(reading, case_explanations(case, rules), case.due)
    if not case.over and rules.calendars.hash != reading.agency.calendars.hash:
        yield say("counted by a calendar before the one in force; quytrinh calendar publish brings it over")


def why_item(reading: Reading, case: Case, item: Item) -> Iterator[Words]:
    """Yield clause by clause why an item is due when it is."""
    yield from _told(reading, item_explanations(case, item, standing_rules(case, reading.agency)), item.due)


def _told(reading: Reading, found: Sequence[Explanation], kept: datetime | None) -> Iterator[Words]:
    for number, one in enumerate(found):
        first, *rest = sentences(one)
        yield say("extended: {explanation}", explanation=first) if number else first
        yield from rest
    if found and kept is not None and found[-1].due != kept:
        due = shown(reading, kept)
        yield say("the case still keeps {due}, by a calendar before this one; quytrinh calendar publish", due=due)


def _ended(reading: Reading, due: datetime, ended: datetime) -> Words:
    calendar = reading.agency.calendar
    how = timeliness(calendar, due, ended)
    if how is Timeliness.LATE:
        return _left(calendar, due, ended, _CASE)
    return how.words()
