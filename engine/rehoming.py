"""New homes after a merger, a new name or an end of units: which open cases name a unit that is gone."""

from collections.abc import Mapping
from datetime import date

from engine.commands import MACHINE, RehomeCase
from engine.store import Reader
from procedures.candidates import post_key
from procedures.organisation import Organisation


def moved(organisation: Organisation, on: date) -> dict[str, str]:
    """Return every unit whose work another one has on that day, with that one."""
    homes = {unit.name: organisation.standing(unit.name, on) for unit in organisation.units}
    return {old: new for old, new in homes.items() if old != new}


def rehomings(reader: Reader, organisation: Organisation, homes: Mapping[str, str]) -> list[RehomeCase]:
    """Return one command for each open case that names one of the units that are gone, in order of case.

    Its id says what it is about, so that however often this is asked, each case moves once for each move of its units.
    """
    posts = frozenset(post_key(position, unit) for unit in homes for position in organisation.positions())
    cases = reader.in_units(frozenset(homes), posts)
    ends = "+".join(f"{old}→{new}" for old, new in sorted(homes.items()))
    return [RehomeCase(id=f"rehome/{case}/{ends}", actor=MACHINE, case=case) for case in cases]
