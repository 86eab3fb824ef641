"""Whatever is killed in the middle, nothing is lost and nothing is done twice: all of it for real, on one machine."""

import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.errands.errand import Status
from engine.stores.audit import verify
from tests.workflows.site import Neighbour, Site, neighbour


@pytest.fixture
def there() -> Iterator[Neighbour]:
    with neighbour(2) as system:
        yield system


def told(site: Site, there: Neighbour) -> str:
    """The figures of a run, for whoever reads the output of the tests."""
    repeats = sum(there.heard.values()) - len(there.heard)
    asked = site.asked()
    cut = [line for line in asked if line.startswith("cut ")]
    keys = [line.rpartition(" ")[2] for line in asked if not line.startswith("cut ")]
    again = len(keys) - len(set(keys))
    return (
        f"{site.ended()}/{site.cases} cases ended, {sum(site.kills.values())} kills {site.kills}, "
        f"{len(there.heard)} told, {repeats} repeats absorbed by their key; sites were asked {again} times again "
        f"with a key they knew, {len(cut)} answers were cut off"
    )


def nothing_lost_nothing_doubled(site: Site, there: Neighbour) -> None:
    with site.agency.store.reading() as reader:
        logs = {case: [record.event.kind for record in reader.log(case)] for case in reader.case_ids()}
    assert len(logs) == site.cases
    for case, kinds in logs.items():
        assert (kinds.count("WorkFinished"), kinds.count("CaseEnded")) == (3, 1), (case, kinds)
    steps = {key: status for key, status in site.errands().items() if key.startswith("HS-")}
    assert set(steps) == {f"{case}/báo/1" for case in logs}
    assert set(steps.values()) == {Status.DONE}
    assert len(there.heard) == site.cases
    assert verify(site.agency.store).sound


@pytest.mark.whole
@pytest.mark.timeout(1500)  # what is asserted is that everything comes to its end, not how soon
def test_each_is_killed_once_and_nothing_is_lost_or_doubled(tmp_path: Path, there: Neighbour) -> None:
    site, rng = Site(tmp_path, there, cases=6, pause=0.5, every=100), random.Random(1)  # noqa: S311 (moments, not secrets)
    try:
        site.raise_all()
        site.until_a_run_has_begun()
        for name in ("worker 1", "worker 2", "nudger", "server"):  # somebody is in the middle of telling
            site.kill(name)
        site.until_something_is_heard(600)
        site.kill_a_run(rng)
        site.until_all_ended()
        assert site.ended() == site.cases, site.logs()
        nothing_lost_nothing_doubled(site, there)
        assert {"people", "web", "nudger", "worker", "server", "run"} == {name.partition(" ")[0] for name in site.kills}
        sys.stdout.write(f"\n{told(site, there)}\n")
    finally:
        site.close()


@pytest.mark.torture
@pytest.mark.timeout(3600)
def test_a_hundred_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    rng, began = random.Random(2), time.monotonic()  # noqa: S311 (moments, not secrets)
    # Work comes in all the while, and each telling takes so long that kills find somebody in the middle of it.
    with neighbour(1) as there:
        site = Site(tmp_path, there, cases=400, pause=8, every=30)
        try:
            site.raise_all()
            site.until_a_run_has_begun()
            while sum(site.kills.values()) < 100:
                kill_something(site, rng)
                sys.stdout.write(f"{time.monotonic() - began:5.0f} s: {told(site, there)}\n")
                sys.stdout.flush()
            site.until_all_ended()
            sys.stdout.write(f"\n{told(site, there)} in {time.monotonic() - began:.0f} s\n")
            assert site.ended() == site.cases, site.logs()
            nothing_lost_nothing_doubled(site, there)
        finally:
            site.close()


def kill_something(site: Site, rng: random.Random) -> None:
    """Kill one program, most often one that does the work, when there was work since the last of them was killed."""
    names = ["run"] * 4 + ["worker 1", "worker 2", "nudger"] * 2 + ["web"] * 4 + ["people 1", "people 2", "server"]
    name = rng.choice(names)
    if name.startswith(("nudger", "people")):
        time.sleep(rng.uniform(0, 2))
        site.kill(name)
        return
    if name == "web":
        site.kill_who_is_asked(10)
        return
    site.until_something_is_heard(60)
    time.sleep(rng.uniform(0, 1))
    if name == "run":
        site.kill_a_run(rng)
    else:
        site.kill(name)
    if name == "server":
        site.await_server()
