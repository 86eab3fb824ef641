"""PostgreSQL: only where commits are kept, one winner among many programs, and on its feet again after a fall."""

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from engine.carry_out import carry_out
from engine.commands import EraseValues, FinishWork, OpenCase, WithdrawCase
from engine.files import FileShelf
from engine.handle import Done
from engine.refusals.work import AlreadyDone
from engine.stores.audit import verify
from engine.stores.kept_forms import KeptForms
from engine.stores.sql import SqlStore
from engine.trouble import Busy, Conflict, Damaged, Gone, NotDurable, Trouble
from tests.engine.house import Office, at, purchase
from tests.postgres import Server, fresh_store, server

NOW = at(2, 8)


def office(store: SqlStore) -> Office:
    return Office.with_(purchase(), store=store)


@pytest.fixture
def store() -> Iterator[SqlStore]:
    opened = fresh_store()
    yield opened
    opened.close()


Opener = Callable[[str], SqlStore]


@pytest.fixture
def open_at() -> Iterator[Opener]:
    """Opens stores, and closes them in the end."""
    opened: list[SqlStore] = []

    def one(url: str) -> SqlStore:
        opened.append(SqlStore(url))
        return opened[-1]

    yield one
    for store in opened:
        store.close()


@pytest.fixture
def own() -> Iterator[Server]:
    """A server that a test may kill."""
    started = Server().start()
    yield started
    started.remove()


@pytest.mark.parametrize("setting", ["synchronous_commit", "fsync", "full_page_writes"])
def test_a_server_that_may_lose_what_it_confirmed_is_refused(setting: str) -> None:
    careless = Server(**{setting: "off"}).start()
    try:
        with pytest.raises(NotDurable, match=f"{setting} = off"):
            SqlStore(careless.url("postgres"))
    finally:
        careless.remove()


def test_a_role_that_does_not_wait_for_the_disk_is_refused(store: SqlStore) -> None:
    name = str(store.where).partition("?")[0].rpartition("/")[2]
    server().sql(f"ALTER DATABASE {name} SET synchronous_commit = off")
    with pytest.raises(NotDurable):
        SqlStore(str(store.where))


def test_two_programs_that_open_a_fresh_database_at_once_make_its_tables_once(open_at: Opener) -> None:
    url = server().database()
    with ThreadPoolExecutor(6) as pool:
        stores = list(pool.map(lambda _: open_at(url), range(6)))
    assert isinstance(office(stores[0]).give(opening("o"), NOW), Done)


def opening(command: str) -> OpenCase:
    return OpenCase(id=command, actor="an", procedure="QT-VP-05", title=f"x {command}")


def test_of_many_programs_on_one_item_one_wins_and_the_others_are_told(store: SqlStore, open_at: Opener) -> None:
    offices = [office(store), *(office(open_at(str(store.where))) for _ in range(3))]
    case = offices[0].ordered(NOW)

    def race(number: int) -> object:
        by = ("binh", "giang")[number % 2]
        return offices[number % 4].give(FinishWork(id=f"f{number}", actor=by, case=case, item=2, outcome="Hợp lệ"), NOW)

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(race, range(16)))
    assert sum(isinstance(answer, Done) for answer in answers) == 1
    assert sum(isinstance(answer, AlreadyDone) for answer in answers) == 15
    assert verify(store).sound


def test_a_refused_opening_leaves_no_gap_in_the_numbers(store: SqlStore) -> None:
    given = office(store)
    wrong = OpenCase(id="w", actor="nobody", procedure="QT-VP-05", title="x")
    answers = [given.give(command, NOW) for command in (opening("a"), wrong, opening("b"))]
    assert [answer.case for answer in answers if isinstance(answer, Done)] == ["HS-2026-0001", "HS-2026-0002"]


def test_a_case_that_another_program_holds_is_not_waited_for_for_ever(store: SqlStore, open_at: Opener) -> None:
    given = office(store)
    case = given.open(NOW)
    other = open_at(str(store.where))

    def impatient() -> object:
        with other.writing() as writer:
            writer.connection.execute(text("SET LOCAL lock_timeout = '50ms'"))
            return writer.held(case)

    with store.database.writing.begin() as holding:
        holding.execute(text("SELECT id FROM case_file WHERE id = :case FOR UPDATE"), {"case": case})
        with pytest.raises(Busy):
            impatient()
    assert impatient() is not None


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '53100'; END $$", "DiskFull"),
        ("DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '40P01'; END $$", "Conflict"),
        ("DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '53300'; END $$", "Busy"),
        ("SELECT pg_terminate_backend(pg_backend_pid())", "Gone"),
    ],
)
def test_what_the_server_says_is_told_as_what_it_means(statement: str, kind: str, store: SqlStore) -> None:
    def broken() -> None:
        with store.writing() as writer:
            writer.connection.execute(text(statement))

    with pytest.raises(Trouble) as caught:
        broken()
    assert type(caught.value).__name__ == kind
    assert caught.value.words.into("vi") != caught.value.words.into("en")
    assert isinstance(office(store).give(opening("o"), NOW), Done)


def test_what_was_broken_and_overlooked_is_not_acknowledged(store: SqlStore) -> None:
    def careless() -> None:
        with store.writing() as writer, suppress(DBAPIError):
            writer.connection.execute(text("SELECT 1 / 0"))

    with pytest.raises(Gone):
        careless()
    assert isinstance(office(store).give(opening("o"), NOW), Done)


def test_a_database_that_is_not_there_is_told(store: SqlStore) -> None:
    with pytest.raises((Damaged, Gone), match="nowhere"):
        SqlStore(server().url("nowhere"))


def test_a_conflict_is_decided_again(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    given = office(store)
    case = given.open(NOW)
    failures = iter([Conflict("x"), Gone("y")])
    whole = SqlStore.writing

    def unlucky(self: SqlStore) -> object:
        for failure in failures:
            raise failure
        return whole(self)

    monkeypatch.setattr(SqlStore, "writing", unlucky)
    fields = {"nội dung": "x", "tổng tiền": "1"}
    assert isinstance(given.finish(case, 1, "an", NOW, fields=fields, salt="s"), Done)


def test_after_the_server_was_killed_the_same_store_goes_on(own: Server, open_at: Opener) -> None:
    store = open_at(own.url("postgres"))
    given = office(store)
    case = given.ordered(NOW)
    own.stop(signal.SIGKILL)
    command = FinishWork(id="f", actor="binh", case=case, item=2, outcome="Hợp lệ")
    with pytest.raises(Gone):
        given.give(command, NOW)
    with pytest.raises(Gone), store.reading() as reader:
        reader.case_ids()
    own.start()
    assert isinstance(given.give(command, NOW), Done)
    assert given.case(case).version > 0
    assert verify(store).sound


def test_a_server_that_was_restarted_meanwhile_is_not_noticed(own: Server, open_at: Opener) -> None:
    store = open_at(own.url("postgres"))
    given = office(store)
    case = given.ordered(NOW)
    own.stop(signal.SIGINT)
    own.start()
    given.do(case, "kiểm tra", "binh", NOW, "Hợp lệ")


# -- kill -9 -----------------------------------------------------------------------------------------------------------


def work_until_killed(url: str, life: int, acknowledged: int) -> None:
    """Open cases and hand them in, telling each command that was answered through the pipe."""
    given = office(SqlStore(url))
    for number in range(10_000):
        opened = given.give(opening(f"{life}/{number}/o"), NOW)
        os.write(acknowledged, f"{life}/{number}/o\n".encode())
        if isinstance(opened, Done):
            fields = {"nội dung": "x", "tổng tiền": "1"}
            given.give(FinishWork(id=f"{life}/{number}/f", actor="an", case=opened.case, item=1, fields=fields), NOW)
            os.write(acknowledged, f"{life}/{number}/f\n".encode())


def kill_and_look(on: Server, kills: int, rng: random.Random, victim: str) -> int:
    """Kill a working client, or the whole server below it, again and again; what was acknowledged must be there."""
    url = on.database()
    SqlStore(url).close()
    told: list[str] = []
    for life in range(kills):
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                work_until_killed(url, life, write)
            finally:
                os._exit(1)
        os.close(write)
        with os.fdopen(read) as pipe:
            told.append(pipe.readline().strip())  # it is at work now
            time.sleep(rng.uniform(0, 0.05))
            if victim == "server":
                on.stop(signal.SIGKILL)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            told += pipe.read().splitlines()
        if victim == "server":
            on.start()
    given = office(SqlStore(url))
    with given.store.reading() as reader:
        written = {record.command for case in reader.case_ids() for record in reader.log(case)}
    assert set(told) <= written
    verdict = verify(given.store)  # type: ignore[arg-type]
    given.store.close()  # type: ignore[attr-defined]
    assert verdict.sound, verdict.faults
    return len(told)


@pytest.mark.parametrize("victim", ["client", "server"])
def test_what_was_acknowledged_survives_a_kill(victim: str, own: Server) -> None:
    assert kill_and_look(own, 4, random.Random(1), victim) >= 4  # noqa: S311 (moments, not secrets)


@pytest.mark.torture
@pytest.mark.timeout(900)
@pytest.mark.parametrize(("victim", "kills"), [("client", 400), ("server", 60)])
def test_what_was_acknowledged_survives_hundreds_of_kills(victim: str, kills: int, own: Server) -> None:
    assert kill_and_look(own, kills, random.Random(2), victim) > kills  # noqa: S311 (moments, not secrets)


def test_what_only_reads_cannot_write(store: SqlStore) -> None:
    with store.reading() as reader, pytest.raises(DBAPIError, match="read-only"):
        reader.connection.execute(text("DELETE FROM breach"))


def test_no_question_is_compiled_before_it_is_answered(store: SqlStore) -> None:
    for transaction in (store.reading, store.writing):
        with transaction() as reader:
            assert reader.connection.exec_driver_sql("SHOW jit").scalar_one() == "off"


def test_more_people_than_connections_wait_for_one_that_is_given_back() -> None:
    store = fresh_store()
    given = Office.with_(purchase(), store=store)

    def person(number: int) -> object:
        return given.give(opening(f"{number}"), NOW)

    with ThreadPoolExecutor(80) as pool:  # a store has 32 connections; nobody may wait until he is told that it is busy
        answers = list(pool.map(person, range(160)))
    assert [answer for answer in answers if not isinstance(answer, Done)] == []
    store.close()


def test_the_planner_keeps_no_sample_of_what_was_erased(store: SqlStore, tmp_path: Path) -> None:
    given = office(store)
    units = tuple(replace(unit, heads=("Giám đốc",)) for unit in given.organisation.units)
    given.organisation = replace(given.organisation, units=units)
    vars(given)["files"] = FileShelf(tmp_path / "files")
    for number, title in enumerate(("Mua giấy", "Đơn của Nguyễn Thị Bình", "Mua mực")):
        case = given.give(OpenCase(id=f"o{number}", actor="an", procedure="QT-VP-05", title=title), NOW)
        assert isinstance(case, Done)
        given.give(WithdrawCase(id=f"w{number}", actor="an", case=case.case, reason=title), NOW)
    KeptForms(store).keep("an", given.open(NOW), 1, {"ly-do": ["Nguyễn Thị Bình"]}, NOW)

    def sampled() -> set[tuple[str, str]]:
        found = text(
            "SELECT tablename, attname FROM pg_stats"
            " WHERE concat(most_common_vals::text, histogram_bounds::text) ~* 'Nguyễn|nguyen'"
        )
        with store.reading() as reader:
            return {(row.tablename, row.attname) for row in reader.connection.execute(found)}

    with store.writing() as writer:
        writer.connection.execute(text("ANALYZE"))
    assert {("case_file", "title"), ("written_text", "text"), ("case_word", "word")} <= sampled()
    assert ("kept_form", "body") not in sampled()
    named = "HS-2026-0002"
    places = tuple(one.place for record in given.log(named) for one in record.texts)
    erasing = EraseValues(id="x", actor="em", case=named, texts=places, reason="theo đơn", basis="Luật 91/2025")
    done = carry_out(given, erasing, NOW)  # type: ignore[arg-type]
    assert isinstance(done, Done), done
    assert sampled() == set()


def test_however_many_ask_at_once_a_program_takes_no_more_connections_than_it_says(open_at: Opener) -> None:
    small, clients = Server(max_connections="36").start(), 60
    store, together = open_at(small.database()), Barrier(clients)

    def ask(number: int) -> None:
        together.wait(30)
        first, second = (store.reading, store.writing) if number % 2 else (store.writing, store.reading)
        for opened in (first, second):
            with opened() as asked:
                asked.connection.exec_driver_sql("SELECT pg_sleep(0.05)")

    try:
        with ThreadPoolExecutor(clients) as pool:
            list(pool.map(ask, range(clients)))
    finally:
        store.close()
        small.remove()
