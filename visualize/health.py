"""What `quytrinh doctor` and the page of health look at, each with the command that mends it."""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from procedures.words import Words, say

if TYPE_CHECKING:
    from engine.agency import Agency

_LOW_DISK = 500 * 10**6
#: The WAL-reset fault is mended from this SQLite on.
_SOUND_SQLITE = (3, 51, 3)
#: Clocks that differ by more than this many seconds make leases and deadlines hard to explain.
_SKEW = 5.0


@dataclass(frozen=True, slots=True)
class Examination:
    """One thing that was looked at, whether it is well, and what to do when it is not."""

    name: Words | str
    well: bool
    remedy: Words | str | None = None
    urgent: bool = True  # work cannot go on before it is mended; otherwise it is only to be done in time


def on_machine(root: Path) -> Iterator[Examination]:
    """Look at the machine that the program runs on; nothing is changed."""
    from engine.stores.sqlite import sqlite_version

    sqlite = sqlite_version()
    python = ".".join(str(part) for part in sys.version_info[:3])
    yield Examination(f"Python {python}", (3, 11) <= sys.version_info[:2] < (3, 14))
    yield Examination(f"SQLite {'.'.join(map(str, sqlite))}", sqlite >= _SOUND_SQLITE, "./setup")
    free = shutil.disk_usage(root).free
    yield Examination(room(free), free > _LOW_DISK, say("make room"))
    yield Examination(say("drawing with Graphviz"), _draws(), "./setup")


def room(free: int) -> Words:
    """Say how many bytes are free in the largest unit of which there is one, so that no number is long."""
    if free >= 10**12:
        return say("disk: {free} TB free", free=free // 10**12)
    if free >= 10**9:
        return say("disk: {free} GB free", free=free // 10**9)
    return say("disk: {free} MB free", free=free // 10**6)


def _draws() -> bool:
    from visualize.drawing import DrawingUnavailable, ink

    try:
        ink('graph { a [pos="0,0!", shape=point] }', "svg")
    except DrawingUnavailable:
        return False
    return True


def of_agency(agency: "Agency", now: datetime) -> Iterator[Examination]:
    """Look at an agency's folder and store; the whole log is read, and nothing is changed."""
    from engine.stores.audit import verify
    from engine.stores.schema import version
    from procedures.calendar.load import AHEAD, coverage

    today = now.astimezone(agency.calendar.zone).date()
    open_years = coverage(agency.calendar, today)
    if not open_years:
        yield Examination(say("calendar of {year} is decided", year=(today + AHEAD).year), well=True)
    for finding in open_years:
        yield Examination(finding.message, well=False, remedy=finding.help, urgent=False)
    altered = agency.shelf.altered()
    releases = (
        say("{count} releases were altered", count=len(altered))
        if altered
        else say("{count} releases, none altered", count=len(agency.shelf.all()))
    )
    yield Examination(releases, not altered, "quytrinh audit verify")
    yield _calendars(agency)
    with agency.store.reading() as reader:
        yield Examination(say("tables of version {version}", version=version(reader.connection)), well=True)
    verdict = verify(agency.store)
    yield Examination(say("{events} events verify", events=verdict.events), verdict.sound, "quytrinh audit verify")
    yield from _machinery(agency, now)
    yield from _system(agency, now)


def _system(agency: "Agency", now: datetime) -> Iterator[Examination]:
    """Look at what of the quality management system needs somebody; cases go on all the same."""
    from quality.attention import attention

    found = list(attention(agency, now))
    if not found:
        yield Examination(say("audits, declaration, reviews and changes of law are in time"), well=True)
    for words in found:
        yield Examination(
            words, well=False, remedy=say("quytrinh work, internal-audit, declaration, law or inspection"), urgent=False
        )


def _calendars(agency: "Agency") -> Examination:
    """Look whether every date can still be explained by the calendar that it was counted on."""
    from engine.standing import calendars_used

    kept = agency.kept_calendars
    with agency.store.reading() as reader:
        faults = list(kept.faults(calendars_used(reader)))
    well = say("{count} calendars kept, none altered, none missing", count=kept.count())
    remedy = say("put the folder “calendars” back from a backup")
    return Examination(faults[0] if faults else well, not faults, remedy)


def _machinery(agency: "Agency", now: datetime) -> Iterator[Examination]:
    """Look at what runs by itself; people can work all the same."""
    from quality.machinery import PATIENCE, machinery

    told = machinery(agency, now)
    patience = PATIENCE.total_seconds()
    waited = say("the oldest errand has waited {minutes} minutes and nobody does it", minutes=int(told.oldest // 60))
    parked = told.errands.get("parked", 0)
    looks = (
        (say("errands are done"), told.oldest <= patience, waited, "quytrinh serve"),
        (
            say("no errand is parked"),
            not parked,
            say("{count} errands are parked", count=parked),
            "quytrinh errand list",
        ),
        (
            say("deadlines are seen in time"),
            not told.unseen,
            say("{count} deadlines have passed and nobody has looked", count=told.unseen),
            "quytrinh sweep",
        ),
        (
            say("{count} programs keep deadlines or do errands", count=len(told.alive)),
            not told.dead,
            say("died without saying so: {names}", names=", ".join(told.dead)),
            "quytrinh serve",
        ),
        (
            say("the clocks agree"),
            abs(told.skew) <= _SKEW,
            say("the database's clock is {seconds} s ahead of this machine's", seconds=f"{told.skew:.0f}"),
            say("set both clocks by NTP"),
        ),
    )
    for well, is_well, ill, remedy in looks:
        yield Examination(well if is_well else ill, is_well, remedy, urgent=False)
