"""Commands about who does work: it is begun, handed to another, called back, left out, and given help with."""

from datetime import date

from engine.commands.base import OnCase
from engine.texts import Text


class StartWork(OnCase):
    """Begin an item; whoever has not taken it yet takes it."""

    item: int
    on_behalf_of: str | None = None


class ReassignWork(OnCase):
    """Give an item to somebody else, as the head of their unit, with a reason."""

    item: int
    to: str
    reason: Text


class RecallWork(OnCase):
    """Take back what one has finished, until whoever received it has acted."""

    item: int
    reason: Text


class SkipWork(OnCase):
    """Leave an item out with a reason; what its step would have decided is said by the outcome."""

    item: int
    reason: Text
    outcome: str | None = None


class GiveTask(OnCase):
    """Ask somebody for something more that must be done before an item can be finished."""

    item: int
    to: str
    what: Text
    by: date | None = None


class FinishTask(OnCase):
    """Report a further task as done."""

    item: int
    task: int
    report: Text


class CancelTask(OnCase):
    """Take a further task back, with a reason."""

    item: int
    task: int
    reason: Text
