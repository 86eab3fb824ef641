"""Clerks at work: commands on the purchase procedure, each told before it is given and after it is acknowledged."""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from engine import commands
from engine.commands import AnyCommand, ClaimWork, FinishWork, OpenCase
from engine.handle import Done
from engine.refusal import Refusal
from engine.store import Store
from engine.stores.audit import verify
from engine.stores.sql import SqlStore
from engine.trouble import Trouble
from tests.engine.house import Office, at, purchase

NOW = at(2, 8)
SLIP = {"nội dung": "Máy in", "tổng tiền": "12 triệu"}
#: Told with its text before a command is given, and with its id after it was acknowledged or refused.
INTENT, ACK, REFUSED = "?", "!", "-"
Tell = Callable[[str], None]


def office(store: Store) -> Office:
    """Return the office whose clerks work on a store."""
    return Office.with_(purchase(), store=store)


def told(command: AnyCommand) -> str:
    """Return the line that tells what is about to be asked."""
    return f"{INTENT}{type(command).__name__} {command.model_dump_json()}"


def read(line: str) -> AnyCommand:
    """Return the command that a line tells of."""
    kind, _, body = line.removeprefix(INTENT).partition(" ")
    command: AnyCommand = getattr(commands, kind).model_validate_json(body)
    return command


def work(given: Office, prefix: str, rng: random.Random, tell: Tell, turns: int = 1_000_000) -> None:
    """Open cases and bring them forward, one command after another."""

    def ask(command: AnyCommand) -> Done | Refusal:
        tell(told(command))
        answer = given.give(command, NOW)
        tell(f"{ACK if isinstance(answer, Done) else REFUSED}{command.id}")
        return answer

    for turn in range(turns):
        name = f"{prefix}/{turn}"
        opened = ask(OpenCase(id=f"{name}/o", actor="an", procedure="QT-VP-05", title=f"Mua {name}", salt=name))
        if not isinstance(opened, Done):
            continue
        case = opened.case
        ask(FinishWork(id=f"{name}/1", actor="an", case=case, item=1, fields=SLIP, salt=name))
        if rng.random() < 0.3:
            ask(ClaimWork(id=f"{name}/c", actor="binh", case=case, item=2))
        if rng.random() < 0.4:
            ask(FinishWork(id=f"{name}/2", actor="binh", case=case, item=2, outcome="Không thuộc phạm vi"))
            continue
        ask(FinishWork(id=f"{name}/2", actor="binh", case=case, item=2, outcome="Hợp lệ"))
        ask(FinishWork(id=f"{name}/3", actor="giang", case=case, item=3))
        ask(FinishWork(id=f"{name}/4", actor="chi", case=case, item=4))


def at_work(store: Store, prefix: str, seed: int, tell: Tell, threads: int) -> None:
    """Let several clerks work at once until they are stopped from outside."""
    given = office(store)
    with ThreadPoolExecutor(threads) as pool:
        for number in range(threads):
            pool.submit(_until_stopped, given, f"{prefix}.{number}", random.Random(f"{seed}/{prefix}/{number}"), tell)


def _until_stopped(given: Office, prefix: str, rng: random.Random, tell: Tell) -> None:
    while True:
        try:
            work(given, prefix, rng, tell)
        except Trouble:
            continue


@dataclass
class Ledger:
    """What was told: every command that was asked, and those that were acknowledged."""

    asked: dict[str, AnyCommand] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)

    def hear(self, line: str) -> None:
        """Take one line in; the last line of somebody who was killed may be torn."""
        if line.startswith(ACK):
            self.acknowledged.add(line.removeprefix(ACK))
        elif line.startswith(REFUSED):
            self.refused.add(line.removeprefix(REFUSED))
        elif line.startswith(INTENT) and line.endswith("}"):
            command = read(line)
            self.asked[command.id] = command

    def unknown(self) -> list[AnyCommand]:
        """Return the commands of which nobody knows whether they were carried out."""
        return [command for id_, command in self.asked.items() if id_ not in self.acknowledged | self.refused]


def violations(store: SqlStore, acknowledged: set[str], asked: dict[str, Any] | None = None) -> Iterator[str]:
    """Yield everything about a store that must not be, read at one moment."""
    verdict = verify(store)
    yield from (f"{fault.case}/{fault.seq}: {fault.words}" for fault in verdict.faults)
    with store.reading() as reader:
        logs = {case: reader.log(case) for case in reader.case_ids()}
    written: dict[str, str] = {}
    for case, log in logs.items():
        for record in log:
            other = written.setdefault(record.command, case)
            if other != case:
                yield f"{record.command} took effect in {other} and in {case}"
        finished = [record.event.item for record in log if record.event.kind == "WorkFinished"]
        if len(finished) != len(set(finished)):
            yield f"{case}: an item was finished twice"
        opened = [(e.step, e.attempt) for e in (record.event for record in log) if e.kind == "WorkOpened"]
        if len(opened) != len(set(opened)):
            yield f"{case}: a round was opened twice"
        if sum(record.event.kind == "CaseEnded" for record in log) > 1:
            yield f"{case}: ended twice"
    yield from (f"{id_} was acknowledged and is lost" for id_ in sorted(acknowledged - written.keys()))
    if asked is not None and written.keys() - asked.keys():
        yield f"nobody asked for {sorted(written.keys() - asked.keys())[:3]}"
