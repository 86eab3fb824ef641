"""The clockwork of one program: threads that look at what is due and drain errands, led by whoever holds the lease."""

import os
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from time import monotonic

from engine.agency import Agency, Unusable, reread
from engine.errands.apart import bench
from engine.errands.drain import Drain, Drained
from engine.errands.duty import ask_for
from engine.journal import note, warn
from engine.stores import errands as queue
from engine.stores.leases import hold, let_go
from engine.trouble import Trouble
from quality import look
from quality.sweep import Swept

#: The lease of whoever looks at deadlines, and the names under which workers are known to be alive.
LEADER, WORKER = "tick", "worker/"


def own_name(kind: str) -> str:
    """Return a name for this program that no other has."""
    return f"{kind}@{socket.gethostname()}:{os.getpid()}"


def _clock() -> datetime:
    return datetime.now(UTC)


@dataclass
class Clockwork:
    """Beats until it is stopped: at every beat errands are drained, and every `look_every` the leader looks.

    Each of its threads beats by itself: whoever is long about an errand holds up neither the looks nor the others.
    Any number of programs may beat on one database: what each does is claimed or has a key, so nothing is done twice.
    """

    agency: Agency
    beat: timedelta = timedelta(seconds=2)
    look_every: timedelta = timedelta(seconds=60)
    threads: int = 2
    name: str = field(default_factory=lambda: own_name("serve"))
    clock: Callable[[], datetime] = _clock
    _stopped: Event = field(default_factory=Event)
    _threads: list[Thread] = field(default_factory=list)
    _looked: datetime | None = None

    def start(self) -> None:
        """Begin to beat: one thread looks, the others drain."""
        for act in [self.look, *[self.drain] * self.threads]:
            self._threads.append(Thread(target=self._run, args=(act,), daemon=True, name=f"clockwork {act.__name__}"))
            self._threads[-1].start()

    def stop(self, patience: float = 10) -> None:
        """Stop at the end of what is being done, and let go of every lease."""
        self._stopped.set()
        self._join(patience)
        if any(one.is_alive() for one in self._threads):
            bench().end()  # what takes longer is tried again
            self._join(patience)
        with suppress(Trouble), self.agency.store.writing() as writer:
            let_go(writer.connection, self.name)

    def _join(self, patience: float) -> None:
        deadline = monotonic() + patience
        for one in self._threads:
            one.join(max(0.0, deadline - monotonic()))

    def once(self) -> tuple[Swept, Drained]:
        """Beat once: look, then drain."""
        return self.look(), self.drain()

    def look(self) -> Swept:
        """Say that one is alive, and look when it is time and one leads."""
        now = self.clock()
        if not self._leads(now) or (self._looked is not None and now - self._looked < self.look_every):
            return Swept()
        self._looked = now
        return self._look(now)

    def drain(self) -> Drained:
        """Do what is free, one after the other."""
        return Drain(self.agency, self.name, clock=self.clock).all(1, self._stopped)

    def _run(self, act: Callable[[], object]) -> None:
        while not self._stopped.is_set():
            try:
                act()
            except Exception as fault:  # noqa: BLE001 - the next beat may go well, and the operator is told
                warn("clockwork", fault=type(fault).__name__, told=str(fault) if isinstance(fault, Trouble) else None)
            self._stopped.wait(self.beat.total_seconds())

    def _leads(self, now: datetime) -> bool:
        alive = max(self.beat, self.look_every) * 3
        with self.agency.store.writing() as writer:
            hold(writer.connection, f"{WORKER}{self.name}", self.name, now, alive)
            return hold(writer.connection, LEADER, self.name, now, alive)

    def _look(self, now: datetime) -> Swept:
        self.agency = _as_of_now(self.agency)
        with self.agency.store.writing() as writer:
            queue.adopt(writer.connection, now)
        swept = look.look(self.agency.store, self.agency, now)
        asked = ask_for(self.agency, now)
        note("look", worker=self.name, asked=asked, **{name: getattr(swept, name) for name in Swept.__slots__})
        return swept


def _as_of_now(agency: Agency) -> Agency:
    """Return the agency with its people and calendar as its files say now; files at fault leave it as it was."""
    try:
        return reread(agency)
    except Unusable as fault:
        warn("folder", findings=len(fault.findings))
        return replace(agency)
