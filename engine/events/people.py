"""What happens between people about work: begun, handed over, called back, and further tasks."""

from datetime import datetime

from engine.events.by_right import ByRight
from engine.events.time import MovedDues
from engine.fact import Event
from engine.texts import Text


class WorkStarted(Event, frozen=True, kw_only=True):
    """Whoever has an item began with it: until now it waited, from now on it is worked at."""

    item: int


class WorkReassigned(ByRight, frozen=True, kw_only=True):
    """A head gave an item to somebody: in which post and for whom they do it, by which post of his own he may."""

    item: int
    to: str
    reason: Text
    head: str | None = None
    head_on_behalf_of: str | None = None


class WorkRecalled(Event, frozen=True, kw_only=True):
    """Whoever finished an item took it back; `marking` is where the case stands without it.

    `phases` that were left by finishing it go on, with when they are due. Without a marking, one of several took his
    answer back before it was counted, and has the same item again.
    """

    item: int
    reason: Text
    marking: tuple[str, ...] = ()
    phases: MovedDues = ()


class TaskGiven(Event, frozen=True, kw_only=True):
    """Somebody is asked for something more before an item is finished; `due` is when it is wanted."""

    item: int
    task: int
    to: str
    what: Text
    due: datetime | None = None


class TaskFinished(ByRight, frozen=True, kw_only=True):
    """A further task was reported as done; `by` whom, when that was not whoever was asked but another for them."""

    item: int
    task: int
    report: Text
    by: str | None = None


class TaskCancelled(Event, frozen=True, kw_only=True):
    """A further task was taken back."""

    item: int
    task: int
    reason: Text
