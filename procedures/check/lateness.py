"""The worst intake in words: when it is, before which holiday, and how late the case then ends."""

from datetime import date, datetime, timedelta

from procedures.calendar import Calendar
from procedures.check.amounts import scale
from procedures.check.intake import Worst
from procedures.model import Duration
from procedures.vietnamese import working_time
from procedures.words import Words, say

_WEEKDAYS = (
    say("Monday"),
    say("Tuesday"),
    say("Wednesday"),
    say("Thursday"),
    say("Friday"),
    say("Saturday"),
    say("Sunday"),
)


def told(worst: Worst, calendar: Calendar, limit: Duration) -> Words:
    """Say `received 16:45 Friday 13/02/2026 (before Tết Nguyên đán): 2 days late`."""
    moment, holiday = moment_of(worst.start), _next_holiday(worst.start.date(), calendar)
    late = say("{time} late", time=_late(worst, calendar, limit))
    if holiday:
        return say("received {moment} (before {holiday}): {late}", moment=moment, holiday=holiday, late=late)
    return say("received {moment}: {late}", moment=moment, late=late)


def moment_of(at: datetime) -> Words:
    """Say `16:45 Friday 13/02/2026`, of an instant in the zone of its calendar."""
    return say("{clock} {weekday} {day}", clock=f"{at:%H:%M}", weekday=_WEEKDAYS[at.weekday()], day=at.date())


def _late(worst: Worst, calendar: Calendar, limit: Duration) -> Words:
    """Say how late: in working time where the limit is, else in days, and within a day in hours and minutes."""
    worked = calendar.working_minutes(worst.due, worst.finish)
    if scale(limit) == "working" and worked:
        return working_time(worked)
    days = (worst.finish.date() - worst.due.date()).days
    if days:
        return say("1 day") if days == 1 else say("{count} days", count=days)
    hours, minutes = divmod(int(worst.finish.timestamp()) // 60 - int(worst.due.timestamp()) // 60, 60)
    return say("{hours} h {minutes} min", hours=hours, minutes=minutes)


def _next_holiday(day: date, calendar: Calendar) -> str:
    """Return why the days after this one are off, up to the next working day; empty for an ordinary weekend."""
    following, end = day + timedelta(days=1), calendar.next_working_day(day)
    while following < end:
        special = calendar.special(following)
        if special is not None and special.reason:
            return special.reason
        following += timedelta(days=1)
    return ""
