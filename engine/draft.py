"""A draft of what is about to happen: events in order, and the case as it will stand after each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from engine.case import Case, Item
from engine.events import Event
from engine.evolve import evolve, fold
from engine.log import Recorded
from engine.rules import Rules, Values
from procedures.condition import Value

#: Gives the records of a case so far, oldest first.
History = Callable[[], Sequence[Recorded]]


@dataclass(slots=True)
class EnteredValue:
    """A value on its way into the erasable table: canonical text and the salt of its digest."""

    name: str
    text: str
    salt: str


@dataclass(slots=True)
class Draft:
    """Events decided so far. `case` is always the fold of the log and these events.

    `history` reads the log so far, for the few decisions that look back; the others never ask for it.
    """

    rules: Rules
    case_id: str
    now: datetime
    case: Case
    values: dict[str, Value]
    history: History = tuple
    events: list[Event] = field(default_factory=list)
    entered: list[EnteredValue] = field(default_factory=list)
    today: date = field(init=False)

    def __post_init__(self) -> None:
        """Look up which day it is in the agency's own zone."""
        self.today = self.rules.today(self.now)

    @classmethod
    def on(cls, rules: Rules, case: Case, values: Values, now: datetime, history: History = tuple) -> "Draft":
        """Begin a draft on an existing case."""
        return cls(rules, case.id, now, case, dict(values), history)

    @classmethod
    def anew(cls, rules: Rules, case_id: str, now: datetime) -> "Draft":
        """Begin a draft on a case that its first event opens."""
        return cls(rules, case_id, now, None, {})  # type: ignore[arg-type]  # nobody asks for the case before that event

    def happen(self, event: Event) -> None:
        """Add an event."""
        self.events.append(event)
        self.case = evolve(self.case, event, self.case_id, self.now)

    def redraw(self, log: Sequence[Recorded]) -> None:
        """Draw the case again from a log from which something was erased, and from the events drafted so far."""
        self.case = fold(log) or self.case
        for event in self.events:
            self.case = evolve(self.case, event, self.case_id, self.now)

    def live(self, step: str) -> Item | None:
        """Return the live item of a step, if there is one."""
        return next((item for item in self.case.live_items if item.step == step), None)
