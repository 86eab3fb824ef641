"""Explanations of due dates, as data and in words."""

import json
from datetime import time
from pathlib import Path

from procedures.calendar import explain, load_calendar
from procedures.calendar.sentence import as_json, sentence
from procedures.model import Unit
from tests.procedures.calendar.building import agency, at, calendar, day, lasting


def test_it_names_what_counted_what_did_not_and_who_decided() -> None:
    told = explain(agency(), at("28/8/2026 10:00"), lasting(2, text="2 ngày làm việc"), "C1")
    assert told.due == at("4/9/2026 17:30")
    assert [line.day for line in told.counted] == [day("3/9/2026"), day("4/9/2026")]
    assert [(line.day, line.why) for line in told.uncounted] == [
        (day("28/8/2026"), "event"),
        (day("29/8/2026"), "weekend"),
        (day("30/8/2026"), "weekend"),
        (day("31/8/2026"), "swapped_off"),
        (day("1/9/2026"), "holiday"),
        (day("2/9/2026"), "holiday"),
    ]
    swapped = told.uncounted[3]
    assert swapped.source is not None
    assert (swapped.partner, swapped.source.document) == (day("22/8/2026"), "6620/UBND-VX")


def test_it_says_so_in_vietnamese() -> None:
    told = explain(agency(), at("20/8/2026 09:00"), lasting(3, text="3 ngày làm việc"), "C1")
    assert sentence(told).into("vi") == (
        "3 ngày làm việc kể từ 20/08/2026 09:00, đến hạn 24/08/2026 17:30; "
        "quy tắc C1: không tính ngày xảy ra sự kiện, ngày cuối kết thúc khi hết buổi làm việc cuối; "
        "tính: 21/08/2026, 24/08/2026, 22/08/2026 (làm bù cho ngày 31/08/2026, 6620/UBND-VX); "
        "không tính: 20/08/2026 (ngày xảy ra sự kiện), 23/08/2026 (nghỉ hằng tuần)"
    )


def test_minutes_are_told_day_by_day_with_their_hours() -> None:
    told = explain(agency(), at("31/12/2025 16:00"), lasting("0.25"))
    assert [(line.day, line.amount) for line in told.counted] == [(day("31/12/2025"), 5400), (day("5/1/2026"), 1800)]
    assert told.counted[-1].spans == ((at("5/1/2026 07:30"), at("5/1/2026 08:00")),)
    assert told.due == at("5/1/2026 08:00")


def test_a_start_after_the_cut_off_hour_is_told() -> None:
    told = explain(agency(), at("13/2/2026 16:00"), lasting(5), "C1", time(15))
    assert told.moved_by_cut_off
    assert told.counted_from == at("23/2/2026 07:30")
    assert told.lines[0].why == "cut_off"
    assert "nhận sau 15:00" in sentence(told).into("vi")


def test_a_year_that_is_not_decided_is_marked() -> None:
    shipped, _ = load_calendar(Path(__file__).parents[3] / "calendar.d")
    told = explain(shipped, at("31/12/2026 09:00"), lasting(3), "C1")
    assert told.undecided == (2027,)
    assert "lịch năm 2027 là tính sẵn, chưa quyết định" in sentence(told).into("vi")
    assert explain(shipped, at("17/8/2026 09:00"), lasting(3), "C1").undecided == ()


def test_pauses_are_told_with_what_they_added() -> None:
    pause = (at("28/8/2026 14:00"), at("3/9/2026 09:00"))
    told = explain(agency(), at("28/8/2026 10:00"), lasting(2), "C1", pauses=[pause])
    assert told.unpaused == at("4/9/2026 17:30")
    assert told.paused_seconds == 5 * 3600
    assert told.due == at("7/9/2026 14:30")
    assert "nếu không tạm dừng thì hạn là 04/09/2026 17:30" in sentence(told).into("vi")


def test_what_was_paused_before_the_start_is_not_added() -> None:
    pause = (at("27/8/2026 08:00"), at("28/8/2026 10:00"))
    told = explain(agency(), at("28/8/2026 09:00"), lasting(4, Unit.WORKING_HOUR), pauses=[pause])
    assert (told.paused_seconds, told.due) == (3600, at("28/8/2026 16:00"))


def test_a_calendar_day_that_ends_on_a_day_off_tells_where_it_rolls() -> None:
    told = explain(agency(), at("20/8/2026 09:00"), lasting(10, Unit.DAY), "C1")
    assert sum(line.counted == "day" for line in told.lines) == 10
    assert (told.lines[-1].day, told.lines[-1].why) == (day("3/9/2026"), "rolled")


def test_a_start_after_hours_tells_from_which_day_it_counts() -> None:
    told = explain(calendar(), at("14/8/2026 18:00"), lasting(1))
    assert [(line.day, line.why) for line in told.lines] == [
        (day("14/8/2026"), "after_hours"),
        (day("15/8/2026"), "weekend"),
        (day("16/8/2026"), "weekend"),
        (day("17/8/2026"), "start"),
        (day("18/8/2026"), "work"),
    ]


def test_hours_of_the_clock_and_a_norm_of_zero_need_no_days() -> None:
    assert explain(agency(), at("14/2/2026 22:00"), lasting(12, Unit.HOUR)).lines == ()
    told = explain(agency(), at("14/2/2026 22:00"), lasting(0), pauses=[(at("14/2/2026 22:00"), at("20/2/2026 22:00"))])
    assert told.due == at("14/2/2026 22:00")


def test_machines_get_the_same_as_json() -> None:
    told = as_json(explain(agency(), at("28/8/2026 10:00"), lasting(2, text="2 ngày làm việc"), "C1"))
    again = json.loads(json.dumps(told))
    assert again["due"] == "2026-09-04T17:30:00+07:00"
    assert again["decided"] is True
    assert {"date": "2026-08-31", "document": "6620/UBND-VX"}.items() <= again["days"][3].items()
    assert again["sentence"]["vi"] != again["sentence"]["en"]
