"""Who leads a task: units by name, groups that a plan declares, and “mỗi …”, which is every unit of a kind."""

import re
from collections.abc import Iterator
from datetime import date

from procedures.organisation import Organisation, OrgUnit
from procedures.text import fold
from quality.programme.plan import Part, Plan, Task

_EACH = re.compile(r"mỗi (?P<kind>.+?)(?: thuộc (?P<above>.+))?", re.IGNORECASE)
#: What stands for whatever kind.
_ANY = frozenset({"don vi truc thuoc", "don vi", "co quan, don vi truc thuoc"})


def units_of(plan: Plan, name: str, organisation: Organisation, on: date) -> tuple[str, ...] | None:
    """Return the units that a name means on a day, in the order of the organisation; None for a name nobody knows.

    A unit that was merged is the one that took over.
    """
    groups = dict(plan.groups)
    if name in groups:
        found = [units_of(plan, one, organisation, on) for one in groups[name] if one != name]
        return None if None in found else _each_once(found)
    known = {unit.name: unit for unit in organisation.units}
    if name in known:
        standing = organisation.standing(name, on)
        return (standing,) if known[standing].stands(on) else ()
    asked = _EACH.fullmatch(name)
    if asked is None or (asked["above"] or plan.unit) not in known:
        return None
    above = asked["above"] or plan.unit
    kind = fold(asked["kind"])
    if kind in _ANY:
        return tuple(unit.name for unit in organisation.units if unit.parent == above and unit.stands(on))
    of_kind = [unit for unit in _below(organisation, above) if unit.kind is not None and fold(unit.kind) == kind]
    if not any(unit.kind is not None and fold(unit.kind) == kind for unit in organisation.units):
        return None
    return tuple(unit.name for unit in of_kind if unit.stands(on))


def leads(plan: Plan, part: Part, task: Task, organisation: Organisation, on: date) -> tuple[str, ...]:
    """Return every unit that leads a task on a day, each once; names nobody knows are left out."""
    found = [units_of(plan, name, organisation, on) or () for name in plan.leads_of(part, task)]
    return _each_once(found)


def _below(organisation: Organisation, above: str) -> Iterator[OrgUnit]:
    for unit in organisation.units:
        if unit.name != above and any(one.name == above for one in organisation.chain(unit.name)):
            yield unit


def _each_once(found: list[tuple[str, ...] | None] | list[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(unit for units in found for unit in units or ()))
