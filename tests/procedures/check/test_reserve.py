"""The longest way with its sum, and what it leaves of the limit."""

from procedures.check.reserve import longest_in_words
from procedures.model import Procedure, Unit
from tests.procedures.building import days, end, go, norm, procedure, purchase, work


def two(first: str, second: str, unit: Unit = Unit.WORKING_DAY, **more: object) -> Procedure:
    return procedure(
        work("nhận", go("xét")),
        work("xét", go("ký"), norm=norm(first)),
        work("ký", end(), norm=norm(second, unit)),
        **more,
    )


def told(made: Procedure) -> str:
    words = longest_in_words(made)
    return words.into("vi") if words else ""


def test_the_longest_of_parallel_branches_counts_and_what_is_left_is_told() -> None:
    assert told(purchase()) == (
        "đường dài nhất: kiểm tra 1 + khảo giá 2 + xem xét 1 + phê duyệt 2 + mua sắm 5 = 11 ngày LV;"
        " thời hạn chung 12 ngày LV → dự phòng 1 ngày LV"
    )


def test_a_way_longer_than_the_limit_says_by_how_much() -> None:
    assert told(two("3", "2", within=days("4"))).endswith("= 5 ngày LV; dài hơn thời hạn chung 1 ngày LV")


def test_every_figure_is_in_one_unit() -> None:
    assert told(two("4", "8", Unit.WORKING_HOUR, within=days("5"))).count("ngày LV") == 3
    made = two("1", "1", Unit.WORKING_HOUR, within=days("2"))
    assert told(made) == "đường dài nhất: xét 8 + ký 1 = 9 giờ LV; thời hạn chung 16 giờ LV → dự phòng 7 giờ LV"


def test_without_a_limit_there_is_only_the_sum() -> None:
    assert told(two("3", "2")) == "đường dài nhất: xét 3 + ký 2 = 5 ngày LV"


def test_times_that_cannot_be_added_up_give_no_sum() -> None:
    assert longest_in_words(two("3", "2", Unit.DAY)) is None
    assert longest_in_words(procedure(work("nhận", end()))) is None
