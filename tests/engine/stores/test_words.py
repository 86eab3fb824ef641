"""Every store finds by words what looking at every case finds, whether a word is rare or stands in all of them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.commands import OpenCase
from engine.finding import answers, words_asked
from engine.handle import Done
from engine.store import Store
from engine.stores import words
from engine.stores.memory import MemoryStore
from engine.stores.sql import SqlStore
from tests.engine.house import Office, at, purchase
from tests.postgres import fresh_store

TITLES = ("Mua máy in", "Mua mực in", "Sửa máy ảnh", "Thay đường ống", "In giấy mời 05/GM-VP", "Đặt hoa", "Mua ôtô z9")
ASKED = (
    "may",
    "mua in",
    "in may",
    "duong",
    "hs-2026",
    "2026-0003",
    "3",
    "05/gm",
    "gm-vp",
    "qt-vp-05",
    "vp",
    "zz",
    "z",
    "",
)
Opener = Callable[[Path], Store]


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    store: Store = MemoryStore()
    if request.param != "memory":
        store = SqlStore(tmp_path / "a.db") if request.param == "sqlite" else fresh_store()
    given = Office.with_(purchase(), store=store)
    for day, title in enumerate(TITLES, 2):
        done = given.give(OpenCase(id=f"o{day}", actor="an", procedure="QT-VP-05", title=title), at(day, 8))
        assert isinstance(done, Done), done
    yield given
    if isinstance(store, SqlStore):
        store.close()


@pytest.mark.parametrize("few", [0, 2, 2_000])
def test_what_is_found_is_what_looking_at_every_case_finds(
    few: int, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "_FEW", few)
    counts = set()
    with office.store.reading() as reader:
        for text in ASKED:
            found = [case.id for case in reader.cases(search=text)]
            assert found == [case.id for case in reader.cases() if answers(case, words_asked(text))]
            counts.add(len(found))
    assert counts >= {0, 1, 2, len(TITLES)}
