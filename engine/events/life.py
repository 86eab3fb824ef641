"""What happens to a case as a whole: it is opened, paused, ended, moved to another issue."""

from datetime import datetime

from engine.course import Length
from engine.events.by_right import ByRight
from engine.events.entered import Entered
from engine.fact import Event
from engine.texts import Text


class CaseOpened(ByRight, frozen=True, kw_only=True):
    """A case was opened under an issue whose content hash is `release`; `due` is the promise (C1) of `within`.

    `calendar` is the hash of the calendars that its time is counted by.
    """

    procedure: str
    issue: int
    release: str
    title: Text
    opener: str
    unit: str | None
    due: datetime | None
    within: Length | None = None
    calendar: str = ""
    entered: tuple[Entered, ...] = ()
    marking: tuple[str, ...]
    parent: tuple[str, int] | None = None
    again: Text | None = None


class CasePaused(Event, frozen=True, kw_only=True):
    """A case was paused, with a reason and its basis."""

    reason: Text
    basis: str | None = None


class CaseResumed(Event, frozen=True, kw_only=True):
    """A paused case went on; `dues` and `parts` are the new due instants of its open items."""

    dues: tuple[tuple[int, datetime], ...] = ()
    parts: tuple[tuple[int, str, datetime], ...] = ()


class CaseEnded(ByRight, frozen=True, kw_only=True):
    """A case reached an end, was withdrawn, or was stopped by the agency without a result."""

    result: str
    withdrawn: bool = False
    stopped: bool = False
    reason: Text | None = None
    basis: str | None = None


class CaseMigrated(Event, frozen=True, kw_only=True):
    """A case went over to a later issue; `renames` are its steps' old and new keys, `marking` where it stands there."""

    issue: int
    release: str
    reason: Text
    renames: tuple[tuple[str, str], ...] = ()
    marking: tuple[str, ...]
