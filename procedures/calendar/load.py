"""The folder calendar.d read into the calendars of the agency and its units: wholly, or not at all."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TypeAlias

from procedures.calendar.clock import Calendar
from procedures.calendar.keys import MISSING_KEY
from procedures.calendar.read import TWICE, read_calendar_file
from procedures.calendar.units import Calendars
from procedures.calendar.versions import Hours, Session, Version, weekdays
from procedures.finding import Finding, Severity, Span, errors
from procedures.source import read
from procedures.text import nfc
from procedures.words import say

MISSING_YEAR, TWO_FILES = "QT450", "QT461"

#: Whose year a file declares: the unit (None: the agency) and the year.
Key: TypeAlias = tuple[str | None, int]

#: A year must be decided so long before it begins.
AHEAD = timedelta(days=60)

#: What is computed with while no calendar is declared: the usual office hours and the holidays of the law.
COMPUTED = Version(
    hours=(
        Hours(since=date(1900, 1, 1), week=weekdays(Session(opens=450, closes=690), Session(opens=810, closes=1020))),
    )
)


def load_calendar(place: Path) -> tuple[Calendar, list[Finding]]:
    """Return the agency's calendar from a folder, or the calendar of one file.

    With any error nothing declared is used: every date is then marked as computed. OSError when it cannot be read.
    """
    if place.is_dir():
        calendars, findings = load_calendars(place)
        return calendars.base, findings
    version, findings = read_version(place.read_bytes(), nfc(place.name))
    if version is None:
        return Calendar(COMPUTED), findings
    if not version.hours:
        return Calendar(COMPUTED), [*findings, _no_hours(nfc(place.name))]
    return Calendar(version), findings


def load_calendars(folder: Path) -> tuple[Calendars, list[Finding]]:
    """Return the calendars of the agency and its units, by the rule of `load_calendar`."""
    return calendars_of(files_of(folder), nfc(folder.name))


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the calendar files of a folder by name."""
    return {nfc(path.name): path.read_bytes() for path in sorted(folder.glob("*.yaml"))}


def calendars_of(files: Mapping[str, bytes], folder: str) -> tuple[Calendars, list[Finding]]:
    """Return the calendars that files declare together; `folder` is how the findings call where they are."""
    findings: list[Finding] = []
    versions: dict[Key, tuple[str, Version]] = {}
    for file, text in sorted(files.items()):
        name = f"{folder}/{file}"
        version, faults = read_version(text, name)
        findings += faults
        if version is not None:
            key = key_of(version)
            if key in versions:
                findings.append(_two_files(name, key[1]))
            findings += _clashes(version, name, versions)
            versions[key] = name, version
    base = joined(version for (unit, _), (_, version) in versions.items() if unit is None)
    if not base.hours:
        findings.append(_no_hours(f"{folder}/{base.years[0].year}.yaml"))
    if errors(findings):
        return Calendars(Calendar(COMPUTED)), findings
    units = sorted({unit for unit, _ in versions if unit is not None})
    own = {unit: joined(version for (whose, _), (_, version) in versions.items() if whose == unit) for unit in units}
    return Calendars(Calendar(base), own), [*findings, *_gaps(base, folder)]


def read_version(text: bytes, name: str) -> tuple[Version | None, list[Finding]]:
    """Return what one file declares, or None when anything in it is an error."""
    node, faults = read(text, name)
    if node is None:
        return None, faults
    version, findings = read_calendar_file(node, name)
    return None if errors(faults) else version, [*faults, *findings]


def key_of(version: Version) -> Key:
    """Return whose year one file declares."""
    return version.unit, version.years[0].year


def coverage(calendar: Calendar, today: date, folder: str = "calendar.d") -> list[Finding]:
    """Return a warning for each year that begins within 60 days of `today`, or has begun, and is not decided."""
    years = {today.year, (today + AHEAD).year}
    return [_missing(year, folder) for year in sorted(years) if not calendar.is_decided(year)]


def joined(versions: Iterable[Version]) -> Version:
    """Return one version out of one for each year."""
    result: Version | None = None
    for version in sorted(versions, key=lambda version: version.years[0].year):
        result = version if result is None else version.over(result)
    return COMPUTED if result is None else result


def _clashes(version: Version, name: str, earlier: Mapping[Key, tuple[str, Version]]) -> Iterator[Finding]:
    """Yield the days of a file that another file of the same unit declares too: a swap may reach into its year."""
    for (unit, _), (file, other) in earlier.items():
        if unit == version.unit:
            for day in sorted({special.day for special in version.days} & {special.day for special in other.days}):
                message = say("{day} is declared in “{file}” too", day=f"{day:%d/%m/%Y}", file=file)
                yield Finding(TWICE, Severity.ERROR, message, Span(name, 1, 1, 1, 1))


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
