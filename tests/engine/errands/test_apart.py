"""Given handlers that hang, spin or die, then they are gone and the errand goes on as declared."""

import os
import pickle
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.errands.apart import Bench, Helper, _order
from engine.errands.drain import Drain, Drained
from engine.errands.errand import Status
from procedures.model import Handling
from tests.engine.errands.bureau import Bureau

#: A package as somebody else would install it. Each try first writes down in which process it is made.
HANDLERS = """
import os, signal, subprocess, sys, time
from engine.errands.task import Answer, Hopeless, TryAgain
from procedures.words import say

def tried(task):
    with (task.agency.root / "pids").open("a") as kept:
        kept.write(f"{os.getpid()}\\n")

def well(task):
    tried(task)
    print("said aloud")
    with task.agency.store.reading() as reader:
        assert reader.held(task.case.id) is not None
    return Answer("Được" if task.agency.organisation.people else None)

def sleep(task):
    tried(task)
    below = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    with (task.agency.root / "pids").open("a") as kept:
        kept.write(f"{below.pid}\\n")
    time.sleep(600)

def spin(task):
    tried(task)
    sum(range(10**12))  # one call that lets nobody else in

def die(task):
    tried(task)
    os.kill(os.getpid(), signal.SIGKILL)

def refuse(task):
    tried(task)
    raise Hopeless(say("the case or its work is gone"))

def break_(task):
    tried(task)
    raise ValueError("550 <an.nv@so-a.vn>")
"""


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """Helpers of a program in which the package is installed; a test says which of its handlers does the step."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "somebodys_handlers.py").write_text(HANDLERS, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"), prepend=os.pathsep)
    monkeypatch.syspath_prepend(tmp_path / "site")
    made = Bench()
    yield made
    made.close()


def bureau(tmp_path: Path, does: str, limit: int = 30) -> Bureau:
    kept = tmp_path / "site" / "somebody-1.dist-info"
    kept.mkdir()
    (kept / "METADATA").write_text("Metadata-Version: 2.1\nName: somebody\nVersion: 1\n", encoding="utf-8")
    told = f"[quytrinh.errands]\nbáo_tin = somebodys_handlers:{does}\n"
    (kept / "entry_points.txt").write_text(told, encoding="utf-8")
    return Bureau(tmp_path, Handling(retries=1, pause=60, limit=limit))


def drained(office: Bureau, bench: Bench) -> Drained:
    return Drain(office.agency, "w1", bench.handlers(), clock=lambda: office.now).all(1)


def pids(office: Bureau) -> list[int]:
    return [int(line) for line in (office.root / "pids").read_text().split()]


def lives(pid: int) -> bool:
    """Tell whether a process is there and does something; one that only waits to be buried is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_step_is_done_in_another_process_that_is_kept_for_the_next(tmp_path: Path, bench: Bench) -> None:
    office = bureau(tmp_path, "well")
    cases = [office.waiting(), office.waiting()]
    assert drained(office, bench) == Drained(done=2), office.errands()
    assert all(list(office.office.live(case)) == ["lưu"] for case in cases)
    first, second = pids(office)
    assert first == second != os.getpid()
    assert lives(first)
    bench.close()
    assert not lives(first)


@pytest.mark.parametrize("does", ["sleep", "spin"])
def test_whoever_is_over_its_time_is_gone_with_all_it_started_and_the_errand_is_retried_then_parked(
    tmp_path: Path, bench: Bench, does: str
) -> None:
    office = bureau(tmp_path, does, limit=3)
    case = office.waiting()
    assert drained(office, bench) == Drained(again=1)
    gone = pids(office)
    assert not any(lives(pid) for pid in gone)
    office.later(seconds=60)
    assert drained(office, bench) == Drained(parked=1)
    assert office.errand(case).fault == "không có trả lời trong 3 giây"
    assert len(pids(office)) == 2 * len(gone)
    assert not any(lives(pid) for pid in pids(office))


def test_whoever_dies_of_it_has_failed_and_another_takes_its_place(tmp_path: Path, bench: Bench) -> None:
    office = bureau(tmp_path, "die")
    case = office.waiting()
    assert drained(office, bench) == Drained(again=1)
    assert office.errand(case).fault == "tiến trình thực hiện việc này đã bị ngắt giữa chừng"
    office.later(seconds=60)
    assert drained(office, bench) == Drained(parked=1)
    assert len(set(pids(office))) == 2


def test_a_helper_that_died_while_it_waited_is_not_asked(tmp_path: Path, bench: Bench) -> None:
    office = bureau(tmp_path, "well")
    office.waiting()
    assert drained(office, bench) == Drained(done=1)
    os.kill(pids(office)[0], signal.SIGKILL)
    deadline = time.monotonic() + 5
    while lives(pids(office)[0]) and time.monotonic() < deadline:
        time.sleep(0.01)
    office.waiting()
    assert drained(office, bench) == Drained(done=1)
    assert len(set(pids(office))) == 2


@pytest.mark.parametrize(
    ("does", "status", "fault"),
    [
        ("refuse", Status.PARKED, "hồ sơ hoặc việc của hồ sơ không còn"),
        ("break_", Status.WAITING, "ValueError: 550 <…@…>"),
    ],
)
def test_why_it_did_not_work_comes_through(tmp_path: Path, bench: Bench, does: str, status: Status, fault: str) -> None:
    office = bureau(tmp_path, does)
    case = office.waiting()
    drained(office, bench)
    assert (office.errand(case).status, office.errand(case).fault) == (status, fault)
    assert lives(pids(office)[0]), "whoever says why is kept"


def test_a_helper_whose_program_is_gone_ends_itself(tmp_path: Path, bench: Bench) -> None:
    office = bureau(tmp_path, "spin", limit=1)
    office.waiting()
    office.drain().all(1)
    helper = Helper()
    assert helper.process.stdin is not None
    pickle.dump(_order("báo tin", office.given[0]), helper.process.stdin)
    helper.process.stdin.flush()  # and nobody looks at the clock
    assert helper.process.wait(30) == -signal.SIGALRM
    helper.bury()
