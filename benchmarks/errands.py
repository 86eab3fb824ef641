"""How many errands a second: the bare work, the queue in one program, and through Prefect with one and two workers."""

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from engine.commands import MACHINE, AnswerErrand
from engine.errands.drain import Drain
from engine.errands.task import Answer, Task, handlers
from engine.handle import Done, handle, rules_for
from engine.stores import errands as queue
from quality.look import look
from tests.workflows.giver import give
from tests.workflows.site import Site, neighbour

TASK = "báo hệ thống"


def waiting(site: Site, first: int, count: int) -> None:
    """Bring cases to their automatic step."""
    give(site.folder, first, 1, first + count, 0)
    look(site.agency.store, site.agency, datetime.now(UTC))


def bare(site: Site) -> None:
    """Do the same work without a queue: tell the neighbour, then move the case, one after the other."""
    agency = site.agency
    with agency.store.reading() as reader:
        waits = queue.listed(reader.connection)
    for errand in waits:
        with agency.store.reading() as reader:
            held = reader.held(errand.case or "")
        assert held is not None
        item = held.case.item(errand.number or 0)
        assert item is not None
        procedure = rules_for(held.case, agency).procedure
        step = procedure.step(item.step)
        now = datetime.now(UTC)
        task = Task(errand.key, agency, procedure, held.case, step, held.values, now, timedelta(seconds=2))
        assert handlers()[TASK](task) == Answer()
        command = AnswerErrand(id=f"x/{errand.key}", actor=MACHINE, case=held.case.id, item=item.number)
        assert isinstance(handle(command, store=agency.store, ground=agency, now=now), Done)


def embedded(threads: int) -> Callable[[Site], None]:
    """Drain in this very program."""

    def run(site: Site) -> None:
        Drain(site.agency, "benchmark").all(threads)

    return run


def through(workers: int) -> Callable[[Site], None]:
    """Let Prefect do it: a nudger starts drains, workers start a process for each."""

    def run(site: Site) -> None:
        for name in ["nudger", *(f"worker {number + 1}" for number in range(workers))]:
            if name not in site.running:
                site.raise_one(name)
        site.until_all_ended()

    return run


def main() -> None:
    """Print a row for each way: errands a second, and how that compares with the bare work."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--count", type=int, default=200, help="errands for each way")
    count = reader.parse_args().count
    here = {"bare": bare, "embedded, 1 thread": embedded(1), "embedded, 4 threads": embedded(4)}
    prefect = {"Prefect, 1 worker": through(1), "Prefect, 2 workers": through(2)}
    with neighbour(0) as there, tempfile.TemporaryDirectory() as folder:
        site, rates = Site(Path(folder), there, cases=0), {}
        try:
            for name, way in {**here, **prefect}.items():
                if name in prefect and "server" not in site.running:
                    site.raise_server()
                rates[name] = measured(site, way, count)
                print(f"{name:<22}{rates[name]:8.1f}/s{rates[name] / rates['bare']:8.2f} ×", flush=True)
        finally:
            site.close()


def measured(site: Site, way: Callable[[Site], None], count: int) -> float:
    """Return errands a second, from the moment they wait to the moment the last is answered."""
    waiting(site, site.cases, count)
    site.cases += count
    began = time.perf_counter()
    way(site)
    assert site.ended() == site.cases
    return count / (time.perf_counter() - began)


if __name__ == "__main__":
    main()
