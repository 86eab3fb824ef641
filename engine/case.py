"""Where a case stands: the state folded from its events."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from engine.course import Course, Span
from engine.fact import Fact
from engine.matters import Consultation, ExtensionRequest, Part, PhaseRun, Supplement
from engine.tasks import Task
from procedures.candidates import person_post


class ItemStatus(StrEnum):
    """The life of a work item."""

    OPEN = "open"
    CLAIMED = "claimed"
    DONE = "done"
    CANCELLED = "cancelled"


class CaseStatus(StrEnum):
    """The life of a case."""

    OPEN = "open"
    PAUSED = "paused"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"  # dừng giải quyết, đóng hồ sơ: ended by the agency without a result


class Item(Fact, frozen=True, kw_only=True):
    """One attempt at one step. Re-entering a step makes a new item.

    `since` is when its norm began to count anew, where that is not its opening; `variant` which limit by condition
    it has; `parts` are the limits inside the step.
    `post` is what whoever has taken it acts in, `on_behalf_of` for whom, when it is not for himself.
    Where several do a step together, each has an item of the same attempt: `member` is the person or unit, `of` how
    many are appointed, and `absent` that nothing came. `expires` is when the time-out of the step comes, or the day
    that it waits for.
    """

    number: int
    step: str
    attempt: int
    status: ItemStatus
    waits_for: Literal["work", "delay", "errand", "sub_case"]
    opened_at: datetime
    due: datetime | None
    counted: bool
    restarts_clock: bool
    posts: tuple[str, ...] = ()
    role: str | None = None
    unit: str | None = None
    assignee: str | None = None
    on_behalf_of: str | None = None
    post: str | None = None
    claimed_at: datetime | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    outcome: str | None = None
    returned_to: str | None = None
    previous: int | None = None
    skipped: bool = False
    recalled: bool = False
    tasks: tuple[Task, ...] = ()
    since: datetime | None = None
    variant: int | None = None
    parts: tuple[Part, ...] = ()
    member: str | None = None
    of: int = 0
    expires: datetime | None = None
    absent: bool = False

    @property
    def live(self) -> bool:
        """Tell whether the item still waits for something."""
        return self.status is ItemStatus.OPEN or self.status is ItemStatus.CLAIMED  # asked very often

    @property
    def timer(self) -> datetime | None:
        """When a machine acts on the item, unless it is done before; None for one that waits without end."""
        return self.expires or (self.due or self.opened_at if self.waits_for == "delay" else None)

    @property
    def open_tasks(self) -> tuple[Task, ...]:
        """The further tasks that must be done before the item can be finished."""
        return tuple(task for task in self.tasks if task.open)

    @property
    def listed_for(self) -> tuple[str, ...]:
        """The posts on whose work lists the item stands: those that may do it, and whoever has a further task."""
        return tuple(dict.fromkeys((*self.posts, *(person_post(task.to) for task in self.open_tasks))))


class Attached(Fact, frozen=True, kw_only=True):
    """A file of a case; its name is an entered value, `digest` the SHA-256 of its content, `size` its bytes.

    `form` is the form or result that it is: empty for another paper, None where nobody was asked.
    """

    number: int
    item: int
    form: str | None = None
    digest: str
    size: int
    type: str
    name: str
    by: str
    at: datetime


class Case(Fact, frozen=True, kw_only=True):
    """A case as its events tell it. `version` is the number of its last event, `changed_at` its instant.

    `sent_back` are the returns that routing made by itself: (step, outcome) of each. `course` is how the limit of the
    case has run, None without one; `stood` are the stretches in which nothing could be worked on.
    """

    id: str
    version: int
    procedure: str
    issue: int
    release: str
    title: str
    opener: str
    unit: str | None
    status: CaseStatus
    opened_at: datetime
    changed_at: datetime
    due: datetime | None
    promised: datetime | None
    marking: tuple[str, ...]
    items: tuple[Item, ...] = ()
    stopped_at: datetime | None = None
    stood_minutes: int = 0
    paused_at: datetime | None = None
    ended_at: datetime | None = None
    result: str | None = None
    parent: tuple[str, int] | None = None
    breaches: tuple[str, ...] = ()
    sent_back: tuple[tuple[str, str], ...] = ()
    course: Course | None = None
    calendar: str = ""
    stood: tuple[Span, ...] = ()
    destroyed_at: datetime | None = None
    files: tuple[Attached, ...] = ()
    supplements: tuple[Supplement, ...] = ()
    extensions: tuple[ExtensionRequest, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    phases: tuple[PhaseRun, ...] = ()

    @property
    def live_items(self) -> tuple[Item, ...]:
        """The items that still wait for something, in the order they were opened."""
        is_open, claimed = ItemStatus.OPEN, ItemStatus.CLAIMED  # asked for every item, several times a step
        return tuple([item for item in self.items if item.status is is_open or item.status is claimed])

    @property
    def series(self) -> str:
        """The prefix of the case number: what kind of file it is (HS, KPH)."""
        return self.id.partition("-")[0]

    @property
    def over(self) -> bool:
        """Tell whether nothing can happen to the case any more."""
        return self.status is not CaseStatus.OPEN and self.status is not CaseStatus.PAUSED

    @property
    def supplement(self) -> Supplement | None:
        """The supplement that is awaited, if one is."""
        return self.supplements[-1] if self.supplements and self.supplements[-1].open else None

    @property
    def work_stopped_at(self) -> datetime | None:
        """Since when nothing may be worked on: the case is paused, or waits for a supplement."""
        if not self.supplements:
            return self.paused_at  # as most cases, for every item, at every step
        awaited = self.supplement
        return awaited.asked_at if awaited is not None and awaited.holds_work else self.paused_at

    @property
    def running_phases(self) -> tuple[PhaseRun, ...]:
        """The phases with a limit that the case is in."""
        return tuple(run for run in self.phases if run.left_at is None)

    def item(self, number: int) -> Item | None:
        """Return the item with this number, if there is one."""
        return self.items[number - 1] if 1 <= number <= len(self.items) else None

    def attempts(self, step: str) -> tuple[Item, ...]:
        """Return every attempt at a step, oldest first."""
        return tuple([item for item in self.items if item.step == step])

    def round(self, step: str) -> tuple[Item, ...]:
        """Return the items of the last attempt at a step: one, or one for each of several who do it together."""
        tries = self.attempts(step)
        return tuple(item for item in tries if item.attempt == tries[-1].attempt)

    def performers(self, step: str) -> frozenset[str]:
        """Return the accounts of all who have ever finished this step in this case, and of those they did it for."""
        done = (item for item in self.attempts(step) if item.status is ItemStatus.DONE)
        return frozenset(who for item in done for who in (item.assignee, item.on_behalf_of) if who)

    def helpers(self, step: str) -> frozenset[str]:
        """Return the accounts of all who have done a further task of this step, and of those they did it for."""
        done = [task for item in self.attempts(step) for task in item.tasks if task.done_at is not None]
        return frozenset(who for task in done for who in (task.to, task.by) if who)

    def returns(self, step: str, outcome: str) -> int:
        """Count how often the step has returned with an outcome, by a performer or by routing."""
        done = (item for item in self.attempts(step) if item.outcome == outcome and not item.recalled)
        performed = sum(1 for item in done if item.returned_to)
        return performed + self.sent_back.count((step, outcome))


def breach_key(breach: str, item: int | None, part: str | None = None) -> str:
    """Return the key under which a breach is recorded once in its case."""
    return f"{breach}/{item or 'case'}" + (f"/{part}" if part is not None else "")


def is_late(at: datetime, due: datetime) -> bool:
    """Tell whether `at` is after the due minute; the due minute itself is on time."""
    return at.replace(second=0, microsecond=0) > due
