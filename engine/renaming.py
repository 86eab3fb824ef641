"""Events told in the names that steps bear now, after a case went over to an issue that renamed some."""

from collections.abc import Mapping, Sequence

from engine.events import CaseMigrated, Event
from engine.log import Recorded
from procedures.net import arrived, expected, ready

#: The parts of events that hold the key of a step.
_NAMED = ("step", "returned_to")


def named_now(log: Sequence[Recorded]) -> list[Event]:
    """Return the events of a log, oldest first, each with the steps called as the case's present issue calls them."""
    names: dict[str, str] = {}
    told: list[Event] = []
    for record in reversed(log):
        told.append(renamed(record.event, names))
        if isinstance(record.event, CaseMigrated):
            names |= {old: names.get(new, new) for old, new in record.event.renames}
    return told[::-1]


def renamed(event: Event, names: Mapping[str, str]) -> Event:
    """Return an event with its steps and places called by new names."""
    if not names:
        return event
    keys = {part: getattr(event, part) for part in _NAMED if getattr(event, part, None)}
    changes: dict[str, object] = {part: names.get(key, key) for part, key in keys.items()}
    marking = getattr(event, "marking", None)
    if marking is not None:
        changes["marking"] = renamed_places(marking, names)
    return event.but(**changes)


def renamed_places(marking: Sequence[str], names: Mapping[str, str]) -> tuple[str, ...]:
    """Return a marking with the steps in its places called by new names, sorted as markings are."""
    return tuple(sorted(_place(place, names) for place in marking))


def _place(place: str, names: Mapping[str, str]) -> str:
    kind, _, rest = place.partition(":")
    if kind == "ready":
        return ready(names.get(rest, rest))
    if kind in {"from", "late"}:
        source, _, target = rest.partition(">")
        place_of = arrived if kind == "from" else expected
        return place_of(names.get(source, source), names.get(target, target))
    return place
