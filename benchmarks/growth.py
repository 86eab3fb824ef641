"""What growth costs: an advance, a page of work, a search and a case, with a thousand open cases and with a million."""

import argparse
import gc
import os
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.advance import percentile
from benchmarks.copies import agency, grow
from benchmarks.w1 import NOW, command_id
from engine.commands import FinishWork
from engine.finding import words_asked
from engine.handle import Done, handle
from engine.scope import Scope, scope_of
from engine.store import Place
from engine.stores.sql import SqlReader, SqlStore
from quality import questions_cases, questions_work
from quality.questions_work import Whose

_STEPS, _ROUNDS, _READ, _PAGE = 100, 3, 20, 50
_FREE = "SELECT case_id FROM work_item WHERE live AND step = 'kiểm tra' AND assignee IS NULL ORDER BY case_id"
_DUE = "coalesce(due, 253402300800)"
_AMONG = f"SELECT {_DUE}, case_id, number FROM work_item WHERE live ORDER BY {_DUE}, case_id, number"
#: Whose list is read: the person's name, and which of their lists it is.
_LISTS: dict[str, tuple[str, Whose]] = {
    "a clerk's": ("binh", "mine"),
    "a unit head's": ("truong.7", "units"),
    "the director's": ("em", "units"),
}
#: What is looked for: one case, what every case has, a hundredth of them, two words of which one is everywhere.
_SOUGHT = ("2026-0777", "mua", "phòng họp 7", "máy chiếu")


@dataclass
class Grown:
    """A store of one size, and what was measured of it: seconds by the clock and by the processor."""

    where: Path | str
    cases: int
    bytes: int
    took: dict[str, list[float]] = field(default_factory=dict)
    worked: dict[str, float] = field(default_factory=dict)

    def begin(self) -> None:
        """Open it, and choose which cases are advanced: each for the first time since the program began."""
        self.store, self.on = SqlStore(self.where), agency()
        with self.store.reading() as reader:
            free = list(reader.connection.exec_driver_sql(_FREE).scalars())
            there = int(reader.connection.exec_driver_sql("SELECT count(*) FROM work_item WHERE live").scalar_one())
            told = reader.connection.exec_driver_sql(f"{_AMONG} LIMIT 1 OFFSET {there // 2}").one()
        self.middle: Place = (datetime.fromtimestamp(told[0], UTC), told[1], told[2])
        self.free = random.Random(1).sample(free, min(len(free), _STEPS * _ROUNDS))  # noqa: S311 - no secret
        self.lists = {name: self._wanted(*whose) for name, whose in _LISTS.items()}
        self.items = there

    def _wanted(self, person: str, whose: Whose) -> questions_work.Wanted:
        leader = ("Giám đốc",)
        scope = scope_of(self.on.organisation, person, NOW.date(), leader)
        return questions_work.Wanted(NOW, NOW, whose, scope)

    def advance(self, many: int) -> None:
        """Advance some cases, each a durable commit."""
        for _ in range(min(many, len(self.free))):
            case = self.free.pop()
            command = FinishWork(
                id=command_id(1_000_000, len(self.free)), actor="binh", case=case, item=2, outcome="Đủ", reason=None
            )
            self._time("advance", partial(self._given, command))

    def _given(self, command: FinishWork) -> None:
        answer = handle(command, store=self.store, ground=self.on, now=NOW)
        assert isinstance(answer, Done), answer

    def read(self) -> None:
        """Read pages of lists of work, and search."""
        with self.store.reading() as reader:
            for name, wanted in self.lists.items():
                for place, after in (("first page", None), ("page in the middle", self.middle)):
                    asked = partial(questions_work.onward, reader, wanted, after, _PAGE)
                    self._time(f"{name} list, {place}", asked, _READ)
            for words in _SOUGHT:
                for who, scope in (("director", Scope()), ("unit head", self.lists["a unit head's"].scope)):
                    sought = questions_cases.Wanted(NOW, NOW, scope, words=words_asked(words))
                    self._time(f"“{words}”, {who}", partial(questions_cases.onward, reader, sought, None, _PAGE), 5)

    def count(self) -> None:
        """Count and sort lists as far as people read them, as their pages do."""
        with self.store.reading() as reader:
            for name, wanted in self.lists.items():
                self._time(f"{name} list, counted", partial(questions_work.counts, reader, wanted), 3)
                self._time(f"{name} list, sorted", partial(_first_sorted, reader, wanted), 3)

    def _time(self, what: str, work: Callable[[], Any], times: int = 1) -> None:
        took = self.took.setdefault(what, [])
        for _ in range(times):
            begin, worked = time.perf_counter(), time.process_time()
            work()
            took.append(time.perf_counter() - begin)
            self.worked[what] = self.worked.get(what, 0.0) + time.process_time() - worked

    def cell(self, what: str, least: float | None = None) -> str:
        """Return the median of some work in milliseconds and what it is to `least`, its p95, the processor's share."""
        took = self.took[what]
        ratio = f" ({median(took) * 1_000 / least:.2f})" if least is not None else ""
        cpu = self.worked[what] / len(took) * 1_000
        return f"{median(took) * 1_000:.2f}{ratio} / {percentile(took, 0.95):.2f} / {cpu:.2f}"


def _first_sorted(reader: SqlReader, wanted: questions_work.Wanted) -> object:
    return questions_work.page(reader, wanted, skip=0, size=_PAGE)


class Stores:
    """Where stores of each size are made, each by a program of its own, whose memory is not counted."""

    def __init__(self, root: Path, *, postgres: bool) -> None:
        self.root = root
        if postgres:
            from tests.postgres import Server

            self.server: Server | None = Server(root, max_wal_size="4GB").start()
        else:
            self.server = None

    def of(self, cases: int) -> Grown:
        """Return a store with so many open cases."""
        where: Path | str = self.server.database() if self.server else self.root / f"{cases}.db"
        begin = time.perf_counter()
        maker = get_context("spawn").Process(target=grow, args=(where, cases))
        maker.start()
        maker.join()
        assert maker.exitcode == 0
        size = self._size(where)
        print(f"{cases:,} open cases made in {time.perf_counter() - begin:.0f} s", file=sys.stderr, flush=True)
        return Grown(where, cases, size)

    @staticmethod
    def _size(where: Path | str) -> int:
        if isinstance(where, Path):
            return where.stat().st_size
        import psycopg

        with psycopg.connect(where) as connection:
            row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
        assert row is not None
        return int(row[0])

    def close(self) -> None:
        """End the server."""
        if self.server:
            self.server.remove()


def measured(stores: list[Grown]) -> None:
    """Give every store the same work, some at a time in turn, so that what else the machine does meets them all."""
    for store in stores:
        store.begin()
        store.advance(3)  # what a program does once
        store.read()
        store.took, store.worked = {}, {}
    gc.collect()
    for _ in range(_ROUNDS):
        for _ in range(_STEPS // 10):
            for store in stores:
                store.advance(10)
        for store in stores:
            store.read()
    for store in stores:
        store.count()


def told(stores: list[Grown]) -> None:
    """Print what was measured, a column for each size."""
    print(
        "\n| " + " | ".join(["ms: median / p95 / processor", *(f"{one.cases:,} open cases" for one in stores)]) + " |"
    )
    print("|---" * (len(stores) + 1) + "|")
    for what in stores[0].took:
        least = median(stores[0].took[what]) * 1_000 if what == "advance" else None
        print("| " + " | ".join([what, *(one.cell(what, least) for one in stores)]) + " |")
    print("| " + " | ".join(["KB a case", *(f"{one.bytes / one.cases / 1_000:.1f}" for one in stores)]) + " |")
    print("| " + " | ".join(["pieces of open work", *(f"{one.items:,}" for one in stores)]) + " |")


def main() -> None:
    """Run and print tables in Markdown."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sizes", default="1000,10000,100000,1000000")
    asked.add_argument("--folder", type=Path, help="Where files go; the disk matters more than anything else.")
    asked.add_argument("--postgres", action="store_true")
    given = asked.parse_args()
    root = Path(tempfile.mkdtemp(dir=given.folder, prefix="quytrinh-growth-"))
    root.chmod(0o755)
    made = Stores(root, postgres=given.postgres)
    try:
        stores = [made.of(int(size)) for size in given.sizes.split(",")]
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        load = os.getloadavg()[0]
        measured(stores)
        print(f"{'PostgreSQL' if given.postgres else 'SQLite FULL'}, load {load:.1f} to {os.getloadavg()[0]:.1f}")
        told(stores)
        print(f"\nmost memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB, {before} MB at first")
    finally:
        made.close()
        shutil.rmtree(root)


if __name__ == "__main__":
    main()
