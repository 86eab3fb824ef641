"""Many commands carried out in one transaction: each through the one way in, all on disk together."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from engine.commands import AnyCommand
from engine.handle import Done, handle
from engine.log import Recorded
from engine.refusal import Refusal
from engine.rules import Ground
from engine.store import Reader, Store, Writer
from procedures.shelf import ShelfRefusal

#: A writer waits at most for so many commands of a sweep.
CHUNK = 500


@dataclass(frozen=True, slots=True)
class _Within:
    """A store whose transactions are all the one that is already open."""

    store: Store
    writer: Writer

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        yield self.writer

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        yield self.writer

    def all_logs(self) -> Iterator[tuple[str, list[Recorded]]]:
        return self.store.all_logs()


def carry_out(commands: Sequence[AnyCommand], *, store: Store, ground: Ground, now: datetime) -> list[Done]:
    """Carry commands out in transactions of at most `CHUNK`; return those that newly wrote something.

    A refusal changes nothing and the others go on; a case whose release cannot be read is passed over.
    """
    done: list[Done] = []
    for first in range(0, len(commands), CHUNK):
        with store.writing() as writer:
            within = _Within(store, writer)
            answers = [_answer(command, within, ground, now) for command in commands[first : first + CHUNK]]
        done += [answer for answer in answers if isinstance(answer, Done) and answer.records and not answer.repeated]
    return done


def _answer(command: AnyCommand, store: Store, ground: Ground, now: datetime) -> Done | Refusal | None:
    try:
        return handle(command, store=store, ground=ground, now=now)
    except ShelfRefusal:
        return None
