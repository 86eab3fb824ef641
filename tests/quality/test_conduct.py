import numpy as np

from quality.conduct import conformance, returns
from quality.figure import Figure
from tests.quality.agency import at
from tests.quality.rows import MARCH, breach, case, group, item


def keyed(figures: list[Figure]) -> dict[str, Figure]:
    return {figure.key: figure for figure in figures}


def test_returns_supplements_and_right_the_first_time_are_three_different_things() -> None:
    straight = (item("A", 1, "lập", at(2), at(2, 9)), item("A", 2, "duyệt", at(2, 9), at(3)))
    supplemented = (
        item("B", 1, "lập", at(2), at(2, 9)),
        item("B", 2, "kiểm tra", at(2, 9), at(3), returned_to="lập"),
        item("B", 3, "lập", at(3), at(4), attempt=2),
    )
    sent_back = (
        item("C", 1, "lập", at(2), at(2, 9)),
        item("C", 2, "duyệt", at(2, 9), at(3), returned_to="kiểm tra"),
    )
    cases = (case("A", at(2), at(9)), case("B", at(2), at(9)), case("C", at(2), at(9)))
    seen = group(*cases, items=(*straight, *supplemented, *sent_back))
    found = keyed(returns(seen, np.arange(3), MARCH))
    assert found["case.returned"].part == ("B", "C")
    assert found["case.supplement"].part == ("B",)
    assert found["case.first_time_right"].part == ("A",)
    assert {figure.count for figure in found.values()} == {3}


def test_breaches_are_counted_in_the_period_of_their_deadline() -> None:
    late = (
        breach("A", "late_step", at(3), 2),
        breach("A", "late_step", at(4), 3),
        breach("A", "late_case", at(1, month=4)),
        breach("A", "late_step", at(28, month=2), 1),
    )
    found = keyed(conformance(group(case("A", at(2)), breaches=late), MARCH))
    assert (found["breach.late_step"].value, found["breach.late_step"].count) == (2, 1)
    assert found["breach.late_case"].value == 0
    assert found["breach.skipped"].value == 0
