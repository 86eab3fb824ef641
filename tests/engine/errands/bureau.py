"""A bureau for tests of errands: an agency on a real database, whose cases wait for a machine that the test plays."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from engine.agency import Agency, Settings
from engine.case import Case
from engine.errands.drain import Drain
from engine.errands.errand import Errand, Status
from engine.errands.task import Answer, Task
from engine.stores import errands as queue
from engine.stores.sql import SqlStore
from procedures.model import Handling, Outcome, Procedure, Step
from tests.engine.house import Office, at
from tests.procedures.building import branches, end, go, procedure, work

NOW = at(2, 8)
EVERY = (Status.WAITING, Status.RUNNING, Status.DONE, Status.PARKED, Status.DROPPED, Status.VOID)


def announcing(handling: Handling | None = None, **more: object) -> Procedure:
    """A procedure whose second step is done by a machine, whose outcome decides the third."""
    ways = (Outcome(label="Được", branches=branches(go("lưu"))), Outcome(label="Không", branches=branches(end("hỏng"))))
    told = {"handling": handling or Handling(retries=2, pause=60, limit=5), "may_pause": True, **more}
    machine = Step(key="báo", name="Báo kết quả", automatic="báo tin", outcomes=ways, **told)
    return procedure(work("mở", go("báo"), may_pause=True), machine, work("lưu", end()))


@dataclass
class Bureau:
    """An office on an SQL store, a clock that the test turns, and the tasks that its machine was given."""

    root: Path
    handling: Handling | None = None
    now: datetime = NOW
    given: list[Task] = field(default_factory=list)
    answers: Callable[[Task], Answer] = lambda _: Answer("Được")

    def __post_init__(self) -> None:
        self.store = SqlStore(self.root / "quytrinh.db", durable=False)
        self.office = Office.with_(announcing(self.handling), store=self.store)
        self.agency = Agency(
            self.root, Settings(), self.office.organisation, self.office.calendar, self.office.shelf, self.store
        )

    def does(self, task: Task) -> Answer:
        self.given.append(task)
        return self.answers(task)

    def drain(self, worker: str = "w1") -> Drain:
        return Drain(self.agency, worker, {"báo tin": self.does}, clock=lambda: self.now)

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
