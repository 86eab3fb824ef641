"""The calendar that the rest of the house holds: working time, and due instants of declared durations."""

from datetime import datetime, time

from procedures.calendar import durations
from procedures.calendar.durations import Rule
from procedures.calendar.worktime import WorkTime
from procedures.model import Duration


class Calendar(WorkTime):
    """One calendar version, ready to count. Equal versions give equal answers for ever."""

    def due(self, start: datetime, within: Duration, rule: Rule = "C2", cut_off: time | None = None) -> datetime:
        """Return the instant at which a duration that runs from `start` is due; see `durations.due`."""
        return durations.due(self, start, within, rule, cut_off)
