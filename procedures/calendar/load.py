"""The folder calendar.d read into the calendars of the agency and its units: wholly, or not at all."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from procedures.calendar.clock import Calendar
from procedures.calendar.keys import MISSING_KEY
from procedures.calendar.read import read_calendar_file
from procedures.calendar.versions import Hours, Session, Version, weekdays
from procedures.finding import Finding, Severity, Span, errors
from procedures.source import read
from procedures.text import nfc
from procedures.words import say

MISSING_YEAR, TWO_FILES = "QT450", "QT461"

#: A year must be decided so long before it begins.
AHEAD = timedelta(days=60)

#: What is computed with while no calendar is declared: the usual office hours and the holidays of the law.
COMPUTED = Version(
    hours=(
        Hours(since=date(1900, 1, 1), week=weekdays(Session(opens=450, closes=690), Session(opens=810, closes=1020))),
    )
)


@dataclass(frozen=True, slots=True)
class Calendars:
    """The agency's calendar and those of the units that have their own."""

    base: Calendar
    of_units: Mapping[str, Calendar]

    def of(self, unit: str | None, parent: Callable[[str], str | None]) -> Calendar:
        """Return the calendar of a unit: its own, else that of the nearest unit above it, else the agency's."""
        while unit is not None:
            if unit in self.of_units:
                return self.of_units[unit]
            unit = parent(unit)
        return self.base


def load_calendar(place: Path) -> tuple[Calendar, list[Finding]]:
    """Return the agency's calendar from a folder, or the calendar of one file.

    With any error nothing declared is used: every date is then marked as computed. OSError when it cannot be read.
    """
    if place.is_dir():
        calendars, findings = load_calendars(place)
        return calendars.base, findings
    version, findings = _read(place, nfc(place.name))
    if version is None:
        return Calendar(COMPUTED), findings
    if not version.hours:
        return Calendar(COMPUTED), [*findings, _no_hours(nfc(place.name))]
    return Calendar(version), findings


def load_calendars(folder: Path) -> tuple[Calendars, list[Finding]]:
    """Return the calendars of the agency and its units, by the rule of `load_calendar`."""
    findings: list[Finding] = []
    versions: dict[tuple[str | None, int], Version] = {}
    for path in sorted(folder.glob("*.yaml")):
        name = nfc(f"{folder.name}/{path.name}")
        version, faults = _read(path, name)
        findings += faults
        if version is not None:
            key = (version.unit, version.years[0].year)
            if key in versions:
                findings.append(_two_files(name, key[1]))
            versions[key] = version
    base = joined(version for (unit, _), version in versions.items() if unit is None)
    if not base.hours:
        findings.append(_no_hours(f"{folder.name}/{base.years[0].year}.yaml"))
    if errors(findings):
        return Calendars(Calendar(COMPUTED), {}), findings
    findings += _gaps(base, folder.name)
    return Calendars(Calendar(base), _of_units(base, versions)), findings


def _read(path: Path, name: str) -> tuple[Version | None, list[Finding]]:
    node, faults = read(path.read_bytes(), name)
    if node is None:
        return None, faults
    version, findings = read_calendar_file(node, name)
    return None if errors(faults) else version, [*faults, *findings]


def coverage(calendar: Calendar, today: date, folder: str = "calendar.d") -> list[Finding]:
    """Return a warning for each year that begins within 60 days of `today`, or has begun, and is not decided."""
    years = {today.year, (today + AHEAD).year}
    return [_missing(year, folder) for year in sorted(years) if not calendar.is_decided(year)]


def joined(versions: Iterable[Version]) -> Version:
    """Return one version out of one for each year."""
    result = COMPUTED
    for number, version in enumerate(versions):
        result = version.over(result) if number else version
    return result


def _of_units(base: Version, versions: Mapping[tuple[str | None, int], Version]) -> dict[str, Calendar]:
    units = {unit for unit, _ in versions if unit is not None}
    own = {unit: joined(version for (whose, _), version in versions.items() if whose == unit) for unit in units}
    return {unit: Calendar(version.over(base)) for unit, version in own.items()}


def _gaps(base: Version, folder: str) -> list[Finding]:
    known = {year.year for year in base.years}
    if not known:
        return [_missing(None, folder)]
    return [_missing(year, folder) for year in range(min(known), max(known)) if year not in known]


def _missing(year: int | None, folder: str) -> Finding:
    if year is None:
        message, file = say("no calendar is declared, so every date is computed and not decided"), folder
    else:
        message = say("no calendar is decided for {year}, so its dates are computed", year=year)
        file = f"{folder}/{year}.yaml"
    help_ = say("declare days off, make-up days and working hours in “{file}”", file=file)
    return Finding(MISSING_YEAR, Severity.WARNING, message, Span(file, 1, 1, 1, 1), help=help_)


def _two_files(file: str, year: int) -> Finding:
    message = say("another file already speaks of {year}", year=year)
    return Finding(TWO_FILES, Severity.ERROR, message, Span(file, 1, 1, 1, 1))


def _no_hours(file: str) -> Finding:
    return Finding(MISSING_KEY, Severity.ERROR, say("no year declares working hours"), Span(file, 1, 1, 1, 1))
