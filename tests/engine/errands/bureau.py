"""A bureau for tests of errands: an agency on a real database, whose cases wait for a machine that the test plays."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from engine.agency import Agency, Settings
from engine.case import Case
from engine.errands.drain import Drain
from engine.errands.errand import Errand, Status
from engine.errands.hands import Hands
from engine.errands.task import Answer, Task
from engine.stores import errands as queue
from engine.stores.sql import SqlStore
from procedures.model import FieldSpec, Handling, Outcome, Procedure, Step
from procedures.shelf import FolderShelf
from tests.engine.house import Office, at
from tests.procedures.building import branches, end, go, procedure, work

NOW = at(2, 8)
USUAL = Handling(retries=2, pause=60, limit=5)
EVERY = (Status.WAITING, Status.RUNNING, Status.DONE, Status.PARKED, Status.DROPPED, Status.VOID)


def announcing(handling: Handling, *, one_way: bool, fields: tuple[FieldSpec, ...]) -> Procedure:
    """A procedure whose second step is done by a machine, whose outcome, unless there is one way, decides the third."""
    on = branches(go("lưu"))
    ways = (Outcome(label="Được", branches=on), Outcome(label="Không", branches=branches(end("hỏng"))))
    only = (Outcome(branches=on),)
    machine = Step(
        key="báo",
        name="Báo kết quả",
        automatic="báo tin",
        handling=handling,
        may_pause=True,
        outcomes=only if one_way else ways,
    )
    first = work("mở", go("báo"), may_pause=True, collect=tuple(one.name for one in fields))
    return procedure(first, machine, work("lưu", end()), fields=fields)


@dataclass
class Bureau:
    """An office on an SQL store, a clock that the test turns, and the tasks that its machine was given."""

    root: Path
    handling: Handling = USUAL
    one_way: bool = False
    fields: tuple[FieldSpec, ...] = ()
    now: datetime = NOW
    given: list[Task] = field(default_factory=list)
    answers: Callable[[Task], Answer] = lambda _: Answer("Được")

    store: SqlStore | None = None

    def __post_init__(self) -> None:
        self.store = self.store or SqlStore(self.root / "quytrinh.db", durable=False)
        self.office = Office.with_(
            announcing(self.handling, one_way=self.one_way, fields=self.fields), store=self.store
        )
        shelf = FolderShelf(self.root / "releases")
        shelf.publish(*self.office.shelf.all())
        self.agency = Agency(self.root, Settings(), self.office.organisation, self.office.calendars, shelf, self.store)

    def with_addresses(self, **addresses: str) -> None:
        """Give people addresses for letters."""
        people = tuple(replace(one, email=addresses.get(one.id)) for one in self.office.organisation.people)
        self.agency = replace(self.agency, organisation=replace(self.office.organisation, people=people))

    def does(self, task: Task) -> Answer:
        self.given.append(task)
        return self.answers(task)

    def drain(self, worker: str = "w1") -> Drain:
        return Drain(self.agency, worker, Hands({"báo tin": self.does}), clock=lambda: self.now)

    def waiting(self) -> str:
        """Open a case and bring it to its automatic step."""
        case = self.office.open(self.now, procedure="QT-01")
        self.office.do(case, "mở", "an", self.now)
        return case

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)

    def case(self, case: str) -> Case:
        return self.office.case(case)

    def errand(self, case: str) -> Errand:
        (found,) = self.errands(case)
        return found

    def errands(self, case: str | None = None) -> list[Errand]:
        with self.store.reading() as reader:
            return queue.listed(reader.connection, EVERY, case)
