"""What happens to one part of a step that several do together: an answer is given, or nothing comes."""

from engine.events.by_right import ByRight
from engine.events.entered import Entered
from engine.fact import Event
from engine.texts import Text


class AnswerGiven(ByRight, frozen=True, kw_only=True):
    """One of several gave an answer; the step goes on when enough have."""

    item: int
    by: str
    outcome: str
    entered: tuple[Entered, ...] = ()
    checked: tuple[str, ...] = ()
    reason: Text | None = None


class AnswerMissed(Event, frozen=True, kw_only=True):
    """One of several was absent: recorded by a person with a reason, or because the time was over."""

    item: int
    reason: Text | None = None
