"""Who is inspected in a year: all by dossier, a share of each kind at headquarters, the longest unvisited first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from procedures.organisation import OrgUnit
from procedures.text import fold
from quality.unit_kinds import UnitKind


@dataclass(frozen=True, slots=True)
class Share:
    """The units of one kind: how many must be visited, and which are, in the order in which their turn comes."""

    kind: UnitKind
    units: tuple[str, ...]
    wanted: int
    chosen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InspectionPlan:
    """The plan of a year: `dossier` are all units, `shares` who is visited at headquarters, kind by kind."""

    dossier: tuple[str, ...]
    shares: tuple[Share, ...]

    @property
    def headquarters(self) -> tuple[str, ...]:
        """The units that are visited."""
        return tuple(unit for share in self.shares for unit in share.chosen)


def plan(
    units: Sequence[OrgUnit], visited: Mapping[str, date], kinds: Mapping[str, UnitKind], also: Sequence[str] = ()
) -> InspectionPlan:
    """Plan a year for units of these kinds; `visited` is when each was last visited, `also` are visited in any case.

    Of each kind at least its share is chosen, rounded up; those never visited come first, then the longest ago.
    """
    of_kind: dict[str, list[str]] = {}
    for unit in units:
        of_kind.setdefault(fold(unit.kind or ""), []).append(unit.name)
    shares = []
    for key, names in of_kind.items():
        if key not in kinds:
            continue
        wanted = ceil(kinds[key].headquarters_percent * len(names) / 100)
        turn = sorted(names, key=lambda name: (name not in also, visited.get(name, date.min), names.index(name)))
        many = max(wanted, sum(name in also for name in names))
        shares.append(Share(kinds[key], tuple(names), wanted, tuple(turn[:many])))
    return InspectionPlan(tuple(unit.name for unit in units), tuple(shares))
