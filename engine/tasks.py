"""Further tasks: what somebody was asked to do before a work item can be finished."""

from datetime import datetime

from engine.fact import Fact


class Task(Fact, frozen=True, kw_only=True):
    """One further task of an item, for one person; `by` is who did it when that was another, on behalf of them."""

    number: int
    to: str
    what: str
    given_at: datetime
    due: datetime | None = None
    done_at: datetime | None = None
    cancelled_at: datetime | None = None
    by: str | None = None

    @property
    def open(self) -> bool:
        """Tell whether it is still to be done."""
        return self.done_at is None and self.cancelled_at is None
