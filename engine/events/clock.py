"""What happens to the time of a case: its clock stops and runs, a deadline is seen to be missed."""

from datetime import datetime

from engine.commands.machines import BreachKind
from engine.course import Length
from engine.fact import Event


class ClockStopped(Event, frozen=True, kw_only=True):
    """From now on the time is not counted against the case."""


class ClockStarted(Event, frozen=True, kw_only=True):
    """The time counts again; `due` is the case's due instant from now on.

    `restarted`: the whole limit, `within`, is counted anew.
    """

    due: datetime | None
    stood_minutes: int
    restarted: bool = False
    within: Length | None = None


class DeadlinesRecomputed(Event, frozen=True, kw_only=True):
    """From now on the case counts by another version of the calendars, named by its hash; `before` is the one it left.

    `case` is what was due and what is due now, `items` the same of each open item by its number, `parts` of parts of
    items, `phases` of phases, `supplements` and `opinions` of what is awaited, as others were told; what did not move
    is left out. What was promised stays.
    """

    calendar: str
    before: str
    case: tuple[datetime, datetime] | None = None
    items: tuple[tuple[int, datetime, datetime], ...] = ()
    parts: tuple[tuple[int, str, datetime, datetime], ...] = ()
    phases: tuple[tuple[int, datetime, datetime], ...] = ()
    supplements: tuple[tuple[int, datetime, datetime], ...] = ()
    opinions: tuple[tuple[int, datetime, datetime], ...] = ()

    @property
    def moves(self) -> bool:
        """Tell whether anything is due at another instant."""
        own = self.items or self.parts or self.phases
        return self.case is not None or bool(own or self.supplements or self.opinions)


class BreachRecorded(Event, frozen=True, kw_only=True):
    """A breach was seen; `due` is the instant that was missed, where there is one; `told` are who is told of it.

    `part` names the phase, or the part of the step, that is late; `lacks` what is missing where a record is: forms,
    results, entries of the list that were not ticked.
    """

    breach: BreachKind
    item: int | None = None
    step: str | None = None
    part: str | None = None
    due: datetime | None = None
    told: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
