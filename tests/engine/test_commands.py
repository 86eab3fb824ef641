"""Every command tried by everybody in every state of a case, against a table written from the rules, not from the code.

A command without a row fails: whoever adds one says here who may give it, and when.
"""

from datetime import date
from typing import Any, get_args

import pytest

from engine import commands as ask
from engine.commands import MACHINE, AnyCommand, Command, OnCase
from engine.handle import Done
from engine.refusal import Refusal
from procedures.allowances import Extensions, Supplements
from procedures.model import FieldSpec, FieldType, Procedure
from procedures.organisation import Mandate, Organisation, OrgUnit, Person, Post
from procedures.shelf import MemoryShelf, release
from tests.engine.house import ISSUED, Office, at
from tests.procedures.building import days, end, go, norm, procedure, role, work

NOW = at(2, 8)
LATER = at(2, 10)
#: O opened the case and did its first step · H has, or had, the second in hand · P holds the same post ·
#: B heads the unit, which also owns the procedure · S stands in for H · D has H's post by delegation · X nothing of it.
WHO = {"O": "an", "H": "chi", "P": "dung", "B": "em", "S": "giang", "D": "hai", "X": "xuân", "M": MACHINE}
STATES = ("waiting", "taken", "paused", "ended", "withdrawn")
#: Which calendar is in force is no choice of whoever asks: every command follows it before it does anything else.
EVERYBODY = "ALL"
TABLE = """
ClaimWork            HPSD    H       -      -     -
StartWork            HPSD    H       -      -     -
ReleaseWork          -       H       H      -     -
FinishWork           HPSD    H       -      -     -
ReassignWork         B       B       B      -     -
RecallWork           O       -       -      -     -
SkipWork             B       B       -      -     -
GiveTask             B       HB      -      -     -
FinishTask           X       X       X      -     -
CancelTask           B       HB      HB     -     -
CorrectValues        OB      OB      OB     OB    OB
CorrectRecord        OB      OB      OB     OB    OB
ReopenCase           -       -       -      B     B
RehomeCase           M       M       M      -     -
PauseCase            OHPSD   OHPSD   -      -     -
ResumeCase           -       -       OHPSD  -     -
WithdrawCase         OHPSD   OHPSD   OHPSD  -     -
RefuseCase           B       B       B      -     -
StopCase             B       B       B      -     -
MigrateCase          OHPSD   OHPSD   -      -     -
FollowCalendar       ALL     ALL     ALL    -     -
RecordBreach         M       M       M      M     M
FireTimer            -       -       -      -     -
AnswerErrand         -       -       -      -     -
EraseValues          -       -       -      B     B
AttachFile           HPSD    H       -      -     -
RequestSupplement    HPSD    H       -      -     -
AnswerSupplement     -       -       -      -     -
LapseSupplement      -       -       -      -     -
RequestExtension     OHPSD   OHPSD   -      -     -
DecideExtension      -       -       -      -     -
AskOpinion           HPSD    H       -      -     -
GiveOpinion          -       -       -      -     -
LapseConsultation    -       -       -      -     -
FinishPart           -       -       -      -     -
RecordAbsence        -       -       -      -     -
EndCalledCase        -       -       -      -     -
"""
ROWS = {line.split()[0]: line.split()[1:] for line in TABLE.strip().splitlines()}


def agency() -> Organisation:
    clerk, account = Post("Chuyên viên", "Phòng Kế hoạch"), Post("Kế toán", "Văn phòng")
    held = {
        "an": clerk,
        "chi": account,
        "dung": account,
        "em": Post("Chánh Văn phòng", "Văn phòng"),
        "giang": Post("Văn thư", "Văn phòng"),
        "hai": Post("Văn thư", "Văn phòng"),
        "xuân": Post("Trưởng phòng", "Phòng Kế hoạch"),
    }
    units = (OrgUnit("Văn phòng", heads=("Chánh Văn phòng",)), OrgUnit("Phòng Kế hoạch"))
    term = {"since": date(2026, 3, 1), "until": date(2026, 3, 31)}
    mandates = (
        Mandate("QĐ 1", "substitution", "chi", "giang", **term),
        Mandate("QĐ 2", "delegation", "chi", "hai", (account,), **term),
    )
    return Organisation(units, tuple(Person(id_, id_.title(), (post,)) for id_, post in held.items()), mandates)


def two_steps(issue: int = 1) -> Procedure:
    first = work("mở", go("làm"), role="người mở", collect=("ghi chú",))
    return procedure(
        first,
        work("làm", end(), role="kế toán", may_pause=True, norm=norm("3")),
        roles=(role("người mở", "Chuyên viên"), role("kế toán", "Kế toán", unit="Văn phòng")),
        fields=(FieldSpec(name="ghi chú", type=FieldType.TEXT),),
        within=days("5"),
        extensions=Extensions(),
        supplements=Supplements(),
        issue=issue,
        effective_from=date(2026, 1, 9 + issue),
    )


def standing(state: str) -> tuple[Office, str]:
    """Bring a case into a state: its first step is done by O, the second waits, is taken by H, and so on."""
    shelf = MemoryShelf()
    shelf.publish(release(two_steps(), approved_by="Giám đốc", issued_at=ISSUED))
    given = Office(shelf, agency())
    case = given.open(NOW, by="an", procedure="QT-01")
    given.do(case, "mở", "an", NOW, fields={"ghi chú": "một"}, salt="s")
    shelf.publish(release(two_steps(2), approved_by="Giám đốc", issued_at=ISSUED))
    if state in {"taken", "paused"}:
        done(given.give(ask.ClaimWork(id="take", actor="chi", case=case, item=2), NOW))
    if state == "paused":
        done(given.give(ask.PauseCase(id="pause", actor="chi", case=case, reason="chờ"), NOW))
    if state == "ended":
        given.do(case, "làm", "chi", NOW)
    if state == "withdrawn":
        done(given.give(ask.WithdrawCase(id="end", actor="an", case=case, reason="thôi"), NOW))
    return given, case


def done(answer: Done | Refusal) -> None:
    assert isinstance(answer, Done), answer


def asked(kind: type[Command], case: str, actor: str) -> Command:
    """Return a command that has all it needs, so that only who asks and where the case stands can be against it."""
    told: dict[str, Any] = {"item": 2, "reason": "vì vậy", "salt": "s", "basis": "QĐ 9", "case": case, "issue": 2}
    told |= {"to": "dung", "what": "xem lại", "task": 1, "report": "đã xem", "says": "khác", "event": 1}
    told |= {"breach": "bypass", "names": ("ghi chú",), "supplement": 1, "consultation": 1, "extension": 1}
    told |= {"lacking": ("bản sao",), "full": True, "by": "1 ngày làm việc", "apology": "xin lỗi", "grant": True}
    told |= {
        "of": "Phòng Kế hoạch",
        "question": "ý kiến",
        "within": "1 ngày làm việc",
        "opinion": "đồng ý",
        "part": "x",
    }
    told |= {"digest": "a" * 64, "size": 1, "type": "application/pdf"}
    needed = {name: told[name] for name in kind.model_fields if name in told}
    if kind is ask.CorrectValues:
        needed["fields"] = {"ghi chú": "hai"}
    if kind is ask.AttachFile:
        needed["fields"] = {"tệp": "a.pdf"}
    if kind is ask.RecallWork:
        needed["item"] = 1
    if kind is ask.GiveTask:
        needed |= {"to": "xuân", "by": None}
    if kind in {ask.FireTimer, ask.AnswerErrand, ask.FinishWork}:
        needed.pop("reason", None)
    return kind(id="ask", actor=actor, **needed)


def prepared(kind: type[Command], given: Office, case: str) -> None:
    """Give the further task that two of the commands are about, where work can still be asked for."""
    if kind in {ask.FinishTask, ask.CancelTask} and not given.case(case).over:
        paused = given.case(case).paused_at is not None
        if paused:
            done(given.give(ask.ResumeCase(id="on", actor="chi", case=case), NOW))
        done(given.give(ask.GiveTask(id="task", actor="em", case=case, item=2, to="xuân", what="x"), NOW))
        if paused:
            done(given.give(ask.PauseCase(id="again", actor="chi", case=case, reason="chờ"), NOW))


def kinds() -> dict[str, type[OnCase]]:
    return {kind.__name__: kind for kind in get_args(AnyCommand) if kind is not ask.OpenCase}


def test_every_command_has_its_row_and_every_row_its_command() -> None:
    assert sorted(kinds()) == sorted(ROWS), "say in the table who may give the new command, and in which state"
    assert all(len(cells) == len(STATES) for cells in ROWS.values())


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", sorted(ROWS))
def test_a_command_is_carried_out_for_whom_the_table_says_and_refused_to_all_others(name: str, state: str) -> None:
    kind = kinds()[name]
    allowed = set()
    for letter, account in WHO.items():
        given, case = standing(state)
        prepared(kind, given, case)
        before = given.log(case)
        answer = given.give(asked(kind, case, account), LATER)  # type: ignore[arg-type]
        if isinstance(answer, Done):
            allowed.add(letter)
        else:
            assert given.log(case) == before, f"{letter}: refused, and yet something was written"
    cell = ROWS[name][STATES.index(state)]
    expected = set(WHO) if cell == EVERYBODY else set(cell.replace("-", ""))
    assert allowed == expected, f"{name} in state {state}"


@pytest.mark.parametrize("letter", WHO)
def test_a_case_is_opened_by_whoever_may_do_its_first_step_and_by_the_system(letter: str) -> None:
    given, _ = standing("waiting")
    command = ask.OpenCase(id="ask", actor=WHO[letter], procedure="QT-01", title="Việc mới")
    assert isinstance(given.give(command, LATER), Done) is (letter in "OM")
