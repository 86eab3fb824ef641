"""A case is the fold of its log: at every event, whatever happened, and nothing else."""

from datetime import UTC, datetime

import pytest

from engine.commands import MACHINE, PauseCase, RecordBreach, ResumeCase, WithdrawCase
from engine.events import WorkReleased
from engine.evolve import evolve, fold
from engine.log import decode, encode
from tests.engine.house import Office, at, purchase
from tests.engine.playing import player

NOW = at(2, 8)


def lively() -> tuple[Office, str]:
    """A case with returns, a fork, a condition, a breach and an end."""
    given = Office.with_(purchase())
    case = given.ordered(NOW, "60 triệu")
    given.give(RecordBreach(id="b", actor=MACHINE, case=case, item=2, breach="late_step"), at(4, 8))
    given.do(case, "kiểm tra", "binh", at(4, 9), "Thiếu hoặc sai", reason="thiếu")
    given.do(case, "lập phiếu", "an", at(5, 9))
    given.do(case, "kiểm tra", "binh", at(5, 10), "Hợp lệ")
    given.do(case, "khảo giá", "giang", at(6, 9))
    given.do(case, "thẩm định nguồn", "chi", at(6, 9))
    given.do(case, "xem xét", "dung", at(6, 10), "Đồng ý")
    given.do(case, "phê duyệt", "em", at(9, 8), "Không phê duyệt")
    return given, case


def test_the_fold_of_the_log_is_the_case_at_every_prefix() -> None:
    given, case = lively()
    log = given.log(case)
    assert len(log) > 20
    assert fold(log) == given.case(case)
    standing = None
    for number, record in enumerate(log, 1):
        standing = evolve(standing, record.event, case, record.at)
        assert standing == fold(log[:number])
        assert (standing.version, standing.changed_at) == (number, record.at)


@pytest.mark.parametrize("seed", range(12))
def test_the_fold_is_the_case_for_random_play_too(seed: int) -> None:
    played = player(seed)
    for _ in range(40):
        played.step()
    for case in played.cases():
        log = played.office.log(case)
        assert fold(log) == played.office.case(case)


def test_events_survive_being_written_and_read() -> None:
    given, case = lively()
    for record in given.log(case):
        assert decode(encode(record.event)) == record.event
        assert encode(decode(record.body)) == record.body


def test_the_fold_of_pauses_and_a_withdrawal_is_the_case() -> None:
    given = Office.with_(purchase().model_copy(update={"steps": tuple(
        step.model_copy(update={"may_pause": True}) for step in purchase().steps)}))  # fmt: skip
    case = given.ordered(NOW)
    for turn in range(2):
        given.give(PauseCase(id=f"p{turn}", actor="an", case=case, reason="chờ", basis="CV 12"), at(3 + turn, 8))
        given.give(ResumeCase(id=f"r{turn}", actor="an", case=case), at(3 + turn, 10))
    given.give(PauseCase(id="p9", actor="an", case=case, reason="chờ"), at(6, 8))
    given.give(WithdrawCase(id="w", actor="an", case=case, reason="thôi"), at(6, 10))
    assert fold(given.log(case)) == given.case(case)
    assert given.case(case).over


def test_an_empty_log_tells_no_case_and_a_log_without_its_opening_is_refused() -> None:
    assert fold([]) is None
    with pytest.raises(ValueError, match="does not begin with its opening"):
        evolve(None, WorkReleased(item=1), "HS-1", datetime(2026, 3, 2, tzinfo=UTC))
