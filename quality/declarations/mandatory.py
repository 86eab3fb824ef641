"""Mandatory sets of procedures, as data of the agency: which units must have which, and how each stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from procedures.organisation import Organisation, OrgUnit
from procedures.release import Release
from procedures.rows import rows
from procedures.text import fold
from procedures.words import Words, say
from quality.declarations.declared import Declaration, last_of
from quality.declarations.in_force import owned
from quality.fields import listed as parted

#: The file in the agency's folder that holds the sets; without it nothing is mandatory.
FILE = Path("organisation.d") / "quy trình bắt buộc.csv"
Standing = Literal["adopted", "outdated", "not_adopted", "open"]
STANDINGS: Mapping[Standing, Words] = {
    "adopted": say("adopted"),
    "outdated": say("outdated"),
    "not_adopted": say("not adopted"),
    "open": say("not named yet"),
}


@dataclass(frozen=True, slots=True)
class Mandatory:
    """One procedure of a set. `codes` are those that fill it, none while it is not named; `kinds` of units."""

    set: str
    source: str
    number: str
    name: str
    codes: tuple[str, ...]
    kinds: tuple[str, ...]


def mandatory(root: Path) -> list[Mandatory]:
    """Return the mandatory procedures of an agency's folder, in the order of the file."""
    path = root / FILE
    if not path.exists():
        return []
    return [
        Mandatory(
            row["bộ"],
            row["căn cứ"],
            row["số"],
            row["tên"],
            parted(row["mã quy trình"]),
            parted(row["loại đơn vị"]),
        )
        for row in rows(path)
    ]


@dataclass(frozen=True, slots=True)
class Coverage:
    """A mandatory procedure of a unit, and how it stands there; `code` is what fills it."""

    unit: str
    wanted: Mandatory
    standing: Standing
    code: str = ""


def coverage(
    sets: Sequence[Mandatory],
    units: Sequence[OrgUnit],
    releases: Sequence[Release],
    declared: Sequence[Declaration],
    organisation: Organisation,
    on: date,
) -> list[Coverage]:
    """Return one entry for each unit and each procedure that it must have on a day.

    A procedure of another owner is adopted by declaring it, one's own by having it in force.
    """
    found: list[Coverage] = []
    now = {one.code: one.issue for one in releases}
    for unit in units:
        last = last_of(declared, unit.name)
        own = {one.code: one.issue for one in owned(releases, organisation, unit.name, on)}
        meant = (one for one in sets if not one.kinds or fold(unit.kind or "") in set(map(fold, one.kinds)))
        found += [_stands(unit.name, wanted, now, own, last.listed if last else {}) for wanted in meant]
    return found


def _stands(
    unit: str, wanted: Mandatory, now: Mapping[str, int], own: Mapping[str, int], listed: Mapping[str, int]
) -> Coverage:
    if not wanted.codes:
        return Coverage(unit, wanted, "open")
    for code in wanted.codes:
        if code in listed:
            fresh = listed[code] == now.get(code)
            return Coverage(unit, wanted, "adopted" if fresh else "outdated", code)
        if code in own:
            return Coverage(unit, wanted, "adopted", code)
    return Coverage(unit, wanted, "not_adopted")
