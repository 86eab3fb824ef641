"""Tasks whose time has come, or whose change is on record, open their cases: one a task, a unit and a period."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from engine.commands import MACHINE, OpenCase
from engine.handle import Done, handle
from engine.refusal import Refusal
from engine.rules import Ground
from engine.salts import fresh_salt
from engine.store import Store
from procedures.model import Procedure
from procedures.organisation import Organisation
from procedures.shelf import ShelfRefusal
from procedures.values import ValueSaid, parse_entered
from quality.programme.changes import Change, awaited, awaiting, changes
from quality.programme.occurrences import Occurrence, occurrences
from quality.programme.plan import SERIES, Issued, Part, Plan, Task
from quality.programme.who import leads
from quality.questions_programme import opened_by
from quality.together import carry_out

#: How the ids of the commands that open the cases of plans begin.
PREFIX = "chương trình/"
_TITLE = 180
_DAY = "%d/%m/%Y"


@dataclass(frozen=True, slots=True)
class Due:
    """One time that a task comes for one unit; `number` is that of the task in its plan."""

    issued: Issued
    number: str
    part: Part
    task: Task
    unit: str
    occurrence: Occurrence

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.issued.plan

    @property
    def command(self) -> str:
        """The id of the command that opens its case: it is the same however the plan was changed meanwhile."""
        return f"{PREFIX}{self.plan.code}/{self.number}/{self.unit}/{self.occurrence.period}"


def all_due(issued: Iterable[Issued], organisation: Organisation, on: date) -> Iterator[Due]:
    """Yield every time that every task of plans comes for every unit that leads it on a day."""
    for one in issued:
        for number, part, task in one.plan.tasks:
            units = leads(one.plan, part, task, organisation, on)
            for occurrence in occurrences(task.window, one.plan.year, next_quarter=one.plan.next_quarter):
                yield from (Due(one, number, part, task, unit, occurrence) for unit in units)


def all_changed(issued: Iterable[Issued], known: list[Change], ground: Ground, on: date) -> Iterator[Due]:
    """Yield every time that a change on record opens a task, for each unit that leads it and that it concerns."""
    for one in issued:
        for number, part, task in one.plan.tasks:
            for change in awaiting(one, task, known):
                units = leads(one.plan, part, task, ground.organisation, on)
                concerned = [unit for unit in units if unit in change.units] or units
                when = Occurrence(change.key, change.day, None)
                yield from (Due(one, number, part, task, unit, when) for unit in concerned)


def open_due(store: Store, ground: Ground, issued: Iterable[Issued], now: datetime) -> list[Done]:
    """Open the case of everything whose first day has come and that has none; return what was newly opened."""
    today, plans = now.astimezone(ground.calendar.zone).date(), list(issued)
    wanted = [one for one in all_due(plans, ground.organisation, today) if one.occurrence.opens <= today]
    if any(awaited(task) for one in plans for _, _, task in one.plan.tasks):
        with store.reading() as reader:
            wanted += all_changed(plans, changes(reader, ground, today), ground, today)
    if not wanted:
        return []
    with store.reading() as reader:
        there = opened_by(reader, PREFIX, {one.task.procedure for one in wanted})
    missing = [one for one in wanted if one.command not in there]
    return carry_out([opening(one, ground, today) for one in missing], store=store, ground=ground, now=now)


def open_one(due: Due, actor: str, *, store: Store, ground: Ground, now: datetime) -> Done | Refusal:
    """Open the case of one task by hand, in the name of somebody of its unit."""
    today = now.astimezone(ground.calendar.zone).date()
    command = opening(due, ground, today)
    return handle(command.model_copy(update={"actor": actor}), store=store, ground=ground, now=now)


def opening(due: Due, ground: Ground, today: date) -> OpenCase:
    """Return the command that opens the case of a task for a unit."""
    return OpenCase(
        id=due.command,
        actor=MACHINE,
        procedure=due.task.procedure,
        title=_title(due),
        unit=due.unit,
        series=SERIES,
        fields=taken(_fields(due), due.task.procedure, ground, today),
        salt=fresh_salt(),
    )


def taken(fields: dict[str, str], procedure: str, ground: Ground, today: date) -> dict[str, str]:
    """Return the fields that the first step of the issue in force collects and can read."""
    try:
        found: Procedure = ground.shelf.current(procedure, today).procedure
    except ShelfRefusal:
        return {}
    kept = {}
    for name, text in fields.items():
        spec = found.field(name)
        if spec is None or name not in found.start.collect or not text:
            continue
        try:
            parse_entered(spec, text)
        except ValueSaid:
            continue
        kept[name] = text
    return kept


def _fields(due: Due) -> dict[str, str]:
    eve = due.occurrence.eve
    issued = f"{due.plan.code}, {due.issued.number} ngày {due.issued.day:{_DAY}}"
    return {
        "chương trình": issued,
        "mục": due.number,
        "nội dung công việc": due.task.name,
        "thời gian": due.task.window.text,
        "kết quả phải có": due.task.result,
        "mốc tính hạn": f"{eve:{_DAY}}" if eve is not None else "",
    }


def _title(due: Due) -> str:
    name = due.task.name if len(due.task.name) <= _TITLE else f"{due.task.name[:_TITLE].rsplit(' ', 1)[0]}…"
    return f"{name} ({due.plan.code}, mục {due.number})"
