"""Why a limit is due when it is: the count day by day, then every stretch and extension that moved it."""

from collections.abc import Iterator
from datetime import time
from itertools import takewhile

from engine.course import Course, Extended, Stood
from procedures.calendar import Calendar, explain, paused
from procedures.calendar.durations import Rule
from procedures.calendar.sentence import sentence
from procedures.vietnamese import moment
from procedures.words import Words, say


def explained(course: Course, calendar: Calendar, rule: Rule = "C1", cut_off: time | None = None) -> Iterator[Words]:
    """Yield sentences that end with the due instant of a limit that has run so, as `course_due` reckons it."""
    within = course.within.duration
    first = list(takewhile(lambda move: isinstance(move, Stood), course.moves))
    spans = [(move.since, move.until) for move in first if isinstance(move, Stood)]
    count = explain(calendar, course.since, within, rule, cut_off, spans)
    yield sentence(count)
    due = count.due
    for move in course.moves[len(first) :]:
        if isinstance(move, Extended):
            longer = explain(calendar, due, move.by.duration, "C1")
            due = longer.due
            yield say("extended: {explanation}", explanation=sentence(longer))
        else:
            due = paused(calendar, due, [(move.since, move.until)], unit=within.unit)
            since, until, at = (moment(one.astimezone(calendar.zone), "vi") for one in (move.since, move.until, due))
            yield say("the time stood from {since} to {until}, so it is due at {due}", since=since, until=until, due=at)
