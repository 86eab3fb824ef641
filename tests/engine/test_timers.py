"""Given delays, when somebody looks, then each passes once: never early, never twice, never lost."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from engine.commands import PauseCase, ResumeCase, WithdrawCase
from engine.store import Store
from engine.stores.memory import MemoryStore
from engine.stores.sql import SqlStore
from engine.timers import fire
from procedures.model import Outcome, Step, Unit
from tests.engine.house import Office, at
from tests.procedures.building import branches, days, end, go, procedure, work

NOW = at(2, 8)


@pytest.fixture(params=["memory", "sql"])
def given(request: pytest.FixtureRequest, tmp_path: Path) -> Office:
    store: Store = MemoryStore() if request.param == "memory" else SqlStore(tmp_path / "a.db")
    delay = Step(
        key="chờ",
        name="Chờ",
        delay=days("24", Unit.HOUR),
        may_pause=True,
        outcomes=(Outcome(branches=branches(go("xong"))),),
    )
    return Office.with_(procedure(work("mở", go("chờ")), delay, work("xong", end())), store=store)


def waiting(given: Office) -> str:
    case = given.open(NOW, procedure="QT-01")
    given.do(case, "mở", "an", NOW)
    return case


def test_a_delay_passes_at_its_minute_and_not_before(given: Office) -> None:
    case = waiting(given)
    assert fire(given.store, given, at(3, 7, 59)) == []
    assert [done.case for done in fire(given.store, given, at(3, 8))] == [case]
    assert list(given.live(case)) == ["xong"]
    assert fire(given.store, given, at(3, 8)) == []


def test_delays_that_came_due_while_nobody_looked_all_pass(given: Office) -> None:
    cases = [waiting(given) for _ in range(3)]
    assert [done.case for done in fire(given.store, given, at(30, 8, year=2027))] == cases


def test_many_who_look_at_once_pass_each_delay_once(given: Office) -> None:
    cases = [waiting(given) for _ in range(4)]
    with ThreadPoolExecutor(6) as pool:
        looks = list(pool.map(lambda _: fire(given.store, given, at(3, 8)), range(6)))
    assert sorted(done.case for look in looks for done in look) == cases
    for case in cases:
        assert len(given.case(case).attempts("xong")) == 1


def test_a_paused_case_is_not_moved_by_its_timer_and_waits_as_much_longer(given: Office) -> None:
    case = waiting(given)
    given.give(PauseCase(id="p", actor="an", case=case, reason="chờ"), at(2, 20))
    assert fire(given.store, given, at(9, 8)) == []
    given.give(ResumeCase(id="r", actor="an", case=case), at(9, 8))
    assert fire(given.store, given, at(9, 19, 59)) == []
    assert [done.case for done in fire(given.store, given, at(9, 20))] == [case]


def test_the_timer_of_a_case_that_is_over_does_nothing(given: Office) -> None:
    case = waiting(given)
    given.give(WithdrawCase(id="w", actor="an", case=case, reason="thôi"), at(2, 9))
    assert fire(given.store, given, at(9, 8)) == []
