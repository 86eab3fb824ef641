"""What is late with others and somebody has to see after until it is done: actions, and work of the quality system."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from engine.agency import Agency
from engine.case import Case, Item, is_late
from engine.handle import rules_for
from engine.posts import posts_of
from engine.stores.sql import SqlReader
from engine.telling import whom_to_tell
from procedures.model import Kind, Procedure, Role
from procedures.organisation import Organisation
from procedures.shelf import ShelfRefusal
from procedures.words import Words
from quality.actions import Action, heads, open_actions, told_late
from quality.questions_overseen import late_work


@dataclass(frozen=True, slots=True)
class Overseen:
    """One thing that is late: in which case, what, with whom, since the end of which day, and who sees after it.

    `what` is the action, or the name of the step whose work, or whose case, is late.
    """

    case: str
    title: str
    what: str
    owners: tuple[str, ...]
    due: date
    heads: tuple[str, ...]

    def words(self, organisation: Organisation) -> Words:
        """Say who was to have done what by when."""
        return told_late(Action(self.case, self.what, self.owners, self.due), organisation)


def overseen(agency: Agency, now: datetime, account: str | None = None) -> list[Overseen]:
    """Return what somebody has to see after, or everything that anybody has, the longest late first."""
    today = now.astimezone(agency.calendar.zone).date()
    if account is not None and not _is_told(agency, account, today):
        return []
    with agency.store.reading() as reader:
        actions = list(_actions(agency, reader, now))
        acting = {one.case for one in actions}
        work = [one for one in _work(agency, reader, now) if one.case not in acting]
    found = (one for one in (*actions, *work) if account is None or account in one.heads)
    return sorted(found, key=lambda one: (one.due, one.case, one.what))


def _is_told(agency: Agency, account: str, today: date) -> bool:
    """Tell whether somebody heads a unit, or has a position that a procedure of the system tells of what is late."""
    posts = posts_of(agency.organisation, account, today)
    heads = {f"{position}@{unit.name}" for unit in agency.organisation.units for position in unit.heads}
    if posts & heads:
        return True
    named = {holder.position for procedure in _system(agency) for role in _told(procedure) for holder in role.holders}
    return not named.isdisjoint(post.partition("@")[0] for post in posts)


def _told(procedure: Procedure) -> Iterator[Role]:
    """Yield the roles that are told where something is late."""
    names = {name for step in procedure.steps for name in step.when_late} | set(procedure.when_late)
    yield from (procedure.role(name) for name in names)


def _system(agency: Agency) -> Iterator[Procedure]:
    return (one.procedure for one in agency.shelf.all() if one.procedure.kind is Kind.SYSTEM)


def _actions(agency: Agency, reader: SqlReader, now: datetime) -> Iterator[Overseen]:
    """Yield the actions whose own day is over."""
    today = now.astimezone(agency.calendar.zone).date()
    for one in open_actions(reader):
        held = reader.held(one.case) if one.late(today) else None
        if held is not None:
            told = tuple(heads(agency.organisation, one, today))
            yield Overseen(one.case, held.case.title, one.what, one.owners, one.due, told)


def _work(agency: Agency, reader: SqlReader, now: datetime) -> Iterator[Overseen]:
    """Yield work of the quality system whose time, or whose case's, is over; the list of one's units has the rest."""
    system = {procedure.code for procedure in _system(agency)}
    for case_id, number in late_work(reader, system, now):
        held = reader.held(case_id)
        item = held.case.item(number) if held is not None else None
        if held is not None and item is not None:
            yield from _late(agency, held.case, item, now)


def _late(agency: Agency, case: Case, item: Item, now: datetime) -> Iterator[Overseen]:
    zone = agency.calendar.zone
    try:
        rules = rules_for(case, agency)
    except ShelfRefusal:  # its procedure cannot be read: doctor tells of that
        return
    owners = (item.assignee,) if item.assignee else ()
    told = whom_to_tell(rules, case, item, now.astimezone(zone).date())
    heads = tuple(one for one in told if one not in owners)
    step = rules.procedure.step(item.step).name
    yield Overseen(case.id, case.title, step, owners, _since(case, item, now, zone), heads)


def _since(case: Case, item: Item, now: datetime, zone: tzinfo) -> date:
    """Return the day on which the first of the times that are over was."""
    return min(due for due in (item.due, case.due) if due is not None and is_late(now, due)).astimezone(zone).date()
