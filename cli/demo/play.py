"""Playing the year: an agenda of instants, each act a command through the one door of the engine."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import count

from cli.demo.programme import Programme
from cli.demo.system import Asked, computed
from cli.demo.world import MEASURED_BY, UNSAID, Arrival, World
from cli.demo.written import Written, written
from engine.agency import Agency
from engine.case import Case, Item
from engine.commands import (
    AnyCommand,
    ClaimWork,
    FinishWork,
    OpenCase,
    PauseCase,
    ResumeCase,
    WithdrawCase,
)
from engine.events import WorkOpened
from engine.handle import Done, handle, rules_for
from engine.refusal import Refusal
from engine.store import Held
from procedures.model import BackTo, FieldSpec, Outcome, Step, Unit
from quality.fields import MEASURE, MERGED, MERGING, RULE
from quality.look import look
from quality.sweep import Swept

_SWEEP_HOUR = time(17, 30)
_PAUSED, _WITHDRAWN = 0.02, 0.003
#: What the system itself has opened, nobody withdraws.
_NEVER_WITHDRAWN = frozenset(["KPH", "CT", "BC"])
_REASON_BACK = "Hồ sơ còn thiếu hoặc chưa đúng mẫu, đề nghị bổ sung."
_REASON = "Đã xem xét theo quy định."

Act = Callable[[datetime], object]


@dataclass
class Year:
    """One year of the sample agency. `play` runs it; afterwards the counts tell what was done and refused."""

    agency: Agency
    world: World
    agenda: list[tuple[datetime, int, Act]] = field(default_factory=list)
    order: "count[int]" = field(default_factory=count)
    swept: list[Swept] = field(default_factory=list)
    commands: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    scheduled: set[tuple[str, int]] = field(default_factory=set)
    scripts: dict[str, Written] = field(default_factory=dict)
    last: dict[str, str] = field(default_factory=dict)
    programme: Programme | None = None

    def play(self, on_day: Callable[[], None]) -> None:
        """Play from the first to the last instant of the year; `on_day` is called once a working day."""
        for arrival in self.world.arrivals():
            self._at(arrival.at, lambda now, one=arrival: self._arrive(one, now))  # type: ignore[misc]
        for one in written(self.world.year, self.agency.calendar.zone):
            if one.procedure in self.world.procedures:
                self._at(one.at, lambda now, one=one: self._write(one, now))  # type: ignore[misc]
        for day in self.world.working_days:
            at = datetime.combine(day, _SWEEP_HOUR, self.agency.calendar.zone)
            self._at(at, lambda now: self._sweep(now, on_day))
        while self.agenda and self.agenda[0][0] < self.world.end:
            now, _, act = heapq.heappop(self.agenda)
            act(now)

    def _at(self, at: datetime, act: Act) -> None:
        heapq.heappush(self.agenda, (at, next(self.order), act))

    def _arrive(self, one: Arrival, now: datetime) -> None:
        command = OpenCase(id=self._id(), actor=one.opener, procedure=one.procedure, title=one.title, salt=self._salt())
        self._give(command, now)

    def _write(self, one: Written, now: datetime) -> None:
        """Open a case of a register; what is entered into it is written down beforehand."""
        command = OpenCase(id=self._id(), actor=one.opener, procedure=one.procedure, title=one.title, salt=self._salt())
        case = self._give(command, now)
        if case is not None:
            self.scripts[case], self.last[one.procedure] = one, case

    def _sweep(self, now: datetime, on_day: Callable[[], None]) -> None:
        found = look(self.agency.store, self.agency, now)
        self.swept.append(found)
        for done in self.programme.open(now) if self.programme is not None else ():
            self._follow(done, now)
        if found.candidates or found.delays or found.calls:
            with self.agency.store.reading() as reader:
                waiting = [(one.case, one.item) for one in reader.work()]
            for case, item in waiting:
                self._schedule(case, item, now)
        on_day()

    def _schedule(self, case: str, number: int, now: datetime) -> None:
        if (case, number) in self.scheduled:
            return
        self.scheduled.add((case, number))
        item, step = self._item(case, number)
        planned = self.programme.begins(self._case(case), item, now) if self.programme is not None else None
        begins = planned or self._later(now, step, self.world.wait(step))
        self._at(begins, lambda at: self._begin(case, item.number, at))

    def _begin(self, case_id: str, number: int, now: datetime) -> None:
        """Somebody who is there takes the item; when all are away it waits for the next working day."""
        held = self._held(case_id)
        case = held.case
        item = case.items[number - 1]
        if not item.live or case.over:
            return
        if case.paused_at is not None:
            self._at(now + timedelta(days=1), lambda at: self._begin(case_id, number, at))
            return
        step = rules_for(case, self.agency).procedure.step(item.step)
        performer = self._performer(held, item, step, now)
        if performer is None:
            tomorrow = datetime.combine(self.agency.calendar.next_working_day(now.date()), time(8), now.tzinfo)
            self._at(tomorrow, lambda at: self._begin(case_id, number, at))
            return
        if item.claimed_at is None:
            self._give(ClaimWork(id=self._id(), actor=performer, case=case_id, item=number), now)
        end = self._later(now, step, self.world.minutes(step, performer))
        script = self.scripts.get(case_id)
        if script is not None:
            self._at(max(now, script.until.get(step.key, end)), lambda at: self._end(case_id, number, performer, at))
            return
        self._at(end, lambda at: self._end(case_id, number, performer, at))
        self._perhaps_disturb(case, step, performer, now)

    def _end(self, case_id: str, number: int, performer: str, now: datetime) -> None:
        held = self._held(case_id)
        case = held.case
        if case.over or not case.items[number - 1].live:
            return
        if case.paused_at is not None:
            self._at(now + timedelta(days=1), lambda at: self._end(case_id, number, performer, at))
            return
        procedure = rules_for(case, self.agency).procedure
        step = procedure.step(case.items[number - 1].step)
        script = self.scripts.get(case_id)
        outcome = (script.choose(step, case) if script is not None else None) or self.world.choose(case, step)
        into = self._another(case) if outcome.label == MERGING else ""
        if outcome.label == MERGING and not into:
            outcome = step.choices[0]
        open_fields = [procedure.field(name) for name in step.collect if name not in held.values]
        told = {spec.name: self._told(held, script, spec, now) for spec in open_fields if spec is not None}
        fields = {name: text for name, text in {**told, MERGED: into}.items() if text}
        if self.programme is not None:
            for form in self.programme.keeps(procedure, step):
                self._give(self.programme.attach(self._id(), case, number, performer, form), now)
        command = FinishWork(
            id=self._id(),
            actor=performer,
            case=case_id,
            item=number,
            outcome=outcome.label,
            fields=fields,
            checked=step.checklist,
            reason=_reason(step, outcome),
            salt=self._salt(),
        )
        self._give(command, now)

    def _another(self, case: Case) -> str:
        """Return another running case of the same procedure, into which this one can be merged; empty without any."""
        with self.agency.store.reading() as reader:
            running = reader.cases(procedure=case.procedure, status="open")
        return next((one.id for one in running if one.id != case.id), "")

    def _told(self, held: Held, script: Written | None, spec: FieldSpec, now: datetime) -> str:
        if script is not None:
            asked = Asked(self.agency, now, held.case.id, held.values)
            return computed(script.value(spec, self.last), asked)
        if spec.name == MEASURE:
            rule = held.values.get(RULE, "")
            return next((measure for word, measure in MEASURED_BY.items() if rule.startswith(word)), spec.choices[-1])
        return "" if spec.name in UNSAID else self.world.value(spec, now.date())

    def _perhaps_disturb(self, case: Case, step: Step, performer: str, now: datetime) -> None:
        """Now and then a case is paused for some days, or withdrawn by whoever opened it."""
        chance = self.world.random.random()
        if step.may_pause and chance < _PAUSED:
            days = self.world.random.randint(1, 6)
            reason = "Chờ ý kiến bằng văn bản của cơ quan phối hợp."
            self._give(PauseCase(id=self._id(), actor=performer, case=case.id, reason=reason), now)
            until = datetime.combine(self.agency.calendar.next_working_day(now.date(), days), time(9), now.tzinfo)
            self._at(until, lambda at: self._resume(case.id, performer, at))
        elif chance > 1 - _WITHDRAWN and case.series not in _NEVER_WITHDRAWN:
            reason = "Người đề nghị xin rút hồ sơ."
            self._at(
                now + timedelta(minutes=30),
                lambda at: self._give(WithdrawCase(id=self._id(), actor=case.opener, case=case.id, reason=reason), at),
            )

    def _resume(self, case: str, performer: str, now: datetime) -> None:
        if self._case(case).paused_at is not None:
            self._give(ResumeCase(id=self._id(), actor=performer, case=case), now)

    def _performer(self, held: Held, item: Item, step: Step, now: datetime) -> str | None:
        if item.claimed_at is not None:
            return item.assignee
        able = self.world.able(held, item, step, now.date())
        here = self.world.present(able, now.date())
        script = self.scripts.get(held.case.id)
        named = script.who.get(step.key) if script is not None else None
        if named is not None:
            return named if any(person.id == named for person in here) else None
        if item.assignee is not None and any(person.id == item.assignee for person in here):
            return item.assignee
        return self.world.random.choice(here).id if here else None

    def _later(self, now: datetime, step: Step, minutes: int) -> datetime:
        """Emergencies run round the clock, all other work in working time."""
        if step.norm is not None and step.norm.within.unit is Unit.HOUR:
            return now + timedelta(minutes=minutes)
        return self.agency.calendar.add_working_minutes(now, minutes)

    def _give(self, command: AnyCommand, now: datetime) -> str | None:
        """Give a command and return the case it was about; None when it was refused."""
        self.commands += 1
        done = handle(command, store=self.agency.store, ground=self.agency, now=now)
        if isinstance(done, Refusal):
            self.refused[done.code] = self.refused.get(done.code, 0) + 1
            return None
        self._follow(done, now)
        return done.case

    def _follow(self, done: Done, now: datetime) -> None:
        for record in done.records:
            if isinstance(record.event, WorkOpened) and record.event.waits_for == "work":
                self._schedule(done.case, record.event.item, now)

    def _item(self, case_id: str, number: int) -> tuple[Item, Step]:
        case = self._case(case_id)
        item = case.items[number - 1]
        return item, rules_for(case, self.agency).procedure.step(item.step)

    def _case(self, case_id: str) -> Case:
        return self._held(case_id).case

    def _held(self, case_id: str) -> Held:
        with self.agency.store.reading() as reader:
            held = reader.held(case_id)
        if held is None:
            raise KeyError(case_id)
        return held

    def _id(self) -> str:
        return f"demo-{self.commands:06d}"

    def _salt(self) -> str:
        return f"{self.world.random.getrandbits(128):032x}"


def _reason(step: Step, outcome: Outcome) -> str | None:
    if any(isinstance(branch.target, BackTo) for branch in outcome.branches):
        return _REASON_BACK
    return _REASON if step.reason_required else None
