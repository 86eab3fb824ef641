"""DBOS 3.4 as its guide keeps a person in the loop: a workflow a case takes a message a step and tells what is open."""

from typing import Any

from dbos import DBOS, DBOSConfig

from benchmarks.contestants.base import Advance, Place
from benchmarks.contestants.orm import BRANCHES, NEXT
from benchmarks.contestants.ours import size_of
from benchmarks.w1 import Step, name_of

_TOPIC = "work"
#: How long a case waits for a person, and how long a person for the case, in seconds.
_LONG, _SHORT = 30 * 86_400.0, 60.0
#: Where nothing tells of a message (SQLite), it is looked for so often: the least there may be, by itself each second.
_LOOK = 0.001


@DBOS.workflow()  # type: ignore[untyped-decorator]
def purchase(title: str) -> int:
    """Take what people finish, one message after another, and publish what is open after each of them."""
    waiting, done = {"tiếp nhận"}, 0
    while waiting:
        step, outcome, by = DBOS.recv(_TOPIC, timeout_seconds=_LONG)
        waiting.remove(step)
        if not (step in BRANCHES and waiting & BRANCHES):
            waiting.update(NEXT[step, outcome])
        done += 1
        DBOS.set_event(str(done), {"by": by, "title": title, "waiting": sorted(waiting)})
    return done


class Durable:
    """One runtime a process, pointed at one database after another."""

    def __init__(self, place: Place) -> None:
        self.place = place
        config: DBOSConfig = {
            "name": "bench",
            "system_database_url": place.url or f"sqlite:///{place.folder / 'a.db'}",
            "log_level": "ERROR",
            "notification_listener_polling_interval_sec": _LOOK,
            "max_executor_threads": 4_000,
        }
        DBOS(config=config)
        DBOS.launch()

    def open(self, cases: int) -> None:
        """Start a workflow a case."""
        from dbos import SetWorkflowID

        for number in range(1, cases + 1):
            with SetWorkflowID(name_of(number)):
                DBOS.start_workflow(purchase, f"Mua máy in số {number}")

    def client(self) -> Advance:
        """Return what sends the message and waits until the case has told what is open after it."""

        def advance(number: int, nth: int, step: Step) -> None:
            outcome = None if step.outcome == "Xong" else step.outcome
            DBOS.send(name_of(number), (step.step, outcome, step.by), _TOPIC)
            told: Any = DBOS.get_event(name_of(number), str(nth), timeout_seconds=_SHORT)
            assert told is not None

        return advance

    def close(self) -> int:
        """End the runtime; the cases are over."""
        DBOS.destroy()
        return 0 if self.place.server else size_of(self.place.folder)
