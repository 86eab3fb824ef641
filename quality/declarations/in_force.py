"""The procedures in force on a day, by the unit that owns them: what a declaration has to list."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from procedures.organisation import Organisation
from procedures.release import Release
from procedures.shelf import Shelf
from quality.covered import under


def in_force(shelf: Shelf, on: date) -> list[Release]:
    """Return the issue of each procedure that applies on a day, by code; an abolished one is left out."""
    return latest_of(shelf.all(), {one.code for one in shelf.endings() if one.since <= on}, on)


def latest_of(releases: Iterable[Release], ended: Collection[str], on: date) -> list[Release]:
    """Return the last issue of each procedure that is in force on a day, by code, without those that have ended."""
    latest: dict[str, Release] = {}
    for one in releases:
        if one.effective_from <= on and one.code not in ended:
            latest[one.code] = max(one, latest.get(one.code, one), key=lambda release: release.issue)
    return [latest[code] for code in sorted(latest)]


def owned(releases: Sequence[Release], organisation: Organisation, unit: str, on: date) -> list[Release]:
    """Return those that a unit, or one below it, owns on a day; what a merged unit owned has its successor."""
    return [one for one in releases if under(organisation, organisation.standing(one.procedure.owner_unit, on), unit)]
