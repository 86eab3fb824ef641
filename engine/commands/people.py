"""Commands about who does work: it is begun, handed to another, called back, left out, and given help with."""

from datetime import date

from engine.commands.base import OnCase


class StartWork(OnCase):
    """Begin an item; whoever has not taken it yet takes it."""

    item: int
    on_behalf_of: str | None = None


class ReassignWork(OnCase):
    """Give an item to somebody else, as the head of their unit, with a reason."""

    item: int
    to: str
    reason: str


class RecallWork(OnCase):
    """Take back what one has finished, until whoever received it has acted."""

    item: int
    reason: str


class SkipWork(OnCase):
    """Leave an item out with a reason; what its step would have decided is said by the outcome."""

    item: int
    reason: str
    outcome: str | None = None


class GiveTask(OnCase):
    """Ask somebody for something more that must be done before an item can be finished."""

    item: int
    to: str
    what: str
    by: date | None = None


class FinishTask(OnCase):
    """Report a further task as done."""

    item: int
    task: int
    report: str


class CancelTask(OnCase):
    """Take a further task back, with a reason."""

    item: int
    task: int
    reason: str
