"""Clerks killed in the middle of their work, a hundred times and more; then the whole database server."""

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread

from engine.handle import Done
from engine.stores import postgres
from engine.stores.sql import SqlStore
from engine.trouble import Trouble
from tests.postgres import Server, server
from tests.torture.clerks import NOW, Ledger, at_work, office, violations
from tests.torture.figure import Figure

_PROCESSES, _THREADS = 2, 4
#: After so many lives everything is read, and a fresh database begins.
_LIVES = 50
Open = Callable[[], SqlStore]


def on_sqlite(figure: Figure, kills: int, folder: Path) -> None:
    """Kill clerks on an SQLite file."""
    for part in range(figure.did.get("kills", 0), kills, _LIVES):
        path = folder / f"kills-{part}.db"
        _kill(figure, min(_LIVES, kills - part), lambda path=path: SqlStore(path))  # type: ignore[misc]


def on_postgres(figure: Figure, kills: int, folder: Path) -> None:
    """Kill clients of a PostgreSQL server."""
    for part in range(figure.did.get("kills", 0), kills, _LIVES):
        address = server().database()
        _kill(figure, min(_LIVES, kills - part), lambda address=address: SqlStore(address))  # type: ignore[misc]


def _kill(figure: Figure, kills: int, opened: Open) -> None:
    opened().close()
    rng = random.Random(f"{figure.seed}/{figure.did}")
    ledger = Ledger()
    while kills > 0:
        kills -= _PROCESSES
        _life(figure, ledger, opened, rng)
        store = opened()
        given = office(store)
        for command in ledger.unknown():  # whoever does not know asks again, with the same id
            answer = given.give(command, NOW)
            (ledger.acknowledged if isinstance(answer, Done) else ledger.refused).add(command.id)
            figure.count("unknown outcomes asked again")
            figure.count("of these already done", int(isinstance(answer, Done) and answer.repeated))
        store.close()
    store = opened()
    figure.count("commands acknowledged", len(ledger.acknowledged))
    if len(ledger.refused) > len(ledger.acknowledged):
        figure.wrong(f"{len(ledger.refused)} commands were refused: the clerks do not work as they should")
    for said in violations(store, ledger.acknowledged, ledger.asked):
        figure.wrong(said)
    store.close()
    figure.part_done()


def _life(figure: Figure, ledger: Ledger, opened: Open, rng: random.Random) -> None:
    """Let two processes work, kill both at a random moment, and hear what they told."""
    life = f"{figure.name}-{figure.did.get('kills', 0)}"
    children = []
    for number in range(_PROCESSES):
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(read)
            _work_and_die(opened, f"{life}.{number}", figure.seed, write)
        os.close(write)
        children.append((child, read))
    for child, read in children:
        with os.fdopen(read, encoding="utf-8", errors="replace") as pipe:
            lines = [pipe.readline()]  # it is at work now
            time.sleep(rng.uniform(0, 0.05))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            lines += pipe.readlines()
        figure.count("kills")
        for line in lines:
            ledger.hear(line.rstrip("\n"))


def _work_and_die(opened: Open, prefix: str, seed: int, pipe: int) -> None:
    try:
        at_work(opened(), prefix, seed, lambda line: _told(pipe, line), _THREADS)
    finally:
        os._exit(1)


def _told(pipe: int, line: str) -> None:
    os.write(pipe, f"{line}\n".encode())  # shorter than a pipe's own page, so it is written whole


def whole_server(figure: Figure, kills: int, folder: Path) -> None:
    """Kill the whole PostgreSQL server under load; what was acknowledged must be there when it is back."""
    _kill_server(figure, kills, keeps=True)


def without_waiting(figure: Figure, kills: int, folder: Path) -> None:
    """Do the same to a server that does not wait for its disk: acknowledged commands must be seen to be lost."""
    kept = postgres._KEEPS
    postgres._KEEPS = ()  # the store refuses such a server; the control must get past that
    try:
        _kill_server(figure, kills, keeps=False)
    finally:
        postgres._KEEPS = kept


def _kill_server(figure: Figure, kills: int, *, keeps: bool) -> None:
    own = Server(**({} if keeps else {"synchronous_commit": "off", "wal_writer_delay": "10s"}))
    own.start()
    try:
        for part in range(figure.did.get("kills of the server", 0), kills):
            _server_life(figure, own, f"{part}")
            figure.part_done()
    finally:
        own.remove()


def _server_life(figure: Figure, own: Server, name: str) -> None:
    address = own.database()
    store = SqlStore(address)
    ledger = Ledger()
    stopped: list[bool] = []

    def hear(line: str) -> None:
        if stopped:
            sys.exit()
        ledger.hear(line)

    clerks = [
        Thread(target=_quietly, args=(store, f"{name}.{number}", figure.seed, hear), daemon=True)
        for number in range(_THREADS)
    ]
    for clerk in clerks:
        clerk.start()
    time.sleep(random.Random(f"{figure.seed}/{name}").uniform(0.3, 0.8))
    _kill_whole(own)
    sure = set(ledger.acknowledged)
    stopped.append(True)
    figure.count("kills of the server")
    figure.count("commands acknowledged", len(sure))
    for clerk in clerks:
        clerk.join()
    store.close()
    _start_again(own)
    again = SqlStore(address)
    for said in violations(again, sure):
        figure.wrong(said)
    again.close()
    own.sql(f"DROP DATABASE {address.partition('?')[0].rpartition('/')[2]}")


def _quietly(store: SqlStore, prefix: str, seed: int, hear: Callable[[str], None]) -> None:
    from tests.torture.clerks import work

    with suppress(Trouble, SystemExit):
        work(office(store), prefix, random.Random(f"{seed}/{prefix}"), hear)


def _kill_whole(own: Server) -> None:
    """Kill the server and every process it has, at once, as the machine going down would."""
    assert own.process is not None
    main = own.process.pid
    os.kill(main, signal.SIGSTOP)  # so that it neither starts nor mourns anybody
    children = Path(f"/proc/{main}/task/{main}/children").read_text("ascii").split()
    for child in (*map(int, children), main):
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    own.process.wait()
    own.process = None


def _start_again(own: Server) -> None:
    for _ in range(50):
        with suppress(AssertionError):
            own.start()
            return
        time.sleep(0.1)
    own.start()
