"""Rules on sums that fit but for the last minute: what an office day that is no 8 hours makes of them (QT408)."""

from collections.abc import Iterator
from decimal import Decimal

from procedures.calendar import Calendar
from procedures.calendar.faults import OutOfReachError
from procedures.check.amounts import size
from procedures.check.intake import Norms, Worst, decided_years, shortest_day, worst_intake
from procedures.check.lateness import moment_of, told
from procedures.check.longest import longest
from procedures.check.overrun import Held, cut_off, measured, overrun, own_times
from procedures.check.plan import plan_of
from procedures.check.subject import Subject
from procedures.finding import Finding, Severity, Stop, Trace
from procedures.model import Unit
from procedures.words import say

#: Working minutes that a working day stands for in sums, whatever the office works.
_DAY = 480
#: Why, and what to do, for limits in working time and in days of the calendar.
_WORKING = (
    say("in sums a working day is 8 hours; this office works fewer"),
    say("leave a day to spare, or write the times of the steps as whole days"),
)
_CALENDAR = (
    say("at each step a time that ends on a day off goes on to the next working day"),
    say("leave room for days off, or count in working days"),
)


def last_minute_cases_are_kept(subject: Subject) -> Iterator[Finding]:
    """QT408: times in one unit that add up also hold for a case that comes in at the worst minute of the calendar.

    A sum says that a working day is 8 hours, and asks no calendar; so it is the proof. An office that works fewer hours
    a day, or closes on the day on which a time ends, needs more days for the same sum. It is told as a hint.
    """
    limit, timed = measured(subject.procedure.within), own_times(subject)
    if limit is None or not timed or subject.unknown or subject.calendar is None:
        return
    held = Held(limit, timed)
    if held.scale not in {"working", "calendar"} or not decided_years(subject) or _needs_no_calendar(subject, held):
        return
    try:
        if overrun(subject, held, returns=False) is not None:
            return  # QT401 tells
        cut_offs = {key: hour for key in timed if (hour := cut_off(subject.procedure.step(key))) is not None}
        worst = worst_intake(subject, Norms(limit, timed, cut_offs), returns=False)
    except OutOfReachError:
        return  # QT407 tells
    if worst is not None:
        yield _late(subject, subject.calendar, held, worst)


def _late(subject: Subject, calendar: Calendar, held: Held, worst: Worst) -> Finding:
    intake, due, finish = told(worst, calendar, held.limit), moment_of(worst.due), moment_of(worst.finish)
    dates = say("due {due}; the last step may end {finish}", due=due, finish=finish)
    why, mend = _WORKING if held.scale == "working" else _CALENDAR
    return Finding(
        "QT408",
        Severity.HINT,
        say("the times add up, but not for every intake: {intake}", intake=intake),
        subject.places.at("within"),
        label=why,
        help=mend,
        notes=(dates,),
        data={"path": list(worst.way), "worst_start": worst.start.isoformat(), "due": worst.due.isoformat()},
        trace=Trace(tuple(map(Stop, worst.way)), worst.way[-1:], dates),
    )


def _needs_no_calendar(subject: Subject, held: Held) -> bool:
    """Tell whether no calendar of these years can make a sum late that fits, so that it need not be asked.

    Whole working days end at the same clock time so many working days later. What is left over of them in hours takes
    no more days than it has shortest days of work, one that is begun, and one more at the end of which it may begin.
    """
    if held.scale == "calendar":
        return all(time.unit is Unit.HOUR for time in (held.limit, *held.times.values()))
    sizes = {key: size(time) for key, time in held.times.items()}
    hours = {
        key: sizes[key] if time.unit is not Unit.WORKING_DAY else sizes[key] % _DAY for key, time in held.times.items()
    }
    if not any(hours.values()):
        return True
    stretch = Decimal(_DAY) / shortest_day(subject)
    weights = dict.fromkeys((step.key for step in subject.procedure.steps), Decimal(0))
    weights |= {key: sizes[key] - hours[key] + hours[key] * stretch for key in sizes}
    return longest(plan_of(subject), weights, returns=False).total + 2 * _DAY <= size(held.limit)
