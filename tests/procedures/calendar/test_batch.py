"""Many questions, one a line."""

import json
from typing import Any

import pytest

from procedures.calendar.batch import run_batch
from procedures.calendar.catalogue import CatalogueError, read_catalogue
from tests.procedures.calendar.building import agency

CATALOGUE = """{"calendars": [
  {"id": "a", "timezone": "Asia/Ho_Chi_Minh", "weekly": {"mon": [["08:00", "12:00"], ["13:00", "17:00"]],
   "fri": [["13:00", "17:00"], ["08:00", "12:00"]]}, "holidays": ["2026-11-27", "2026-11-30"],
   "overrides": {"2026-11-28": [["08:00", "10:00"]], "2026-11-30": [["09:00", "10:00"]]}},
  {"id": "đêm", "timezone": "Europe/Berlin", "weekly": {"sat": [["22:00", "06:00"]]}}]}"""


def ask(**question: object) -> dict[str, Any]:
    (answer,) = run_batch([json.dumps({"id": 1, "calendar": "a", **question})], read_catalogue(CATALOGUE))
    assert answer.pop("id") == 1
    return answer


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ({"op": "add", "start": "2026-11-20T16:00", "within": "4 giờ làm việc"}, "2026-11-23T11:00:00+07:00"),
        ({"op": "add", "start": "2026-11-20T16:00:00+07:00", "minutes": 240}, "2026-11-23T11:00:00+07:00"),
        ({"op": "add", "start": "2026-11-20T09:00:00Z", "seconds": 7230}, "2026-11-23T09:00:30+07:00"),
        (
            {
                "op": "add",
                "start": "2026-11-20T16:00",
                "minutes": 240,
                "pauses": [["2026-11-20T16:30", "2026-11-23T08:30"]],
            },
            "2026-11-23T12:00:00+07:00",
        ),
        ({"op": "add", "start": "2026-11-22T16:00", "minutes": 0}, "2026-11-22T16:00:00+07:00"),
        ({"op": "subtract", "end": "2026-11-23T11:00", "minutes": 240}, "2026-11-20T16:00:00+07:00"),
        ({"op": "elapsed", "start": "2026-11-20T16:00", "end": "2026-11-23T11:00:30"}, 240),
        ({"op": "days", "start": "2026-11-20T16:00", "days": 2, "rule": "C1"}, "2026-11-28T10:00:00+07:00"),
        ({"op": "days", "start": "2026-11-20T16:00", "days": 1, "rule": "C2"}, "2026-11-23T16:00:00+07:00"),
        ({"op": "months", "start": "2026-10-31T09:00", "months": 1}, "2026-11-30T10:00:00+07:00"),
        ({"op": "query", "at": "2026-11-30T09:30"}, True),
        ({"op": "query", "at": "2026-11-27T09:30"}, False),
        ({"op": "query", "at": "2026-11-23T12:00"}, False),
        ({"op": "elapsed", "calendar": "đêm", "start": "2026-10-24T12:00", "end": "2026-10-25T12:00"}, 540),
    ],
)
def test_each_question_has_its_answer(question: dict[str, object], result: object) -> None:
    assert ask(**question)["result"] == result


def test_a_query_tells_the_session_or_the_next_one() -> None:
    inside = ask(op="query", at="2026-11-23T09:30")
    assert (inside["opens"], inside["closes"]) == ("2026-11-23T08:00:00+07:00", "2026-11-23T12:00:00+07:00")
    outside = ask(op="query", at="2026-11-27T09:30")
    assert (outside["working_day"], outside["opens"]) == (False, "2026-11-28T08:00:00+07:00")


def test_elapsed_time_has_its_seconds_beside_the_minutes() -> None:
    assert ask(op="elapsed", start="2026-11-20T16:00", end="2026-11-23T11:00:30")["seconds"] == 240 * 60 + 30


START = '"id": 1, "calendar": "a", "start": "2026-11-20"'
FAULTS = [
    ("{", "không phải JSON", "this is not JSON"),
    ("[1]", "một đối tượng JSON", "one JSON object"),
    ("[" * 100_000, "không phải JSON", "this is not JSON"),
    ('{"id": 1}', "không có lịch nào tên “”", "no calendar is called “”"),
    ('{"id": 1, "calendar": "a"}', "thiếu “op”", "“op” is missing"),
    ('{"id": 1, "calendar": ["a"], "op": "add"}', "không có lịch nào", "no calendar"),
    ('{"id": 1, "calendar": "a", "op": "fly"}', "không có phép tính “fly”", "“fly” is no operation"),
    ('{"id": 1, "calendar": "a", "op": "add", "minutes": 1}', "thiếu “start”", "“start” is missing"),
    (f'{{{START}, "op": "add"}}', "bao lâu?", "how long?"),
    ('{"id": 1, "calendar": "a", "op": "query", "at": "hôm nay"}', "không phải một thời điểm", "not an instant"),
    ('{"id": 1, "calendar": "a", "op": "query", "at": 5}', "“5” không phải một thời điểm", "“5” is not an instant"),
    ('{"id": 1, "calendar": "a", "op": "query", "at": null}', "“null” không phải một", "“null” is not an instant"),
    ('{"id": 1, "calendar": "a", "op": "query", "at": "0001-01-01"}', "từ 1900 đến 2200", "between 1900 and 2200"),
    (f'{{{START}, "op": "add", "minutes": true}}', "“True” không phải một số", "“True” is not a number"),
    (f'{{{START}, "op": "add", "minutes": -1}}', "không thể âm: -1", "cannot be negative: -1"),
    (f'{{{START}, "op": "add", "minutes": NaN}}', "quá lớn", "more than anybody counts"),
    (f'{{{START}, "op": "add", "minutes": 1e300}}', "quá lớn", "more than anybody counts"),
    (f'{{{START}, "op": "add", "minutes": 1000000000}}', "lịch không có đủ", "not so much working time"),
    (f'{{{START}, "op": "months", "months": 1000000}}', "lịch không có đủ", "not so much working time"),
    (f'{{{START}, "op": "add", "within": "ba ngày"}}', "không phải khoảng thời gian", "is not a duration"),
    (f'{{{START}, "op": "add", "within": 3}}', "không phải khoảng thời gian", "is not a duration"),
    (f'{{{START}, "op": "add", "within": "không quy định"}}', "nên không có hạn", "so nothing is due"),
    (f'{{{START}, "op": "add", "minutes": 1, "pauses": [5]}}', "danh sách các cặp", "is a list of [from, to]"),
    (
        f'{{{START}, "op": "add", "minutes": 1, "pauses": [["2026-11-21", "2026-11-20"]]}}',
        "kết thúc trước khi bắt đầu",
        "ends before it begins",
    ),
    (f'{{{START}, "op": "add", "minutes": 1, "cut_off": "25h"}}', "không phải giờ", "is not an hour"),
    (f'{{{START}, "op": "days", "days": 1, "rule": "C3"}}', "C1 hoặc C2", "C1 or C2"),
    (
        '{"id": 1, "calendar": "a", "op": "subtract", "end": "2026-11-20", "within": "1 tháng"}',
        "không phải thời gian làm việc",
        "is not working time",
    ),
]


@pytest.mark.parametrize(("line", "vi", "en"), FAULTS, ids=range(len(FAULTS)))
def test_a_line_that_cannot_be_answered_says_why_and_where_and_the_next_goes_on(line: str, vi: str, en: str) -> None:
    good = '{"id": 2, "calendar": "a", "op": "add", "start": "2026-11-20T16:00", "minutes": 60}'
    for lang, where, said in (("vi", "dòng 2: ", vi), ("en", "line 2: ", en)):
        fault, answer = run_batch(["", line, good], read_catalogue(CATALOGUE), lang)
        assert fault["line"] == 2
        assert str(fault["error"]).startswith(where)
        assert said in str(fault["error"])
        assert "result" not in fault
        assert answer == {"id": 2, "result": "2026-11-20T17:00:00+07:00"}


def test_an_answer_counted_with_a_year_that_is_not_decided_bears_a_mark() -> None:
    asked = [
        {"op": "days", "start": "2026-12-30T09:00", "days": 3},
        {"op": "days", "start": "2026-08-20T09:00", "days": 3},
        {"op": "add", "start": "2026-12-31T23:00", "within": "4 giờ"},  # by the clock no calendar is asked
        {"op": "elapsed", "start": "2027-01-05", "end": "2026-12-30"},
    ]
    answers = run_batch(map(json.dumps, asked), {"": agency()})
    assert [answer.get("undecided") for answer in answers] == [[2027], None, None, [2027]]


def test_a_line_without_a_calendar_takes_the_agencys() -> None:
    line = '{"id": "x", "op": "days", "start": "2026-08-20T09:00", "days": 3, "rule": "C1"}'
    assert list(run_batch([line], {"": agency()})) == [{"id": "x", "result": "2026-08-24T17:30:00+07:00"}]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", "không có “calendars”"),
        ("{", "không phải JSON"),
        ('{"calendars": [{}]}', "mỗi lịch có “id”"),
        ('{"calendars": [{"id": "a", "timezone": "Mars/Base"}]}', "lịch a: không có múi giờ nào tên “Mars/Base”"),
        ('{"calendars": [{"id": "a", "timezone": "../etc"}]}', "không có múi giờ"),
        ('{"calendars": [{"id": "a", "timezone": 7}]}', "không có múi giờ nào tên “7”"),
        ('{"calendars": [{"id": "a", "weekly": {"mo": []}}]}', "“mo” không phải"),
        ('{"calendars": [{"id": "a", "weekly": 5}]}', "“weekly” không phải một đối tượng"),
        ('{"calendars": [{"id": "a", "weekly": {"mon": [["8h", "12:00"]]}}]}', "“8h-12:00” không phải"),
        ('{"calendars": [{"id": "a", "weekly": {"mon": [["08:00", "12:00", "13:00"]]}}]}', "lịch a: "),
        ('{"calendars": [{"id": "a", "weekly": {"mon": [["08:00", "12:00"], ["11:00", "13:00"]]}}]}', "chồng"),
        ('{"calendars": [{"id": "a", "holidays": ["2026-13-01"]}]}', "“2026-13-01” không phải một ngày"),
        ('{"calendars": [{"id": "a", "holidays": "2026-12-01"}]}', "“holidays” không phải một danh sách"),
    ],
)
def test_a_faulty_list_of_calendars_gives_none_and_says_why(text: str, said: str) -> None:
    with pytest.raises(CatalogueError) as fault:
        read_catalogue(text)
    assert said in fault.value.words.into("vi")
