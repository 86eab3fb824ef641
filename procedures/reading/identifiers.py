"""Electronic identifiers of units (QĐ 20/2020/QĐ-TTg): their letters, their length, their levels."""

import re
from collections.abc import Iterable

from procedures.organisation import OrgUnit
from procedures.reading.desk import Desk
from procedures.words import say

_LONGEST = 35
#: A circle of units, or one code for two, is told once.
_SAME_CAUSE = frozenset({"QT530", "QT531"})
_LETTERS = re.compile(r"[0-9A-Z]+(?:\.[0-9A-Z]+)*")
#: The first level: a letter from A to Y and two digits.
_FIRST = re.compile(r"[A-Y][0-9]{2}")


def check_identifiers(desk: Desk, units: Iterable[OrgUnit]) -> None:
    """Report identifiers that are none (QT539), and those that do not go on from the unit above (QT540)."""
    known = {unit.name: unit for unit in units}
    told = any(finding.code in _SAME_CAUSE for finding in desk.findings)
    for unit in known.values():
        if unit.code is None:
            continue
        span = desk.places.at(unit.name, "code")
        if not well_formed(unit.code):
            help_ = say("write groups of 0-9 and A-Z with dots between, the first like H05, at most 35 characters")
            desk.fault("QT539", span, say("“{code}” is no electronic identifier", code=unit.code), help=help_)
            continue
        above = known.get(unit.parent or "")
        if told or above is None or above.code is None or not well_formed(above.code):
            continue
        if not unit.code.startswith(f"{above.code}."):
            words = say(
                "“{code}” does not go on from “{above}”, the identifier of {unit}",
                code=unit.code,
                above=above.code,
                unit=above.name,
            )
            desk.fault("QT540", span, words)


def well_formed(code: str) -> bool:
    """Tell whether a text is an identifier by its letters, its length and its first level."""
    first = code.partition(".")[0]
    return len(code) <= _LONGEST and bool(_LETTERS.fullmatch(code)) and bool(_FIRST.fullmatch(first))
