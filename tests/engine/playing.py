"""Random people giving random commands on random sound procedures: mostly sensible, sometimes not."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from engine.case import Case, CaseStatus, Item
from engine.clocks import Dues
from engine.commands import (
    MACHINE,
    AnswerErrand,
    AnswerSupplement,
    AnyCommand,
    AskOpinion,
    ClaimWork,
    DecideExtension,
    FinishPart,
    FinishWork,
    FireTimer,
    GiveOpinion,
    LapseConsultation,
    LapseSupplement,
    OpenCase,
    PauseCase,
    RecordAbsence,
    RecordBreach,
    RefuseCase,
    ReleaseWork,
    RequestExtension,
    RequestSupplement,
    ResumeCase,
    StopCase,
    WithdrawCase,
)
from engine.handle import Done
from engine.posts import posts_of
from engine.refusal import Refusal
from procedures.allowances import CountedFrom, Extensions, Supplements, Variant
from procedures.check import branches, flow, graph, performers
from procedures.check.subject import Subject
from procedures.finding import errors
from procedures.model import (
    LATE,
    BackTo,
    Branch,
    Duration,
    FieldSpec,
    FieldType,
    Go,
    Outcome,
    Phase,
    Procedure,
    ReturnClock,
    Step,
    SubLimit,
    Target,
    Timeout,
    Unit,
)
from procedures.several import Enough, Several
from tests.engine.handling import handling, headed
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
FIELDS = (
    FieldSpec(name="tổng tiền", type=FieldType.MONEY),
    FieldSpec(name="ghi chú", type=FieldType.TEXT),
    FieldSpec(name="ngày họp", type=FieldType.DATE),
)


#: What must hold of a procedure before a case can be played on it; proving its times and people would cost far more.
_FLOW = (
    *(graph.named_steps_exist, graph.every_step_can_end, graph.every_step_is_reached, graph.joins_know_their_steps),
    *(graph.returns_go_back, branches.otherwise_is_there_and_last, branches.somebody_makes_every_choice),
    *(branches.somewhere_to_go_after_the_last_return, performers.somebody_decides_a_bounded_return),
    *(performers.time_outs_have_a_time, flow.cases_end_properly),
)


def random_procedure(rng: random.Random, code: str = "QT-01") -> Procedure:
    """Return a procedure without a fault of flow, with every kind of step, limits, pauses and other people."""
    while True:
        draft = sound_draft(rng, rng.choice((3, 6, 9, 12)))
        plain = draft.build(rng).steps
        steps = tuple(_dressed(rng, step, number, plain) for number, step in enumerate(plain))
        within = rng.choice((None, days("5"), days("5"), days("9", Unit.DAY)))
        made = procedure(*steps, code=code, roles=ROLES, fields=FIELDS, within=within, **_timed(rng, steps, within))
        subject = Subject(made, places(made), None, None)
        if not errors([finding for rule in _FLOW for finding in rule(subject)]):
            return made


def _timed(rng: random.Random, steps: tuple[Step, ...], within: Duration | None) -> dict[str, object]:
    """Return what the procedure allows to be done with its time, and phases over some of its steps."""
    dated = (("reception", None), ("reception", None), ("complete", None), ("opinion", None), ("step", steps[-1].key))
    event, name = rng.choice(dated)
    clock = rng.choice(("restart", "pause", "exclude", "none"))
    keys = tuple(step.key for step in steps if step.phase)
    return {
        "counted_from": CountedFrom(event=event, name=name),
        "variants": (Variant(when=over(100), within=days("8")),) if within is not None and rng.random() < 0.3 else (),
        "supplements": Supplements(
            at_most=rng.choice((0, 1, 3)), clock=clock, close_after=rng.choice((None, days("3")))
        ),
        "extensions": Extensions(
            at_most=rng.choice((1, 2)), each=rng.choice((None, days("4"))), decided_by=("phụ trách",)
        ),
        "consultation": rng.choice((None, norm("2"), norm("2", counted=False))),
        "refused_by": ("phụ trách",),
        "stopped_by": ("phụ trách",),
        "phases": (Phase(name="giai đoạn", within=days("2"), steps=keys),) if keys else (),
    }


def _dressed(rng: random.Random, step: Step, number: int, steps: tuple[Step, ...]) -> Step:
    changes: dict[str, object] = {"outcomes": tuple(_way(rng, outcome) for outcome in step.outcomes)}
    kind = rng.random()
    if number == 0:
        changes |= {"responsible": ("ai cũng được",), "collect": ("tổng tiền", "ghi chú", "ngày họp")}
    elif kind < 0.75 or (len(step.outcomes) > 1 and kind < 0.9):
        earlier = tuple(other.key for other in steps[:number])
        changes |= {
            "responsible": (rng.choice(ROLES).name,),
            "not_same_as": (rng.choice(earlier),) if rng.random() < 0.25 else (),
        }
    elif kind < 0.85 or len(step.outcomes) > 1:
        changes |= {"responsible": (), "automatic": "máy"}
    elif kind < 0.88:
        changes |= {"responsible": (), "delay_until": "ngày họp"}
    elif kind < 0.93:
        changes |= {"responsible": (), "delay": days("2", rng.choice((Unit.HOUR, Unit.WORKING_HOUR, Unit.DAY)))}
    else:
        return step.model_copy(update={"responsible": (), "outcomes": step.outcomes})
    limit = norm(rng.choice("123"), rng.choice((Unit.WORKING_DAY, Unit.WORKING_HOUR)), counted=rng.random() < 0.8)
    waits = "delay" in changes or "delay_until" in changes
    changes |= {
        "norm": None if waits else limit,
        "may_pause": rng.random() < 0.5,
        "phase": "giai đoạn" if rng.random() < 0.3 else None,
        "sublimits": (SubLimit(name="phần", within=days("1")),) if rng.random() < 0.3 else (),
    }
    dressed = step.model_copy(update=changes)
    return dressed if waits else _timed_out(rng, _together(rng, dressed) if number else dressed)


def _together(rng: random.Random, step: Step) -> Step:
    """Now and then let several do a step: with one outcome, or with two that a vote decides between."""
    decided = all(not (isinstance(b.target, BackTo) and b.target.at_most) for o in step.outcomes for b in o.branches)
    if step.kind != "work" or len(step.outcomes) > 2 or not decided or rng.random() < 0.6:
        return step
    enough = rng.choice(
        (
            Enough(),
            Enough(at_least=2),
            Enough(share=(1, 2), more=True),
            Enough(share=(2, 3), of="appointed"),
        )
    )
    vote = rng.choice(step.outcomes).label if len(step.outcomes) > 1 else None
    called = rng.choice(
        (
            {"each": "person"},
            {"each": "unit", "named": ("Văn phòng", "Phòng Kế hoạch", "Sở A")},
            {"each": "unit", "named": ("Văn phòng",)},
        )
    )
    if vote is not None and enough.at_least is not None and len(called.get("named", "...")) < enough.at_least:
        return step  # a vote that can never pass is not called
    return step.model_copy(update={"several": Several(**called, enough=enough, vote=vote)})


def _timed_out(rng: random.Random, step: Step) -> Step:
    """Now and then let a step go on by itself when its time is over."""
    if rng.random() < 0.6:
        return step
    deemed = [o.label for o in step.outcomes if not any(isinstance(b.target, BackTo) for b in o.branches)]
    outcome = rng.choice((*deemed, LATE, *([None] if step.several else [])))
    after = rng.choice((None, days("4", Unit.HOUR)))
    ways = step.outcomes
    if outcome == LATE:
        ways = (*ways, step.outcomes[0].model_copy(update={"label": LATE}))
        if any(isinstance(branch.target, BackTo) for branch in step.outcomes[0].branches):
            return step
    return step.model_copy(update={"outcomes": ways, "timeout": Timeout(outcome=outcome, after=after)})


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
        kind = rng.random()
        if kind < 0.1:
            return self.steering(case)
        if 0.3 <= kind < 0.38:
            return handling(rng, case, self.office.id(), PEOPLE)
        return self.timing(case) if kind < 0.3 else self.working(case)

    def opening(self) -> OpenCase:
        fields = {} if self.rng.random() < 0.2 else {"tổng tiền": str(self.rng.choice((5, 500)))}
        fields |= {} if self.rng.random() < 0.1 else {"ngày họp": self.rng.choice(("05/03/2026", "20/03/2026"))}
        by = self.rng.choice((*PEOPLE, MACHINE, "nobody"))
        id_ = self.office.id()
        title = f"Thử {id_}" if self.rng.random() < 0.9 else "Thử"
        salt = str(self.rng.random())
        return OpenCase(id=id_, actor=by, procedure="QT-01", title=title, fields=fields, salt=salt)

    def steering(self, case: Case) -> AnyCommand:
        one = {"id": self.office.id(), "actor": self.rng.choice(PEOPLE), "case": case.id}
        kind = self.rng.choice(
            ("pause", "pause", "pause", "resume", "withdraw", "absent", "absent", "late", "late", "late case")
        )
        if kind == "pause":
            return PauseCase(**one, reason="chờ")
        if kind == "absent":
            number = self.rng.choice([item.number for item in case.live_items] or [0])
            return RecordAbsence(**one, item=number, reason=self.rng.choice(("ốm", "ốm", "")))
        if kind == "resume":
            return ResumeCase(**one)
        if kind == "withdraw":
            return WithdrawCase(**one, reason=self.rng.choice(("thôi", "", "")))
        number = self.rng.randint(1, len(case.items) + 1) if kind == "late" else None
        return RecordBreach(
            **(one | {"actor": MACHINE}), item=number, breach="late_step" if number is not None else "late_case"
        )

    def timing(self, case: Case) -> AnyCommand:
        """Stop, move or close the time of a case, mostly by somebody who may."""
        rng = self.rng
        item = rng.choice(case.live_items or case.items)
        one = {"id": self.office.id(), "actor": self.actor(item), "case": case.id}
        if case.supplement is not None and rng.random() < 0.6:
            if rng.random() < 0.2:
                return LapseSupplement(**(one | {"actor": MACHINE}), supplement=len(case.supplements))
            return AnswerSupplement(**one, full=rng.random() < 0.6, note=rng.choice(("còn thiếu", None)))
        waiting = [asked for asked in case.extensions if asked.open]
        if waiting and rng.random() < 0.6:
            one["actor"] = rng.choice(("chi", "dung", "em", *PEOPLE))
            return DecideExtension(**one, extension=waiting[0].number, grant=rng.random() < 0.8, reason="vậy")
        asked = [consultation for consultation in case.consultations if consultation.answerable]
        if asked and rng.random() < 0.6:
            number = rng.choice(asked).number
            if rng.random() < 0.4:
                return LapseConsultation(**(one | {"actor": MACHINE}), consultation=number)
            return GiveOpinion(**(one | {"actor": rng.choice(PEOPLE)}), consultation=number, opinion="đồng ý")
        return self.asking(item, one)

    def asking(self, item: Item, one: dict[str, str]) -> AnyCommand:
        rng = self.rng
        kinds = ("supplement", "supplement", "extension", "extension", "extension", "opinion", "opinion", "part", "end")
        kind = rng.choice(kinds)
        if kind == "supplement":
            return RequestSupplement(**one, item=item.number, lacking=("bản sao",), reason=rng.choice(("thiếu", "")))
        if kind == "extension":
            by = rng.choice(("2 ngày làm việc", "2 ngày làm việc", "2 ngày làm việc", "9 ngày làm việc", "lâu"))
            beyond = rng.random() < 0.3
            return RequestExtension(**one, by=by, reason="phức tạp", apology="xin lỗi", beyond=beyond)
        if kind == "opinion":
            of, within = rng.choice(("Văn phòng", "chi", "Không có")), rng.choice((None, "1 ngày làm việc"))
            waits = rng.random() < 0.5
            return AskOpinion(**one, item=item.number, of=of, question="Thế nào?", within=within, waits=waits)
        if kind == "part":
            return FinishPart(**one, item=item.number, part="phần")
        ends = StopCase if rng.random() < 0.5 else RefuseCase
        return ends(**(one | {"actor": rng.choice((*PEOPLE, "em"))}), reason=rng.choice(("thôi", "", "", "")))

    def working(self, case: Case) -> AnyCommand:
        rng = self.rng
        live = case.live_items
        item = rng.choice(live) if live and rng.random() < 0.95 else None
        number = item.number if item else rng.randint(0, len(case.items) + 1)
        one = {"id": self.office.id(), "actor": self.actor(item), "case": case.id, "item": number}
        if rng.random() < 0.02:
            one["expected_version"] = case.version - rng.choice((0, 1))
        timed = item is not None and item.timer is not None and rng.random() < 0.3
        if item is not None and (timed or item.waits_for != "work") and rng.random() < 0.9:
            kind = FireTimer if timed or item.waits_for == "delay" else AnswerErrand
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


def kept(case: Case) -> Dues:
    """Return what a case keeps as due."""
    live = case.live_items
    parts: list[tuple[int, str, datetime]] = []
    for item in live:
        parts += [(item.number, part.name, part.due) for part in item.parts if part.done_at is None]
        parts += [(item.number, LATE, item.expires)] if item.expires and item.waits_for != "delay" else []
    return Dues(
        case.due,
        tuple((item.number, item.due) for item in live if item.due is not None),
        tuple(parts),
        tuple((run.number, run.due) for run in case.running_phases),
        tuple((one.number, one.expires) for one in case.supplements if one.open and one.expires is not None),
        tuple((one.number, one.due) for one in case.consultations if one.open),
    )


def player(seed: int, office: Office | None = None) -> Player:
    """Return a player of `seed` on a procedure of its own; the same seed gives the same procedure and commands."""
    rng = random.Random(seed)  # noqa: S311 (play, not secrets)
    made = random_procedure(rng)
    ready = Office.with_(made) if office is None else office
    if office is not None:
        ready.shelf = Office.with_(made).shelf
    ready.organisation = headed(ready.organisation)
    return Player(ready, rng, at(2, 8))
