"""Due instants and working time on the command line, one by one and in bulk."""

import json
from pathlib import Path

import pytest

from tests.cli.office import Office


@pytest.mark.parametrize(
    ("start", "within", "rule", "due"),
    [
        ("2026-03-02T08:10", "12 ngày làm việc", "C1", "18/03/2026 17:00"),
        ("2026-03-02T08:10", "1 ngày làm việc", "C2", "03/03/2026 08:10"),
        ("2026-04-29T15:00", "3 ngày làm việc", "C2", "06/05/2026 15:00"),  # 30/4, 1/5 and a weekend between
        ("2026-03-06T16:00", "4 giờ làm việc", "C2", "09/03/2026 10:30"),  # over a weekend; mornings begin at 07:30
    ],
)
def test_a_due_instant_is_told(shelf: Office, start: str, within: str, rule: str, due: str) -> None:
    answer = shelf.say("clock", "due", "--start", start, "--within", within, "--rule", rule)
    assert (answer.code, answer.out) == (0, f"{due}\n")


def test_a_due_instant_is_explained_day_by_day(shelf: Office) -> None:
    line = ("clock", "due", "--start", "2026-04-29T15:00", "--within", "3 ngày làm việc", "--explain")
    assert "30/04/2026" in shelf.say(*line).out
    told = shelf.told(*line)
    assert told["due"] == "2026-05-06T15:00:00+07:00"
    assert told["explanation"]


def test_what_comes_after_the_hand_over_hour_counts_from_the_next_day(shelf: Office) -> None:
    line = ("clock", "due", "--start", "2026-03-02T15:30", "--within", "1 ngày làm việc")
    plain, late = (shelf.told(*line, *more)["due"] for more in ((), ("--cut-off", "15:00")))
    assert plain < late


def test_working_time_between_two_instants_is_told(shelf: Office) -> None:
    line = ("clock", "elapsed", "--start", "06/03/2026 16:00", "--end", "09/03/2026 11:00")
    assert shelf.told(*line) == {"format_version": "1.0", "minutes": 270, "working_days": 0.5625, "undecided": []}
    assert shelf.say(*line).out == "4 giờ 30 phút làm việc\n"


def test_many_are_told_at_once(shelf: Office, tmp_path: Path) -> None:
    asked = [
        {"id": 1, "op": "elapsed", "start": "2026-03-06T16:00:00+07:00", "end": "2026-03-09T11:00:00+07:00"},
        {"id": 2, "op": "nonsense"},
    ]
    path = tmp_path / "phép tính.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in asked) + "\n", encoding="utf-8")
    answer = shelf.say("clock", "--batch", path)
    assert answer.code == 1
    assert answer.err == "1 trong 2 dòng không trả lời được\n"
    told = [json.loads(line) for line in answer.out.splitlines()]
    assert len(told) == 2
    assert "error" in told[1]
    assert "error" not in told[0]


def test_a_faulty_calendar_is_shown(shelf: Office, tmp_path: Path) -> None:
    folder = tmp_path / "lịch"
    folder.mkdir()
    (folder / "2026.yaml").write_text("năm: hai nghìn\n", encoding="utf-8")
    answer = shelf.say("clock", "elapsed", "--start", "2026-03-02", "--end", "2026-03-03", "--calendar", folder)
    assert answer.code == 1
    assert "lỗi[" in answer.out


def test_a_date_of_a_year_that_is_not_decided_bears_its_mark(shelf: Office) -> None:
    line = ("clock", "due", "--start", "2026-12-30T09:00", "--within", "3 ngày")
    assert shelf.say(*line).out == "04/01/2027 17:00 (tính sẵn, chưa quyết định: 2027)\n"
    assert shelf.told(*line)["undecided"] == [2027]
    spent = shelf.say("clock", "elapsed", "--start", "2022-12-30", "--end", "2028-01-05").out
    assert spent.endswith("(tính sẵn, chưa quyết định: 2022–2023, 2027–2028)\n")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("due", "--start", "2026-08-20", "--within", "không quy định"), "không phải một lượng thời gian"),
        (("due", "--start", "2026-08-20", "--within", "-3 ngày"), "không phải khoảng thời gian"),
        (("due", "--start", "2026-08-20", "--within", "99999 ngày"), "quá dài"),
        (("due", "--start", "1026-08-20", "--within", "3 ngày"), "không phải một thời điểm"),
        (("elapsed", "--start", "2026-08-20", "--end", "2026-08-19"), "--end sớm hơn --start"),
    ],
)
def test_what_the_clock_cannot_answer_is_said(shelf: Office, line: tuple[str, ...], said: str) -> None:
    answer = shelf.say("clock", *line)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
