"""The register (sổ) of a procedure: its cases as lines with their entered values, a view and never a second store."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from engine.case import Case
from engine.rules import Ground
from engine.scope import EVERYTHING, Scope
from engine.store import Reader
from procedures.condition import Value
from procedures.model import LIST, FieldSpec, FieldType, Procedure
from procedures.organisation import Organisation
from procedures.shelf import NotOnShelf, ShelfRefusal
from procedures.values import from_text
from procedures.words import say
from quality.covered import under
from quality.periods import Period
from quality.questions_registers import Stood, stood


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: a case as it stood, and its values by name; what was not entered, or was erased, is not there."""

    case: Case
    values: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Register:
    """The register of a procedure. `fields` are those that any issue of its cases declares, the newest issue first.

    `period` is None for every case there has been; `as_of` is the instant it tells about.
    """

    code: str
    name: str
    fields: tuple[FieldSpec, ...]
    entries: tuple[Entry, ...]
    as_of: datetime
    period: Period | None = None
    unit: str | None = None
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """Which register: of a procedure, its cases touched in a period, of a unit and those below it, within a scope."""

    procedure: str
    period: Period | None = None
    unit: str | None = None
    scope: Scope = EVERYTHING


def register(reader: Reader, ground: Ground, asked: Asked, now: datetime) -> Register:
    """Return a register; raises NotOnShelf for a procedure that was never issued.

    A period holds the cases that were opened or still open in it, as they stood when it ended or stand `now`.
    """
    period = asked.period
    ended = period.end if period is not None and period.end <= now else None
    found = stood(reader, asked.procedure, ended, asked.scope, period)
    wanted = [one for one in found if _touches(one.case, period) and _within(ground.organisation, one, asked.unit)]
    issues = _issues(ground, asked.procedure, {one.case.issue for one in wanted}, now)
    return Register(
        code=asked.procedure,
        name=issues[0].name,
        fields=tuple(_fields(issues)),
        entries=tuple(_entry(ground.organisation, issues, one) for one in wanted),
        as_of=ended or now,
        period=period,
        unit=asked.unit,
        kept=tuple(f"{record.name}: {record.place}, {record.retention}" for record in issues[0].records),
    )


def _touches(case: Case, period: Period | None) -> bool:
    if period is None:
        return True
    end = case.ended_at or case.stopped_at if case.over else None
    return case.opened_at < period.end and (end is None or end >= period.start)


def _within(organisation: Organisation, one: Stood, unit: str | None) -> bool:
    if unit is None or one.case.unit == unit:
        return True
    return one.case.unit is not None and under(organisation, one.case.unit, unit)


def _issues(ground: Ground, code: str, used: set[int], now: datetime) -> list[Procedure]:
    """Return the issue in force and those that cases ran under, the newest first; one that is lost is passed over."""
    today = now.astimezone(ground.calendar.zone).date()
    found: dict[int, Procedure] = {}
    for issue in sorted(used, reverse=True):
        try:
            found[issue] = ground.shelf.release(code, issue).procedure
        except ShelfRefusal:
            continue
    current = _current(ground, code, today)
    if current is not None:
        found[current.issue] = current
    if not found:
        raise NotOnShelf(say("{name} has not been issued", name=code))
    return [found[issue] for issue in sorted(found, reverse=True)]


def _current(ground: Ground, code: str, today: date) -> Procedure | None:
    try:
        return ground.shelf.current(code, today).procedure
    except NotOnShelf:
        issued = [one.procedure for one in ground.shelf.all() if one.code == code]
        return max(issued, key=lambda one: one.issue, default=None)


def _fields(issues: Iterable[Procedure]) -> Iterator[FieldSpec]:
    seen: set[str] = set()
    for issue in issues:
        for spec in issue.fields:
            if spec.name not in seen:
                seen.add(spec.name)
                yield spec


def _entry(organisation: Organisation, issues: list[Procedure], one: Stood) -> Entry:
    issue = next((issue for issue in issues if issue.issue == one.case.issue), issues[0])
    read: dict[str, Value] = {}
    for name, text in one.values.items():
        spec = issue.field(name) or next((known for known in _fields(issues) if known.name == name), None)
        if spec is not None:
            read[name] = _value(organisation, spec, text)
    return Entry(one.case, read)


def _value(organisation: Organisation, spec: FieldSpec, text: str) -> Value:
    if spec.type is FieldType.PEOPLE:
        known = {person.id: person.name for person in organisation.people}
        return ", ".join(known.get(account, account) for account in text.split(LIST))
    try:
        return from_text(spec, text)
    except ValueError:
        return text
