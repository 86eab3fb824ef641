from dataclasses import replace
from typing import get_args

import pytest

from procedures.model import BreachRule
from quality.facts import BreachFact
from quality.policy import HANDLING, HOUSE, met, rules_of
from tests.quality.agency import ZONE, at, declared, handling


def late_step(case: str, day: int, step: str = "kiểm tra", month: int = 3, **more: object) -> BreachFact:
    due = int(at(day, 17, month=month).timestamp())
    told = {"number": 2, "kind": "late_step", "seq": 5, "procedure": "QT-TT-01", "issue": 1, **more}
    return BreachFact(case=case, step=step, due=due, at=due, **told)  # type: ignore[arg-type]


def late_case(case: str, day: int) -> BreachFact:
    return late_step(case, day)._replace(number=0, kind="late_case", step=None)


def of_house(_code: str, _issue: int) -> tuple[BreachRule, ...]:
    return HOUSE


def test_two_late_steps_in_a_month_are_a_fact_and_three_are_a_nonconformity() -> None:
    late = [late_step(f"HS-2026-000{n}", n) for n in (2, 3, 4)]
    assert met(late[:2], of_house, ZONE) == []
    [found] = met(late, of_house, ZONE)
    assert (found.step, found.period, len(found.breaches)) == ("kiểm tra", "2026-03", 3)


def test_the_fourth_late_step_of_the_month_belongs_to_the_same_nonconformity() -> None:
    late = [late_step(f"HS-2026-000{n}", n) for n in (2, 3, 4, 5)]
    assert [one.key for one in met(late, of_house, ZONE)] == [one.key for one in met(late[:3], of_house, ZONE)]


def test_steps_and_months_are_counted_apart() -> None:
    mixed = [late_step("HS-2026-0001", 2), late_step("HS-2026-0002", 3), late_step("HS-2026-0003", 4, step="duyệt")]
    over = [late_step("HS-2026-0001", 30), late_step("HS-2026-0002", 31), late_step("HS-2026-0003", 1, month=4)]
    assert met(mixed, of_house, ZONE) == []
    assert met(over, of_house, ZONE) == []


def test_a_breach_belongs_to_the_month_of_its_deadline_however_late_it_is_found() -> None:
    late = [late_step(f"HS-2026-000{n}", 31) for n in (1, 2, 3)]
    assert met(late, of_house, ZONE)[0].period == "2026-03"


def test_each_late_case_is_a_nonconformity_of_its_own() -> None:
    found = met([late_case("HS-2026-0001", 2), late_case("HS-2026-0002", 2)], of_house, ZONE)
    assert [one.key for one in found] == [
        "policy/QT-TT-01/late_case/1/each/HS-2026-0001/case",
        "policy/QT-TT-01/late_case/1/each/HS-2026-0002/case",
    ]


def test_issues_that_declare_the_same_rule_are_counted_together() -> None:
    late = [late_step("HS-2026-0001", 2), late_step("HS-2026-0002", 3, issue=2), late_step("HS-2026-0003", 4, issue=2)]
    [found] = met(late, of_house, ZONE)
    assert {breach.issue for breach in found.breaches} == {1, 2}


def test_an_issue_with_another_rule_is_judged_by_its_own() -> None:
    own = {1: HOUSE, 2: (BreachRule(breach="late_step", text="trễ bước"),)}
    late = [late_step("HS-2026-0001", 2), late_step("HS-2026-0002", 3, issue=2)]
    found = met(late, lambda _, issue: own[issue], ZONE)
    assert [one.breaches[0].case for one in found] == ["HS-2026-0002"]


def test_returns_in_one_case_are_counted_by_whoever_records_them() -> None:
    rule = BreachRule(breach="returned", at_least=3, period="case", text="bị trả lại trên 2 lần")
    whole = late_case("HS-2026-0001", 2)._replace(kind="returned", due=None)
    single = whole._replace(number=3)
    assert len(met([whole], lambda *_: (rule,), ZONE)) == 1
    assert met([single], lambda *_: (rule,), ZONE) == []


def test_the_order_in_which_breaches_come_changes_nothing() -> None:
    late = [late_step(f"HS-2026-000{n}", n) for n in (2, 3, 4)] + [late_case("HS-2026-0009", 9)]
    assert met(late, of_house, ZONE) == met(reversed(late), of_house, ZONE)


def test_a_silent_procedure_has_the_policy_of_the_house_and_a_declared_one_its_own() -> None:
    assert rules_of(declared()) == HOUSE
    assert [rule.text for rule in rules_of(declared("trễ bước"))] == ["trễ bước"]


def test_a_late_nonconformity_does_not_open_another_by_default() -> None:
    procedure = handling()
    assert procedure.code == HANDLING
    silent = procedure.model_copy(update={"breach_policy": ()})
    assert rules_of(silent) == ()
    assert rules_of(silent.model_copy(update={"code": "QT-HT-01"})) == HOUSE


@pytest.mark.parametrize("kind", get_args(BreachRule.model_fields["breach"].annotation))
def test_every_kind_of_rule_can_be_met(kind: str) -> None:
    rule = BreachRule(breach=kind, text=kind)  # type: ignore[arg-type]
    breach = replace_kind(late_step("HS-2026-0001", 2), kind)
    assert len(met([breach], lambda *_: (rule,), ZONE)) == 1


def replace_kind(breach: BreachFact, kind: str) -> BreachFact:
    return breach._replace(kind=kind)


def test_a_key_names_the_rule_so_another_rule_has_another() -> None:
    [house] = met([late_case("HS-2026-0001", 2)], of_house, ZONE)
    rule = replace(house, rule=BreachRule(breach="late_case", at_least=1, period="case", text="x")).rule
    [other] = met([late_case("HS-2026-0001", 2)], lambda *_: (rule,), ZONE)
    assert house.key != other.key
