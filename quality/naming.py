"""How people and units are called in a review pack: frozen with it, so that it stays the same when they are renamed."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from procedures.calendar import Calendar
from procedures.organisation import Organisation, OrgUnit, Person


class Letterhead(Protocol):
    """How the agency calls itself on paper."""

    @property
    def agency(self) -> str:
        """The agency."""

    @property
    def superior(self) -> str:
        """The agency above it, empty when there is none."""

    @property
    def place(self) -> str:
        """The place of its letters."""


@dataclass(frozen=True)
class Named:
    """The names that a pack uses: of the agency, of its units with all that is known of them, and of people.

    `used` gathers the accounts that were looked up: only those are kept with the pack.
    """

    agency: str
    superior: str
    place: str
    units: tuple[OrgUnit, ...]
    people: Mapping[str, str]
    used: set[str] = field(default_factory=set, compare=False)

    def person(self, account: str) -> str:
        """Return the name of somebody; an account that nobody has is its own name."""
        self.used.add(account)
        return self.people.get(account, account)

    @cached_property
    def organisation(self) -> Organisation:
        """The units; who works in them is no part of a pack."""
        return Organisation(units=self.units, people=tuple(Person(id_, name, ()) for id_, name in self.people.items()))

    def as_json(self) -> dict[str, object]:
        """Return what is kept with a pack."""
        units = [{key: value for key, value in _unit_json(unit) if value} for unit in self.units]
        return {"units": units, "people": {account: self.people.get(account, account) for account in sorted(self.used)}}


@dataclass(frozen=True, slots=True)
class Then:
    """The units as they were called, and the calendar as it was known."""

    organisation: Organisation
    calendar: Calendar


def named_on(head: Letterhead, organisation: Organisation, on: date) -> Named:
    """Return the names of a day, whatever the files say of later ones.

    Of a unit goes in what a day is known for: that it stood, under which other, what took over from it. An agency that
    was renamed is called by what it was called then.
    """
    units = tuple(_unit_on(unit, on) for unit in organisation.units if unit.since is None or unit.since <= on)
    people = {person.id: person.name_on(on) for person in organisation.people}
    return Named(_called(head.agency, organisation, on), head.superior, head.place, units, people)


def _unit_on(unit: OrgUnit, on: date) -> OrgUnit:
    ended = unit.until is not None and unit.until < on
    until, successor = (unit.until, unit.successor) if ended else (None, None)
    return OrgUnit(unit.name, unit.kind, unit.parent, since=unit.since, until=until, successor=successor)


def _called(name: str, organisation: Organisation, on: date) -> str:
    """Return what a unit that has a new name since was called on a day; what it was merged from is not it."""
    since = {unit.name: unit.since for unit in organisation.units}
    before = [unit.name for unit in organisation.units if unit.successor == name]
    begun = since.get(name)
    if begun is None or begun <= on or len(before) != 1:
        return name
    return _called(before[0], organisation, on)


def named_in(pack: Mapping[str, Any]) -> Named | None:
    """Return the names that a pack was written with; None for one that keeps none."""
    kept = pack.get("names")
    if not isinstance(kept, dict):
        return None
    units = tuple(_unit(told) for told in kept["units"])
    return Named(pack["agency"], pack["superior"], pack["place"], units, dict(kept["people"]))


def kept_names(path: Path, cut_off: str) -> Named | None:
    """Return the names of the pack that lies in a file, if it was cut off at the same instant."""
    try:
        told = json.loads(path.read_text("utf-8"))
        return named_in(told) if told.get("cut_off") == cut_off else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def renamed(then: Named, now: Named) -> Iterator[tuple[str, str]]:
    """Yield (then, today) for whoever is called otherwise today, and (then, "") for units that the file has no more."""
    for account, name in then.people.items():
        if account in now.people and now.people[account] != name:
            yield name, now.people[account]
    here = {unit.name for unit in now.units}
    yield from ((unit.name, "") for unit in then.units if unit.name not in here)


def _unit_json(unit: OrgUnit) -> Iterator[tuple[str, object]]:
    for key, value in asdict(unit).items():
        yield key, value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value


def _unit(told: Mapping[str, Any]) -> OrgUnit:
    days = {key: date.fromisoformat(told[key]) for key in ("since", "until") if key in told}
    return OrgUnit(**{**told, **days, "heads": tuple(told.get("heads", ()))})
