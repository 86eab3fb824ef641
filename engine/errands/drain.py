"""Draining the queue: errands are claimed, done outside any transaction, and answered in one with what follows."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from threading import Event

from engine.agency import Agency
from engine.commands import MACHINE, AnswerErrand
from engine.errands.apart import hands
from engine.errands.attempt import tried
from engine.errands.duty import LIMIT
from engine.errands.errand import Errand, Status
from engine.errands.hands import Hands
from engine.errands.pace import Pace, pace_of
from engine.errands.task import Answer, Hopeless, Task, TryAgain
from engine.handle import handle, rules_for
from engine.journal import note
from engine.refusal import Refusal
from engine.refusals.life import CaseIsOver, CaseIsPaused
from engine.refusals.work import AlreadyDone, NoLongerNeeded
from engine.salts import fresh_salt
from engine.stores import errands as queue
from engine.stores.sql import SqlReader, SqlWriter
from engine.trouble import Conflict, Gone
from engine.within import Within
from procedures.shelf import ShelfRefusal
from procedures.words import Words, say

#: How a duty is tried again.
_DUTY = Pace(retries=5, pause=timedelta(minutes=5), limit=LIMIT)
#: A case that was paused meanwhile is asked again after this.
_LATER = timedelta(minutes=10)
#: How often an answer is written when others write at the same moment, or a connection breaks.
_TIMES = 4


def _clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Drained:
    """How many errands ended in which way; `late` answers came after another had taken over, and changed nothing."""

    done: int = 0
    again: int = 0
    parked: int = 0
    late: int = 0

    def __add__(self, other: "Drained") -> "Drained":
        return Drained(
            self.done + other.done, self.again + other.again, self.parked + other.parked, self.late + other.late
        )

    @property
    def word(self) -> str:
        """What came of a single errand."""
        return next((name for name in self.__slots__ if getattr(self, name)), "")


@dataclass(frozen=True)
class Drain:
    """Who drains: an agency, a name of one's own, and who does what."""

    agency: Agency
    worker: str
    hands: Hands = field(default_factory=hands)
    clock: Callable[[], datetime] = _clock
    only: str | None = None  # the one duty that is drained; everything without it

    def all(self, threads: int = 4, stop: Event | None = None) -> Drained:
        """Do errands until none is free, several at a time; tell what came of them."""
        if not self._any():
            return Drained()
        self.hands.ready()
        halt = stop or Event()
        with ThreadPoolExecutor(threads, thread_name_prefix="errand") as pool:
            return sum(
                (done.result() for done in [pool.submit(self._until_none, halt) for _ in range(threads)]), Drained()
            )

    def _until_none(self, halt: Event) -> Drained:
        total = Drained()
        while not halt.is_set():
            came = self.one()
            if came is None:
                break
            total += came
        return total

    def _any(self) -> bool:
        with self.agency.store.reading() as reader:
            return queue.oldest_free(reader.connection, self._now(), self.only) is not None

    def one(self) -> Drained | None:
        """Do one errand, or tell that none is free."""
        claimed = self._claim()
        if claimed is None:
            return None
        came = self._try(*claimed)
        errand = claimed[0]
        note("errand", key=errand.key, case=errand.case, tries=errand.tries, worker=self.worker, came=came.word)
        return came

    def _try(self, errand: Errand, task: Callable[[], Answer] | Words, pace: Pace) -> Drained:
        if isinstance(task, Words):
            return self._failed(errand, pace, Hopeless(task))
        try:
            answer = tried(task)
        except TryAgain as why:
            return self._failed(errand, pace, why)
        return self._answered(errand, answer)

    def _claim(self) -> tuple[Errand, Callable[[], Answer] | Words, Pace] | None:
        now = self._now()
        with self.agency.store.writing() as writer:
            for errand in queue.free(writer.connection, now, 1, self.only):
                task, pace = self._task(writer, errand, now)
                taken = queue.claim(writer.connection, errand, self.worker, now + pace.lease)
                if pace.exhausted(errand.tries):
                    # Whoever tried it last died of it: more of them would.
                    task = say("{count} tries ended with the end of their worker", count=errand.tries)
                return taken, task, pace
        return None

    def _task(self, writer: SqlWriter, errand: Errand, now: datetime) -> tuple[Callable[[], Answer] | Words, Pace]:
        if errand.case is None:
            return self._duty(errand, now), _DUTY
        held = SqlReader(writer.connection).held(errand.case)  # looked at, not held up: the errand is what is claimed
        item = held.case.item(errand.number or 0) if held is not None else None
        if held is None or item is None:
            return say("the case or its work is gone"), pace_of(None)
        try:
            procedure = rules_for(held.case, self.agency).procedure
        except ShelfRefusal as refusal:
            return refusal.words, pace_of(None)
        step = procedure.step(item.step)
        pace = pace_of(step.handling)
        doer = self.hands.steps.get(step.automatic or "")
        if doer is None:
            return say("nothing that is installed here does “{task}”", task=step.automatic), pace
        task = Task(errand.key, self.agency, procedure, held.case, step, held.values, now, pace.limit)
        return lambda: doer(task), pace

    def _duty(self, errand: Errand, now: datetime) -> Callable[[], Answer] | Words:
        duty = self.hands.duties.get(errand.task)
        if duty is None:
            return say("nothing that is installed here does “{task}”", task=errand.task)

        def do() -> Answer:
            duty(self.agency, errand.key.partition("/")[2], now)
            return Answer()

        return do

    def _answered(self, errand: Errand, answer: Answer) -> Drained:
        for _ in range(_TIMES - 1):
            with suppress(Conflict, Gone):  # the claim is still ours, or the answer is late
                return self._answer(errand, answer)
        return self._answer(errand, answer)

    def _answer(self, errand: Errand, answer: Answer) -> Drained:
        now = self._now()
        refusal: Refusal | None = None
        with self.agency.store.writing() as writer:
            if errand.case is not None:
                writer.held(errand.case)  # the case first, as every command does, so that nobody waits in a circle
            if not queue.close(writer.connection, errand, Status.DONE, now):
                return Drained(late=1)
            if errand.case is not None:
                told = handle(
                    _command(errand, answer), store=Within(self.agency.store, writer), ground=self.agency, now=now
                )
                if isinstance(told, Refusal):
                    refusal = told
                    # The claim is given back as the refusal asks; nothing else was written.
                    self._after_refusal(writer, replace(errand, status=Status.DONE), told, now)
        if refusal is None:
            return Drained(done=1)
        return Drained(parked=1) if _asks_for_a_person(refusal) else Drained(again=1)

    def _after_refusal(self, writer: SqlWriter, errand: Errand, refusal: Refusal, now: datetime) -> None:
        if isinstance(refusal, CaseIsPaused):
            again = {"run_at": now + _LATER, "tries": errand.tries - 1}
            queue.close(writer.connection, errand, Status.WAITING, now, **again)
        elif _asks_for_a_person(refusal):
            queue.close(writer.connection, errand, Status.PARKED, now, fault=refusal.words.into("vi"))
        else:
            queue.close(writer.connection, errand, Status.VOID, now)

    def _failed(self, errand: Errand, pace: Pace, why: TryAgain) -> Drained:
        now = self._now()
        fault = why.words.into("vi")
        pause = None if isinstance(why, Hopeless) else pace.pause_after(errand.tries)
        with self.agency.store.writing() as writer:
            if pause is None:
                kept = queue.close(writer.connection, errand, Status.PARKED, now, fault=fault)
                return Drained(parked=1) if kept else Drained(late=1)
            kept = queue.close(writer.connection, errand, Status.WAITING, now, fault=fault, run_at=now + pause)
        return Drained(again=1) if kept else Drained(late=1)

    def _now(self) -> datetime:
        return self.clock().astimezone(UTC).replace(microsecond=0)


def _command(errand: Errand, answer: Answer) -> AnswerErrand:
    return AnswerErrand(
        id=f"errand/{errand.key}",
        actor=MACHINE,
        case=errand.case or "",
        item=errand.number or 0,
        outcome=answer.outcome,
        fields=dict(answer.fields),
        salt=fresh_salt() if answer.fields else "",
    )


def _asks_for_a_person(refusal: Refusal) -> bool:
    """Tell whether an answer cannot be taken for a reason that somebody must mend."""
    return not isinstance(refusal, CaseIsPaused | CaseIsOver | AlreadyDone | NoLongerNeeded)
