"""Given cases that wait for a machine, when somebody drains, then each errand is answered once, whatever breaks."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest

from engine.commands import EraseValues, FinishWork, PauseCase, ResumeCase, WithdrawCase
from engine.errands.drain import Drain, Drained
from engine.errands.duty import Duty, ask_for
from engine.errands.errand import Status
from engine.errands.hands import Hands
from engine.errands.task import Answer, Hopeless, Task, TryAgain
from engine.handle import Done, handle
from engine.stores import errands as queue
from engine.within import Within
from procedures.model import Handling
from procedures.words import say
from tests.engine.errands.bureau import Bureau
from tests.postgres import fresh_store


@pytest.fixture(params=["sqlite", "postgres"])
def bureau(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bureau]:
    made = Bureau(tmp_path, store=fresh_store() if request.param == "postgres" else None)
    yield made
    made.store.close()


def fail(_: Task) -> Answer:
    raise TryAgain(say("the case or its work is gone"))


def kinds(bureau: Bureau, case: str) -> list[str]:
    return [record.event.kind for record in bureau.office.log(case)]


# -- asking --------------------------------------------------------------------------------------------------------


def test_an_errand_is_written_with_the_events_that_ask_for_it(bureau: Bureau) -> None:
    case = bureau.waiting()
    errand = bureau.errand(case)
    assert (errand.key, errand.status, errand.tries) == (f"{case}/báo/1", Status.WAITING, 0)
    assert errand.made_at == bureau.now


def test_a_command_that_is_rolled_back_asks_for_nothing(bureau: Bureau) -> None:
    case = bureau.office.open(bureau.now, procedure="QT-01")
    finish = FinishWork(id="x", actor="an", case=case, item=1)

    def broken() -> None:
        with bureau.store.writing() as writer:
            handle(finish, store=Within(bureau.store, writer), ground=bureau.agency, now=bureau.now)
            assert queue.find(writer.connection, f"{case}/báo/1") is not None
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    assert bureau.errands() == []


def test_what_waits_in_an_older_database_is_asked_for_once(bureau: Bureau) -> None:
    case = bureau.waiting()
    with bureau.store.writing() as writer:
        writer.connection.execute(queue.ERRAND.delete())
    for expected in (1, 0):
        with bureau.store.writing() as writer:
            assert queue.adopt(writer.connection, bureau.now) == expected
    assert bureau.errand(case).key == f"{case}/báo/1"


# -- answering -----------------------------------------------------------------------------------------------------


def test_an_answer_finishes_the_errand_and_moves_the_case_in_one_transaction(bureau: Bureau) -> None:
    case = bureau.waiting()
    assert bureau.drain().all() == Drained(done=1)
    assert bureau.errand(case).status is Status.DONE
    assert list(bureau.office.live(case)) == ["lưu"]
    assert bureau.drain().all() == Drained()
    (task,) = bureau.given
    assert (task.key, task.case.id, task.step.name) == (f"{case}/báo/1", case, "Báo kết quả")


def test_a_claim_that_ran_out_is_taken_over_and_its_late_answer_changes_nothing(bureau: Bureau) -> None:
    case = bureau.waiting()

    def overtaken(_: Task) -> Answer:
        bureau.answers = lambda _: Answer("Không")
        bureau.later(minutes=5)
        assert bureau.drain("w2").all(1) == Drained(done=1)
        return Answer("Được")

    bureau.answers = overtaken
    assert bureau.drain("w1").all(1) == Drained(late=1)
    assert bureau.case(case).result == "hỏng"
    assert kinds(bureau, case).count("WorkFinished") == 2
    assert [task.key for task in bureau.given] == [f"{case}/báo/1"] * 2


def test_whoever_is_overtaken_may_not_answer_while_the_other_is_still_at_it(bureau: Bureau) -> None:
    case = bureau.waiting()

    def overtaken(_: Task) -> Answer:
        bureau.later(minutes=5)
        assert bureau.drain("w2")._claim() is not None
        return Answer("Không")

    bureau.answers = overtaken
    assert bureau.drain("w1").all(1) == Drained(late=1)
    assert (bureau.errand(case).status, bureau.errand(case).worker) == (Status.RUNNING, "w2")
    assert list(bureau.office.live(case)) == ["báo"]


def test_many_who_drain_at_once_do_each_errand_once(bureau: Bureau) -> None:
    cases = [bureau.waiting() for _ in range(12)]
    gate = Barrier(3)

    def run(number: int) -> Drained:
        gate.wait()
        return bureau.drain(f"w{number}").all(3)

    with ThreadPoolExecutor(3) as pool:
        total = sum(pool.map(run, range(3)), Drained())
    assert total == Drained(done=12)
    assert sorted(task.case.id for task in bureau.given) == sorted(cases)
    assert all(list(bureau.office.live(case)) == ["lưu"] for case in cases)


# -- failing -------------------------------------------------------------------------------------------------------


def test_what_fails_is_tried_again_later_and_then_parked(bureau: Bureau) -> None:
    case = bureau.waiting()
    bureau.answers = fail
    assert bureau.drain().all(1) == Drained(again=1)
    bureau.later(seconds=59)
    assert bureau.drain().all(1) == Drained()
    bureau.later(seconds=1)
    assert bureau.drain().all(1) == Drained(again=1)
    bureau.later(seconds=120)
    assert bureau.drain().all(1) == Drained(parked=1)
    errand = bureau.errand(case)
    assert (errand.status, errand.tries, errand.fault) == (
        Status.PARKED,
        3,
        "hồ sơ hoặc việc của hồ sơ không còn",
    )
    bureau.later(days=30)
    assert bureau.drain().all(1) == Drained()
    assert list(bureau.office.live(case)) == ["báo"]


def test_what_is_hopeless_is_parked_at_once(bureau: Bureau) -> None:
    def refuse(_: Task) -> Answer:
        raise Hopeless(say("the case or its work is gone"))

    case = bureau.waiting()
    bureau.answers = refuse
    assert bureau.drain().all(1) == Drained(parked=1)
    assert bureau.errand(case).tries == 1


def test_an_errand_that_kills_its_workers_is_parked(bureau: Bureau) -> None:
    case = bureau.waiting()
    for _ in range(3):
        claimed = bureau.drain()._claim()  # and then the power goes
        assert claimed is not None
        bureau.later(minutes=5)
    assert bureau.drain().all(1) == Drained(parked=1)
    assert bureau.given == []
    assert "3 lần thử" in (bureau.errand(case).fault or "")


def test_a_machine_that_is_not_installed_is_told(bureau: Bureau) -> None:
    case = bureau.waiting()
    nobody = Drain(bureau.agency, "w", Hands(), clock=lambda: bureau.now)
    assert nobody.all(1) == Drained(parked=1)
    assert bureau.errand(case).fault == "không có gì được cài ở đây làm được việc “báo tin”"


def test_an_answer_that_the_case_cannot_take_is_parked_with_the_reason(bureau: Bureau) -> None:
    case = bureau.waiting()
    bureau.answers = lambda _: Answer("Có lẽ")
    assert bureau.drain().all(1) == Drained(parked=1)
    assert "Có lẽ" in (bureau.errand(case).fault or "")
    assert kinds(bureau, case).count("WorkFinished") == 1


def test_a_parked_errand_is_tried_anew_when_somebody_says_so(bureau: Bureau) -> None:
    case = bureau.waiting()
    bureau.answers = lambda _: Answer("Có lẽ")
    bureau.drain().all(1)
    with bureau.store.writing() as writer:
        assert queue.renew(writer.connection, f"{case}/báo/1", bureau.now)
        assert not queue.renew(writer.connection, f"{case}/báo/1", bureau.now)
    bureau.answers = lambda _: Answer("Được")
    assert bureau.drain().all(1) == Drained(done=1)


def test_an_errand_that_was_given_up_is_left_alone(bureau: Bureau) -> None:
    case = bureau.waiting()
    with bureau.store.writing() as writer:
        assert queue.drop(writer.connection, f"{case}/báo/1", bureau.now, "làm tay")
    assert bureau.drain().all(1) == Drained()
    assert (bureau.errand(case).status, bureau.errand(case).fault) == (Status.DROPPED, "làm tay")


# -- a case that goes its own way ----------------------------------------------------------------------------------


def test_a_paused_case_is_not_bothered(bureau: Bureau) -> None:
    case = bureau.waiting()
    bureau.office.give(PauseCase(id="p", actor="an", case=case, reason="chờ"), bureau.now)
    assert bureau.drain().all(1) == Drained()
    bureau.office.give(ResumeCase(id="r", actor="an", case=case), bureau.now)
    assert bureau.drain().all(1) == Drained(done=1)


def test_a_case_that_is_paused_meanwhile_takes_the_answer_after_it_goes_on(bureau: Bureau) -> None:
    case = bureau.waiting()

    def pause(_: Task) -> Answer:
        bureau.office.give(PauseCase(id="p", actor="an", case=case, reason="chờ"), bureau.now)
        return Answer("Được")

    bureau.answers = pause
    assert bureau.drain().all(1) == Drained(again=1)
    assert bureau.errand(case).tries == 0
    bureau.office.give(ResumeCase(id="r", actor="an", case=case), bureau.now)
    bureau.later(minutes=10)
    bureau.answers = lambda _: Answer("Được")
    assert bureau.drain().all(1) == Drained(done=1)


def test_nobody_works_for_a_case_that_is_over(bureau: Bureau) -> None:
    case = bureau.waiting()
    bureau.office.give(WithdrawCase(id="w", actor="an", case=case, reason="thôi"), bureau.now)
    assert bureau.errand(case).status is Status.VOID
    assert bureau.drain().all(1) == Drained()


def test_the_answer_for_a_case_that_was_withdrawn_meanwhile_is_too_late(bureau: Bureau) -> None:
    case = bureau.waiting()

    def withdraw(_: Task) -> Answer:
        bureau.office.give(WithdrawCase(id="w", actor="an", case=case, reason="thôi"), bureau.now)
        return Answer("Được")

    bureau.answers = withdraw
    assert bureau.drain().all(1) == Drained(late=1)
    assert bureau.errand(case).status is Status.VOID


def test_a_step_that_declares_no_further_try_is_parked_by_its_first_failure(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, Handling(retries=0))
    bureau.waiting()
    bureau.answers = fail
    assert bureau.drain().all(1) == Drained(parked=1)


# -- duties of a period --------------------------------------------------------------------------------------------


def test_a_duty_of_a_period_is_done_once_however_often_it_is_asked_for(bureau: Bureau) -> None:
    done: list[str] = []
    daily = Duty(lambda _agency, now: [f"{now:%Y-%m-%d}"], lambda _agency, period, _now: done.append(period))
    for hours in (1, 1, 24):
        ask_for(bureau.agency, bureau.now, {"daily": daily})
        Drain(bureau.agency, "w", Hands(duties={"daily": daily.do}), lambda: bureau.now).all()
        bureau.later(hours=hours)
    ask_for(bureau.agency, bureau.now, {"daily": daily})
    assert done == ["2026-03-02"]
    Drain(bureau.agency, "w", Hands(duties={"daily": daily.do}), lambda: bureau.now).all()
    assert done == ["2026-03-02", "2026-03-03"]


def test_of_many_who_ask_for_a_duty_at_once_one_asks(bureau: Bureau) -> None:
    daily = {"daily": Duty(lambda _agency, _now: ["2026-03-02"], lambda _agency, _period, _now: None)}
    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(lambda _: ask_for(bureau.agency, bureau.now, daily), range(6))) == 1


def test_what_an_errand_quoted_goes_when_something_of_its_case_is_erased(bureau: Bureau) -> None:
    kept, erased = bureau.waiting(), bureau.waiting()
    units = tuple(replace(one, heads=("Giám đốc",)) for one in bureau.office.organisation.units)
    bureau.office.organisation = replace(bureau.office.organisation, units=units)
    for case in (kept, erased):
        with bureau.store.writing() as writer:
            assert queue.drop(writer.connection, f"{case}/báo/1", bureau.now, "an: không gửi cho Nguyễn Thị Bình")
        bureau.office.give(WithdrawCase(id=f"w/{case}", actor="an", case=case, reason="thôi"), bureau.now)
    ground = {"texts": ("1.title",), "reason": "theo đơn", "basis": "Luật 91/2025"}
    assert isinstance(bureau.office.give(EraseValues(id="x", actor="em", case=erased, **ground), bureau.now), Done)
    assert bureau.errand(erased).fault is None
    assert bureau.errand(kept).fault == "an: không gửi cho Nguyễn Thị Bình"
