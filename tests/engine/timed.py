"""An office with a procedure that allows everything with its time, and short ways to ask for it."""

from datetime import datetime

from engine.commands import (
    AnswerSupplement,
    AnyCommand,
    AskOpinion,
    DecideExtension,
    GiveOpinion,
    RequestExtension,
    RequestSupplement,
)
from engine.handle import Done
from engine.refusal import Refusal
from procedures.allowances import Extensions, SupplementClock, Supplements
from procedures.lengths import Duration
from procedures.model import SubLimit
from tests.engine.house import Office, at
from tests.procedures.building import days, end, go, norm, procedure, role, work

NOW = at(2, 8)
ROLES = (role("cán bộ", "Chuyên viên"), role("lãnh đạo", "Giám đốc"))


def length(amount: str) -> Duration:
    return days(amount).model_copy(update={"text": f"{amount} ngày làm việc"})


def timed(clock: SupplementClock = "restart", **more: object) -> Office:
    """Two steps within ten working days; `xét` has three, and a part of one."""
    given: dict[str, object] = {
        "within": length("10"),
        "roles": ROLES,
        "supplements": Supplements(at_most=1, clock=clock, close_after=length("15")),
        "extensions": Extensions(at_most=1, each=length("5"), decided_by=("lãnh đạo",)),
        "refused_by": ("lãnh đạo",),
        "stopped_by": ("lãnh đạo",),
    }
    parts = (SubLimit(name="trả lời", within=length("1")),)
    steps = (
        work("nhận", go("xét"), norm=norm("1")),
        work("xét", end(), norm=norm("3"), sublimits=parts, may_pause=True),
    )
    return Office.with_(procedure(*steps, **(given | more)))


def opened(office: Office, now: datetime = NOW) -> str:
    """Open a case and bring it to `xét`, item 2."""
    case = office.open(now, procedure="QT-01")
    office.do(case, "nhận", "an", now)
    return case


def done(office: Office, command: AnyCommand, now: datetime) -> Done:
    answer = office.give(command, now)
    assert isinstance(answer, Done), answer
    return answer


def refused(office: Office, command: AnyCommand, now: datetime) -> Refusal:
    """Give a command that must be refused; then nothing has changed."""
    before = office.log(command.case)  # type: ignore[union-attr]
    answer = office.give(command, now)
    assert isinstance(answer, Refusal), answer
    assert office.log(command.case) == before  # type: ignore[union-attr]
    return answer


def lacking(office: Office, case: str, by: str = "an", **more: object) -> RequestSupplement:
    given = {"item": 2, "lacking": ("Bản sao",), "reason": "thiếu"} | more
    return RequestSupplement(id=office.id(), actor=by, case=case, **given)  # type: ignore[arg-type]


def received(office: Office, case: str, by: str = "an", **more: object) -> AnswerSupplement:
    return AnswerSupplement(id=office.id(), actor=by, case=case, **({"full": True} | more))  # type: ignore[arg-type]


def longer(office: Office, case: str, **more: object) -> RequestExtension:
    given = {"actor": "an", "by": "5 ngày làm việc", "reason": "phức tạp", "apology": "Xin lỗi"} | more
    return RequestExtension(id=office.id(), case=case, **given)  # type: ignore[arg-type]


def decided(office: Office, case: str, by: str = "em", **more: object) -> DecideExtension:
    given = {"extension": 1, "grant": True} | more
    return DecideExtension(id=office.id(), actor=by, case=case, **given)  # type: ignore[arg-type]


def asking(office: Office, case: str, by: str = "an", **more: object) -> AskOpinion:
    given = {"item": 2, "of": "Văn phòng", "question": "Có được không?", "within": "3 ngày làm việc"} | more
    return AskOpinion(id=office.id(), actor=by, case=case, **given)  # type: ignore[arg-type]


def saying(office: Office, case: str, by: str = "chi", **more: object) -> GiveOpinion:
    given = {"consultation": 1, "opinion": "Được"} | more
    return GiveOpinion(id=office.id(), actor=by, case=case, **given)  # type: ignore[arg-type]
