"""Given finished cases, when they are scored, then each criterion that events tell has its points."""

import pytest

from quality.groups import Group
from quality.scoring import CRITERIA, GRADES, Score, grade, scores
from tests.quality.agency import ZONE, at
from tests.quality.rows import MARCH, case, group, item


def scored(seen: Group) -> dict[tuple[str, str], tuple[float | None, ...]]:
    return {(one.kind, one.name): one.points for one in scores(seen, MARCH, ZONE)}


@pytest.mark.parametrize(
    ("ended", "points"), [(at(4, 17), 2), (at(5, 8), 1), (at(5, 17), 1), (at(5, 17, 1), 0), (at(6, 8), 0)]
)
def test_a_day_before_its_day_is_two_points_on_its_day_in_time_one_and_late_none(ended: object, points: int) -> None:
    seen = group(case("A", at(2), ended, at(5, 17)))  # type: ignore[arg-type]
    assert scored(seen)["agency", ""][0] == points


def test_the_day_is_that_of_the_agency() -> None:
    seen = group(case("A", at(2), at(5, 6), at(5, 17)))  # still the day before in UTC
    assert scored(seen)["agency", ""][0] == 1


def test_a_case_has_the_points_of_its_slowest_unit_and_each_officer_those_of_his_own_work() -> None:
    items = (
        item("A", 1, "lập", at(2), at(2, 9), due=at(3), unit="Phòng Kế hoạch", performer="an"),
        item("A", 2, "duyệt", at(3), at(9), due=at(5), unit="Văn phòng", performer="chi"),
        item("B", 1, "lập", at(2), at(2, 9), due=at(3), unit="Phòng Kế hoạch", performer="an"),
    )
    told = scored(group(case("A", at(2), at(9), at(5)), case("B", at(2), at(3), at(9)), items=items))
    assert told["agency", ""] == (1.0, 1.0, 2.0)
    assert told["unit", "Phòng Kế hoạch"][1] == told["officer", "an"][1] == 2.0
    assert told["unit", "Văn phòng"] == told["officer", "chi"] == (0.0, 0.0, 2.0)


def test_whoever_must_come_again_gives_one_point_and_more_than_once_none() -> None:
    def returned(of: str) -> tuple:
        return (
            item(of, 1, "lập", at(2), at(2, 9)),
            item(of, 2, "kiểm tra", at(2, 9), at(2, 10), returned_to="lập"),
            item(of, 3, "lập", at(2, 10), at(2, 11), attempt=2),
        )

    cases = (case("A", at(2), at(3)), case("B", at(2), at(3)), case("C", at(2), at(3), supplements=1))
    told = scored(group(*cases, items=(item("A", 1, "lập", at(2), at(2, 9)), *returned("B"), *returned("C"))))
    assert told["agency", ""][2] == 1.0  # (2 + 1 + 0) / 3


def test_what_has_no_limit_gives_no_points_and_what_did_not_happen_none_either() -> None:
    assert scored(group(case("A", at(2), at(3))))["agency", ""] == (None, None, 2.0)
    assert scored(group(case("A", at(2))))["agency", ""] == (None, None, None)


def test_the_sum_of_nine_waits_for_the_criteria_that_are_asked() -> None:
    seen = group(case("A", at(2), at(3), at(9)), items=(item("A", 1, "lập", at(2), at(2, 9), due=at(5)),))
    whole: Score = scores(seen, MARCH, ZONE)[0]
    assert whole.total({}) is None
    assert whole.total(dict.fromkeys((4, 5, 6, 7, 8, 9), 2.0)) == 18.0
    assert whole.total(dict.fromkeys((4, 5, 6, 7, 8, 9), 1.0)) == 12.0
    assert set(CRITERIA) == set(range(1, 10))


@pytest.mark.parametrize(
    ("total", "words"),
    [(18, "xuất sắc"), (15, "xuất sắc"), (14.9, "tốt"), (12, "tốt"), (9, "khá"), (6, "trung bình"), (5.9, "yếu")],
)
def test_the_grade_follows_from_the_sum(total: float, words: str) -> None:
    assert grade(total).into("vi") == words
    assert len(GRADES) == 5
