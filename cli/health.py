"""What `quytrinh doctor` looks at."""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from cli.desk import Desk
from procedures.words import Words, say

_LOW_DISK = 500 * 1024 * 1024
#: The WAL-reset fault is mended from this SQLite on.
_SOUND_SQLITE = (3, 51, 3)
_WARN_AHEAD = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Examination:
    """One thing that was looked at, whether it is well, and what to do when it is not."""

    name: Words
    well: bool
    remedy: Words | None = None


def examinations(desk: Desk) -> list[Examination]:
    """Look at everything; nothing is changed."""
    found = [*_machine(desk)]
    if (desk.root / "quytrinh.toml").exists():
        found += _folder(desk)
    else:
        remedy = say("quytrinh init {folder}", folder=desk.root)
        found.append(Examination(say("{folder} is an agency's folder", folder=desk.root), well=False, remedy=remedy))
    return found


def _machine(desk: Desk) -> Iterator[Examination]:
    from pysqlite3 import dbapi2

    python = ".".join(str(part) for part in sys.version_info[:3])
    yield Examination(say("Python {version}", version=python), (3, 11) <= sys.version_info[:2] < (3, 14))
    yield Examination(
        say("SQLite {version}", version=dbapi2.sqlite_version),
        dbapi2.sqlite_version_info >= _SOUND_SQLITE,
        say("./setup"),
    )
    free = shutil.disk_usage(desk.root).free
    yield Examination(say("disk: {free} MB free", free=free // 1024 // 1024), free > _LOW_DISK, say("make room"))
    yield Examination(say("drawing with Graphviz"), _draws(), say("./setup"))


def _draws() -> bool:
    try:
        import pygraphviz  # noqa: F401
    except ImportError:
        return shutil.which("dot") is not None
    return True


def _folder(desk: Desk) -> Iterator[Examination]:
    from engine.stores.audit import verify

    agency = desk.agency
    ahead = (desk.now + _WARN_AHEAD).astimezone(agency.calendar.zone)
    yield Examination(
        say("calendar of {year} is decided", year=ahead.year),
        agency.calendar.is_decided(ahead.year),
        say("enter the decided days off in calendar.d/{year}.yaml", year=ahead.year),
    )
    altered = agency.shelf.altered()
    yield Examination(
        say("{count} releases, none altered", count=len(agency.shelf.all()) if not altered else 0), not altered
    )
    verdict = verify(agency.store)
    yield Examination(say("{events} events verify", events=verdict.events), verdict.sound, say("quytrinh audit verify"))
