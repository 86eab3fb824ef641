"""Timers: delays and time-outs move their case, and what never came is closed, once, however late one looks."""

from collections.abc import Sequence
from datetime import datetime

from engine.commands import MACHINE, AnyCommand, FireTimer, LapseConsultation, LapseSupplement
from engine.handle import Done, handle
from engine.rules import Ground
from engine.store import Store
from engine.wakes import Wake


def fire(store: Store, ground: Ground, now: datetime) -> list[Done]:
    """Pass the delays and time-outs that are due at `now`; return what was done.

    However many look at once, each of them acts once: a command's id says which one it is about. What is refused,
    because the case was paused or ended meanwhile, is asked again at the next look.
    """
    with store.reading() as reader:
        due = reader.timers(now)
    commands = [FireTimer(id=f"timer/{case}/{item}", actor=MACHINE, case=case, item=item) for case, item in due]
    return _carried_out(commands, store, ground, now)


def lapse(store: Store, ground: Ground, now: datetime) -> list[Done]:
    """Close what did not come in time: cases whose supplement never came, opinions that are late.

    Each is closed once, however many look at once; what is refused now is asked again at the next look.
    """
    with store.reading() as reader:
        wakes = reader.wakes(now)
    lapsed = (_lapse(wake) for wake in wakes)
    return _carried_out([command for command in lapsed if command is not None], store, ground, now)


def _lapse(wake: Wake) -> AnyCommand | None:
    name = f"lapse/{wake.kind}/{wake.case}/{wake.number}"
    match wake.kind:
        case "supplement":
            return LapseSupplement(id=name, actor=MACHINE, case=wake.case, supplement=wake.number)
        case "opinion":
            return LapseConsultation(id=name, actor=MACHINE, case=wake.case, consultation=wake.number)
    return None


def _carried_out(commands: Sequence[AnyCommand], store: Store, ground: Ground, now: datetime) -> list[Done]:
    answers = [handle(command, store=store, ground=ground, now=now) for command in commands]
    return [answer for answer in answers if isinstance(answer, Done) and not answer.repeated]
