"""Kinds of units that keep a system of their own: whether they must, and how many are visited at their headquarters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from procedures.organisation import Organisation, OrgUnit
from procedures.rows import rows
from procedures.text import fold

_FILE = Path(__file__).with_name("unit_kinds.csv")

#: Whether a unit must keep the system, or is encouraged to.
Obligation = Literal["required", "encouraged"]


@dataclass(frozen=True, slots=True)
class UnitKind:
    """A kind of unit: whether the system is required of it or encouraged; at least so many of a hundred are visited."""

    kind: str
    obligation: Obligation
    headquarters_percent: int
    source: str


@cache
def unit_kinds() -> Mapping[str, UnitKind]:
    """Return the kinds by their folded name."""
    made = (
        UnitKind(row["kind"], row["obligation"], int(row["headquarters_percent"]), row["source"])  # type: ignore[arg-type]
        for row in rows(_FILE)
    )
    return {fold(one.kind): one for one in made}


def keepers(organisation: Organisation, on: date) -> tuple[OrgUnit, ...]:
    """Return the units that stand on a day and keep a system of their own, in the order of the file."""
    return tuple(unit for unit in organisation.units if unit.stands(on) and fold(unit.kind or "") in unit_kinds())


def bound(organisation: Organisation, obligation: Obligation, on: date) -> list[OrgUnit]:
    """Return the keepers of which the system is required, or to which it is recommended."""
    kinds = unit_kinds()
    return [unit for unit in keepers(organisation, on) if kinds[fold(unit.kind or "")].obligation == obligation]
