"""Why a limit is due when it is: the count day by day, then each extension, with what did not count."""

from collections.abc import Iterator
from datetime import time

from engine.case import Case, Item
from engine.clocks.dues import cut_off_of, item_course
from engine.course import Course, Extended
from engine.rules import Rules
from procedures.calendar import Calendar, Explanation, explain, paused
from procedures.calendar.durations import Rule
from procedures.calendar.explain import moved
from procedures.calendar.pauses import Pause
from procedures.calendar.sentence import sentence
from procedures.words import Words, say


def explained(course: Course, calendar: Calendar, rule: Rule = "C1", cut_off: time | None = None) -> Iterator[Words]:
    """Yield a sentence for the limit and one for each extension; the last ends with the due instant."""
    limit, *extensions = explanations(course, calendar, rule, cut_off)
    yield sentence(limit)
    for one in extensions:
        yield say("extended: {explanation}", explanation=sentence(one))


def explanations(
    course: Course, calendar: Calendar, rule: Rule = "C1", cut_off: time | None = None
) -> tuple[Explanation, ...]:
    """Return why a limit that has run so is due when it is: the limit, then each extension from what was due before it.

    The last of them is about the instant that `course_due` gives.
    """
    told = [explain(calendar, course.since, course.within.duration, rule, cut_off)]
    stops: list[Pause] = []
    at = told[0].due
    for move in course.moves:
        if isinstance(move, Extended):
            told.append(explain(calendar, at, move.by.duration, "C1"))
            at, stops = told[-1].due, []
        else:
            stops.append((move.since, move.until))
            at = paused(calendar, at, stops[-1:], unit=course.within.duration.unit)
            told[-1] = moved(told[-1], calendar, tuple(stops), at)
    return tuple(told)


def case_explanations(case: Case, rules: Rules) -> tuple[Explanation, ...]:
    """Return why a case is due when it is, by the calendar in force; nothing where it has no limit."""
    return explanations(case.course, rules.calendar) if case.course is not None else ()


def item_explanations(case: Case, item: Item, rules: Rules) -> tuple[Explanation, ...]:
    """Return why an item is due when it is, by the calendar in force of its unit; nothing where it has no norm."""
    step = rules.procedure.step(item.step)
    course = item_course(case, item, step)
    return () if course is None else explanations(course, rules.calendar_of(item.unit), "C2", cut_off_of(step))
