from decimal import Decimal

import pytest

from procedures.model import Indicator, Procedure
from quality.facts import CaseFact
from quality.periods import parse
from quality.targets import Target, targets
from tests.quality.agency import ZONE, at, declared
from tests.quality.rows import MARCH, case, clock, facts, group, item


def aimed(**more: object) -> Procedure:
    told = {"key": "CT1", "measure": "on_time", "direction": "at_least", "bound": Decimal("0.5"), "period": "month"}
    return declared().model_copy(update={"indicators": (Indicator(**{**told, "text": "chỉ tiêu", **more}),)})


def seen(procedure: Procedure, *cases: CaseFact, period=MARCH, items: tuple = ()) -> list[Target]:  # noqa: ANN001
    return targets(group(*cases, items=items), procedure, period, clock(facts(list(cases))))


LATE, PUNCTUAL = case("A", at(2), at(5), at(4)), case("B", at(2), at(3), at(4))


def test_a_target_is_met_when_the_bound_is_just_reached() -> None:
    assert [target.met for target in seen(aimed(), LATE, PUNCTUAL)] == [True]
    assert [target.met for target in seen(aimed(bound=Decimal("0.51")), LATE, PUNCTUAL)] == [False]


def test_nothing_to_measure_is_neither_met_nor_missed() -> None:
    assert [target.met for target in seen(aimed(), case("C", at(2)))] == [None]


def test_a_monthly_target_is_measured_for_each_month_of_a_quarter() -> None:
    found = seen(aimed(), LATE, PUNCTUAL, period=parse("2026-Q1", ZONE))
    assert [(target.period.key, target.met) for target in found] == [
        ("2026-01", None),
        ("2026-02", None),
        ("2026-03", True),
    ]


def test_a_yearly_target_is_measured_over_the_month_that_was_asked() -> None:
    assert [target.period.key for target in seen(aimed(period="year"), LATE)] == ["2026-03"]


@pytest.mark.parametrize(("bound", "met"), [("1.2", True), ("1.1", False)])
def test_a_median_is_in_working_days_of_eight_hours(bound: str, met: bool) -> None:  # noqa: FBT001
    procedure = aimed(measure="cycle_time", direction="at_most", bound=Decimal(bound), unit="working_day")
    [target] = seen(procedure, case("A", at(2, 8), at(3, 10)))
    assert target.figure.value == pytest.approx((3.5 + 3.5 + 2.5) / 8)
    assert target.met is met


def test_returns_are_a_share_or_a_count() -> None:
    back = (item("A", 1, "kiểm tra", at(2), at(2, 9), returned_to="lập phiếu"),)
    of_share = aimed(measure="returned", direction="at_most", bound=Decimal("0.4"))
    of_count = aimed(measure="returned", direction="at_most", bound=Decimal(1), unit="count")
    assert [target.figure.value for target in seen(of_share, LATE, PUNCTUAL, items=back)] == [0.5]
    assert [target.met for target in seen(of_count, LATE, PUNCTUAL, items=back)] == [True]


def test_steps_have_a_target_of_their_own() -> None:
    done = (item("A", 1, "kiểm tra", at(2), at(3), due=at(4)), item("A", 2, "duyệt", at(3), at(5), due=at(4)))
    [target] = seen(aimed(measure="step_on_time"), LATE, items=done)
    assert target.figure.value == 0.5
