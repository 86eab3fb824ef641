"""The course of a limit: from when it counts, what did not count, by what it was extended; facts, no calendar."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from engine.fact import Fact
from procedures.model import Duration, Unit

#: A stretch of time, from and until (aware).
Span = tuple[datetime, datetime]


class Length(Fact, frozen=True, kw_only=True):
    """A declared length of time as the log keeps it; `text` is what was published."""

    amount: str
    unit: str
    text: str

    @property
    def duration(self) -> Duration:
        """The same as the calendar counts it."""
        return _duration(self)


@lru_cache(maxsize=1024)
def _duration(length: Length) -> Duration:
    return Duration(amount=Decimal(length.amount), unit=Unit(length.unit), text=length.text)


def length(within: Duration | None) -> Length | None:
    """Return a measured length of time as the log keeps it; None for one that gives no due instant."""
    if within is None or not within.measured:
        return None
    return Length(amount=format(within.amount, "f"), unit=within.unit.value, text=within.text)


class Stood(Fact, frozen=True, kw_only=True, tag_field="kind", tag="stood"):
    """A stretch of time that did not count."""

    since: datetime
    until: datetime


class Extended(Fact, frozen=True, kw_only=True, tag_field="kind", tag="extended"):
    """An extension, counted from the instant that was due when it was granted."""

    by: Length


class Course(Fact, frozen=True, kw_only=True):
    """How one limit has run. With a calendar it gives the due instant, under this calendar or any later one.

    `since` is when the present count began: the start event, or the last time it was counted anew. `moves` are in
    the order in which they happened.
    """

    since: datetime
    within: Length
    moves: tuple[Stood | Extended, ...] = ()

    def stood(self, since: datetime, until: datetime) -> "Course":
        """Return the course with one more stretch that did not count; one of no length changes nothing."""
        return self if since >= until else self.but(moves=(*self.moves, Stood(since=since, until=until)))

    def extended(self, by: Length) -> "Course":
        """Return the course after one more extension."""
        return self.but(moves=(*self.moves, Extended(by=by)))

    @property
    def extensions(self) -> int:
        """How often it was extended since it was last counted anew."""
        return sum(isinstance(move, Extended) for move in self.moves)


def spans_after(spans: Iterable[Span], since: datetime, until: datetime | None = None) -> tuple[Stood, ...]:
    """Return the stretches that began at or after an instant, and before another where one is given."""
    within = (span for span in spans if span[0] >= since and (until is None or span[0] < until))
    return tuple(Stood(since=begin, until=end) for begin, end in within if begin < end)
