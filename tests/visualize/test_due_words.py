"""A due instant in words: what is left or over by the two clocks, its mark, and why."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pytest

from engine.commands import FollowCalendar, PauseCase
from engine.handle import Done
from procedures.words import Lang
from tests.engine.clocks.test_following import closed
from tests.engine.house import Office, at
from tests.procedures.building import days, end, norm, procedure, work
from visualize.case_words import dated, item_words
from visualize.due_words import case_left, due_words, item_left, step_left, why_case, why_item


@dataclass
class Reader:
    """Somebody who reads at an instant."""

    agency: Any
    now: datetime
    lang: Lang = "vi"


MONDAY = at(2, 8)
MADE = procedure(work("mở", end(), may_pause=True, norm=norm("1")), within=days("5"))


def opened(when: datetime = MONDAY) -> tuple[Office, str]:
    office = Office.with_(MADE)
    return office, office.open(when, procedure="QT-01")


@pytest.mark.parametrize(
    ("now", "case", "step"),
    [
        (at(2, 8), "còn 5 ngày 4 giờ 30 phút làm việc", "còn 7 giờ 30 phút làm việc"),
        (at(3, 8), "còn 4 ngày 5 giờ làm việc", "còn 0 phút làm việc"),
        (at(3, 11), "còn 4 ngày 2 giờ làm việc", "chậm tiến độ 3 giờ làm việc"),
        (at(9, 17), "còn 0 phút làm việc", "chậm tiến độ 4 ngày 5 giờ làm việc"),
        (at(9, 20), "quá hạn", "chậm tiến độ 4 ngày 5 giờ làm việc"),
        (at(11, 9), "quá hạn 1 ngày 1 giờ làm việc", "chậm tiến độ 5 ngày 6 giờ làm việc"),
    ],
)
def test_two_clocks_have_two_words(now: datetime, case: str, step: str) -> None:
    office, number = opened()
    reader, held = Reader(office, now), office.case(number)
    whole, own = case_left(reader, held), item_left(reader, held, held.items[0])
    assert (str(whole and whole.into("vi")), str(own and own.into("vi"))) == (case, step)


def test_a_case_that_stands_says_so_and_one_that_ended_how() -> None:
    office, number = opened()
    office.give(PauseCase(id="p", actor="an", case=number, reason="chờ"), at(2, 9))
    held = office.case(number)
    assert case_left(Reader(office, at(20, 8)), held).into("vi") == "đang dừng tính thời hạn"
    assert item_left(Reader(office, at(20, 8)), held, held.items[0]).into("vi") == "đang dừng tính thời hạn"
    other, early = opened()
    other.do(early, "mở", "an", at(3, 8))
    assert case_left(Reader(other, at(20, 8)), other.case(early)).into("vi") == "trước hạn"


def test_a_date_of_a_year_that_is_not_decided_bears_its_mark() -> None:
    office, number = opened(at(28, 8, month=12))
    held, reader = office.case(number), Reader(office, at(28, 9, month=12))
    assert due_words(reader, held).into("vi") == "hạn 05/01/2027 17:00 (tính sẵn, chưa quyết định: 2027)"
    assert str(dated(reader, at(2, 8), at(2, 8))) == "02/03/2026 08:00"


def test_the_line_of_a_step_bears_the_mark_of_its_own_date() -> None:
    office, number = opened(at(31, 9, month=12))
    late, reader = office.case(number).items[0], Reader(office, at(31, 9, month=12))
    assert "hạn 04/01/2027 09:00 (tính sẵn, chưa quyết định: 2027)" in item_words(reader, MADE, late).into("vi")
    office, number = opened(at(28, 9, month=12))
    assert "hạn 29/12/2026 09:00 —" in item_words(reader, MADE, office.case(number).items[0]).into("vi")


def test_it_is_told_why_a_case_and_a_step_are_due_when_they_are() -> None:
    office, number = opened()
    held, reader = office.case(number), Reader(office, at(2, 9))
    why = [words.into("vi") for words in why_case(reader, held)]
    assert "02/03/2026 08:00" in why[0]
    assert "09/03/2026 17:00" in why[0]
    assert any("quy tắc C1" in said for said in why)
    assert any("quy tắc C2" in words.into("vi") for words in why_item(reader, held, held.items[0]))


def test_a_case_that_still_keeps_a_calendar_before_says_what_to_do() -> None:
    office, number = opened()
    after = replace(office, calendar=closed(4))
    reader = Reader(after, at(2, 9))
    assert "quytrinh calendar publish" in [words.into("vi") for words in why_case(reader, after.case(number))][-1]
    assert isinstance(after.give(FollowCalendar(id="f", actor="em", case=number), at(2, 9)), Done)
    assert not any("calendar publish" in words.into("vi") for words in why_case(reader, after.case(number)))


def test_a_step_is_measured_in_the_time_of_its_unit() -> None:
    office, _ = opened()
    assert step_left(Reader(office, at(2, 8)), at(2, 17), None).into("vi") == "còn 7 giờ làm việc"
