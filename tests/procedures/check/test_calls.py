"""What a procedure calls counts for what waits for it: over before the step is late, and within the whole limit."""

import random
from decimal import Decimal

import pytest

from procedures.check import check
from procedures.check.calls import calls_fit
from procedures.model import Duration, Norm, Procedure, Unit
from tests.procedures.building import days, end, go, norm, procedure, route, work
from tests.procedures.check.running import Player
from tests.procedures.check.telling import places
from tests.procedures.check.test_budget import small


def calling(limit: Norm | None, within: Duration | None = None) -> Procedure:
    step = route("nhờ", go("z"), call="QT-02", norm=limit)
    return procedure(work("s", go("nhờ")), step, work("z", end()), within=within)


@pytest.mark.parametrize(
    ("limit", "within", "called", "expected"),
    [
        (norm("10"), None, days("15"), "QT-02 có thể mất 15 ngày LV, nhưng bước “nhờ” chỉ chờ 10 ngày LV"),
        (norm("15"), days("9"), days("15"), None),
        (None, days("9"), days("15"), "QT-02 mà bước “nhờ” gọi có thể mất 15 ngày LV, nhưng cả hồ sơ này chỉ có"),
        (norm("10", Unit.DAY), None, days("11"), "QT-02 có thể mất 11 ngày LV, nhưng bước “nhờ” chỉ chờ 10 ngày"),
        (norm("10"), None, days("11", Unit.DAY), None),  # on some calendars eleven days are fewer
        (norm("10"), None, None, None),
        (None, None, days("15"), None),
    ],
)
def test_a_called_limit_is_held_against_the_step_or_else_the_case(
    limit: Norm | None, within: Duration | None, called: Duration | None, expected: str | None
) -> None:
    sample, other = calling(limit, within), procedure(work("s", end()), code="QT-02", within=called)
    found = list(calls_fit(sample, places(sample), {"QT-02": other}))
    assert [(one.code, one.severity.value) for one in found] == ([("QT411", "warning")] if expected else [])
    assert not expected or str(found[0].message.into("vi")).startswith(expected)
    unknown = [one.code for one in calls_fit(sample, places(sample), {})]
    assert unknown == (["QT412"] if limit is None and within is not None else [])


def beside(limit: Norm | None, called: Duration | None) -> list[tuple[str, str]]:
    """A case of ten days: two before the call, five after it, and what the check says of it."""
    call = route("nhờ", go("z"), call="QT-02", norm=limit)
    sample = procedure(work("s", go("nhờ"), norm=norm("2")), call, work("z", end(), norm=norm("5")), within=days("10"))
    others = {} if called == days("99") else {"QT-02": procedure(work("s", end()), code="QT-02", within=called)}
    return [(one.code, one.message.into("vi")) for one in calls_fit(sample, places(sample), others)]


def test_a_call_that_says_no_time_counts_with_the_limit_of_what_it_calls() -> None:
    assert beside(None, days("3")) == []
    late = "tổng thời hạn các bước (11 ngày LV) dài hơn thời hạn chung (10 ngày LV)"
    assert beside(None, days("4")) == [("QT401", late)]
    assert [code for code, _ in beside(None, days("11"))] == ["QT411"]  # alone it is too long: that is told instead
    assert beside(norm("3"), days("4")) == [("QT411", "QT-02 có thể mất 4 ngày LV, nhưng bước “nhờ” chỉ chờ 3 ngày LV")]


@pytest.mark.parametrize(("called", "why"), [(None, "QT-02 không khai thời hạn"), (days("99"), "ở đây không có QT-02")])
def test_of_a_call_whose_time_nobody_knows_it_is_told_that_nothing_is_proven(called: Duration | None, why: str) -> None:
    ((code, said),) = beside(None, called)
    assert (code, said) == (
        "QT412",
        "chưa chứng minh được hồ sơ kịp thời hạn: chưa biết bước “nhờ” mất bao lâu",
    )
    assert beside(norm("3"), called) == []
    sample = calling(None, days("9"))
    others = {"QT-02": procedure(work("s", end()), code="QT-02", within=called)} if called is None else {}
    (found,) = calls_fit(sample, places(sample), others)
    assert found.label is not None
    assert found.label.into("vi").startswith(why)
    assert list(calls_fit(calling(None, None), places(sample), others)) == []


def test_a_sum_that_is_too_long_without_the_call_is_told_once() -> None:
    sample = procedure(
        work("s", go("nhờ"), norm=norm("11")), route("nhờ", go("z"), call="QT-02"), work("z", end()), within=days("10")
    )
    others = {"QT-02": procedure(work("s", end()), code="QT-02", within=days("3"))}
    assert [one.code for one in check(sample, places(sample)) if one.code == "QT401"] == ["QT401"]
    assert list(calls_fit(sample, places(sample), others)) == []


@pytest.mark.parametrize("seed", range(40))
def test_the_sum_with_calls_is_that_of_the_longest_run_played_through(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311
    drafted = small(seed, (Unit.WORKING_DAY,), 5)
    limits = {f"QT-{n}": days(str(rng.randrange(1, 9))) for n in range(3)}
    steps = tuple(
        step.model_copy(update={"norm": None, "responsible": (), "call": rng.choice(tuple(limits))})
        if number and rng.random() < 0.5
        else step
        for number, step in enumerate(drafted.steps)
    )
    sample = drafted.model_copy(update={"steps": steps})
    takes = {step.key: limits[step.call] if step.call else step.norm and step.norm.within for step in steps}

    def finished(step: str, at: Decimal) -> Decimal:
        own = takes[step]
        return at + (own.amount if own else 0)

    try:
        longest = Player(sample, finished).latest_end(Decimal(0))
    except OverflowError:
        return
    others = {code: procedure(work("s", end()), code=code, within=limit) for code, limit in limits.items()}
    alone = max(limit.amount for limit in limits.values())
    for within, late in ((longest, False), (longest - Decimal("0.5"), True)):
        bound = sample.model_copy(update={"within": days(str(within))})
        if within < alone:
            continue  # then a call alone is told
        told = {one.code for one in calls_fit(bound, places(bound), others)}
        told |= {one.code for one in check(bound, places(bound))}
        assert ("QT401" in told) is late, (within, takes)
