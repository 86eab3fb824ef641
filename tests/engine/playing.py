"""Random people giving random commands on random sound procedures: mostly sensible, sometimes not."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from engine.case import Case, CaseStatus, Item
from engine.commands import (
    MACHINE,
    AnswerErrand,
    AnyCommand,
    ClaimWork,
    FinishWork,
    FireTimer,
    OpenCase,
    PauseCase,
    RecordBreach,
    ReleaseWork,
    ResumeCase,
    WithdrawCase,
)
from engine.handle import Done
from engine.posts import posts_of
from engine.refusal import Refusal
from procedures.check import check
from procedures.finding import errors
from procedures.model import (
    BackTo,
    Branch,
    FieldSpec,
    FieldType,
    Go,
    Outcome,
    Procedure,
    ReturnClock,
    Step,
    Target,
    Unit,
)
from tests.engine.house import Office, at
from tests.procedures.building import days, norm, over, procedure, role
from tests.procedures.check.generating import sound_draft
from tests.procedures.check.telling import places

PEOPLE = ("an", "binh", "chi", "dung", "em", "giang")
ROLES = (
    role("cán bộ", "Chuyên viên", "Chuyên viên quản trị"),
    role("phụ trách", "Chánh Văn phòng", "Giám đốc", "Kế toán"),
    role("ai cũng được", "Chuyên viên", "Chuyên viên quản trị", "Chánh Văn phòng", "Giám đốc", "Kế toán"),
)
FIELDS = (FieldSpec(name="tổng tiền", type=FieldType.MONEY), FieldSpec(name="ghi chú", type=FieldType.TEXT))


def random_procedure(rng: random.Random, code: str = "QT-01") -> Procedure:
    """Return a procedure without a fault of flow, with every kind of step, limits, pauses and other people."""
    while True:
        draft = sound_draft(rng, rng.choice((3, 6, 9, 12)))
        plain = draft.build(rng).steps
        steps = tuple(_dressed(rng, step, number, plain) for number, step in enumerate(plain))
        made = procedure(
            *steps, code=code, roles=ROLES, fields=FIELDS, within=rng.choice((None, days("5"), days("9", Unit.DAY)))
        )
        if not [finding for finding in errors(check(made, places(made))) if finding.code < "QT330"]:
            return made


def _dressed(rng: random.Random, step: Step, number: int, steps: tuple[Step, ...]) -> Step:
    changes: dict[str, object] = {"outcomes": tuple(_way(rng, outcome) for outcome in step.outcomes)}
    kind = rng.random()
    if number == 0:
        changes |= {"responsible": ("ai cũng được",), "collect": ("tổng tiền", "ghi chú")}
    elif kind < 0.75 or (len(step.outcomes) > 1 and kind < 0.9):
        earlier = tuple(other.key for other in steps[:number])
        changes |= {
            "responsible": (rng.choice(ROLES).name,),
            "not_same_as": (rng.choice(earlier),) if rng.random() < 0.25 else (),
        }
    elif kind < 0.85 or len(step.outcomes) > 1:
        changes |= {"responsible": (), "automatic": "máy"}
    elif kind < 0.93:
        changes |= {"responsible": (), "delay": days("2", rng.choice((Unit.HOUR, Unit.WORKING_HOUR, Unit.DAY)))}
    else:
        return step.model_copy(update={"responsible": (), "outcomes": step.outcomes})
    limit = norm(rng.choice("123"), rng.choice((Unit.WORKING_DAY, Unit.WORKING_HOUR)), counted=rng.random() < 0.8)
    return step.model_copy(
        update={**changes, "norm": limit if "delay" not in changes else None, "may_pause": rng.random() < 0.5}
    )


def _way(rng: random.Random, outcome: Outcome) -> Outcome:
    target: Target = outcome.branches[0].target
    if isinstance(target, BackTo):
        target = target.model_copy(update={"clock": rng.choice(list(ReturnClock)), "at_most": rng.choice((1, 3))})
    if isinstance(target, Go) and rng.random() < 0.2:
        return outcome.model_copy(update={"branches": (Branch(when=over(100), target=target), Branch(target=target))})
    return outcome.model_copy(update={"branches": (Branch(target=target),)})


@dataclass
class Player:
    """Gives random commands to an office and keeps what it gave."""

    office: Office
    rng: random.Random
    now: datetime
    given: list[tuple[AnyCommand, datetime]] = field(default_factory=list)
    answers: list[Done | Refusal] = field(default_factory=list)

    def cases(self) -> list[str]:
        with self.office.store.reading() as reader:
            return reader.case_ids()

    def step(self) -> tuple[AnyCommand, Done | Refusal]:
        """Let some time pass (now and then backwards) and give one command."""
        self.now += timedelta(minutes=self.rng.choice((0, 1, 30, 240, 1440, 4000, -90)))
        command = self.command()
        answer = self.office.give(command, self.now)
        self.given.append((command, self.now))
        self.answers.append(answer)
        return command, answer

    def command(self) -> AnyCommand:
        rng = self.rng
        if self.given and rng.random() < 0.04:
            return rng.choice(self.given)[0]  # asked again
        cases = self.cases()
        standing = [self.office.case(case) for case in cases]
        running = [case for case in standing if not case.over]
        if len(running) < 2 and len(cases) < 12 and (not cases or rng.random() < 0.5):
            return self.opening()
        case = rng.choice(running if running and rng.random() < 0.97 else standing)
        if case.status is CaseStatus.PAUSED and rng.random() < 0.4:
            return ResumeCase(id=self.office.id(), actor=case.opener, case=case.id)
        return self.steering(case) if rng.random() < 0.1 else self.working(case)

    def opening(self) -> OpenCase:
        fields = {} if self.rng.random() < 0.2 else {"tổng tiền": str(self.rng.choice((5, 500)))}
        by = self.rng.choice((*PEOPLE, MACHINE, "nobody"))
        return OpenCase(
            id=self.office.id(), actor=by, procedure="QT-01", title="Thử", fields=fields, salt=str(self.rng.random())
        )

    def steering(self, case: Case) -> AnyCommand:
        one = {"id": self.office.id(), "actor": self.rng.choice(PEOPLE), "case": case.id}
        kind = self.rng.choice(("pause", "pause", "pause", "resume", "withdraw", "late", "late", "late case"))
        if kind == "pause":
            return PauseCase(**one, reason="chờ")
        if kind == "resume":
            return ResumeCase(**one)
        if kind == "withdraw":
            return WithdrawCase(**one, reason=self.rng.choice(("thôi", "", "")))
        number = self.rng.randint(1, len(case.items) + 1) if kind == "late" else None
        return RecordBreach(
            **(one | {"actor": MACHINE}), item=number, breach="late_step" if number is not None else "late_case"
        )

    def working(self, case: Case) -> AnyCommand:
        rng = self.rng
        live = case.live_items
        item = rng.choice(live) if live and rng.random() < 0.95 else None
        number = item.number if item else rng.randint(0, len(case.items) + 1)
        one = {"id": self.office.id(), "actor": self.actor(item), "case": case.id, "item": number}
        if rng.random() < 0.02:
            one["expected_version"] = case.version - rng.choice((0, 1))
        if item is not None and item.waits_for != "work" and rng.random() < 0.9:
            kind = FireTimer if item.waits_for == "delay" else AnswerErrand
            label = {} if kind is FireTimer else {"outcome": self.label(case, item)}
            return kind(**(one | {"actor": MACHINE}), **label)
        kind = rng.choice((ClaimWork, ReleaseWork, FinishWork, FinishWork, FinishWork, FinishWork))
        return kind(**one, **(self.filled(case, item) if kind is FinishWork else {}))

    def actor(self, item: Item | None) -> str:
        if item is not None and item.assignee and self.rng.random() < 0.7:
            return item.assignee
        able = [one for one in PEOPLE if item is not None and self.holds(one, item)]
        if able and self.rng.random() < 0.7:
            return self.rng.choice(able)
        return self.rng.choice(PEOPLE) if self.rng.random() < 0.98 else self.rng.choice((MACHINE, "nobody"))

    def holds(self, account: str, item: Item) -> bool:
        return bool(posts_of(self.office.organisation, account, self.now.date()) & set(item.posts))

    def label(self, case: Case, item: Item) -> str | None:
        step = self.office.shelf.release(case.procedure, case.issue).procedure.step(item.step)
        return self.rng.choice([outcome.label for outcome in step.outcomes])

    def filled(self, case: Case, item: Item | None) -> dict[str, object]:
        label = self.label(case, item) if item is not None and self.rng.random() < 0.97 else "không có"
        fields = {"tổng tiền": str(self.rng.choice((5, 500)))} if item and item.number == 1 else {}
        return {"outcome": label, "reason": "vì vậy", "fields": fields, "salt": str(self.rng.random())}


def player(seed: int, office: Office | None = None) -> Player:
    """Return a player of `seed` on a procedure of its own; the same seed gives the same procedure and commands."""
    rng = random.Random(seed)  # noqa: S311 (play, not secrets)
    made = random_procedure(rng)
    ready = Office.with_(made) if office is None else office
    if office is not None:
        ready.shelf = Office.with_(made).shelf
    return Player(ready, rng, at(2, 8))
