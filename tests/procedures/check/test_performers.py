"""What several do together, and what happens when nobody does it in time, always comes to something."""

import pytest

from procedures.check import check
from procedures.model import LATE, FieldSpec, FieldType, Holder, Step, Timeout
from procedures.several import Enough, Several
from tests.engine.house import people
from tests.procedures.building import back, choose, end, go, norm, procedure, role, route, work
from tests.procedures.check.telling import places

PERSON = Several(each="person")
VOTE = Several(each="person", vote="Được", enough=Enough(share=(1, 2), more=True))


def codes(step: Step, **more: object) -> list[str]:
    fields = (FieldSpec(name="ai", type=FieldType.PEOPLE), FieldSpec(name="đâu", type=FieldType.UNITS))
    sample = procedure(work("s", go("a")), step, work("z", end()), fields=fields, **more)
    found = check(sample, places(sample), people())
    return [finding.code for finding in found if finding.code in {"QT317", "QT318", "QT319", "QT330", "QT331", "QT332"}]


def late(step: Step, target: object) -> Step:
    way = work("x", target).outcomes[0].model_copy(update={"label": LATE})
    return step.model_copy(update={"outcomes": (*step.outcomes, way)})


TWO = {"Được": go("z"), "Không": end("thôi")}


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (work("a", go("z"), several=PERSON), []),
        (choose("a", TWO, several=VOTE), []),
        (choose("a", TWO, several=PERSON), ["QT330"]),
        (choose("a", {**TWO, "Khác": go("z")}, several=VOTE), ["QT330"]),
        (choose("a", {"Có": go("z"), "Không": end("thôi")}, several=VOTE), ["QT330"]),
        (work("a", go("z"), several=VOTE), ["QT330"]),
        (route("a", go("z"), several=PERSON), ["QT330"]),
        (route("a", go("z"), call="QT-02", several=PERSON), ["QT330"]),
        (route("a", go("z"), call="QT-02", several=Several(each="unit", named=("Văn phòng",))), []),
        (choose("a", {"Được": go("z"), "Không": back("s")}, several=VOTE), ["QT318"]),
        (choose("a", {"Được": go("z"), "Không": back("s", None)}, several=VOTE), []),
        (work("a", go("z"), norm=norm("1"), timeout=Timeout(outcome="Xong")), []),
        (work("a", go("z"), timeout=Timeout(outcome="Xong")), ["QT319"]),
        (work("a", go("z"), norm=norm("1"), timeout=Timeout(outcome=None)), ["QT319"]),
        (work("a", go("z"), norm=norm("1"), timeout=Timeout(outcome=None), several=PERSON), []),
        (route("a", go("z"), timeout=Timeout(outcome="Xong")), ["QT319"]),
        (late(work("a", go("z"), norm=norm("1"), timeout=Timeout(outcome=LATE)), back("s")), ["QT318"]),
        (late(work("a", go("z"), norm=norm("1"), timeout=Timeout(outcome=LATE)), end("quá hạn")), []),
        (choose("a", {"Được": go("z"), "Không": back("s")}, norm=norm("1"), timeout=Timeout(outcome="Được")), []),
        (work("a", go("z"), several=Several(each="person", enough=Enough(at_least=2))), []),
        (work("a", go("z"), several=Several(each="person", enough=Enough(at_least=3))), ["QT332"]),
        (work("a", go("z"), several=Several(each="unit", named=("Văn phòng",), enough=Enough(at_least=3))), ["QT332"]),
        (work("a", go("z"), several=Several(each="unit", named=("Văn phòng", "Phòng Lạ"))), ["QT331"]),
        (work("a", go("z"), several=Several(each="unit", field="đâu", enough=Enough(at_least=9))), []),
        (work("a", go("z"), several=Several(each="unit", field="ai")), ["QT331"]),
        (work("a", go("z"), several=Several(each="person", field="ai")), []),
    ],
)
def test_every_answer_and_every_silence_comes_to_something(step: Step, expected: list[str]) -> None:
    assert codes(step) == expected


def test_a_time_out_that_adds_a_way_gives_nobody_a_choice() -> None:
    delay = late(work("a", go("z"), norm=norm("1"), timeout=Timeout(outcome=LATE)), end("quá hạn"))
    assert [outcome.label for outcome in delay.choices] == ["Xong"]


def test_a_role_of_the_unit_that_opens_is_not_counted() -> None:
    own = role("cán bộ", "Chuyên viên")
    relative = own.model_copy(update={"holders": (own.holders[0].model_copy(update={"relative": "opener_unit"}),)})
    step = work("a", go("z"), several=Several(each="person", enough=Enough(at_least=9)))
    assert codes(step, roles=(relative,)) == []


def test_each_unit_that_is_called_has_somebody_for_it_and_one_that_may_be_listed_is_only_hinted_at() -> None:
    def found(several: Several, position: str, unit: str | None = None) -> list[tuple[str, object]]:
        fields = (FieldSpec(name="đâu", type=FieldType.UNITS),)
        step = work("a", go("z"), role="góp ý", several=several)
        asked = role("góp ý", position).model_copy(update={"holders": (Holder(position=position, unit=unit),)})
        roles = (role("cán bộ", "Chuyên viên"), asked)
        sample = procedure(work("s", go("a"), collect=("đâu",)), step, work("z", end()), fields=fields, roles=roles)
        told = check(sample, places(sample), people())
        return [(one.severity.value, one.data["units"]) for one in told if one.code == "QT333"]

    both = Several(each="unit", named=("Văn phòng", "Phòng Kế hoạch"))
    assert found(both, "Chuyên viên") == []
    assert found(both, "Kế toán") == [("error", ["Phòng Kế hoạch"])]
    assert found(Several(each="unit", field="đâu"), "Kế toán") == [("hint", ["Sở A", "Phòng Kế hoạch"])]
    assert found(both, "Kế toán", unit="Văn phòng") == [], "who holds it in one named unit does it for all"
