"""What has happened to a case: facts in the past tense, each with all it takes to fold it without judgement."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from engine.commands import BreachKind
from procedures.base import Model


class Entered(Model):
    """That a value was entered: its name and blinded digest; the value itself lives in the erasable table."""

    name: str
    digest: str


class CaseOpened(Model):
    """A case was opened under an issue whose content hash is `release`; `due` is the promise (C1)."""

    kind: Literal["CaseOpened"] = "CaseOpened"
    procedure: str
    issue: int
    release: str
    title: str
    opener: str
    unit: str | None
    due: datetime | None
    entered: tuple[Entered, ...] = ()
    marking: tuple[str, ...]
    parent: tuple[str, int] | None = None


class WorkOpened(Model):
    """A step was reached. `posts` may do it; `due` is its own norm (C2); `previous` is the attempt before."""

    kind: Literal["WorkOpened"] = "WorkOpened"
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


class WorkClaimed(Model):
    """Somebody took an item."""

    kind: Literal["WorkClaimed"] = "WorkClaimed"
    item: int
    by: str


class WorkReleased(Model):
    """Somebody gave an item back."""

    kind: Literal["WorkReleased"] = "WorkReleased"
    item: int


class WorkFinished(Model):
    """An item was finished with an outcome; `marking` is where the case stands after it."""

    kind: Literal["WorkFinished"] = "WorkFinished"
    item: int
    by: str
    outcome: str
    branch: int
    entered: tuple[Entered, ...] = ()
    checked: tuple[str, ...] = ()
    reason: str | None = None
    returned_to: str | None = None
    marking: tuple[str, ...]


class StepPassed(Model):
    """A routing step or a join was passed without anybody's act."""

    kind: Literal["StepPassed"] = "StepPassed"
    step: str
    outcome: str | None = None
    branch: int | None = None
    returned_to: str | None = None
    marking: tuple[str, ...]


class WorkCancelled(Model):
    """An open item was cancelled because its case ended or another branch came first."""

    kind: Literal["WorkCancelled"] = "WorkCancelled"
    item: int


class CasePaused(Model):
    """A case was paused, with a reason and its basis."""

    kind: Literal["CasePaused"] = "CasePaused"
    reason: str
    basis: str | None = None


class CaseResumed(Model):
    """A paused case went on; `dues` are the new due instants of its open items."""

    kind: Literal["CaseResumed"] = "CaseResumed"
    dues: tuple[tuple[int, datetime], ...] = ()


class ClockStopped(Model):
    """From now on the time is not counted against the case."""

    kind: Literal["ClockStopped"] = "ClockStopped"


class ClockStarted(Model):
    """The time counts again; `due` is the case's due instant from now on."""

    kind: Literal["ClockStarted"] = "ClockStarted"
    due: datetime | None
    stood_minutes: int
    restarted: bool = False


class CaseEnded(Model):
    """A case reached an end."""

    kind: Literal["CaseEnded"] = "CaseEnded"
    result: str
    withdrawn: bool = False
    reason: str | None = None


class BreachRecorded(Model):
    """A breach was seen; `due` is the instant that was missed, where there is one."""

    kind: Literal["BreachRecorded"] = "BreachRecorded"
    breach: BreachKind
    item: int | None = None
    step: str | None = None
    due: datetime | None = None


class CaseMigrated(Model):
    """A case went over to a later issue; `renames` are its steps' old and new keys, `marking` where it stands there."""

    kind: Literal["CaseMigrated"] = "CaseMigrated"
    issue: int
    release: str
    reason: str
    renames: tuple[tuple[str, str], ...] = ()
    marking: tuple[str, ...]


Event = Annotated[
    CaseOpened
    | WorkOpened
    | WorkClaimed
    | WorkReleased
    | WorkFinished
    | StepPassed
    | WorkCancelled
    | CasePaused
    | CaseResumed
    | ClockStopped
    | ClockStarted
    | CaseEnded
    | BreachRecorded
    | CaseMigrated,
    Field(discriminator="kind"),
]
