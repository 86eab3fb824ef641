"""What every store must do: all of a command or nothing of it, one winner, and the same answers."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from engine.commands import MACHINE, ClaimWork, FinishWork, OpenCase, RecordBreach, ReleaseWork
from engine.evolve import fold
from engine.handle import Done
from engine.refusals.life import CommandReused
from engine.refusals.work import AlreadyDone
from engine.store import Store, Work
from engine.stores.memory import MemoryStore
from engine.stores.sql import SqlStore
from engine.within import Within
from tests.engine.house import Office, at, purchase
from tests.postgres import fresh_store

NOW = at(2, 8)
Opener = Callable[[], Store]


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "memory":
        yield MemoryStore()
        return
    opened = SqlStore(tmp_path / "a.db") if request.param == "sqlite" else fresh_store()
    yield opened
    opened.close()


@pytest.fixture
def given(store: Store) -> Office:
    return Office.with_(purchase(), store=store)


def told(given: Office) -> object:
    """Everything that a store can be asked."""
    with given.store.reading() as reader:
        ids = reader.case_ids()
        return (
            ids,
            [reader.held(case) for case in ids],
            [reader.log(case) for case in ids],
            reader.cases(),
            reader.work(),
            reader.overdue(at(2, 9, year=2030)),
        )


def test_an_empty_store_knows_nothing(given: Office) -> None:
    assert told(given) == ([], [], [], [], [], [])
    with given.store.writing() as writer:
        assert writer.held("HS-2026-0001") is None
        assert writer.log("HS-2026-0001") == []
        assert writer.receipt("c0") is None
        assert writer.next_number("HS-2026") == 1


def test_what_is_held_is_the_fold_of_what_is_logged(given: Office) -> None:
    case = given.examined(NOW)
    with given.store.reading() as reader:
        held, log = reader.held(case), reader.log(case)
    assert held is not None
    assert held.case == fold(log)
    assert held.head == log[-1].hash
    assert held.values == {"nội dung": "Máy in", "tổng tiền": "12000000"}


def test_a_receipt_tells_what_a_command_wrote(given: Office) -> None:
    case = given.open(NOW)
    with given.store.writing() as writer:
        receipt = writer.receipt("c0")
        assert receipt is not None
        assert receipt.case == case
        assert list(receipt.records) == writer.log(case)
        assert writer.next_number("HS-2026") == 2
        assert writer.next_number("HS-2027") == 1


def test_an_exception_after_writing_leaves_nothing_behind(given: Office) -> None:
    case = given.ordered(NOW)
    before = told(given)
    finish = FinishWork(id="f", actor="binh", case=case, item=2, outcome="Hợp lệ")

    def broken() -> None:
        with given.store.writing() as writer:
            inner = Office(given.shelf, store=Within(given.store, writer))
            assert isinstance(inner.give(finish, NOW), Done)
            assert len(writer.log(case)) > 6
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    assert told(given) == before
    assert isinstance(given.give(finish, NOW), Done)


def test_a_case_that_has_moved_on_is_not_overwritten(given: Office) -> None:
    case = given.ordered(NOW)
    with given.store.reading() as reader:
        held, log = reader.held(case), reader.log(case)
    assert held is not None
    given.do(case, "kiểm tra", "binh", NOW, "Hợp lệ")
    before = told(given)
    with pytest.raises(Exception, match=r"HS-2026-0001|UNIQUE|unique"), given.store.writing() as writer:
        writer.commit(held.case, held.case, [log[-1]], [])
    assert told(given) == before


def test_work_is_listed_for_posts_and_for_people_and_no_further(given: Office) -> None:
    first, second = given.ordered(NOW), given.open(NOW, by="dung")
    given.give(ClaimWork(id="k", actor="binh", case=first, item=2), NOW)
    with given.store.reading() as reader:
        every = [(work.case, work.step, work.assignee) for work in reader.work()]
        assert every == [(first, "kiểm tra", "binh"), (second, "lập phiếu", "dung")]
        assert [work.case for work in reader.work(frozenset({"Chuyên viên quản trị@Văn phòng"}))] == [first]
        assert reader.work(frozenset({"Giám đốc@*"})) == []
        assert reader.work(frozenset()) == []
        assert [work.case for work in reader.work(assignee="dung")] == [second]
        assert [work.case for work in reader.work(frozenset({"Chuyên viên quản trị@Văn phòng"}), "dung")] == [
            first,
            second,
        ]
        assert reader.work(assignee="nobody") == []


def test_work_is_listed_by_what_is_due_first(given: Office) -> None:
    late, early = given.ordered(at(3, 8)), given.ordered(at(2, 9))
    unlimited = given.open(NOW)
    with given.store.reading() as reader:
        assert [work.case for work in reader.work()] == [early, late, unlimited]


def test_a_list_of_work_is_read_page_by_page(given: Office) -> None:
    for hour in (8, 9, 8, 10):
        given.ordered(at(2, hour))
        given.open(at(2, hour), by="dung")
    mine = frozenset({"Chuyên viên quản trị@Văn phòng", "Chuyên viên quản trị@*"})
    for posts, assignee in ((None, None), (mine, None), (mine, "dung"), (None, "dung"), (frozenset(), None)):
        with given.store.reading() as reader:
            whole = reader.work(posts, assignee)
            for size in (1, 2, 3, 100):
                pages: list[Work] = []
                while page := reader.work(posts, assignee, after=pages[-1].place if pages else None, limit=size):
                    assert len(page) <= size
                    pages += page
                assert pages == whole, (posts, assignee, size)
    with given.store.reading() as reader:
        assert len(reader.work()) == 8


def test_open_work_that_nobody_has_taken_is_shown_to_none_but_its_posts(given: Office) -> None:
    given.ordered(NOW)
    with given.store.reading() as reader:
        assert reader.work(frozenset({"Kế toán@*"})) == []
        assert reader.work(frozenset({"Kế toán@*"}), "chi") == []


def test_what_is_overdue_is_told_until_it_is_recorded(given: Office) -> None:
    case = given.ordered(NOW)
    with given.store.reading() as reader:
        assert reader.overdue(at(3, 8)) == []
        assert reader.overdue(at(3, 8, 1)) == [(case, 2)]
        assert reader.overdue(at(30, 8)) == [(case, 2), (case, None)]
    given.give(RecordBreach(id="b", actor=MACHINE, case=case, item=2, breach="late_step"), at(3, 9))
    with given.store.reading() as reader:
        assert reader.overdue(at(30, 8)) == [(case, None)]
    given.do(case, "kiểm tra", "binh", at(3, 10), "Không thuộc phạm vi")
    with given.store.reading() as reader:
        assert reader.overdue(at(30, 8)) == []


def test_cases_are_filtered_by_procedure_and_status(given: Office) -> None:
    first, second = given.open(NOW), given.ordered(at(3, 8))
    given.do(second, "kiểm tra", "binh", at(3, 8), "Không thuộc phạm vi")
    with given.store.reading() as reader:
        assert [case.id for case in reader.cases()] == [first, second]
        assert [case.id for case in reader.cases(status="ended")] == [second]
        assert [case.id for case in reader.cases(procedure="QT-VP-05", status="open")] == [first]
        assert reader.cases(procedure="QT-99") == []


# -- many at once ------------------------------------------------------------------------------------------------------


def at_once(given: Office, commands: list[FinishWork] | list[OpenCase]) -> list[object]:
    with ThreadPoolExecutor(len(commands)) as pool:
        return list(pool.map(lambda command: given.give(command, NOW), commands))


def test_of_many_who_finish_the_same_item_exactly_one_wins_and_the_others_are_told(given: Office) -> None:
    case = given.ordered(NOW)
    answers = at_once(
        given,
        [FinishWork(id=f"f{n}", actor=("binh", "giang")[n % 2], case=case, item=2, outcome="Hợp lệ") for n in range(8)],
    )
    winners = [answer for answer in answers if isinstance(answer, Done)]
    losers = [answer for answer in answers if isinstance(answer, AlreadyDone)]
    assert (len(winners), len(losers)) == (1, 7)
    who = winners[0].records[0].actor.title()
    assert {(loser.who, loser.when) for loser in losers} == {(who, NOW)}
    assert [record.event.kind for record in given.log(case)].count("WorkFinished") == 2


def test_the_same_command_from_many_at_once_is_done_once(given: Office) -> None:
    case = given.ordered(NOW)
    finish = FinishWork(id="f", actor="binh", case=case, item=2, outcome="Hợp lệ")
    answers = at_once(given, [finish] * 8)
    assert all(isinstance(answer, Done) for answer in answers)
    assert sum(not answer.repeated for answer in answers if isinstance(answer, Done)) == 1
    assert len({answer.records for answer in answers if isinstance(answer, Done)}) == 1


def test_the_id_of_a_command_that_wrote_nothing_is_taken_for_every_kind(given: Office) -> None:
    case = given.ordered(NOW)
    given.give(ClaimWork(id="first", actor="binh", case=case, item=2), NOW)
    again = ClaimWork(id="again", actor="binh", case=case, item=2)
    assert given.give(again, NOW) == Done(case, ())
    before = given.log(case)
    release = ReleaseWork(id="again", actor="binh", case=case, item=2)
    opening = OpenCase(id="again", actor="an", procedure="QT-VP-05", title="Giấy in")
    for other in (release, opening):
        assert given.give(other, NOW) == CommandReused("again")
    assert given.log(case) == before
    assert given.give(again, NOW) == Done(case, (), repeated=True)
    assert isinstance(given.give(release.model_copy(update={"id": "back"}), NOW), Done)


def test_branches_that_arrive_at_the_same_moment_open_their_join_once(given: Office) -> None:
    for _ in range(5):
        case = given.ordered(NOW)
        given.do(case, "kiểm tra", "binh", NOW, "Hợp lệ")
        one = FinishWork(id=given.id(), actor="giang", case=case, item=3)
        two = FinishWork(id=given.id(), actor="chi", case=case, item=4)
        assert all(isinstance(answer, Done) for answer in at_once(given, [one, two]))
        assert len(given.case(case).attempts("xem xét")) == 1


def test_cases_opened_at_once_get_numbers_without_gaps(given: Office) -> None:
    openings = [OpenCase(id=f"o{n}", actor="an", procedure="QT-VP-05", title=f"x {n}") for n in range(8)]
    answers = at_once(given, openings)
    assert sorted(answer.case for answer in answers if isinstance(answer, Done)) == [
        f"HS-2026-{number:04d}" for number in range(1, 9)
    ]
