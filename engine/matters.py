"""What goes on beside the steps of a case and moves its time: supplements, extensions, opinions, phases, parts."""

from datetime import datetime
from typing import Literal

from engine.course import Course, Length
from engine.fact import Fact
from procedures.allowances import SupplementClock

#: How a request for supplements came to its end: all received, nothing came in time, or the case ended first.
Closing = Literal["received", "lapsed", "dropped"]


class Supplement(Fact, frozen=True, kw_only=True):
    """A request for what the dossier lacks. `expires` is when a silent case is closed; `answers` came, but not all.

    `within` is the time after which that is, where it was recorded.
    """

    number: int
    item: int
    by: str
    asked_at: datetime
    lacking: tuple[str, ...]
    reason: str
    clock: SupplementClock
    expires: datetime | None = None
    answers: int = 0
    closed_at: datetime | None = None
    closing: Closing | None = None
    within: Length | None = None

    @property
    def open(self) -> bool:
        """Tell whether something is still lacking."""
        return self.closed_at is None

    @property
    def holds_work(self) -> bool:
        """Tell whether nothing may be finished until it is answered."""
        return self.open and self.clock in {"restart", "pause"}


class ExtensionRequest(Fact, frozen=True, kw_only=True):
    """A request to extend the limit, with an apology. `beyond` says that it asks for more than is allowed."""

    number: int
    by: str
    asked_at: datetime
    length: Length
    reason: str
    apology: str
    beyond: bool = False
    decided_at: datetime | None = None
    decided_by: str | None = None
    granted: bool = False

    @property
    def open(self) -> bool:
        """Tell whether nobody has decided on it yet."""
        return self.decided_at is None


class Consultation(Fact, frozen=True, kw_only=True):
    """An opinion asked of a unit or a person until `due`, which is `within` what was given; `posts` may give it.

    The item cannot be finished before it comes, or its time is over, where `waits`; the time of the case stands
    meanwhile where it is not `counted`.
    """

    number: int
    item: int
    by: str
    asked_at: datetime
    of: str
    posts: tuple[str, ...]
    question: str
    due: datetime
    waits: bool = False
    counted: bool = True
    answered_at: datetime | None = None
    answered_by: str | None = None
    opinion: str | None = None
    lapsed_at: datetime | None = None
    within: Length | None = None

    @property
    def open(self) -> bool:
        """Tell whether the opinion is still awaited."""
        return self.answered_at is None and self.lapsed_at is None

    @property
    def answerable(self) -> bool:
        """Tell whether an opinion may still be given: also late, but once."""
        return self.answered_at is None


class PhaseRun(Fact, frozen=True, kw_only=True):
    """A phase that a case entered, for the `round`-th time: its budget has run as `course` says, is due at `due`."""

    number: int
    name: str
    round: int = 1
    entered_at: datetime
    course: Course
    due: datetime
    left_at: datetime | None = None

    @property
    def label(self) -> str:
        """The name, with the number of the round from the second on."""
        return self.name if self.round == 1 else f"{self.name} (lần {self.round})"


class Part(Fact, frozen=True, kw_only=True):
    """A limit inside a step: a part of its work and when it is due."""

    name: str
    due: datetime
    done_at: datetime | None = None
