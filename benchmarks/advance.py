"""What one advance costs: the work W1 by quytrinh, raw, and by its peers, in interleaved rounds on both databases."""

import argparse
import gc
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.contestants.base import Contestant, Place
from benchmarks.contestants.ours import Ours, Raw, Recording, recorded
from benchmarks.w1 import Plan, Step, ground

Job = tuple[int, int, Step]
_HEAD = "| | steps/s | raw = 1 | ms p50 / p95 / p99 | CPU µs a step | KB a case |\n|---|---|---|---|---|---|"
Makers = dict[str, Callable[[Place], Contestant]]


class Places:
    """Fresh places, one after another."""

    def __init__(self, root: Path, *, server: bool) -> None:
        self.root, self.server, self.count = root, server, 0

    def fresh(self) -> Place:
        """Return an empty folder, and an empty database where a server is wanted."""
        self.count += 1
        folder = self.root / str(self.count)
        folder.mkdir()
        if not self.server:
            return Place(folder)
        from tests.postgres import server

        return Place(folder, server().database())


@dataclass
class Measured:
    """What a contestant needed: steps a second, seconds each, processor seconds a step (which load changes least)."""

    speeds: list[float] = field(default_factory=list)
    each: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    size: int = 0


def timed(contestant: Contestant, jobs: Sequence[Job], clients: int) -> tuple[float, float, list[float]]:
    """Return the seconds and processor seconds of all jobs by so many clients at once, and the seconds of each job.

    A case stays with one client.
    """

    def work(client: int) -> list[float]:
        advance, took = contestant.client(), []
        for number, nth, step in jobs:
            if number % clients == client:
                begin = time.perf_counter()
                advance(number, nth, step)
                took.append(time.perf_counter() - begin)
        return took

    gc.collect()
    begin, worked = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(clients) as pool:
        each = [took for client in pool.map(work, range(clients)) for took in client]
    return time.perf_counter() - begin, time.process_time() - worked, each


def percentile(each: Sequence[float], share: float) -> float:
    """Return the value below which `share` of the values lie, in milliseconds."""
    return sorted(each)[min(len(each) - 1, int(len(each) * share))] * 1_000


def rounds(makers: Makers, places: Places, cases: int, clients: int, times: int) -> Iterator[str]:
    """Run every contestant once a round, so that what else the machine does meets them all; yield rows of medians."""
    jobs = list(Plan(ground()).steps(range(1, cases + 1)))
    found = {name: Measured() for name in makers}
    for _ in range(times):
        for name, make in makers.items():
            place, one = places.fresh(), found[name]
            contestant = make(place)
            contestant.open(cases)
            took, worked, each = timed(contestant, jobs, clients)
            one.size = contestant.close()
            shutil.rmtree(place.folder, ignore_errors=True)
            one.speeds.append(len(jobs) / took)
            one.cpu.append(worked / len(jobs))
            one.each += each
    best = found.get("raw")
    for name, one in found.items():
        ratio = f"{median(best.speeds) / median(one.speeds):.2f}" if best else ""
        tail = " / ".join(f"{percentile(one.each, share):.2f}" for share in (0.5, 0.95, 0.99))
        cpu = f"{median(one.cpu) * 1_000_000:,.0f}"
        yield f"| {name} | {median(one.speeds):,.0f} | {ratio} | {tail} | {cpu} | {one.size / cases / 1_000:.1f} |"


def makers_for(names: Sequence[str], told: Recording) -> Makers:
    """Return how to make the contestants that were asked for."""
    made: Makers = {"quytrinh": Ours, "raw": lambda place: Raw(place, told)}
    others = [name for name in names if name not in made]
    if others:
        from benchmarks.contestants.peers import PEERS

        made |= {name: PEERS[name] for name in others}
    return {name: made[name] for name in names}


def main() -> None:
    """Run and print tables in Markdown."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--who", default="raw,quytrinh")
    asked.add_argument("--on", default="sqlite,postgres")
    asked.add_argument("--cases", type=int, default=150)
    asked.add_argument("--clients", default="1")
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--folder", type=Path, help="Where files go; the disk matters more than anything else.")
    told = asked.parse_args()
    if strange := set(told.on.split(",")) - {"sqlite", "postgres"}:
        asked.error(f"no database is called {', '.join(sorted(strange))}: sqlite, postgres")
    for on in told.on.split(","):
        with tempfile.TemporaryDirectory(dir=told.folder, prefix="quytrinh-bench-") as folder:
            places = Places(Path(folder), server=on == "postgres")
            recording = recorded(places.fresh(), told.cases)
            for clients in map(int, told.clients.split(",")):
                load = os.getloadavg()[0]
                print(f"\n{on}, {clients} clients, {told.cases} cases, {told.rounds} rounds, load {load:.1f}\n")
                print(_HEAD)
                makers = makers_for(told.who.split(","), recording)
                for row in rounds(makers, places, told.cases, clients, told.rounds):
                    print(row, flush=True)


if __name__ == "__main__":
    main()
