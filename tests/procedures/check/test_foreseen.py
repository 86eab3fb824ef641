"""A limit by condition is warned of when its step may open before the values are there, and only then."""

import pytest

from procedures.allowances import CountedFrom, Variant
from procedures.check import check
from procedures.condition import All, Any, Condition, Not
from procedures.finding import Finding, Severity, Span
from procedures.model import FieldSpec, FieldType, Handover, Norm, Step
from procedures.places import Places
from tests.procedures.building import back, choose, days, end, go, norm, over, procedure, wait_all, wait_any, work

NOWHERE = Places(Span("a.yaml", 1, 1, 1, 1))
FIELDS = tuple(FieldSpec(name=name, type=FieldType.MONEY) for name in ("tổng tiền", "giá"))
SUM = {"collect": ("tổng tiền",)}


def weighed(key: str, *targets: object, when: Condition | None = None, **more: object) -> Step:
    """A step that takes 5 days above a sum, else 2."""
    limit = Norm(within=days("2"), variants=(Variant(when=when or over(100), within=days("5")),))
    return work(key, *targets, norm=limit, **more)  # type: ignore[arg-type]


def told(*steps: Step) -> list[Finding]:
    return [one for one in check(procedure(*steps, fields=FIELDS), NOWHERE) if one.code == "QT409"]


def test_a_value_of_every_case_is_there_in_time() -> None:
    assert not told(work("a", go("b"), norm=norm("1"), **SUM), weighed("b", end()))


@pytest.mark.parametrize(
    "steps",
    [
        (work("a", go("b")), weighed("b", end(), **SUM)),
        (work("a", go("b")), weighed("b", go("c")), work("c", end(), **SUM)),
        (work("a", go("b")), weighed("b", end())),
        (choose("a", {"Qua": go("x"), "Thẳng": go("b")}), work("x", go("b"), **SUM), weighed("b", end())),
        (
            work("a", go("x", "y")),
            work("x", go("b"), **SUM),
            work("y", go("b")),
            weighed("b", end(), join=wait_any("x", "y")),
        ),
    ],
    ids=["by the step itself", "by a later one", "by none", "on one of two ways", "by the slower of two branches"],
)
def test_a_value_that_may_come_later_is_told(steps: tuple[Step, ...]) -> None:
    (found,) = told(*steps)
    assert (found.severity, found.data["field"]) == (Severity.WARNING, "tổng tiền")
    assert (
        found.message.into("vi")
        == "bước “b” có thể bắt đầu khi chưa nhập “tổng tiền”; khi đó bước theo thời hạn “còn lại”"
    )


def test_where_all_branches_are_waited_for_the_value_of_one_is_there() -> None:
    fork = (work("a", go("x", "y")), work("x", go("b"), **SUM), work("y", go("b")))
    assert not told(*fork, weighed("b", end(), join=wait_all("x", "y")))


def test_what_was_entered_before_a_return_is_still_there_after_it() -> None:
    again = choose("c", {"Lại": back("b"), "Xong": end()})
    assert not told(work("a", go("b"), **SUM), weighed("b", go("c")), again)


@pytest.mark.parametrize(
    "when",
    [
        Not(part=over(5, "giá")),
        All(parts=(over(100), over(5, "giá"))),
        Any(parts=(over(100), Not(part=All(parts=(over(5, "giá"), over(100)))))),
    ],
)
def test_every_value_of_a_condition_is_looked_for(when: Condition) -> None:
    (found,) = told(work("a", go("b"), **SUM), weighed("b", end(), when=when))
    assert found.data["field"] == "giá"


def test_what_a_called_case_brings_back_is_entered() -> None:
    brings = work("a", go("b"), handover=Handover(takes=(("tổng tiền", "số tiền"),)))
    assert not told(brings, weighed("b", end()))


def test_a_step_is_told_once() -> None:
    two = tuple(Variant(when=over(amount), within=days("5")) for amount in (100, 50))
    step = work("b", end(), norm=Norm(within=days("2"), variants=two))
    assert len(told(work("a", go("b")), step)) == 1


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (CountedFrom(event="date", name="ngày ký"), "tính từ ngày “ngày ký”"),
        (CountedFrom(event="opinion"), "tính từ khi có ý kiến"),
        (CountedFrom(event="complete"), None),
        (CountedFrom(), None),
    ],
)
def test_that_a_limit_from_an_event_at_any_time_is_not_proven_is_told(start: CountedFrom, said: str | None) -> None:
    steps = (work("a", go("b"), norm=norm("9")), work("b", end(), norm=norm("2")))
    given = {"counted_from": start, "fields": (FieldSpec(name="ngày ký", type=FieldType.DATE),)}
    found = [one for one in check(procedure(*steps, within=days("5"), **given), NOWHERE) if one.code == "QT410"]
    assert [one.severity for one in found] == [Severity.HINT] * (said is not None)
    assert all(str(said) in one.message.into("vi") for one in found)
    assert not [one for one in check(procedure(*steps, **given), NOWHERE) if one.code == "QT410"]  # no limit at all
