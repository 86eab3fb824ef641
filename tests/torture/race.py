"""A hundred people finish one item at the same moment: one has done it, the others are told who and when."""

import json
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from threading import Barrier
from typing import Any

from engine.commands import FinishWork
from engine.handle import Done
from engine.refusal import Refusal
from engine.refusals.work import AlreadyDone
from engine.stores.sql import SqlStore
from engine.trouble import Trouble
from tests.engine.house import Office
from tests.postgres import Server
from tests.torture.clerks import NOW, office, violations
from tests.torture.figure import Figure

_PROCESSES, _THREADS = 2, 50
_TOGETHER = 25
Open = Callable[[], SqlStore]


def on_sqlite(figure: Figure, rounds: int, folder: Path) -> None:
    """Race on an SQLite file."""
    folder.mkdir(parents=True, exist_ok=True)
    _race(figure, rounds, lambda: SqlStore(folder / "race.db"))


def on_postgres(figure: Figure, rounds: int, folder: Path) -> None:
    """Race on a PostgreSQL server."""
    own = Server(max_connections="120").start()
    try:
        address = own.database()
        _race(figure, rounds, lambda: SqlStore(address))
    finally:
        own.remove()


def _race(figure: Figure, rounds: int, opened: Open) -> None:
    store = opened()
    given = office(store)
    for part in range(figure.did.get("rounds", 0), rounds, _TOGETHER):
        cases = [given.ordered(NOW) for _ in range(min(_TOGETHER, rounds - part))]
        store.close()
        answers = _everybody_at_once(cases, opened)
        for case in cases:
            figure.count("rounds")
            figure.count("people", len(answers[case]))
            for said in _wrong(given, case, answers[case]):
                figure.wrong(f"{case}: {said}")
        figure.part_done()
    for said in violations(store, set()):
        figure.wrong(said)
    store.close()


def _everybody_at_once(cases: list[str], opened: Open) -> dict[str, list[dict[str, Any]]]:
    """Start the processes, let every thread of each ask for every case in turn, and gather what they were told."""
    ready = get_context("fork").Barrier(_PROCESSES)
    pipes, children = [], []
    for process in range(_PROCESSES):
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(read)
            try:
                _ask(cases, opened, process, ready, write)
            finally:
                os._exit(0)
        os.close(write)
        pipes.append(read)
        children.append(child)
    answers: dict[str, list[dict[str, Any]]] = {case: [] for case in cases}
    with ThreadPoolExecutor(_PROCESSES) as pool:  # both at once: whoever is not heard would stop and hold the others up
        for lines in pool.map(_heard, pipes):
            for told in lines:
                answers[told["case"]].append(told)
    for child in children:
        os.waitpid(child, 0)
    return answers


def _heard(read: int) -> list[dict[str, Any]]:
    with os.fdopen(read, encoding="utf-8") as pipe:
        return [json.loads(line) for line in pipe]


def _ask(cases: list[str], opened: Open, process: int, ready: Any, pipe: int) -> None:
    given, here = office(opened()), Barrier(_THREADS)

    def person(number: int) -> None:
        for case in cases:
            if here.wait() == 0:
                ready.wait()
            here.wait()
            by = ("binh", "giang")[number % 2]
            id_ = f"{case}/{process}/{number}"
            answer = _answered(given, FinishWork(id=id_, actor=by, case=case, item=2, outcome="Hợp lệ"))
            told: dict[str, Any] = {"case": case, "kind": type(answer).__name__}
            if isinstance(answer, AlreadyDone):
                told |= {"who": answer.who, "when": str(answer.when)}
            if isinstance(answer, Exception):
                told["kind"] = repr(answer)
            if isinstance(answer, Done):
                told |= {"who": by.title(), "when": str(answer.records[0].at)}
            os.write(pipe, f"{json.dumps(told)}\n".encode())

    with ThreadPoolExecutor(_THREADS) as pool:
        list(pool.map(person, range(_THREADS)))


def _answered(given: Office, command: FinishWork) -> Done | Refusal | Exception:
    """Ask until the database has time for an answer: who is told that it is busy asks again."""
    while True:
        try:
            return given.give(command, NOW)
        except Trouble:
            continue
        except Exception as fault:  # noqa: BLE001 - it is told, and the others must not wait for this one for ever
            return fault


def _wrong(given: Office, case: str, answers: list[dict[str, Any]]) -> Iterator[str]:
    winners = [told for told in answers if told["kind"] == "Done"]
    if len(winners) != 1:
        yield f"{len(winners)} winners"
        return
    losers = [told for told in answers if told["kind"] == "AlreadyDone"]
    if len(losers) != _PROCESSES * _THREADS - 1:
        kinds = sorted({told["kind"] for told in answers})
        yield f"{len(answers) - 1 - len(losers)} were told something else, {len(answers)} were told at all: {kinds}"
    told = {(loser["who"], loser["when"]) for loser in losers}
    if told != {(winners[0]["who"], winners[0]["when"])}:
        yield f"the losers were told {told}, not {winners[0]}"
    if sum(record.event.kind == "WorkFinished" and record.event.item == 2 for record in given.log(case)) != 1:
        yield "finished more than once"
