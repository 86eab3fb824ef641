"""Why a missed deadline was when it was: the sentence that goes into the evidence of a nonconformity."""

from collections.abc import Callable
from datetime import datetime, time
from functools import reduce

from engine.case import Case
from engine.clocks import course_due, item_course, part_course
from engine.clocks.dues import cut_off_of
from engine.clocks.explaining import explained as why
from engine.course import Course
from procedures.calendar import Calendar
from procedures.calendar.durations import Rule
from procedures.model import Procedure
from procedures.words import Words, say
from quality.facts import BreachFact

#: The calendar by which a unit works; that of the agency for None.
CalendarOf = Callable[[str | None], Calendar]
#: A limit as it has run, by which rule it is counted, from which hour on for the next day, of which unit.
_Limit = tuple[Course, Rule, time | None, str | None]


def explained(breach: BreachFact, case: Case, procedure: Procedure, calendar_of: CalendarOf) -> Words:
    """Return the deadline that a breach missed, day by day and with all that moved it, or that none was declared."""
    found = _of_item(breach, case, procedure) if breach.number else _of_case(breach, case)
    if found is None or breach.due is None:
        return say("{case}: no deadline is declared", case=_subject(breach))
    course, rule, cut_off, unit = found
    calendar = calendar_of(unit)
    sentences = reduce(_and_then, why(course, calendar, rule, cut_off))
    said = say("{case}: {explanation}", case=_subject(breach), explanation=sentences)
    kept = datetime.fromtimestamp(breach.due, calendar.zone)
    if abs((course_due(course, calendar, rule, cut_off) - kept).total_seconds()) < 60:  # noqa: PLR2004 - within the minute
        return said
    return say("{said}; the case keeps {due} as due", said=said, due=f"{kept:%H:%M %d/%m/%Y}")


def _and_then(first: Words, second: Words) -> Words:
    return say("{first}; {second}", first=first, second=second)


def _subject(breach: BreachFact) -> str:
    named = ", ".join(name for name in (breach.step, breach.part) if name)
    return f"{breach.case} ({named})" if named else breach.case


def _of_case(breach: BreachFact, case: Case) -> _Limit | None:
    course = case.course
    if breach.kind == "late_phase":
        course = next((run.course for run in case.phases if run.label == breach.part), None)
    return None if course is None else (course, "C1", None, None)


def _of_item(breach: BreachFact, case: Case, procedure: Procedure) -> _Limit | None:
    item = case.item(breach.number)
    if item is None:
        return None
    step = procedure.step(item.step)
    course = part_course(case, item, step, breach.part) if breach.part else item_course(case, item, step)
    return None if course is None else (course, "C2", cut_off_of(step), item.unit)
