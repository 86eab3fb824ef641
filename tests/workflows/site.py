"""A whole installation on one machine: PostgreSQL, Prefect, workers, a nudger, sites, people at work, a killer."""

import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread

import httpx

from engine.agency import SETTINGS, Agency, open_agency
from engine.errands.errand import Status
from engine.stores import errands as queue
from engine.stores.accounts import Accounts
from engine.stores.tokens import Tokens
from procedures.load import load_text
from procedures.shelf import release
from tests.postgres import Server
from tests.processes import descendants
from tests.workflows.giver import ASKED, DOOR, WHO, ago
from workflows.server import answers
from workflows.settings import environment

#: Give up when nothing has moved for so long, in seconds.
_PATIENCE = 240
ROOT = Path(__file__).resolve().parents[2]
PROCEDURE = """\
quy trình:
  mã: QT-01
  tên: Trả lời công văn
  loại: công việc nội bộ
  lần ban hành: 1
  hiệu lực từ: 05/01/2026
  đơn vị chủ trì: Sở A

vai trò:
  lãnh đạo: Giám đốc, Sở A

các bước:
  soạn:
    tên: Soạn công văn trả lời
    trách nhiệm: lãnh đạo
    đến: chờ
  chờ:
    tên: Chờ một giờ
    chờ: 1 giờ
    đến: báo
  báo:
    tên: Báo hệ thống bạn
    tự động:
      việc: báo hệ thống
      với:
        nơi nhận: bạn
      thử lại: 90 lần, cách 1 giây
      mỗi lần: 5 giây
    đến: kết thúc hoàn thành
"""


@dataclass
class Neighbour:
    """The system that is told: how often it heard of each piece of work, by its idempotency key."""

    port: int = 0
    heard: dict[str, int] = field(default_factory=dict)


@contextmanager
def neighbour(seconds: float = 0.1) -> Iterator[Neighbour]:
    """Another system on this machine, which takes its time."""
    there, lock = Neighbour(), Lock()

    class Ear(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            key = self.headers["Idempotency-Key"]
            with lock:
                there.heard[key] = there.heard.get(key, 0) + 1
            time.sleep(seconds)  # so that a kill finds somebody who has been told and not yet said so
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """Whoever asked was killed."""

    with Quiet(("127.0.0.1", 0), Ear) as server:
        there.port = server.server_port
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield there
        server.shutdown()


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def listens(port: int) -> bool:
    """Tell whether somebody takes connections at a port of this machine."""
    with socket.socket() as door:
        return door.connect_ex(("127.0.0.1", port)) == 0


class Site:
    """Everything that runs, by name; whoever is killed is raised again at once."""

    def __init__(self, root: Path, there: Neighbour, cases: int, pause: float = 0.05, every: int = 15) -> None:
        self.folder = root / "sở-a"
        self.cases, self.there, self.every = cases, there, every
        self.postgres = Server(max_connections="200").start()
        self.agency = self._agency(there)
        self.port, self.sites = free_port(), [free_port(), free_port()]
        self.environment = {
            **os.environ,
            **environment(self.folder),
            "PREFECT_API_URL": f"http://127.0.0.1:{self.port}/api",
            "PREFECT_SERVER_DATABASE_CONNECTION_URL": self._prefect_database(),
            "PREFECT_SERVER_SERVICES_SCHEDULER_RECENT_DEPLOYMENTS_LOOP_SECONDS": "1",
            "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "5",
            "PREFECT_WORKER_QUERY_SECONDS": "1",
        }
        self.lines = {
            "server": ["-m", "workflows.server", str(self.folder), "--port", str(self.port)],
            "worker 1": ["-m", "workflows.worker", str(self.folder)],
            "worker 2": ["-m", "workflows.worker", str(self.folder)],
            "nudger": ["-m", "workflows.nudge", str(self.folder)],
            **{f"web {number}": self._site(port) for number, port in enumerate(self.sites, 1)},
            "people 1": ["-m", "tests.workflows.giver", str(self.folder), "0", "2", str(cases), str(pause)],
            "people 2": ["-m", "tests.workflows.giver", str(self.folder), "1", "2", str(cases), str(pause)],
        }
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.kills: dict[str, int] = {}

    def _agency(self, there: Neighbour) -> Agency:
        for part in ("organisation.d", "calendar.d"):
            shutil.copytree(ROOT / part, self.folder / part)
        told = f'database = "{self.postgres.database()}"\n[webhooks]\nallow = ["127.0.0.0/8"]\n'
        told += f'[webhooks."bạn"]\nurl = "http://127.0.0.1:{there.port}/"\n'
        (self.folder / SETTINGS).write_text(told, encoding="utf-8")
        agency = open_agency(self.folder)
        found = load_text(PROCEDURE, "QT-01.yaml")
        assert found.procedure is not None, [str(finding.message) for finding in found.findings]
        issued = datetime(2026, 1, 5, 1, tzinfo=UTC)
        agency.shelf.publish(release(found.procedure, approved_by="Giám đốc", issued_at=issued))
        return agency

    def _site(self, port: int) -> list[str]:
        """Return the line of a site; its clock is that of the people, or no delay would be over."""
        return ["-m", "web.serve", str(self.folder), "--port", str(port), "--at", ago().isoformat()]

    def open_the_door(self) -> None:
        """Raise the sites and tell people where they are; each takes its people by a token."""
        assert isinstance(Accounts(self.agency.store).add(WHO, WHO, ago()), str)
        until = datetime.now(UTC) + timedelta(days=1)
        token = Tokens(self.agency.store).create(WHO, "phần mềm", "act", WHO, ago(), until)
        (self.folder / DOOR).write_text(json.dumps({"ports": self.sites, "token": token}))
        for number in (1, 2):
            self.raise_one(f"web {number}")
        self._until(lambda: all(map(listens, self.sites)))

    def _prefect_database(self) -> str:
        name = self.postgres.database().partition("?")[0].rpartition("/")[2]
        return f"postgresql+asyncpg://postgres@/{name}?host={self.postgres.folder}"

    def raise_one(self, name: str) -> None:
        """Start one program, by itself and in a group of its own."""
        with (self.folder / f"{name}.log").open("ab") as log:
            line = [sys.executable, *self.lines[name]]
            self.running[name] = subprocess.Popen(
                line, env=self.environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )

    def raise_all(self) -> None:
        """Start everything; people need no server of Prefect, and one of them and a site are killed at once."""
        self.open_the_door()
        for name in ("people 1", "people 2"):
            self.raise_one(name)
        self.until_people_ask()
        self.kill("people 1")
        self.kill_who_is_asked()
        self.raise_server()
        self._until(lambda: self._cases("open") >= min(self.cases, 6))
        self.ask_for_a_tick()
        for name in ("worker 1", "worker 2", "nudger"):
            self.raise_one(name)

    def raise_server(self) -> None:
        """Start the server and tell it what there is to run."""
        self.raise_one("server")
        self.await_server()
        line = [sys.executable, "-m", "workflows.deploy", str(self.folder), "--every", str(self.every)]
        subprocess.run(line, env=self.environment, cwd=ROOT, check=True, capture_output=True)

    def ask_for_a_tick(self) -> None:
        """Let somebody look now, before a schedule says so."""
        who = tuple(self.environment["PREFECT_API_AUTH_STRING"].split(":", 1))
        with httpx.Client(base_url=f"http://127.0.0.1:{self.port}/api", auth=who, timeout=120) as client:
            tick = client.get(f"/deployments/name/tick/{self.folder.name}-tick").raise_for_status().json()["id"]
            client.post(f"/deployments/{tick}/create_flow_run", json={}).raise_for_status()

    def await_server(self) -> None:
        """Wait until the server answers."""
        deadline = time.monotonic() + 120
        while not answers(self.port):
            assert time.monotonic() < deadline, (self.folder / "server.log").read_text()[-2000:]
            time.sleep(0.1)

    def kill(self, name: str) -> None:
        """Kill one program, with or without what it has started, and raise it again. People who are done stay away."""
        process = self.running[name]
        if process.poll() == 0:
            return
        for pid in [process.pid, *descendants(process.pid)]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        process.wait()
        self.kills[name] = self.kills.get(name, 0) + 1
        self.raise_one(name)

    def kill_a_run(self, rng: random.Random) -> None:
        """Kill what a worker is doing, and leave the worker."""
        runs = [pid for name in ("worker 1", "worker 2") for pid in descendants(self.running[name].pid)]
        if runs:
            try:
                os.kill(rng.choice(runs), signal.SIGKILL)
            except ProcessLookupError:
                return
            self.kills["run"] = self.kills.get("run", 0) + 1

    def ended(self) -> int:
        """Return how many cases have come to their end."""
        return self._cases("ended")

    def errands(self) -> dict[str, Status]:
        """Return every errand with its status."""
        with self.agency.store.reading() as reader:
            return {one.key: one.status for one in queue.listed(reader.connection, tuple(Status))}

    def until_a_run_has_begun(self, seconds: float = 600) -> None:
        """Wait until a worker has told the neighbour of something."""
        self._until(lambda: bool(self.there.heard), seconds)

    def until_something_is_heard(self, seconds: float) -> None:
        """Wait until the neighbour hears of more than it has by now: somebody is at work."""
        before = sum(self.there.heard.values())
        self._until(lambda: sum(self.there.heard.values()) > before or self.ended() >= self.cases, seconds)

    def asked(self) -> list[str]:
        """Return what people have asked of sites, each time, and which of these were cut off."""
        log = self.folder / ASKED
        return log.read_text().splitlines() if log.exists() else []

    def until_people_ask(self, seconds: float = 120) -> None:
        """Wait until a site is asked something."""
        before = len(self.asked())
        self._until(lambda: len(self.asked()) > before, seconds, 0.005)

    def kill_who_is_asked(self, seconds: float = 120) -> None:
        """Kill a site while it does what it was asked."""
        before = len(self.asked())
        self.until_people_ask(seconds)
        if len(self.asked()) == before:
            return
        port = int(self.asked()[-1].removeprefix("cut ").partition(" ")[0])
        self.kill(f"web {self.sites.index(port) + 1}")

    def _until(self, condition: Callable[[], object], seconds: float = 120, pause: float = 0.1) -> None:
        deadline = time.monotonic() + seconds
        while not condition() and time.monotonic() < deadline:
            time.sleep(pause)

    def _cases(self, status: str) -> int:
        with self.agency.store.reading() as reader:
            return len(reader.cases(status=status))

    def logs(self) -> str:
        """Return the end of what each program has said."""
        return "\n".join(f"== {path.name}\n{path.read_text()[-1500:]}" for path in self.folder.glob("*.log"))

    def until_all_ended(self) -> None:
        """Wait for the end of every case, as long as anything moves."""
        stands, deadline = self._stands(), time.monotonic() + _PATIENCE
        while self.ended() < self.cases and time.monotonic() < deadline:
            time.sleep(0.5)
            if (now := self._stands()) != stands:
                stands, deadline = now, time.monotonic() + _PATIENCE

    def _stands(self) -> tuple[int, int, dict[str, int]]:
        with self.agency.store.reading() as reader:
            return sum(self.there.heard.values()), len(self.asked()), queue.counts(reader.connection)

    def close(self) -> None:
        """End everything that was started."""
        for process in self.running.values():
            for pid in [*descendants(process.pid), process.pid]:
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    continue
            process.wait()
        self.agency.store.close()
        self.postgres.remove()
