"""A clockwork beats: what is due is seen by one, errands are done by any, and it stops in good order."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.request import urlopen
from uuid import uuid4

import pytest

from engine.agency import Agency
from engine.commands import FinishWork, OpenCase
from engine.errands.duty import ask_for, duties
from engine.errands.errand import Status
from engine.handle import Done, handle
from engine.stores import errands as queue
from engine.stores.leases import leases
from procedures.load import load_text
from procedures.shelf import release
from quality.clockwork import Clockwork
from quality.nightly import nights
from tests.engine.errands.bureau import Bureau
from tests.processes import gone, lives
from tests.workflows.conftest import agency_with_an_overdue_case

NIGHTLY = "việc đêm"


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    return Bureau(tmp_path)


def clockwork(bureau: Bureau, name: str) -> Clockwork:
    return Clockwork(bureau.agency, name=name, clock=lambda: bureau.now)


def holders(bureau: Bureau) -> dict[str, str]:
    with bureau.store.reading() as reader:
        return {one.name: one.holder for one in leases(reader.connection)}


@pytest.fixture(autouse=True)
def _folder(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    """These bureaus have no files of people and calendar to read again."""
    monkeypatch.setattr("quality.clockwork.reread", lambda agency: agency)


def test_one_leads_and_looks_and_another_takes_over_when_it_is_dead(bureau: Bureau) -> None:
    first, second = clockwork(bureau, "a"), clockwork(bureau, "b")
    first.once()
    second.once()
    assert holders(bureau) == {"tick": "a", "worker/a": "a", "worker/b": "b"}
    assert second._looked is None
    bureau.later(minutes=4)  # and "a" says nothing any more
    second.once()
    assert holders(bureau)["tick"] == "b"
    assert second._looked == bureau.now


def test_whoever_stops_lets_go(bureau: Bureau) -> None:
    first, second = clockwork(bureau, "a"), clockwork(bureau, "b")
    first.once()
    first.stop()
    second.once()
    assert holders(bureau) == {"tick": "b", "worker/b": "b"}


def test_the_leader_looks_as_often_as_it_should_and_not_at_every_beat(bureau: Bureau) -> None:
    one = clockwork(bureau, "a")
    one.once()
    at = bureau.now
    bureau.later(seconds=59)
    one.once()
    assert one._looked == at
    bureau.later(seconds=1)
    one.once()
    assert one._looked == bureau.now


def test_the_duties_of_a_night_are_done_once_by_whoever_beats(bureau: Bureau) -> None:
    for name in ("a", "b", "a"):
        clockwork(bureau, name).once()
        bureau.later(minutes=4)
    nights = [(one.key, one.status) for one in bureau.errands() if one.task == NIGHTLY]
    assert nights == [(f"{NIGHTLY}/2026-03-02", Status.DONE)]
    bureau.later(days=1)
    clockwork(bureau, "b").once()
    assert len([one for one in bureau.errands() if one.task == NIGHTLY]) == 2


def test_a_record_that_is_not_whole_parks_the_night(bureau: Bureau) -> None:
    bureau.waiting()
    with bureau.store.writing() as writer:
        writer.connection.exec_driver_sql("UPDATE case_file SET title = 'khác'")
    clockwork(bureau, "a").once()
    (night,) = [one for one in bureau.errands() if one.task == NIGHTLY]
    assert night.status is Status.PARKED
    assert "không nguyên vẹn" in (night.fault or "")


def test_a_beat_that_fails_is_not_the_last(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    beats: list[int] = []

    def broken(_self: Clockwork) -> None:
        beats.append(1)
        raise ZeroDivisionError

    monkeypatch.setattr(Clockwork, "look", broken)
    one = Clockwork(bureau.agency, beat=timedelta(milliseconds=1), name="a", threads=0)
    one.start()
    deadline = time.monotonic() + 60
    while len(beats) < 3 and time.monotonic() < deadline:
        time.sleep(0.005)
    one.stop()
    assert len(beats) >= 3


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


#: A package as somebody else would install it: one step never ends, the other writes down which case it did.
HANDLERS = """
import os
from engine.errands.task import Answer

def spin(task):
    (task.agency.root / "spins").write_text(str(os.getpid()))
    while True:
        pass

def well(task):
    return Answer()
"""
MACHINE = """\
quy trình:
  {{mã: {code}, tên: {code}, loại: công việc nội bộ, lần ban hành: 1, hiệu lực từ: 05/01/2026, đơn vị chủ trì: Sở A}}
vai trò: {{lãnh đạo: "Giám đốc, Sở A"}}
các bước:
  mở: {{tên: Mở, trách nhiệm: lãnh đạo, đến: máy}}
  máy: {{tên: Máy làm, tự động: {{việc: {task}, thử lại: không, mỗi lần: 10 phút}}, đến: kết thúc xong}}
"""


def with_machines(agency: Agency, site: Path) -> None:
    """Install the package, and issue a procedure for each of its steps."""
    kept = site / "somebody-1.dist-info"
    kept.mkdir(parents=True)
    (site / "somebodys_steps.py").write_text(HANDLERS, encoding="utf-8")
    (kept / "METADATA").write_text("Metadata-Version: 2.1\nName: somebody\nVersion: 1\n", encoding="utf-8")
    points = "[quytrinh.errands]\nquay = somebodys_steps:spin\nxong ngay = somebodys_steps:well\n"
    (kept / "entry_points.txt").write_text(points, encoding="utf-8")
    for code, task in (("QT-02", "quay"), ("QT-03", "xong ngay")):
        found = load_text(MACHINE.format(code=code, task=task), f"{code}.yaml").procedure
        assert found is not None
        agency.shelf.publish(release(found, approved_by="Giám đốc", issued_at=datetime(2026, 1, 5, 1, tzinfo=UTC)))


def at_its_machine(agency: Agency, procedure: str) -> str:
    """Bring a case to the step that a machine does."""
    name = str(uuid4())
    opening = OpenCase(id=name, actor="an.nv", procedure=procedure, title=f"Việc của máy {name}")
    opened = handle(opening, store=agency.store, ground=agency, now=datetime.now(UTC))
    assert isinstance(opened, Done), opened
    finish = FinishWork(id=str(uuid4()), actor="an.nv", case=opened.case, item=1)
    assert isinstance(handle(finish, store=agency.store, ground=agency, now=datetime.now(UTC)), Done)
    return opened.case


def until(condition: Callable[[], object], serving: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 150
    while time.monotonic() < deadline and serving.poll() is None and not condition():
        time.sleep(0.1)


@pytest.mark.timeout(600)  # what is asserted is that everything is done, not how soon
def test_serving_alone_keeps_deadlines_and_needs_no_prefect_while_a_machine_spins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    agency, site, port = agency_with_an_overdue_case(tmp_path), tmp_path / "site", free_port()
    with_machines(agency, site)
    monkeypatch.setenv("PYTHONPATH", str(site), prepend=os.pathsep)
    spinning, first = at_its_machine(agency, "QT-02"), at_its_machine(agency, "QT-03")
    if not list(nights(agency, datetime.now(UTC))):  # in the hour after midnight that of the day before is done
        ask_for(agency, datetime.now(UTC) - timedelta(hours=2), {NIGHTLY: duties()[NIGHTLY]})
    log, spins = tmp_path / "serve.log", agency.root / "spins"
    told = "import sys, web.serve; code = web.serve.main(sys.argv[1:]); sys.exit('prefect' in sys.modules or code)"
    with log.open("wb") as output:
        serving = subprocess.Popen(
            [sys.executable, "-c", told, str(agency.root), "--port", str(port), "--clockwork"],
            stdout=output,
            stderr=output,
        )
    try:
        until(lambda: spins.exists() and {NIGHTLY, first} <= done(agency), serving)
        later = at_its_machine(agency, "QT-03")  # one thread is still held up
        until(lambda: later in done(agency), serving)
        with agency.store.reading() as reader:
            alive = [one.holder for one in leases(reader.connection, "worker/")]
        assert {NIGHTLY, first, later} <= done(agency), log.read_text("utf-8")
        spinner = int(spins.read_text())
        assert lives(spinner)
        assert spinner != serving.pid
        with urlopen(f"http://127.0.0.1:{port}/dang-nhap", timeout=60) as page:
            assert page.status == 200
        serving.send_signal(signal.SIGINT)
        assert serving.wait(timeout=60) == 0, log.read_text("utf-8")
    finally:
        serving.kill()
        serving.wait()
    assert gone([spinner])
    assert breaches(agency) == {"late_case", "late_step"}
    assert len(alive) == 1
    with agency.store.reading() as reader:
        assert leases(reader.connection) == []
        assert [one.case for one in queue.listed(reader.connection)] == [spinning]
    events = [json.loads(line)["event"] for line in log.read_text("utf-8").splitlines()]
    assert {"look", "errand", "late", "audit"} <= set(events)


def done(agency: Agency) -> set[str]:
    """Return the cases whose errand is done, and the duties that are."""
    with agency.store.reading() as reader:
        return {one.case or one.task for one in queue.listed(reader.connection, (Status.DONE,))}


def breaches(agency: Agency) -> set[str]:
    with agency.store.reading() as reader:
        records = reader.log("HS-2026-0001")
    return {record.event.breach for record in records if type(record.event).__name__ == "BreachRecorded"}
