"""Many commands carried out in one transaction: each through the one way in, all on disk together."""

from collections.abc import Sequence
from datetime import datetime

from engine.commands import AnyCommand
from engine.handle import Done, handle
from engine.refusal import Refusal
from engine.rules import Ground
from engine.store import Store
from engine.within import Within
from procedures.shelf import ShelfRefusal

#: A writer waits at most for so many commands of a sweep.
CHUNK = 500


def carry_out(commands: Sequence[AnyCommand], *, store: Store, ground: Ground, now: datetime) -> list[Done]:
    """Carry commands out in transactions of at most `CHUNK`; return those that newly wrote something.

    A refusal changes nothing and the others go on; a case whose release cannot be read is passed over.
    """
    done: list[Done] = []
    for first in range(0, len(commands), CHUNK):
        with store.writing() as writer:
            within = Within(store, writer)
            answers = [_answer(command, within, ground, now) for command in commands[first : first + CHUNK]]
        done += [answer for answer in answers if isinstance(answer, Done) and answer.records and not answer.repeated]
    return done


def _answer(command: AnyCommand, store: Store, ground: Ground, now: datetime) -> Done | Refusal | None:
    try:
        return handle(command, store=store, ground=ground, now=now)
    except ShelfRefusal:
        return None
