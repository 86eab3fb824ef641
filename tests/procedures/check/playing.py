"""Cases played through the engine with their clocks: every step is done just as its norm runs out."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count

from engine.case import Case, Item
from engine.commands import AnyCommand, FinishWork, OpenCase
from engine.handle import Done, handle
from engine.refusal import Refusal
from engine.refusals.work import TooManyReturns
from engine.stores.memory import MemoryStore
from procedures.calendar import Calendar, Calendars
from procedures.model import Outcome, Procedure
from procedures.organisation import Organisation, OrgUnit, Person, Post
from procedures.shelf import MemoryShelf, Shelf, release
from tests.engine.house import working_time

OPENED = datetime(2026, 3, 2, 1, tzinfo=UTC)
OFFICE = Organisation((OrgUnit("Văn phòng"),), (Person("an", "An", (Post("cán bộ", "Văn phòng"),)),))
#: How much longer work takes that is done while the clock of the case stands.
DAWDLE = timedelta(days=9)


@dataclass
class Played:
    """One case of a procedure; `counted` is the working time that its clock ran, in minutes, once it has ended."""

    procedure: Procedure
    rng: random.Random
    shelf: Shelf = field(init=False)
    organisation: Organisation = OFFICE
    calendar: Calendar = field(default_factory=working_time)
    store: MemoryStore = field(default_factory=MemoryStore)
    numbers: "count[int]" = field(default_factory=count)
    now: datetime = OPENED

    def __post_init__(self) -> None:
        self.shelf = MemoryShelf()
        issued = self.procedure.model_copy(update={"effective_from": date(2026, 1, 1)})
        self.shelf.publish(release(issued, approved_by="Giám đốc", issued_at=datetime(2025, 12, 5, tzinfo=UTC)))

    @property
    def calendars(self) -> Calendars:
        return Calendars(self.calendar)

    def give(self, command: AnyCommand) -> Done | Refusal:
        return handle(command, store=self.store, ground=self, now=self.now)

    def counted(self, limit: int) -> int:
        """Play to the end and return the minutes that the clock of the case ran, where `limit` minutes were allowed."""
        code = self.procedure.code
        opened = self.give(OpenCase(id="open", actor="an", procedure=code, title="Thử", unit="Văn phòng"))
        assert isinstance(opened, Done), opened
        case = self.case(opened.case)
        while not case.over:
            item = min(case.live_items, key=lambda one: (self.ends(one), one.number))
            self.now = max(self.now, self.ends(item))
            self.finish(case, item)
            case = self.case(opened.case)
        assert case.due is not None
        return limit - self.calendar.working_minutes(self.now, case.due)

    def ends(self, item: Item) -> datetime:
        if item.due is None:
            return item.opened_at
        return item.due if item.counted else item.due + DAWDLE

    def finish(self, case: Case, item: Item) -> None:
        """Finish an item with an outcome by chance, one that goes back as often as any that goes on."""
        for outcome in self.choices(item):
            made = FinishWork(id=f"f{next(self.numbers)}", actor="an", case=case.id, item=item.number,
                              outcome=outcome.label, reason="thử")  # fmt: skip
            answer = self.give(made)
            if isinstance(answer, Done):
                return
            assert isinstance(answer, TooManyReturns), answer
        raise AssertionError(item.step)

    def choices(self, item: Item) -> Iterator[Outcome]:
        outcomes = list(self.procedure.step(item.step).outcomes)
        self.rng.shuffle(outcomes)
        return iter(outcomes)

    def case(self, number: str) -> Case:
        with self.store.reading() as reader:
            held = reader.held(number)
        assert held is not None
        return held.case
