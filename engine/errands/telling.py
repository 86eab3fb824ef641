"""Telling other systems what happened: each event of a kind that a system asked for is one errand, written with it."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from engine.agency import Agency
from engine.case import Case
from engine.errands.duty import Duty
from engine.errands.reaching import post as reach
from engine.errands.task import Hopeless
from engine.errands.webhook import judge, signed
from engine.errands.world import Place, World, read_world
from engine.journal import note
from engine.log import Recorded
from engine.stores.errands import telling_key
from procedures.words import say


def tell(agency: Agency, period: str, now: datetime) -> None:
    """Tell one system of one event; one that no longer asks for it is told nothing."""
    name, case, seq = period.rsplit("/", 2)
    world = read_world(agency.root)
    place = world.places.get(name)
    with agency.store.reading() as reader:
        held = reader.held(case)
        record = next((one for one in reader.log(case) if str(one.seq) == seq), None)
    if held is None or record is None:
        raise Hopeless(say("the case or its work is gone"))
    if place is None or record.event.kind not in place.events:
        note("webhook", to=name, case=case, seq=seq, came="unsubscribed")
        return
    send(world, place, telling_key(name, case, record.seq), message(held.case, record), now)


def send(world: World, place: Place, key: str, told: Mapping[str, object], now: datetime) -> None:
    """Send a message under a key that is the same at every try; raises TryAgain or Hopeless."""
    body = json.dumps(told, ensure_ascii=False).encode()
    judge(reach(place.url, signed(place, key, now, body), body, world.allowed))


def message(case: Case, record: Recorded) -> dict[str, object]:
    """Return what is said of an event: names, kinds, steps and instants, and nothing that anybody entered."""
    event = record.event
    number = getattr(event, "item", None)
    item = case.item(number) if isinstance(number, int) else None
    data = {
        "case": record.case,
        "seq": record.seq,
        "procedure": case.procedure,
        "issue": case.issue,
        "item": number,
        "step": getattr(event, "step", None) or (item.step if item is not None else None),
    }
    return {
        "type": event.kind,
        "timestamp": record.at.isoformat(),
        "data": {name: value for name, value in data.items() if value is not None},
    }


def _never(_agency: Agency, _now: datetime) -> Iterable[str]:
    """Say that no hour of its own comes: it is asked for with the events."""
    return ()


TELLING = Duty(_never, tell)
