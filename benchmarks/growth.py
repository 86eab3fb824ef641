"""What growth costs: an advance, a page of work and a case, with a thousand open cases and with a million."""

import argparse
import random
import resource
import shutil
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.contestants.base import Place
from benchmarks.contestants.ours import Ours
from benchmarks.w1 import NOW, Plan, finish, name_of
from engine.handle import handle
from engine.state import kept, plain, read_case
from engine.stores.writers import driver_of

_TABLES = ("event", "case_file", "work_item", "work_holder", "entered_value")
_STEPS, _ROUNDS, _PAGE = 100, 3, 50
_POST = frozenset({"Chuyên viên quản trị@Văn phòng", "Chuyên viên quản trị@*"})


def grown(folder: Path, cases: int) -> Ours:
    """Return a store with so many open cases: one that was handed in, and copies of its rows under other numbers."""
    ours = Ours(Place(folder))
    ours.open(1)
    step = Plan(ours.on).way(3)[0]
    ours.client()(1, 1, step)
    with ours.store.writing() as writer:
        driver_of(writer.connection).create_function("renamed", 2, _renamed)
        for table in _TABLES:
            info = writer.connection.exec_driver_sql(f"PRAGMA table_info({table})").all()
            columns = ", ".join(_copied(table, name) for _, name, *_ in info)
            writer.connection.exec_driver_sql(
                f"WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < {cases}) "
                f"INSERT INTO {table} SELECT {columns} FROM n CROSS JOIN {table}"
            )
        writer.connection.exec_driver_sql("ANALYZE")
    return ours


def _copied(table: str, column: str) -> str:
    here = "printf('HS-2026-%04d', i)"
    if column in {"id", "case_id"}:
        return here
    if (table, column) == ("case_file", "number"):
        return "i"
    if column == "command":
        return "randomblob(16)" if table == "event" else "hex(randomblob(16))"
    return f"renamed(state, {here})" if column == "state" else column


def _renamed(state: bytes, new: str) -> bytes:
    return kept(read_case(plain(state).replace(b"HS-2026-0001", new.encode())))


def took(work: Callable[[], object]) -> float:
    """Return how many milliseconds `work` takes."""
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1_000


class Grown:
    """A store of one size, and what was measured of it."""

    def __init__(self, folder: Path, cases: int, rng: random.Random) -> None:
        self.cases = cases
        self.ours = grown(folder, cases)
        self.bytes = (folder / "a.db").stat().st_size / cases
        self.untouched = rng.sample(range(2, cases + 1), min(cases - 1, _STEPS * _ROUNDS))
        self.advances: list[float] = []
        self.first: list[float] = []
        self.later: list[float] = []
        self.step = Plan(self.ours.on).way(3)[1]

    def round(self) -> None:
        """Advance some cases, and read pages of the list of a post."""
        for _ in range(min(_STEPS, len(self.untouched))):
            command = finish(self.untouched.pop(), 2, self.step)
            self.advances.append(took(partial(handle, command, store=self.ours.store, ground=self.ours.on, now=NOW)))
        with self.ours.store.reading() as reader:
            page = reader.work(_POST, "binh", limit=_PAGE)
            self.first.append(took(lambda: reader.work(_POST, "binh", limit=_PAGE)))
            middle = (page[0].due, name_of(self.cases // 2), 2)
            self.later.append(took(lambda: reader.work(_POST, "binh", after=middle, limit=_PAGE)))


def main() -> None:
    """Run and print a table in Markdown."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sizes", default="1000,10000,100000")
    asked.add_argument("--folder", type=Path)
    told = asked.parse_args()
    rng = random.Random(1)  # noqa: S311 - which cases, not a secret
    root = Path(tempfile.mkdtemp(dir=told.folder, prefix="quytrinh-growth-"))
    try:
        stores = []
        for size in map(int, told.sizes.split(",")):
            folder = root / str(size)
            folder.mkdir()
            stores.append(Grown(folder, size, rng))
        for _ in range(_ROUNDS):
            for store in stores:
                store.round()
        print("| open cases | advance ms (first = 1) | first page ms | page in the middle ms | KB a case |")
        print("|---|---|---|---|---|")
        least = median(stores[0].advances)
        for one in stores:
            middle = median(one.advances)
            pages = f"{median(one.first):.1f} | {median(one.later):.1f}"
            print(f"| {one.cases:,} | {middle:.2f} ({middle / least:.2f}) | {pages} | {one.bytes / 1_000:.1f} |")
        print(f"\nmost memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    finally:
        shutil.rmtree(root)


if __name__ == "__main__":
    main()
