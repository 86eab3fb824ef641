"""A case waits for cases of other agencies: values go over and come back, the end of one is the end of the other."""

from pathlib import Path

import pytest

from engine.calls import follow
from engine.case import CaseStatus
from engine.commands import EndCalledCase, PauseCase, RecordAbsence, SkipWork, WithdrawCase
from engine.errands.stuck import stuck
from engine.events import AnswerMissed
from engine.handle import Done, rules_for
from engine.refusals.access import OnlyTheSystem
from engine.refusals.people import MayNotSkip
from engine.refusals.together import NotCalled
from engine.store import Store
from engine.stores.audit import verify
from engine.stores.memory import MemoryStore
from engine.stores.sql import SqlStore
from engine.timers import fire
from procedures.handover import Handover
from procedures.model import LATE, FieldSpec, FieldType, Procedure, Step, Timeout
from procedures.several import Enough, Several
from tests.engine.handling import headed
from tests.engine.house import Office, at
from tests.procedures.building import choose, end, go, norm, procedure, role, work

NOW = at(2, 8)
OFFICES = "Văn phòng; Phòng Kế hoạch"
VALUES = (
    FieldSpec(name="diện tích", type=FieldType.NUMBER),
    FieldSpec(name="khẩn", type=FieldType.YES_NO),
    FieldSpec(name="các nơi", type=FieldType.UNITS),
    FieldSpec(name="nghĩa vụ", type=FieldType.MONEY),
)


def agency(**more: object) -> tuple[Procedure, Procedure]:
    """The land office asks the tax office (called), which answers with an amount or finds nothing to pay."""
    calling = Step(
        key="hỏi thuế",
        name="Hỏi thuế",
        call="QT-02",
        outcomes=choose("x", {"có nghĩa vụ": go("trả"), "không phát sinh": end("xong sớm")}).outcomes,
        handover=Handover(gives=(("đất", "diện tích"), ("gấp", "khẩn")), takes=(("nghĩa vụ", "số tiền"),)),
    ).model_copy(update=more)
    land = procedure(
        work("nhận", go("hỏi thuế"), collect=("diện tích", "khẩn", "các nơi")),
        calling,
        work("trả", end("hoàn thành")),
        fields=VALUES,
    )
    tax = procedure(
        work("vào sổ", go("tính"), collect=("đất", "gấp")),
        choose("tính", {"Có": end("có nghĩa vụ"), "Không": end("không phát sinh")}, role="kế toán", may_pause=True),
        code="QT-02",
        roles=(role("cán bộ", "Chuyên viên", "Chuyên viên quản trị"), role("kế toán", "Kế toán", "Chuyên viên")),
        fields=(
            FieldSpec(name="đất", type=FieldType.NUMBER),
            FieldSpec(name="gấp", type=FieldType.YES_NO),
            FieldSpec(name="số tiền", type=FieldType.MONEY),
        ),
        owner_unit="Phòng Kế hoạch",
        within=None,
    )
    paid = tax.step("tính").model_copy(update={"collect": ("số tiền",)})
    return land, tax.model_copy(update={"steps": (tax.steps[0], paid)})


@pytest.fixture(params=["memory", "sql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return MemoryStore() if request.param == "memory" else SqlStore(tmp_path / "a.db")


def asked(*made: Procedure, store: Store | None = None, **fields: str) -> tuple[Office, str]:
    given = Office.with_(*made, store=store)
    case = given.open(NOW, procedure="QT-01")
    given.do(case, "nhận", "an", NOW, fields=fields, salt="s")
    return given, case


def look(given: Office) -> list[Done]:
    return follow(given.store, given, NOW, {})


def children(given: Office, parent: str) -> list[str]:
    with given.store.reading() as reader:
        return [case.id for case in reader.cases() if case.parent is not None and case.parent[0] == parent]


def values(given: Office, case: str) -> dict[str, str]:
    with given.store.reading() as reader:
        held = reader.held(case)
    assert held is not None
    return dict(held.values)


def answered(given: Office, child: str, outcome: str = "Có", by: str = "an", **fields: str) -> None:
    given.do(child, "vào sổ", by, NOW)
    given.do(child, "tính", by, NOW, outcome, fields={name.replace("_", " "): text for name, text in fields.items()})


def test_values_go_over_and_the_result_comes_back_with_its_own(store: Store) -> None:
    given, case = asked(*agency(), store=store, **{"diện tích": "120,5", "khẩn": "có"})
    assert len(look(given)) == 1
    (child,) = children(given, case)
    assert values(given, child) == {"đất": "120.5", "gấp": "true"}
    assert look(given) == [], "the call is opened once"
    answered(given, child, số_tiền="12 triệu")
    assert len(look(given)) == 1
    assert [item.step for item in given.case(case).live_items] == ["trả"]
    assert values(given, case)["nghĩa vụ"] == "12000000"
    assert look(given) == []
    if isinstance(store, SqlStore):
        assert verify(store).sound


def test_the_result_of_the_called_case_chooses_the_way() -> None:
    given, case = asked(*agency())
    look(given)
    answered(given, *children(given, case), outcome="Không")
    look(given)
    assert given.case(case).result == "xong sớm"


def test_the_called_case_is_handled_by_the_unit_that_is_named() -> None:
    given, case = asked(*agency(handover=Handover(unit="Văn phòng")))
    look(given)
    (child,) = children(given, case)
    assert given.case(child).unit == "Văn phòng"


def test_the_end_of_the_call_ends_the_called_case_even_while_it_is_paused(store: Store) -> None:
    given, case = asked(*agency(), store=store)
    look(given)
    (child,) = children(given, case)
    given.do(child, "vào sổ", "an", NOW)
    assert isinstance(given.give(PauseCase(id="p", actor="an", case=child, reason="chờ"), NOW), Done)
    given.give(WithdrawCase(id="w", actor="an", case=case, reason="rút"), NOW)
    assert len(look(given)) == 1
    ended = given.case(child)
    assert ended.status is CaseStatus.STOPPED
    assert ended.live_items == ()
    assert given.log(child)[-1].command == f"uncall/{child}"
    assert look(given) == []


def test_only_the_system_ends_a_called_case_and_only_a_called_one() -> None:
    given, case = asked(*agency())
    assert isinstance(given.give(EndCalledCase(id="1", actor="an", case=case), NOW), OnlyTheSystem)
    assert isinstance(given.give(EndCalledCase(id="2", actor="hệ thống", case=case), NOW), NotCalled)


def several(enough: Enough) -> tuple[Procedure, Procedure]:
    ask = Several(each="unit", field="các nơi", enough=enough)
    return agency(several=ask, outcomes=work("x", go("trả")).outcomes)


def test_several_agencies_are_asked_at_once_and_each_answer_is_kept_beside_its_name(store: Store) -> None:
    given, case = asked(*several(Enough()), store=store, **{"các nơi": OFFICES})
    assert len(look(given)) == 2
    first, second = children(given, case)
    assert [given.case(one).unit for one in (first, second)] == OFFICES.split("; ")
    answered(given, first, số_tiền="1 triệu")
    look(given)
    assert [item.step for item in given.case(case).live_items] == ["hỏi thuế"]
    answered(given, second, số_tiền="2 triệu")
    look(given)
    assert [item.step for item in given.case(case).live_items] == ["trả"]
    kept = {name: text for name, text in values(given, case).items() if name.startswith("nghĩa vụ")}
    assert kept == {"nghĩa vụ · Văn phòng": "1000000", "nghĩa vụ · Phòng Kế hoạch": "2000000"}


def test_one_answer_may_be_enough_and_the_other_agency_is_told_to_stop() -> None:
    given, case = asked(*several(Enough(at_least=1)), **{"các nơi": OFFICES})
    look(given)
    first, second = children(given, case)
    answered(given, first)
    assert len(look(given)) == 1
    assert [item.step for item in given.case(case).live_items] == ["trả"]
    assert len(look(given)) == 1
    assert given.case(second).status is CaseStatus.STOPPED


def test_a_call_that_is_not_answered_in_time_goes_on_and_ends_the_called_case() -> None:
    late = work("x", end("quá hạn")).outcomes[0].model_copy(update={"label": LATE})
    outcomes = (*work("x", go("trả")).outcomes, late)
    given, case = asked(*agency(outcomes=outcomes, norm=norm("2"), timeout=Timeout(outcome=LATE)))
    look(given)
    (child,) = children(given, case)
    assert len(fire(given.store, given, at(9, 8))) == 1
    assert given.case(case).result == "quá hạn"
    look(given)
    assert given.case(child).over


def ended_without_result(given: Office, case: str) -> str:
    look(given)
    (child,) = children(given, case)
    given.do(child, "vào sổ", "an", NOW)
    assert isinstance(given.give(WithdrawCase(id="w", actor="an", case=child, reason="rút"), NOW), Done)
    return child


def test_a_case_that_stands_because_what_it_called_came_to_nothing_says_so_with_the_remedy(tmp_path: Path) -> None:
    store = SqlStore(tmp_path / "a.db")
    given, case = asked(*agency(), store=store)
    procedure = rules_for(given.case(case), given).procedure

    def told() -> list[str]:
        with store.reading() as reader:
            return [words.into("vi") for _, words in stuck(reader, given.case(case), procedure)]

    assert told() == []
    child = ended_without_result(given, case)
    (said,) = told()
    assert f"{child} mà bước này gọi đã kết thúc với kết quả “rút hồ sơ”" in said
    assert said.endswith(f"quytrinh case skip {case}")


@pytest.mark.parametrize("alone", [True, False])
def test_a_called_case_that_came_to_nothing_is_no_answer_and_the_head_leaves_the_step_out(*, alone: bool) -> None:
    land, tax = agency(outcomes=work("x", go("trả")).outcomes) if alone else agency()
    given, case = asked(land, tax)
    given.organisation = headed(given.organisation)
    ended_without_result(given, case)
    assert look(given) == []
    (item,) = given.case(case).live_items
    assert item.step == "hỏi thuế"
    skipped = SkipWork(id="1", actor="an", case=case, item=item.number, reason="cơ quan thuế đã dừng")
    outcome = None if alone else "có nghĩa vụ"
    assert isinstance(given.give(skipped, NOW), MayNotSkip)
    done = given.give(skipped.model_copy(update={"id": "2", "actor": "dung", "outcome": outcome}), NOW)
    assert isinstance(done, Done), done
    assert [one.step for one in given.case(case).live_items] == ["trả"]
    assert given.case(case).breaches == (f"skipped/{item.number}",)
    assert look(given) == []


def test_a_called_case_that_came_to_nothing_has_its_way_where_one_is_declared() -> None:
    ways = choose("x", {"có nghĩa vụ": go("trả"), "rút hồ sơ": end("thôi")}).outcomes
    given, case = asked(*agency(outcomes=ways))
    ended_without_result(given, case)
    assert len(look(given)) == 1
    assert given.case(case).result == "thôi"


def test_one_of_several_agencies_whose_case_came_to_nothing_is_absent(store: Store) -> None:
    given, case = asked(*several(Enough()), store=store, **{"các nơi": OFFICES})
    look(given)
    first, second = children(given, case)
    given.do(first, "vào sổ", "an", NOW)
    given.give(WithdrawCase(id="w", actor="an", case=first, reason="rút"), NOW)
    (missed,) = look(given)
    event = missed.records[0].event
    assert isinstance(event, AnswerMissed)
    assert event.reason == f"{first}: rút hồ sơ"
    assert given.case(case).items[1].absent
    answered(given, second, số_tiền="2 triệu")
    look(given)
    assert [item.step for item in given.case(case).live_items] == ["trả"]
    assert look(given) == []


def test_whoever_opened_the_case_records_that_an_agency_it_waits_for_is_absent() -> None:
    given, case = asked(*several(Enough()), **{"các nơi": OFFICES})
    look(given)
    first, second = children(given, case)
    answered(given, second)
    look(given)
    absent = RecordAbsence(id="v", actor="an", case=case, item=2, reason="không trả lời")
    assert isinstance(given.give(absent, NOW), Done)
    assert [item.step for item in given.case(case).live_items] == ["trả"]
    look(given)
    assert given.case(first).status is CaseStatus.STOPPED
