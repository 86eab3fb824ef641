"""Timers: every delay whose time has come is passed, once, however late somebody looks."""

from datetime import datetime

from engine.commands import MACHINE, FireTimer
from engine.handle import Done, handle
from engine.rules import Ground
from engine.store import Store


def fire(store: Store, ground: Ground, now: datetime) -> list[Done]:
    """Pass the delays that are due at `now`; return what was done.

    However many look at once, each delay is passed once: a command's id says which one it is about. What is refused,
    because the case was paused or ended meanwhile, is asked again at the next look.
    """
    with store.reading() as reader:
        due = reader.timers(now)
    commands = [FireTimer(id=f"timer/{case}/{item}", actor=MACHINE, case=case, item=item) for case, item in due]
    answers = [handle(command, store=store, ground=ground, now=now) for command in commands]
    return [answer for answer in answers if isinstance(answer, Done) and not answer.repeated]
