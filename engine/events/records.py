"""What happens to what is on record: corrections that point at what they correct, reopening, new homes."""

from datetime import datetime

from engine.course import Course
from engine.events.by_right import ByRight
from engine.events.entered import Entered
from engine.events.time import MovedDues, MovedParts
from engine.fact import Event
from engine.texts import Text


class ValuesCorrected(ByRight, frozen=True, kw_only=True):
    """Entered values were corrected; `of` are the numbers of the events in which they were last entered.

    Where time hangs on them, it goes by what they say now: `course` is how the limit of the case runs, due at `due`;
    `variants` are the limits of open items, by number, and `dues` and `parts` what is due of them.
    """

    entered: tuple[Entered, ...]
    of: tuple[int, ...]
    reason: Text
    course: Course | None = None
    due: datetime | None = None
    variants: tuple[tuple[int, int | None], ...] = ()
    dues: MovedDues = ()
    parts: MovedParts = ()


class RecordCorrected(ByRight, frozen=True, kw_only=True):
    """Event number `of` should have said something else."""

    of: int
    says: Text
    reason: Text


class CaseReopened(ByRight, frozen=True, kw_only=True):
    """A case that had ended goes on at `marking`; the time in between does not count."""

    reason: Text
    marking: tuple[str, ...]


class CaseRehomed(Event, frozen=True, kw_only=True):
    """The open work of a case went over from units that ended to those that took over, by these decisions.

    `dues` and `parts` are the new due instants of items whose new unit works by another calendar; `posts` are (before,
    after) where the decision names another position in the unit that took over.
    """

    units: tuple[tuple[str, str], ...]
    decisions: tuple[str, ...] = ()
    dues: MovedDues = ()
    parts: MovedParts = ()
    posts: tuple[tuple[str, str], ...] = ()
