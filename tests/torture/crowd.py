"""Two hundred programs at once over HTTP, each for an official: nothing lost, doubled, or answered with a 5xx."""

import asyncio
import os
import random
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import quantiles
from typing import Any

import httpx
import uvicorn

from engine.agency import Agency, Settings
from engine.stores.accounts import ACCOUNT
from engine.stores.sql import SqlStore
from engine.stores.tokens import Tokens
from procedures.calendar import Calendars
from procedures.organisation import Organisation, OrgUnit, Person, Post
from procedures.shelf import FolderShelf, release
from tests.engine.house import ISSUED, working_time
from tests.postgres import Server
from tests.procedures.building import end, go, norm, procedure, role, work
from tests.torture.clerks import violations
from tests.torture.figure import Figure
from web.app import make_app

_UNITS, _EACH = 20, 10
#: In the short form fewer come, and each does at least so much.
_SHORT, _FEW, _LEAST = 60, 40, 3
_THINK = 1.0
#: Of what a client does, so much is reading; of its commands, so many are sent twice, and so many are a colleague's.
_READS, _TWICE, _ANOTHERS = 0.6, 0.1, 0.1
_STEPS = 3
_PATIENCE = 100
_KEPT_ALIVE = 2  # seconds; the server lets go after five, and a connection that is let go in use is an unknown outcome


def on_sqlite(figure: Figure, seconds: int, folder: Path) -> None:
    """Let one program of the site serve a file."""
    folder.mkdir(parents=True, exist_ok=True)
    _crowd(figure, seconds, folder, folder / "crowd.db", programs=1)


def on_postgres(figure: Figure, seconds: int, folder: Path) -> None:
    """Let two programs of the site serve one database on a server."""
    folder.mkdir(parents=True, exist_ok=True)
    own = Server(max_connections="120").start()
    try:
        _crowd(figure, seconds, folder, own.database(), programs=2)
    finally:
        own.remove()


def _agency(folder: Path, where: Path | str, *, durable: bool = True) -> Agency:
    """Return an agency of twenty units with ten officials each, who do all the steps of their unit's cases."""
    steps = [work(f"s{n}", go(f"s{n + 1}") if n < _STEPS else end(), norm=norm("2")) for n in range(1, _STEPS + 1)]
    holder = role("cán bộ", "Chuyên viên").holders[0].model_copy(update={"relative": "opener_unit"})
    made = procedure(
        *steps, code="QT-01", roles=(role("cán bộ", "Chuyên viên").model_copy(update={"holders": (holder,)}),)
    )
    shelf = FolderShelf(folder / "releases")
    shelf.publish(
        release(made.model_copy(update={"effective_from": ISSUED.date()}), approved_by="Giám đốc", issued_at=ISSUED)
    )
    units = (OrgUnit("Sở A"), *(OrgUnit(f"Phòng {number}", parent="Sở A") for number in range(_UNITS)))
    people = tuple(
        Person(f"cv{unit}.{one}", f"Cán bộ {unit}.{one}", (Post("Chuyên viên", f"Phòng {unit}"),))
        for unit in range(_UNITS)
        for one in range(_EACH)
    )
    settings = Settings(agency="Sở A", api_per_minute=1_000_000)
    calendars = Calendars(working_time())
    return Agency(
        folder, settings, Organisation(units=units, people=people), calendars, shelf, SqlStore(where, durable=durable)
    )


def _tokens(on: Agency, many: int) -> dict[str, str]:
    now, found = datetime.now(UTC), {}
    people = [person.id for person in on.organisation.people[:many]]
    told = {"password": "none", "must_change": False, "disabled": False, "changed_at": now}
    with on.store.writing() as writer:
        writer.connection.execute(ACCOUNT.insert(), [{"person": one, **told} for one in people])
    for one in people:
        token = Tokens(on.store).create(one, "đông người", "act", "test", now, now + timedelta(days=1))
        assert isinstance(token, str), token
        found[one] = token
    return found


def _door() -> socket.socket:
    """Return a listening socket that says that it is TCP, as the site's own is: else parts of an answer wait 40 ms."""
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    door.bind(("127.0.0.1", 0))
    door.listen(1024)
    return door


@contextmanager
def _served(folder: Path, where: Path | str, programs: int) -> Iterator[list[str]]:
    """Serve the agency by so many programs, each a process of its own; gives their addresses."""
    doors = [_door() for _ in range(programs)]
    children = []
    for door in doors:
        child = os.fork()
        if child == 0:
            try:
                told = uvicorn.Config(make_app(_agency(folder, where)), log_config=None, lifespan="off")
                uvicorn.Server(told).run(sockets=[door])
            finally:
                os._exit(1)
        children.append(child)
    try:
        yield [f"http://127.0.0.1:{door.getsockname()[1]}" for door in doors]
    finally:
        for child, door in zip(children, doors, strict=True):
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            door.close()


@dataclass
class Office:
    """What the clients of a run know together: what was asked, what was acknowledged, and what took how long."""

    figure: Figure
    until: float
    asked: dict[str, object] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)
    took: dict[str, list[float]] = field(default_factory=lambda: {"reads": [], "commands": []})
    open: dict[str, list[tuple[str, int]]] = field(default_factory=dict)


@dataclass
class Client:
    """One program that speaks for one official."""

    office: Office
    http: httpx.AsyncClient
    person: str
    token: str
    rng: random.Random
    keys: "count[int]" = field(default_factory=count)
    mine: list[tuple[str, int]] = field(default_factory=list)

    async def live(self) -> None:
        """Read, act and think until the time is over."""
        await asyncio.sleep(self.rng.random() * _THINK)
        turns = count()
        while next(turns) < _LEAST or time.monotonic() < self.office.until:
            await (self.read() if self.mine and self.rng.random() < _READS else self.act())
            await asyncio.sleep(self.rng.uniform(0.5, 1.5) * _THINK)

    async def read(self) -> None:
        """Look at the list of work, or at a case."""
        path = "/work?limit=20" if self.rng.random() < 0.5 else f"/cases/{self.rng.choice(self.mine)[0]}"
        answer = await self.asking("reads", "GET", path)
        if answer.status_code != httpx.codes.OK:
            self.office.figure.wrong(f"{self.person} {path}: {answer.status_code} {answer.text[:200]}")

    async def act(self) -> None:
        """Open a case, or finish the next step of one; now and then the same as a colleague at the same moment."""
        unit = self.person.partition(".")[0]
        shared = self.office.open.setdefault(unit, [])
        if not self.mine or self.rng.random() < 0.2:
            title = f"Việc {self.person} {next(self.keys)}"
            told = await self.order("/cases", {"procedure": "QT-01", "title": title})
            if told is not None:
                self.mine.append((told["case"], 1))
                shared.append((told["case"], 1))
            return
        anothers = bool(shared) and self.rng.random() < _ANOTHERS
        case, item = self.rng.choice(shared[-5:] if anothers else self.mine)
        told = await self.order(f"/cases/{case}/commands/finish-work", {"item": item})
        self.mine = [one for one in self.mine if one != (case, item)]
        shared[:] = [one for one in shared if one != (case, item)]
        if told is not None and item < _STEPS:
            self.mine.append((case, item + 1))
            shared.append((case, item + 1))

    async def order(self, path: str, body: dict[str, object]) -> dict[str, Any] | None:
        """Give a command, now and then twice; return what was acknowledged, None when it was refused."""
        key = f"k{next(self.keys)}"
        name = f"api/{self.person}/{key}"
        self.office.asked[name] = body
        first = await self.asking("commands", "POST", path, key, json=body)
        again = first
        if self.rng.random() < _TWICE:
            self.office.figure.count("commands sent twice")
            again = await self.asking("commands", "POST", path, key, json=body)
        if first.is_success:
            self.office.acknowledged.add(name)
            if again.json() != first.json() and not (again.is_success and again.json()["case"] == first.json()["case"]):
                self.office.figure.wrong(f"{name}: {first.text[:100]}, sent again {again.text[:100]}")
            return dict(first.json())
        if first.status_code != httpx.codes.CONFLICT:
            self.office.figure.wrong(f"{name} {path}: {first.status_code} {first.text[:200]}")
        self.office.figure.count("of these done by a colleague before")
        return None

    async def asking(self, kind: str, method: str, path: str, key: str = "", **more: Any) -> httpx.Response:
        """Ask until there is an answer: what broke off is asked again, with the same key."""
        more["headers"] = {"Authorization": f"Bearer {self.token}"} | ({"Idempotency-Key": key} if key else {})
        for _ in range(_PATIENCE):
            begun = time.perf_counter()
            try:
                answer = await self.http.request(method, f"/api/v1{path}", **more)
            except httpx.TransportError:
                self.office.figure.count("of these asked again")
                continue
            self.office.took[kind].append((time.perf_counter() - begun) * 1000)
            self.office.figure.count(kind)
            if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
                self.office.figure.wrong(f"{method} {path}: {answer.status_code} {answer.text[:200]}")
                continue
            return answer
        raise TimeoutError(f"{path}: {self.office.figure.violations[-1:]}")


def _crowd(figure: Figure, seconds: int, folder: Path, where: Path | str, programs: int) -> None:
    on = _agency(folder, where, durable=False)
    known = _tokens(on, _FEW if seconds < _SHORT else _UNITS * _EACH)
    on.store.close()
    with _served(folder, where, programs) as addresses:
        office = Office(figure, 0)
        asyncio.run(_together(office, addresses, known, seconds))
    figure.count("clients", len(known))
    for kind, took in office.took.items():
        cuts = quantiles(took, n=100, method="inclusive")
        figure.count(f"ms at the median of {kind}", round(cuts[49]))
        figure.count(f"ms at p99 of {kind}", round(cuts[98]))
    store = SqlStore(where)
    for said in violations(store, office.acknowledged, office.asked):
        figure.wrong(said)
    store.close()


async def _together(office: Office, addresses: list[str], known: dict[str, str], seconds: int) -> None:
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None, keepalive_expiry=_KEPT_ALIVE)
    doors = [httpx.AsyncClient(base_url=one, limits=limits, timeout=60, verify=False) for one in addresses]  # noqa: S501 - no TLS here
    clients = [
        Client(office, doors[number % len(doors)], person, token, random.Random(f"{office.figure.seed}/{person}"))
        for number, (person, token) in enumerate(known.items())
    ]
    await clients[0].asking("reads", "GET", "/me")  # the programs are up
    office.until = time.monotonic() + seconds
    await asyncio.gather(*(client.live() for client in clients))
    await asyncio.gather(*(door.aclose() for door in doors))
