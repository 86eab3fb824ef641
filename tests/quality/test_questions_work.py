"""The list of open work as the database counts and pages it is the one that looking at every piece of it gives."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from engine.case import is_late
from engine.commands import ClaimWork, GiveTask, PauseCase
from engine.scope import Scope
from engine.store import Place, Work
from engine.stores.sql import SqlReader, SqlStore
from procedures.organisation import Organisation, OrgUnit, Person, Post
from quality import questions_work
from quality.questions_work import Look, Wanted, Whose
from tests.engine.crowd import crowd, looked_at
from tests.engine.house import Office, at, people, purchase, working_time
from tests.postgres import fresh_store

DAY = 480
POSTS = frozenset({"Chuyên viên quản trị@Văn phòng", "person:binh"})


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Work that is late, behind, due soon, in time, paused, free, in other hands and of other units."""
    store = SqlStore(tmp_path_factory.mktemp("work") / "a.db") if request.param == "sqlite" else fresh_store()
    steps = tuple(step.model_copy(update={"may_pause": True}) for step in purchase().steps)
    given = Office.with_(purchase().model_copy(update={"steps": steps}), store=store)
    for day in range(2, 20):
        case = given.ordered(at(day, 8))
        if day % 3 == 0:
            given.give(ClaimWork(id=given.id(), actor=("binh", "giang")[day % 2], case=case, item=2), at(day, 9))
        if day % 5 == 0:
            given.do(case, "kiểm tra", ("binh", "giang")[day % 2], at(day, 9), "Hợp lệ")
        if day % 7 == 0:
            given.give(PauseCase(id=given.id(), actor="an", case=case, reason="chờ"), at(day, 10))
        given.open(at(day, 11))
    yield given
    store.close()


def look(work: Work, now: datetime) -> Look:
    if work.case_status == "paused":
        return "paused"
    if work.case_due is not None and is_late(now, work.case_due):
        return "late"
    if work.due is not None and is_late(now, work.due):
        return "slow"
    soon = work.due is not None and working_time().working_minutes(now, work.due) <= DAY
    return "near" if soon else "safe"


def theirs(work: Work, whose: Whose, scope: Scope, mine: set[tuple[str, int]]) -> bool:
    if whose == "all" or (whose == "units" and scope.units is None):
        return True
    known = (work.case, work.item) in mine
    if whose == "units":
        return known or work.unit in (scope.units or ())
    return known and work.assignee in {None, scope.person}


@pytest.mark.parametrize("whose", ["all", "mine", "units"])
@pytest.mark.parametrize("units", [None, frozenset({"Phòng Kế hoạch"}), frozenset()], ids=["every", "one", "none"])
def test_it_counts_and_pages_what_looking_at_every_piece_gives(
    whose: Whose, units: frozenset[str] | None, office: Office
) -> None:
    scope = Scope("binh", POSTS, units)
    seen: set[str] = set()
    for hours in range(0, 28 * 24, 97):
        now = at(2, 7, 59) + timedelta(hours=hours, seconds=hours)
        near = working_time().add_working_minutes(now, DAY + 1)
        with office.store.reading() as reader:
            mine = {(one.case, one.item) for one in reader.work(scope.posts, scope.person)}
            wanted = [one for one in reader.work() if theirs(one, whose, scope, mine)]
            counted = questions_work.counts(reader, Wanted(now, near, whose, scope))  # type: ignore[arg-type]
            assert counted == Counter(look(one, now) for one in wanted)
            seen |= set(counted)
            for one in (None, *counted):
                asked = Wanted(now, near, whose, scope, one)
                here = [work for work in wanted if one in {None, look(work, now)}]
                here.sort(key=lambda work: look(work, now) != "late")
                paged = [
                    work
                    for skip in range(0, len(here) + 7, 7)
                    for work in questions_work.page(reader, asked, skip=skip, size=7)  # type: ignore[arg-type]
                ]
                assert paged == here
    assert seen == {"late", "slow", "near", "safe", "paused"} or whose != "all"


@pytest.mark.parametrize("whose", ["all", "mine", "units"])
def test_of_a_list_without_end_what_is_due_first_is_counted_and_shown(
    whose: Whose, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, scope = at(16, 8), Scope("binh", POSTS, frozenset({"Phòng Kế hoạch"}))
    near = working_time().add_working_minutes(now, DAY + 1)
    monkeypatch.setattr(questions_work, "MOST", 4)
    with office.store.reading() as reader:
        mine = {(one.case, one.item) for one in reader.work(scope.posts, scope.person)}
        every = [one for one in reader.work() if theirs(one, whose, scope, mine)]
        looks = {look(work, now) for work in every}
        assert len(every) > 5
        assert len(looks) > 1
        for one in (None, *looks):
            wanted = Wanted(now, near, whose, scope, one)
            first = [work for work in every if one in {None, look(work, now)}][:5]
            assert questions_work.counts(reader, wanted) == Counter(look(work, now) for work in first)  # type: ignore[arg-type]
            first.sort(key=lambda work: look(work, now) != "late")
            assert questions_work.page(reader, wanted, skip=1, size=50) == first[1:]  # type: ignore[arg-type]


def test_it_is_walked_page_by_page_from_the_place_where_the_last_one_ended(office: Office) -> None:
    now = at(20, 8)
    for wanted in (Wanted(now, now), Wanted(now, now, overdue=True), Wanted(now, now, unit="Văn phòng", overdue=True)):
        walked: list[Work] = []
        with office.store.reading() as reader:
            every = [one for one in reader.work() if wanted.unit in {None, one.unit}]
            here = [one for one in every if not wanted.overdue or look(one, now) in {"late", "slow"}]
            while page := questions_work.onward(
                reader, wanted, questions_work.place_of(questions_work.text_of(walked[-1].place)) if walked else None, 3
            ):  # type: ignore[arg-type]
                walked += page
            assert sum(questions_work.counts(reader, wanted).values()) == len(here)  # type: ignore[arg-type]
        assert walked == here != []
    assert questions_work.place_of("HS-2026-0001") is None


def test_a_further_task_is_on_the_list_of_whoever_it_is_for(office: Office) -> None:
    case = office.ordered(at(20, 8))
    office.give(ClaimWork(id=office.id(), actor="giang", case=case, item=2), at(20, 9))
    mine = Wanted(at(20, 10), at(20, 10), "mine", Scope("chi", frozenset({"person:chi"}), frozenset()))

    def listed() -> set[str]:
        with office.store.reading() as reader:
            return {one.case for one in questions_work.onward(reader, mine, None, 100)}  # type: ignore[arg-type]

    assert case not in listed()
    office.give(GiveTask(id=office.id(), actor="giang", case=case, item=2, to="chi", what="đếm lại"), at(20, 10))
    assert case in listed()


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(at(2, 10), at(2, 10), "mine", Scope("giang", POSTS, frozenset())),
        Wanted(at(2, 10), at(2, 10), "units", Scope("dung", frozenset(), frozenset({"Văn phòng"}))),
        Wanted(at(2, 10), at(2, 10), "units", Scope("em", frozenset(), None)),
        Wanted(at(2, 10), at(2, 10), unit="Văn phòng"),
        Wanted(at(2, 10), at(2, 10), "mine", Scope("giang", POSTS, frozenset()), look="safe"),
    ],
    ids=["a person's", "a unit's", "everybody's", "everybody's in a unit", "a person's in time"],
)
def test_a_page_costs_the_same_wherever_it_begins(wanted: Wanted, thousands: SqlStore) -> None:
    with thousands.reading() as reader:
        every = questions_work.onward(reader, wanted, None, 100_000)  # type: ignore[arg-type]
    assert len(every) > 5_000
    for before in (every[2_500], every[-51]):

        def page(reader: SqlReader, place: Place = before.place) -> list[Work]:
            return questions_work.onward(reader, wanted, place, 50)

        first = every.index(before) + 1
        with thousands.reading() as reader:
            assert page(reader) == every[first : first + 50]  # type: ignore[arg-type]
        assert looked_at(thousands, page) < 2_000


@pytest.mark.parametrize(
    ("wanted", "there"),
    [
        (Wanted(at(2, 10), at(2, 10), "mine", Scope("chi", frozenset({"person:chi"}), frozenset())), 0),
        (Wanted(at(2, 10), at(2, 10), "units", Scope("hoa", frozenset(), frozenset({"Phòng Tài chính"}))), 1),
        (Wanted(at(2, 10), at(2, 10), unit="Phòng Tài chính"), 1),
    ],
    ids=["a person's", "a unit's", "everybody's in a unit"],
)
def test_behind_thousands_of_others_a_short_list_is_read_at_once(
    wanted: Wanted, there: int, thousands: SqlStore
) -> None:
    def list_of(reader: SqlReader) -> tuple[list[Work], list[Work], int]:
        first, onward = (
            questions_work.page(reader, wanted, skip=0, size=50),
            questions_work.onward(reader, wanted, None, 50),
        )
        return first, onward, sum(questions_work.counts(reader, wanted).values())

    with thousands.reading() as reader:
        page, onward, counted = list_of(reader)  # type: ignore[arg-type]
    assert len(page) == len(onward) == counted == there
    assert looked_at(thousands, list_of) < 400


@pytest.fixture(scope="module")
def thousands(office: Office) -> Iterator[SqlStore]:
    """Thousands of pieces of work that are due at one instant, a third in somebody's hands; one of another unit."""
    store = SqlStore(office.store.where.parent / "b.db") if isinstance(office.store.where, Path) else fresh_store()
    given = Office.with_(purchase(), store=store)
    hoa = Person("hoa", "Hoa", (Post("Chuyên viên", "Phòng Tài chính"),))
    units = (*people().units, OrgUnit("Phòng Tài chính", parent="Sở A"))
    given.organisation = Organisation(units=units, people=(*people().people, hoa))
    cases = [given.ordered(at(2, 9)) for _ in range(3)]
    given.give(ClaimWork(id=given.id(), actor="binh", case=cases[0], item=2), at(2, 9))
    crowd(store, 3_000)
    given.open(at(2, 11), by="hoa")
    yield store
    store.close()


def test_the_work_of_many_units_is_the_same_list(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = Wanted(at(20, 8), at(20, 8), "units", Scope("an", frozenset(), frozenset({"Phòng Kế hoạch", "Văn phòng"})))
    with office.store.reading() as reader:
        few = questions_work.onward(reader, wanted, None, 100)  # type: ignore[arg-type]
        monkeypatch.setattr(questions_work, "_UNITS", 1)
        assert questions_work.onward(reader, wanted, None, 100) == few != []  # type: ignore[arg-type]
