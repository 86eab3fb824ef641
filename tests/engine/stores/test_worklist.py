"""A page of a list of work costs the same wherever it is, though thousands of pieces of work are due at one instant."""

from collections.abc import Iterator

import pytest

from engine.commands import ClaimWork
from engine.store import Place
from engine.stores.sql import SqlReader, SqlStore
from tests.engine.crowd import crowd, looked_at
from tests.engine.house import Office, at, purchase
from tests.postgres import fresh_store

POSTS = frozenset({"Chuyên viên quản trị@Văn phòng", "Chuyên viên quản trị@*"})
LISTS = {
    "everybody's": (None, None),
    "of posts": (POSTS, None),
    "in hand": (None, "binh"),
    "of a person": (POSTS, "binh"),
}
#: Of each of the cases, of which a third have work in somebody's hands.
COPIES, SIZE = 4_000, 50


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlStore]:
    """Thousands of pieces of work that are all due at one instant."""
    opened = SqlStore(tmp_path_factory.mktemp("list") / "a.db") if request.param == "sqlite" else fresh_store()
    office = Office.with_(purchase(), store=opened)
    cases = [office.ordered(at(2, 9)) for _ in range(3)]
    office.give(ClaimWork(id=office.id(), actor="binh", case=cases[0], item=2), at(2, 9))
    crowd(opened, COPIES)
    yield opened
    opened.close()


@pytest.mark.parametrize("whose", LISTS)
def test_a_page_costs_the_same_wherever_it_begins(whose: str, store: SqlStore) -> None:
    posts, assignee = LISTS[whose]
    with store.reading() as reader:
        every = reader.work(posts, assignee)
        assert len({work.due for work in every}) == 1
        assert len(every) > COPIES
    for before in (None, every[len(every) // 2], every[-SIZE - 1]):
        place: Place | None = before and before.place

        def page(reader: SqlReader, place: Place | None = place) -> object:
            return reader.work(posts, assignee, after=place, limit=SIZE)

        first = every.index(before) + 1 if before else 0
        with store.reading() as reader:
            assert page(reader) == every[first : first + SIZE]
        assert looked_at(store, page) < COPIES // 3
