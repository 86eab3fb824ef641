"""Changes on record that tasks “khi có sự thay đổi” wait for: of people, of units, of law, each once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum, auto

from engine.rules import Ground
from engine.store import Reader
from procedures.organisation import Organisation
from procedures.text import fold
from quality.declarations import law
from quality.declarations.in_force import in_force
from quality.programme.plan import Issued, Task
from quality.programme.windows import Always, OnChange

_DAY = timedelta(days=1)


class About(Enum):
    """What may change."""

    PEOPLE = auto()
    UNITS = auto()
    LAW = auto()


#: By which words, without accents, a task says which change it waits for.
_WORDS = {
    About.LAW: ("van ban", "phap luat"),
    About.PEOPLE: ("thanh vien", "nhan su", "can bo", "kien toan"),
    About.UNITS: ("to chuc", "bo may", "don vi moi", "sap xep", "kien toan"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """A change on record: its key, its first day, and the units that it concerns; none means all."""

    key: str
    about: About
    day: date
    units: frozenset[str] = field(default=frozenset())


def changes(reader: Reader, ground: Ground, on: date) -> list[Change]:
    """Return every change that has come by a day; what changes on one day by the same files is one change."""
    days = {About.PEOPLE: set(_posts(ground.organisation)), About.UNITS: set(_units(ground.organisation))}
    found = [Change(f"{_NAMES[about]} {day}", about, day) for about, of in days.items() for day in sorted(of)]
    return [one for one in (*found, *_laws(reader, ground, on)) if one.day <= on]


_NAMES = {About.PEOPLE: "nhân sự", About.UNITS: "tổ chức"}


def awaited(task: Task) -> frozenset[About]:
    """Return which changes open a case of a task: those that its words name, each when they name none."""
    if not isinstance(task.window, OnChange) and not (isinstance(task.window, Always) and task.window.on_change):
        return frozenset()
    said = fold(f"{task.window.text} {task.name}")
    named = {about for about, words in _WORDS.items() if any(word in said for word in words)}
    return frozenset(named or About)


def awaiting(issued: Issued, task: Task, known: list[Change]) -> Iterator[Change]:
    """Yield the changes of the year of a plan, since it was issued, that open a case of a task."""
    for one in known:
        if one.about in awaited(task) and issued.day <= one.day and one.day.year == issued.plan.year:
            yield one


def _posts(organisation: Organisation) -> Iterator[date]:
    for person in organisation.people:
        for post in person.posts:
            yield from _days(post.since, post.until)


def _units(organisation: Organisation) -> Iterator[date]:
    for unit in organisation.units:
        yield from _days(unit.since, unit.until)


def _days(since: date | None, until: date | None) -> Iterator[date]:
    if since is not None:
        yield since
    if until is not None:
        yield until + _DAY


def _laws(reader: Reader, ground: Ground, on: date) -> Iterator[Change]:
    """Yield the changes of law that touch procedures, as soon as it is on record which; each is for their owners."""
    owners = {one.code: one.procedure.owner_unit for one in in_force(ground.shelf, on)}
    zone = ground.calendar.zone
    for one in law.changes(reader):
        if one.affected:
            units = frozenset(unit for code in one.affected if (unit := owners.get(code)) is not None)
            yield Change(one.id, About.LAW, one.opened.astimezone(zone).date(), units)
