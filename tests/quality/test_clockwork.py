"""A clockwork beats: what is due is seen by one, errands are done by any, and it stops in good order."""

import json
import signal
import socket
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from engine.errands.errand import Status
from engine.stores import errands as queue
from engine.stores.leases import leases
from quality.clockwork import Clockwork
from tests.engine.errands.bureau import Bureau
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

    monkeypatch.setattr(Clockwork, "once", broken)
    one = Clockwork(bureau.agency, beat=timedelta(milliseconds=1), name="a")
    one.start()
    deadline = time.monotonic() + 20
    while len(beats) < 3 and time.monotonic() < deadline:
        time.sleep(0.005)
    one.stop()
    assert len(beats) >= 3


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def test_serving_alone_keeps_deadlines_and_needs_no_prefect(tmp_path: Path) -> None:
    agency = agency_with_an_overdue_case(tmp_path)
    log = tmp_path / "serve.log"
    told = "import sys, web.serve; code = web.serve.main(sys.argv[1:]); sys.exit('prefect' in sys.modules or code)"
    line = [sys.executable, "-c", told, str(agency.root), "--port", str(free_port()), "--clockwork"]
    with log.open("wb") as output:
        serving = subprocess.Popen(line, stdout=output, stderr=output)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and serving.poll() is None and not night_done(agency):
        time.sleep(0.1)
    with agency.store.reading() as reader:
        alive = [one.holder for one in leases(reader.connection, "worker/")]
    serving.send_signal(signal.SIGINT)
    assert serving.wait(timeout=30) == 0, log.read_text("utf-8")
    assert breaches(agency) == {"late_case", "late_step"}
    assert len(alive) == 1
    with agency.store.reading() as reader:
        assert leases(reader.connection) == []
        assert [one.status for one in queue.listed(reader.connection, tuple(Status))] == [Status.DONE]
    events = [json.loads(line)["event"] for line in log.read_text("utf-8").splitlines()]
    assert {"look", "errand", "late", "audit"} <= set(events)


def night_done(agency: object) -> bool:
    with agency.store.reading() as reader:  # type: ignore[attr-defined]
        return bool(queue.listed(reader.connection, (Status.DONE,)))


def breaches(agency: object) -> set[str]:
    with agency.store.reading() as reader:  # type: ignore[attr-defined]
        records = reader.log("HS-2026-0001")
    return {record.event.breach for record in records if type(record.event).__name__ == "BreachRecorded"}
