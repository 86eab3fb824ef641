"""Given handlers that hang, spin or die, then they are gone and the errand goes on as declared."""

import logging
import os
import signal
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from threading import Timer

import pytest

from engine.errands import apart
from engine.errands.apart import Bench, _step
from engine.errands.drain import Drain, Drained
from engine.errands.duty import Duty, ask_for
from engine.errands.errand import Status
from procedures.model import Handling
from tests.engine.errands.bureau import Bureau
from tests.processes import gone, lives

#: A package as somebody else would install it. Each try first writes down in which process it is made.
HANDLERS = """
import os, signal, subprocess, sys, time
from engine.errands.duty import Duty
from engine.errands.task import Answer, Hopeless, TryAgain
from engine.journal import note
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

def hang_on(agency, period, now):
    with (agency.root / "pids").open("a") as kept:
        kept.write(f"{os.getpid()}\\n")
    time.sleep(600)

def tell(agency, period, now):
    note("said", period=period, file=agency.root / "tệp")

hang, say_so = Duty(None, hang_on), Duty(None, tell)
"""

#: In seconds, how long a try may take; nobody waits for it: see `over_when`.
LIMIT = 60
#: Where the package is.
SITE: list[Path] = []


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """The helpers of a program in which the package is installed."""
    SITE.append(tmp_path_factory.mktemp("site"))
    (SITE[0] / "somebodys_handlers.py").write_text(HANDLERS, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(SITE[0]), prepend=os.pathsep)
        made = Bench()
        made.ready()
    yield made
    made.close()


@pytest.fixture
def bench(program: Bench, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """The same without anybody waiting; a test says which of the handlers of the package does the step."""
    monkeypatch.syspath_prepend(SITE[0])
    monkeypatch.setattr(apart, "_BEGIN", timedelta(minutes=2))  # a slow machine is no fault of whoever does the step
    yield program
    program.clear()


def bureau(tmp_path: Path, does: str, limit: int = LIMIT, duty: str = "hang") -> Bureau:
    kept = SITE[0] / "somebody-1.dist-info"
    kept.mkdir(exist_ok=True)
    (kept / "METADATA").write_text("Metadata-Version: 2.1\nName: somebody\nVersion: 1\n", encoding="utf-8")
    told = f"[quytrinh.errands]\nbáo_tin = somebodys_handlers:{does}\n"
    told += f"[quytrinh.duties]\nviệc = somebodys_handlers:{duty}\n"
    (kept / "entry_points.txt").write_text(told, encoding="utf-8")
    return Bureau(tmp_path, Handling(retries=1, pause=60, limit=limit))


def daily(office: Bureau) -> None:
    """Ask for the duty that the package does."""
    duty = Duty(lambda _agency, now: [f"{now:%Y}"], lambda _agency, _period, _now: None)
    assert ask_for(office.agency, office.now, {"việc": duty}) == 1


def drained(office: Bureau, bench: Bench) -> Drained:
    return Drain(office.agency, "w1", bench.hands(), clock=lambda: office.now).all(1)


def pids(office: Bureau) -> list[int]:
    kept = office.root / "pids"
    return [int(line) for line in kept.read_text().split()] if kept.exists() else []


def over_when(at_it: Callable[[], bool], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the time of a try be over as soon as somebody is at it, however long they took to begin."""

    class Hourglass(Timer):
        def run(self) -> None:
            while not self.finished.wait(0.01):
                if self.interval == LIMIT and at_it():
                    self.function()
                    return

    monkeypatch.setattr(apart, "Timer", Hourglass)


def test_a_step_is_done_in_another_process_that_is_kept_for_the_next(tmp_path: Path, bench: Bench) -> None:
    office = bureau(tmp_path, "well")
    cases = [office.waiting(), office.waiting()]
    assert drained(office, bench) == Drained(done=2), office.errands()
    assert all(list(office.office.live(case)) == ["lưu"] for case in cases)
    first, second = pids(office)
    assert first == second != os.getpid()
    assert lives(first)
    bench.clear()
    assert not lives(first)


@pytest.mark.parametrize(("does", "begun"), [("sleep", 2), ("spin", 1)])
def test_whoever_is_over_its_time_is_gone_with_all_it_started_and_the_errand_is_retried_then_parked(
    tmp_path: Path, bench: Bench, monkeypatch: pytest.MonkeyPatch, does: str, begun: int
) -> None:
    office = bureau(tmp_path, does)
    case = office.waiting()
    over_when(lambda: len(pids(office)) == begun, monkeypatch)
    assert drained(office, bench) == Drained(again=1)
    assert gone(pids(office))
    office.later(seconds=60)
    over_when(lambda: len(pids(office)) == 2 * begun, monkeypatch)
    assert drained(office, bench) == Drained(parked=1)
    assert office.errand(case).fault == "không có trả lời trong 60 giây"
    assert len(set(pids(office))) == 2 * begun
    assert gone(pids(office))


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
    assert gone(pids(office))
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
    helper = bench._taken()
    helper.send(_step("báo tin", office.given[0]))  # and nobody looks at the clock
    helper._stem.reap(helper.pid)
    assert not lives(helper.pid)
    helper.bury()


def test_a_duty_that_is_over_its_time_is_gone_and_tried_again(
    tmp_path: Path, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "LIMIT", timedelta(seconds=LIMIT))
    office = bureau(tmp_path, "well", duty="hang")
    daily(office)
    over_when(lambda: bool(pids(office)), monkeypatch)
    assert drained(office, bench) == Drained(again=1)
    assert gone(pids(office))
    (errand,) = office.errands()
    assert (errand.status, errand.fault) == (Status.WAITING, "không có trả lời trong 60 giây")


def test_what_a_duty_notes_while_it_is_done_is_told_in_the_program_that_asked(
    tmp_path: Path, bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    office = bureau(tmp_path, "well", duty="say_so")
    daily(office)
    caplog.set_level(logging.INFO, logger="quytrinh")
    assert drained(office, bench) == Drained(done=1), [one.fault for one in office.errands()]
    said = caplog.records[0]
    assert (said.getMessage(), said.told) == ("said", {"period": "2026", "file": office.root / "tệp"})
