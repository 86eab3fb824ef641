"""A clerk under the shim whose disk fails at the n-th call: what it was told holds, and it goes on without restart."""

import errno
import json
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from engine.commands import AnyCommand, OpenCase
from engine.handle import Done
from engine.stores.sql import SqlStore
from engine.stores.writers import AllOnOne
from engine.trouble import Trouble
from tests.torture.clerks import NOW, Ledger, office, violations, work
from tests.torture.shim import loaded

#: A thousand more means: only while it waits for the disk.
WAITING = 1000
KINDS = {
    "no space": (errno.ENOSPC, 0),
    "no space, for good": (errno.ENOSPC, 1),
    "write error": (errno.EIO, 0),
    "write error, for good": (errno.EIO, 1),
    "sync error": (errno.EIO + WAITING, 0),
    "sync error, for good": (errno.EIO + WAITING, 1),
}
_TURNS = 3


def main(root: str, seed: str, calls: str, lies: str) -> None:
    """Let every kind of fault happen at each of these calls, each in a child of its own; print what was found.

    With `lies`, the store acknowledges what its disk refused to keep: the control, which must be caught.
    """
    if lies:
        AllOnOne._commit = _lying(AllOnOne._commit)  # type: ignore[method-assign]
    for nth in json.loads(calls):
        for kind in KINDS:
            child = os.fork()
            if child == 0:
                with suppress(BaseException):
                    _say(_one(Path(root), seed, nth, kind))
                    os._exit(0)
                os._exit(1)
            if os.waitpid(child, 0)[1]:
                _say({"wrong": [f"{kind} at {nth}: the clerk itself fell"]})


def _say(told: dict[str, object]) -> None:
    sys.stdout.write(f"{json.dumps(told)}\n")
    sys.stdout.flush()


def _lying(commit: Any) -> Any:
    def swallow(self: Any) -> None:
        group = self._group
        try:
            commit(self)
        except Exception:  # noqa: BLE001 - whatever went wrong is kept from the one who asked
            group.fault = None

    return swallow


def _one(root: Path, seed: str, nth: int, kind: str) -> dict[str, object]:
    with tempfile.TemporaryDirectory(dir=root) as folder:
        path = Path(folder) / "a.db"
        store, ledger, troubles = SqlStore(path), Ledger(), 0
        given = office(store)
        work(given, "before", random.Random(seed), ledger.hear, 1)
        loaded().shim_arm(nth, *KINDS[kind])
        for turn in range(_TURNS):
            try:
                work(given, f"{turn}", random.Random(f"{seed}/{turn}"), ledger.hear, 1)
            except Trouble:
                troubles += 1
        reached = loaded().shim_disarm() >= nth
        wrong = [f"{kind} at {nth}: {said}" for said in _after(store, ledger)]
        store.close()
        return {"reached": int(reached), "troubles": troubles, "wrong": wrong}


def _after(store: SqlStore, ledger: Ledger) -> Iterator[str]:
    """Go on with the same store: nothing is lost, nobody has to restart it, and who asks again is answered once."""
    given = office(store)
    unknown: list[AnyCommand] = ledger.unknown()
    try:
        for command in unknown:
            if isinstance(given.give(command, NOW), Done):
                ledger.acknowledged.add(command.id)
        fresh = given.give(OpenCase(id="fresh/o", actor="an", procedure="QT-VP-05", title="Sau sự cố"), NOW)
        if not isinstance(fresh, Done):
            yield f"a new case was refused: {fresh}"
    except Trouble as trouble:
        yield f"it does not go on without a restart: {trouble!r}"
    yield from violations(store, ledger.acknowledged)


if __name__ == "__main__":
    main(*sys.argv[1:])
