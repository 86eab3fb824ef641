"""The units that a quality management system covers: those of an agency that stand on a day, without bodies."""

from datetime import date
from typing import Protocol

from procedures.calendar import Calendar
from procedures.organisation import Organisation
from procedures.text import fold

#: Kinds of units that are bodies of members: they have no work of their own that could be audited or declared.
_BODIES = frozenset(fold(kind) for kind in ("hội đồng", "ban chỉ đạo", "tổ giúp việc", "đoàn"))


class Place(Protocol):
    """Units and people, and the calendar they work by."""

    @property
    def organisation(self) -> Organisation:
        """Units and people."""
        ...

    @property
    def calendar(self) -> Calendar:
        """The calendar of the agency."""
        ...


def covered(organisation: Organisation, root: str, on: date) -> tuple[str, ...]:
    """Return the units below one that stand on a day, without itself, in the order of the file."""
    return tuple(
        unit.name
        for unit in organisation.units
        if unit.name != root
        and unit.stands(on)
        and fold(unit.kind or "") not in _BODIES
        and under(organisation, unit.name, root)
    )


def under(organisation: Organisation, unit: str, root: str) -> bool:
    """Tell whether a unit is another one or stands below it."""
    return any(above.name == root for above in organisation.chain(unit))


def below(organisation: Organisation, units: tuple[str, ...]) -> frozenset[str]:
    """Return units and all that stand below them, whenever."""
    return frozenset(
        unit.name for unit in organisation.units if any(under(organisation, unit.name, root) for root in units)
    )
