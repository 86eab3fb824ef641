"""Limits by condition are proven for each way the conditions can come out, and for no way they cannot."""

from collections.abc import Sequence

import pytest

from procedures.allowances import CountedFrom, Variant
from procedures.check import check
from procedures.check.instances import instances
from procedures.check.subject import Subject
from procedures.condition import Compare
from procedures.finding import Finding, Span
from procedures.model import FieldSpec, FieldType, Norm, Phase, Procedure
from procedures.places import Places
from tests.procedures.building import days, end, go, norm, over, procedure, work

NOWHERE = Places(Span("a.yaml", 1, 1, 1, 1))
MONEY = (FieldSpec(name="tổng tiền", type=FieldType.MONEY),)


def when(limit: int, amount: str) -> Variant:
    return Variant(when=over(limit), within=days(amount))


def sample(
    rest: str, *variants: Variant, case: Sequence[Variant] = (), within: str = "10", **more: object
) -> Procedure:
    """Step `a` takes 2 days, `b` as its variants say; above 50 the case goes on to `c`, which takes 5."""
    steps = (
        work("a", go("b"), norm=norm("2"), collect=("tổng tiền",)),
        work("b", (over(50), go("c")), end(), norm=Norm(within=days(rest), variants=variants)),
        work("c", end(), norm=norm("5")),
    )
    return procedure(*steps, within=days(within), variants=tuple(case), fields=MONEY, **more)


def found(tried: Procedure, code: str = "QT401") -> list[Finding]:
    return [finding for finding in check(tried, NOWHERE) if finding.code == code]


def test_a_limit_without_conditions_is_one_instance() -> None:
    plain = Subject(sample("1"), NOWHERE)
    assert [(case, one) for case, one in instances(plain)] == [(None, plain)]


def test_only_what_can_come_out_together_is_an_instance() -> None:
    tried = Subject(sample("1", when(100, "4"), case=(when(50, "20"),)), NOWHERE)
    seen = {(one.procedure.within.text, one.procedure.step("b").norm.within.text) for _, one in instances(tried)}  # type: ignore[union-attr]
    long, short = days("20").text, days("10").text
    assert seen == {(long, days("4").text), (long, days("1").text), (short, days("1").text)}  # never (short, 4)


def test_an_instance_takes_only_the_ways_that_its_conditions_leave() -> None:
    tried = Subject(sample("1", case=(when(50, "20"),)), NOWHERE)
    ways = [len(one.procedure.step("b").outcomes[0].branches) for _, one in instances(tried)]
    assert ways == [1, 1]


@pytest.mark.parametrize(
    ("rest", "variants", "case", "fits"),
    [
        ("1", (), (when(50, "10"),), True),  # above 50: 2 + 1 + 5 in 10
        ("1", (), (when(50, "7"),), False),
        ("8", (when(50, "1"),), (when(50, "8"),), True),  # otherwise: 2 + 8 in 10, above: 2 + 1 + 5 in 8
        ("9", (when(50, "1"),), (when(50, "8"),), False),
        ("1", (when(50, "4"),), (), False),  # above 50: 2 + 4 + 5 in 10
        ("1", (when(50, "3"),), (), True),
    ],
)
def test_each_instance_is_held_to_its_own_limit(
    rest: str,
    variants: tuple[Variant, ...],
    case: tuple[Variant, ...],
    fits: bool,  # noqa: FBT001
) -> None:
    told = found(sample(rest, *variants, case=case))
    assert (not told) is fits
    assert all("xảy ra khi" in one.notes[-1].into("vi") for one in told)


def test_conditions_that_no_sample_decides_are_taken_in_every_way() -> None:
    odd = Variant(when=Compare(left=over(1).right, op="gt", right=over(1).right), within=days("6"))
    assert found(sample("1", case=(odd,)))  # 8 days do not fit into 6, and nobody knows that it never holds


def test_a_phase_is_held_to_its_limit_in_each_instance() -> None:
    phase = Phase(name="giữa", within=days("3"), steps=("b",))
    assert not found(sample("3", when(50, "2"), within="20", phases=(phase,)), "QT404")
    assert found(sample("3", when(50, "4"), within="20", phases=(phase,)), "QT404")


@pytest.mark.parametrize(
    ("start", "fits"),
    [
        (CountedFrom(), False),
        (CountedFrom(event="complete"), True),
        (CountedFrom(event="step", name="b"), True),
        (CountedFrom(event="date", name="ngày"), True),
        (CountedFrom(event="opinion"), True),
    ],
)
def test_what_comes_before_the_start_event_takes_nothing_out_of_the_limit(start: CountedFrom, fits: bool) -> None:  # noqa: FBT001
    assert (not found(sample("4", within="9", counted_from=start))) is fits


def test_after_the_start_event_the_limit_is_held_all_the_same() -> None:
    (told,) = found(sample("5", within="9", counted_from=CountedFrom(event="complete")))
    assert "a 2" not in " ".join(note.into("vi") for note in told.notes)
