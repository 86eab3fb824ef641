"""What a procedure allows to be done with the time of a case: when it counts, what stops it, what moves it."""

from decimal import Decimal
from typing import Literal

from procedures.base import Model
from procedures.condition import Condition
from procedures.lengths import Duration, Unit

#: What a request for supplements does to the time: counted anew, all stands, the case limit stands, nothing.
SupplementClock = Literal["restart", "pause", "exclude", "none"]


class Variant(Model):
    """A limit that applies when a condition holds."""

    when: Condition
    within: Duration


class CountedFrom(Model):
    """The event from which the limit of a case counts.

    `name` is the step that is done, or the entered date. A dossier is complete when the first step is done; an
    opinion has come when none that was asked for is awaited any more.
    """

    event: Literal["reception", "complete", "step", "date", "opinion"] = "reception"
    name: str | None = None


class Supplements(Model):
    """Requests for what a dossier lacks: how many, what becomes of the time, after how long a silent case is closed."""

    at_most: int = 1
    clock: SupplementClock = "restart"
    close_after: Duration | None = None


class Extensions(Model):
    """Extensions of the limit: how many, how long each, how long before expiry to ask, and the roles that decide.

    Without roles the heads of the unit decide.
    """

    at_most: int = 1
    each: Duration | None = None
    ahead: Duration = Duration(amount=Decimal(1), unit=Unit.WORKING_DAY, text="1 ngày làm việc")
    decided_by: tuple[str, ...] = ()
