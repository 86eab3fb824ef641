"""What happens to the work of a case: steps are reached, taken, finished, passed, cancelled."""

from datetime import datetime
from typing import Literal

from engine.events.by_right import ByRight
from engine.events.entered import Entered
from engine.fact import Event
from engine.texts import Text


class WorkOpened(Event, frozen=True, kw_only=True):
    """A step was reached. `posts` may do it; `due` is its own norm (C2); `previous` is the attempt before.

    `variant` is the limit by condition that it has; `parts` are the limits inside it, by name.
    `expires` is when its time-out comes, or the day that it waits for. Where several do the step together, `member` is
    the person or unit that this item is for, and `of` how many are appointed to it.
    `since` is when that norm began, where not now: what was taken back goes on in its old time.
    """

    item: int
    step: str
    attempt: int
    waits_for: Literal["work", "delay", "errand", "sub_case"]
    posts: tuple[str, ...] = ()
    role: str | None = None
    unit: str | None = None
    assignee: str | None = None
    due: datetime | None = None
    counted: bool = True
    restarts_clock: bool = False
    previous: int | None = None
    variant: int | None = None
    parts: tuple[tuple[str, datetime], ...] = ()
    member: str | None = None
    of: int = 0
    expires: datetime | None = None
    since: datetime | None = None


class WorkClaimed(ByRight, frozen=True, kw_only=True):
    """Somebody took an item: in which post, and for whom by which mandate when not for himself."""

    item: int
    by: str


class WorkReleased(Event, frozen=True, kw_only=True):
    """Somebody gave an item back, perhaps with a reason."""

    item: int
    reason: Text | None = None


class WorkFinished(ByRight, frozen=True, kw_only=True):
    """An item was finished with an outcome; `marking` is where the case stands after it."""

    item: int
    by: str
    outcome: str
    branch: int
    entered: tuple[Entered, ...] = ()
    checked: tuple[str, ...] = ()
    reason: Text | None = None
    returned_to: str | None = None
    skipped: bool = False
    marking: tuple[str, ...]


class StepPassed(Event, frozen=True, kw_only=True):
    """A routing step or a join was passed without anybody's act."""

    step: str
    outcome: str | None = None
    branch: int | None = None
    returned_to: str | None = None
    marking: tuple[str, ...]


class WorkCancelled(Event, frozen=True, kw_only=True):
    """An open item was cancelled because its case ended or another branch came first."""

    item: int
