"""The three classes of what was due and is finished: early, on time, late."""

from datetime import datetime
from enum import StrEnum

from procedures.calendar.worktime import WorkTime
from procedures.words import Words, say


class Timeliness(StrEnum):
    """The three classes of the control slip."""

    EARLY = "early"  # trước hạn
    ON_TIME = "on_time"  # đúng hạn
    LATE = "late"  # quá hạn

    def words(self) -> Words:
        """Return the class in words."""
        match self:
            case Timeliness.EARLY:
                return say("before the due date")
            case Timeliness.ON_TIME:
                return say("on time")
            case Timeliness.LATE:
                return say("overdue")


def timeliness(work: WorkTime, due: datetime, finished: datetime) -> Timeliness:
    """Return the class of something that was due and finished: an earlier local date, up to the due minute, or later.

    Seconds do not count: what is finished within the due minute is on time.
    """
    due_at, done_at = (at.astimezone(work.zone) for at in (due, finished))
    if done_at.date() < due_at.date():
        return Timeliness.EARLY
    same_or_before = finished.timestamp() // 60 <= due.timestamp() // 60
    return Timeliness.ON_TIME if same_or_before else Timeliness.LATE
