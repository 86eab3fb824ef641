"""Nonconformities counted by a trait, and by month; held against counting by hand."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quality.nonconformity import Nonconformity
from quality.pareto import TRAITS, pareto, trend, untold
from quality.periods import parse, parts
from tests.quality.agency import ZONE, at

FIRST = Nonconformity(
    id="KPH-2026-0001", title="", source="Khiếu nại", source_procedure="QT-VP-05", source_case="", step="khảo giá",
    rule="", evidence="", grade="", stage="", owner="", correction="", cause="", action="", action_due="",
    merged_into="", opened_at=at(2), due=None, closed_at=None, result="", overdue=False,
)  # fmt: skip


def made(number: int, opened: datetime, closed: datetime | None = None, category: str = "") -> Nonconformity:
    return replace(FIRST, id=f"KPH-2026-{number:04}", opened_at=opened, closed_at=closed, category=category)


CATEGORIES = st.lists(st.sampled_from(["", "Con người", "Phối hợp", "Hồ sơ đầu vào", "Bên ngoài"]), max_size=40)


@given(CATEGORIES)
def test_every_one_is_in_one_bar_or_untold_and_the_last_bar_reaches_the_whole(told: list[str]) -> None:
    found = [made(number, at(2), category=name) for number, name in enumerate(told)]
    bars = pareto(found, "cause")
    by_hand = Counter(name for name in told if name)
    assert {bar.name: bar.count for bar in bars} == dict(by_hand)
    assert [bar.count for bar in bars] == sorted(by_hand.values(), reverse=True)
    assert len(untold(found, "cause")) == told.count("")
    if bars:
        assert bars[-1].cumulated == 1.0
        assert bars[0].cumulated == bars[0].count / sum(by_hand.values())


def test_a_step_is_named_with_its_procedure_and_every_trait_can_be_counted() -> None:
    assert [bar.name for bar in pareto([FIRST], "step")] == ["QT-VP-05 · khảo giá"]
    for trait in TRAITS:
        assert len(pareto([FIRST], trait)) + len(untold([FIRST], trait)) == 1


@given(st.lists(st.tuples(st.integers(0, 300), st.one_of(st.none(), st.integers(0, 300))), max_size=30))
def test_what_was_left_and_what_comes_is_what_goes_and_is_left(lives: list[tuple[int, int | None]]) -> None:
    start = datetime(2026, 1, 1, 9, tzinfo=ZONE)
    found = [
        made(number, start + timedelta(days=day), None if more is None else start + timedelta(days=day + more))
        for number, (day, more) in enumerate(lives)
    ]
    left = 0
    for month in trend(found, parts(parse("2026", ZONE), "month")):
        assert left + month.opened.count == month.closed.count + month.left.count
        left = month.left.count
