"""What stops, moves or closes the time of a case: supplements, extensions, opinions, phases, parts of steps."""

from datetime import datetime

from engine.course import Length
from engine.events.by_right import ByRight
from engine.fact import Event
from engine.matters import Closing
from engine.texts import Text
from procedures.allowances import SupplementClock

#: The new due instants of open items, by number.
MovedDues = tuple[tuple[int, datetime], ...]
#: The new due instants of parts of open items: number of the item, name of the part.
MovedParts = tuple[tuple[int, str, datetime], ...]


class LimitBegan(Event, frozen=True, kw_only=True):
    """The limit of a case began to count from an instant: the promise is made."""

    since: datetime
    within: Length
    due: datetime


class PhaseEntered(Event, frozen=True, kw_only=True):
    """A case entered a phase with a limit of its own (C1)."""

    phase: int
    name: str
    within: Length
    due: datetime


class PhaseLeft(Event, frozen=True, kw_only=True):
    """No work of a phase is open or about to be."""

    phase: int


class PhasesMoved(Event, frozen=True, kw_only=True):
    """The budgets of the phases a case is in go on; `dues` are their new due instants, by number.

    They stood since `since`, or (None) are counted anew.
    """

    dues: MovedDues
    since: datetime | None = None


class SupplementAsked(ByRight, frozen=True, kw_only=True):
    """The applicant was asked for what the dossier lacks; a silent case is closed `within` that time, at `expires`."""

    supplement: int
    item: int
    by: str
    lacking: tuple[Text, ...]
    reason: Text
    clock: SupplementClock
    expires: datetime | None = None
    within: Length | None = None


class SupplementAnswered(Event, frozen=True, kw_only=True):
    """Something came in answer to a request, but not all of it."""

    supplement: int
    note: Text


class SupplementClosed(Event, frozen=True, kw_only=True):
    """A request for supplements came to its end; `dues` are the new due instants of the open items."""

    supplement: int
    closing: Closing
    note: Text | None = None
    dues: MovedDues = ()
    parts: MovedParts = ()


class ExtensionAsked(Event, frozen=True, kw_only=True):
    """Somebody asked for a longer limit."""

    extension: int
    by: str
    length: Length
    reason: Text
    apology: Text
    beyond: bool = False


class ExtensionGranted(ByRight, frozen=True, kw_only=True):
    """The limit was extended; `due` is the new due instant of the case. What was promised stays."""

    extension: int
    by: str
    due: datetime


class ExtensionRefused(ByRight, frozen=True, kw_only=True):
    """A request for extension was refused."""

    extension: int
    by: str
    reason: Text


class OpinionAsked(ByRight, frozen=True, kw_only=True):
    """A unit or a person was asked for an opinion, to be given `within` a length of time, until `due`."""

    consultation: int
    item: int
    by: str
    of: str
    posts: tuple[str, ...]
    question: Text
    due: datetime
    waits: bool = False
    counted: bool = True
    within: Length | None = None


class OpinionGiven(ByRight, frozen=True, kw_only=True):
    """An opinion was given; `late` after its time."""

    consultation: int
    by: str
    opinion: Text
    late: bool = False


class OpinionLapsed(Event, frozen=True, kw_only=True):
    """The time for an opinion was over before it came: `of` is the late consultee."""

    consultation: int
    of: str
    due: datetime


class PartFinished(Event, frozen=True, kw_only=True):
    """A part of a step that has a limit of its own is done."""

    item: int
    part: str
