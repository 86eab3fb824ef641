"""Rules on single norms and limits: a part is not longer than its whole, and the calendar lets every one be kept."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache

from procedures.calendar import Calendar
from procedures.calendar.faults import OutOfReachError
from procedures.check.amounts import said, scale, size
from procedures.check.intake import decided_years
from procedures.check.overrun import cut_off, measured
from procedures.check.subject import Subject
from procedures.finding import Finding, Severity
from procedures.model import Duration
from procedures.words import say

_MINUTES_A_DAY = {"working": 480, "calendar": 1440}


def parts_fit_into_their_step(subject: Subject) -> Iterator[Finding]:
    """QT406: a limit inside a step is not longer than the step may take."""
    for step in subject.procedure.steps:
        norm = measured(step.norm.within) if step.norm else None
        for part in step.sublimits:
            if norm is not None and part.within.measured and longer(part.within, norm):
                yield Finding(
                    "QT406",
                    Severity.WARNING,
                    say(
                        "the limit “{name}” ({limit}) is longer than its step “{step}” may take ({norm})",
                        name=part.name,
                        limit=said(size(part.within), scale(part.within)),
                        step=step.key,
                        norm=said(size(norm), scale(norm)),
                    ),
                    subject.places.at("steps", step.key, "sublimits", part.name),
                    label=say("the step is late before this limit is"),
                    help=say("shorten the limit, or give the step more time"),
                    data={"part": part.name, "limit": part.within.text, "norm": norm.text},
                )


def calendar_lets_norms_be_kept(subject: Subject) -> Iterator[Finding]:
    """QT407: something is worked in time for every norm, and every cut-off hour lets something in."""
    years, calendar = decided_years(subject), subject.calendar
    if calendar is None or not years:
        return
    cut_offs = [(step, hour) for step in subject.procedure.steps if (hour := cut_off(step)) is not None]
    opening = _first_opening(calendar, years[-1]) if cut_offs else None
    for step, hour in cut_offs:
        if opening is not None and hour < opening:
            yield Finding(
                "QT407",
                Severity.WARNING,
                say(
                    "step “{step}” takes nothing in on its day: {hour} is before the office opens ({opening})",
                    step=step.key,
                    hour=f"{hour:%H:%M}",
                    opening=f"{opening:%H:%M}",
                ),
                subject.places.at("steps", step.key, "hand_over_cut_off"),
                help=say("write an hour within the office hours, such as 15:00"),
            )
    limit = measured(subject.procedure.within)
    if limit is not None and not _reached(calendar, years[-1], limit):
        yield Finding(
            "QT407",
            Severity.WARNING,
            say("no case can meet “{limit}”: the calendar has not so much working time", limit=limit.text),
            subject.places.at("within"),
            help=say("declare working hours in the calendar, or a shorter limit"),
        )


def longer(part: Duration, whole: Duration) -> bool:
    """Tell whether a part is longer than the whole on every calendar, as far as their units tell."""
    if scale(part) == scale(whole):
        return size(part) > size(whole)
    # So many working days are never fewer days of the calendar; the other way round nothing is known.
    return scale(part) == "working" and scale(whole) == "calendar" and _days(part) > _days(whole)


def _days(duration: Duration) -> Decimal:
    return size(duration) / _MINUTES_A_DAY[scale(duration)]


def _first_opening(calendar: Calendar, year: int) -> time | None:
    days = (date(year, 1, 1) + timedelta(days=number) for number in range(365))
    opens = [session.opens for day in days for session in calendar.sessions_on(day)]
    return time(min(opens) // 60, min(opens) % 60) if opens else None


@lru_cache(maxsize=1_000)
def _reached(calendar: Calendar, year: int, limit: Duration) -> bool:
    try:
        calendar.due(datetime(year, 1, 4, tzinfo=calendar.zone), limit, "C1")
    except OutOfReachError:
        return False
    return True
