"""Given many running cases, when a new calendar comes into force, then all follow it: shown first, page by page."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest
from sqlalchemy import text

from engine.commands import FollowCalendar, PauseCase, WithdrawCase
from engine.following import Follower, changes, follow_all
from engine.handle import Done
from engine.refusals.issues import IssueAltered
from engine.stores.audit import verify
from engine.stores.sql import SqlStore
from procedures.shelf import MemoryShelf, release
from tests.engine.clocks.test_following import closed
from tests.engine.house import ISSUED, Office, at
from tests.procedures.building import days, end, norm, procedure, work

NOW, LATER = at(2, 8), Follower("em", at(3, 9).astimezone(UTC))
MADE = procedure(work("mở", end(), may_pause=True, norm=norm("3")), within=days("5"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = SqlStore(tmp_path / "a.db")
    yield opened
    opened.close()


@pytest.fixture
def before(store: SqlStore) -> Office:
    """Seven cases: one that has ended, one paused, one that nothing moves, four ordinary ones."""
    office = Office.with_(MADE, store=store)
    cases = [office.open(NOW, procedure="QT-01") for _ in range(6)]
    office.give(WithdrawCase(id="w", actor="an", case=cases[1], reason="thôi"), at(2, 9))
    office.give(PauseCase(id="p", actor="an", case=cases[2], reason="chờ"), at(2, 9))
    office.open(at(12, 8), procedure="QT-01")
    return office


def dues(office: Office) -> dict[str, object]:
    with office.store.reading() as reader:
        return {case.id: (case.due, [item.due for item in case.live_items]) for case in reader.cases()}


def moved(office: Office) -> list[str]:
    with office.store.reading() as reader:
        return [change.case.id for change in changes(reader, office, page_of=2)]


def ids(*numbers: int) -> list[str]:
    return [f"HS-2026-{number:04d}" for number in numbers]


def test_what_would_move_is_shown_and_nothing_is_written(before: Office) -> None:
    kept = dues(before)
    after = replace(before, calendar=closed(4))
    assert moved(before) == []
    assert moved(after) == ids(1, 3, 4, 5, 6)
    assert dues(before) == kept


def test_every_running_case_that_moves_is_brought_over_once(before: Office, store: SqlStore) -> None:
    after = replace(before, calendar=closed(4))
    pages = list(follow_all(store, after, LATER, page_of=2))
    assert [(page.seen, page.moved) for page in pages] == [(2, 2), (2, 2), (2, 1)]
    assert moved(after) == []
    assert sum(page.moved for page in follow_all(store, after, LATER)) == 0
    told = after.log("HS-2026-0001")[-1]
    assert (told.event.kind, told.actor, told.at) == ("DeadlinesRecomputed", "em", LATER.now)
    assert (after.case("HS-2026-0001").due, after.case("HS-2026-0001").promised) == (at(10, 17), at(9, 17))
    assert verify(store).sound


def test_in_bulk_as_one_by_one(before: Office, store: SqlStore, tmp_path: Path) -> None:
    after = replace(before, calendar=closed(4, 5))
    other = SqlStore(tmp_path / "b.db")
    alone = Office.with_(MADE, store=other)
    for _ in range(6):
        alone.open(NOW, procedure="QT-01")
    alone.give(WithdrawCase(id="w", actor="an", case="HS-2026-0002", reason="thôi"), at(2, 9))
    alone.give(PauseCase(id="p", actor="an", case="HS-2026-0003", reason="chờ"), at(2, 9))
    alone.open(at(12, 8), procedure="QT-01")
    list(follow_all(store, after, LATER))
    one_by_one = replace(alone, calendar=closed(4, 5))
    for case in moved(one_by_one):
        version = one_by_one.case(case).version
        one_by_one.give(FollowCalendar(id=f"calendar/{case}/{version}", actor="em", case=case), LATER.now)
        bulk, single = after.log(case)[-1], one_by_one.log(case)[-1]
        assert (bulk.command, bulk.digest, bulk.body) == (single.command, single.digest, single.body)
        asked = FollowCalendar(id=bulk.command, actor="em", case=case)
        assert after.give(asked, LATER.now) == Done(case, (bulk,), repeated=True)
    assert dues(after) == dues(one_by_one)
    other.close()


def test_whoever_stops_in_the_middle_goes_on_with_what_is_left(before: Office, store: SqlStore) -> None:
    after = replace(before, calendar=closed(4))
    pages = follow_all(store, after, LATER, page_of=2)
    assert next(pages).moved == 2
    pages.close()
    assert moved(after) == ids(4, 5, 6)
    assert sum(page.moved for page in follow_all(store, after, LATER)) == 3
    assert verify(store).sound


def test_a_page_that_fails_leaves_nothing_and_the_next_run_does_it(before: Office, store: SqlStore) -> None:
    after = replace(before, calendar=closed(4))
    with store.database.writing.begin() as connection:
        connection.execute(
            text(
                "CREATE TRIGGER fault BEFORE UPDATE ON work_item WHEN NEW.case_id = 'HS-2026-0004' "
                "BEGIN SELECT RAISE(ABORT, 'no'); END"
            )
        )
    kept = dues(before)
    with pytest.raises(Exception, match="no"):
        list(follow_all(store, after, LATER, page_of=2))
    done = dues(after)
    assert [case for case in kept if kept[case] != done[case]] == ids(1, 3)
    with store.database.writing.begin() as connection:
        connection.execute(text("DROP TRIGGER fault"))
    assert sum(page.moved for page in follow_all(store, after, LATER, page_of=2)) == 3
    assert verify(store).sound


def test_a_calendar_taken_back_brings_the_first_dues_back(before: Office, store: SqlStore) -> None:
    kept = dues(before)
    list(follow_all(store, replace(before, calendar=closed(4)), LATER))
    assert dues(before) != kept
    list(follow_all(store, before, Follower("em", at(4, 9).astimezone(UTC))))
    assert dues(before) == kept
    assert verify(store).sound


def test_a_case_whose_issue_was_altered_is_told_and_left(before: Office, store: SqlStore) -> None:
    other = MemoryShelf()
    other.publish(release(MADE.model_copy(update={"name": "Khác"}), approved_by="Giám đốc", issued_at=ISSUED))
    after = replace(before, calendar=closed(4), shelf=other)
    (page,) = follow_all(store, after, LATER)
    assert (page.moved, len(page.refused)) == (0, 6)
    assert isinstance(page.refused[0], IssueAltered)
    assert moved(after) == []
