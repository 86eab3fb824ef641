"""A policy on breaches that can never be met is told, and only such a one."""

import pytest

from procedures.check import check
from procedures.finding import Severity, Span
from procedures.model import BreachRule, Procedure
from procedures.places import Places
from tests.procedures.building import end, go, norm, procedure, purchase, work

NOWHERE = Places(Span("a.yaml", 1, 1, 1, 1))
PLAIN = procedure(work("a", go("b")), work("b", end()))


def never(sample: Procedure, breach: str) -> list[str]:
    rule = BreachRule(breach=breach, text=breach)  # type: ignore[arg-type]
    found = check(sample.model_copy(update={"breach_policy": (rule,)}), NOWHERE)
    return [f.label.into("en") for f in found if f.code == "QT616" and f.severity is Severity.HINT and f.label]


@pytest.mark.parametrize(
    ("breach", "why"),
    [
        ("late_case", "the procedure declares no time limit for a case"),
        ("late_step", "no step declares a time"),
        ("returned", "no step returns a case"),
        ("missing_record", "no step declares what is to be ticked, a result, or a form"),
    ],
)
def test_what_a_breach_is_measured_by_must_be_declared(breach: str, why: str) -> None:
    assert never(PLAIN, breach) == [why]
    assert never(purchase(), breach) == []


@pytest.mark.parametrize(
    ("breach", "why"),
    [("late_phase", "no phase declares a time"), ("late_part", "no step declares a limit of a part")],
)
def test_the_time_of_phases_and_parts_must_be_declared(breach: str, why: str) -> None:
    assert never(PLAIN, breach) == [why]


def test_what_can_always_happen_is_not_told() -> None:
    assert never(PLAIN, "skipped") == never(PLAIN, "wrong_performer") == []


def test_a_norm_of_any_step_is_enough() -> None:
    assert never(procedure(work("a", go("b"), norm=norm("1")), work("b", end())), "late_step") == []


@pytest.mark.parametrize("declares", [{"checklist": ("x",)}, {"outputs": ("Biên bản",)}, {"forms": ("BM-01",)}])
def test_a_record_can_be_missing_where_a_list_a_result_or_a_form_is_declared(declares: dict[str, tuple[str]]) -> None:
    assert never(procedure(work("a", end()).model_copy(update=declares)), "missing_record") == []
    filled = {"forms": ("BM-01",), "collect": ("x",)}
    assert len(never(procedure(work("a", end()).model_copy(update=filled)), "missing_record")) == 1
