"""Scores are weighed means of what could be measured; held against a hand-made sum."""

from dataclasses import replace

import pytest

from quality.emulation import criteria, scores
from quality.periods import parse
from tests.quality.agency import ZONE, at
from tests.quality.rows import case, facts, item
from tests.quality.test_pareto import FIRST

MARCH = parse("2026-03", ZONE)


def test_the_weights_make_a_hundred() -> None:
    assert sum(one.weight for one in criteria()) == 100


def test_a_score_is_the_weighed_mean_of_the_criteria_that_had_something() -> None:
    cases = [
        case("HS-1", at(2), at(3), at(4), unit="Phòng A"),
        case("HS-2", at(2), at(5), at(4), unit="Phòng A"),
        case("HS-3", at(2), at(3), at(4), unit="Phòng B"),
    ]
    items = (item("HS-1", 1, "duyệt", at(2), at(3), due=at(4), unit="Phòng A"),)
    closed = replace(FIRST, unit="Phòng A", due=at(10), closed_at=at(9))
    late = replace(FIRST, id="K2", unit="Phòng A", due=at(10), closed_at=at(12), overdue=True)
    found = {one.unit: one.points for one in scores(facts(cases, items), [closed, late], [], MARCH)}
    assert found["Phòng A"] == pytest.approx(100 * (50 * 0.5 + 20 * 1.0 + 20 * 0.5) / 90)
    assert found["Phòng B"] == pytest.approx(100)


def test_a_unit_with_nothing_to_measure_has_no_score() -> None:
    assert scores(facts([case("HS-1", at(2), unit="Phòng A")]), [], [], MARCH) == []
