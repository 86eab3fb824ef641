"""A case in words: where it stands, who has it, until when; the same on a terminal and on a page."""

from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from engine.agency import Agency
from engine.case import CaseStatus, Item
from engine.tasks import Task
from procedures.calendar import Calendar
from procedures.calendar.sentence import marked
from procedures.model import LISTS, FieldSpec, FieldType, Procedure, entries_of
from procedures.values import from_text
from procedures.vietnamese import amount, day, moment
from procedures.words import Lang, Words, say

STATUS = {
    CaseStatus.OPEN: say("in progress"),
    CaseStatus.PAUSED: say("paused"),
    CaseStatus.ENDED: say("ended"),
    CaseStatus.WITHDRAWN: say("withdrawn"),
    CaseStatus.STOPPED: say("stopped"),
}


class Reading(Protocol):
    """Somebody reads: of which agency, in which language, at which instant (aware)."""

    @property
    def agency(self) -> Agency:
        """The agency whose cases are read."""

    @property
    def lang(self) -> Lang:
        """The language of the reader."""

    @property
    def now(self) -> datetime:
        """The instant that counts as now."""


def item_words(reading: Reading, procedure: Procedure, item: Item) -> Words:
    """Say where an item stands, who has it and which outcomes it offers."""
    step = procedure.step(item.step)
    return say(
        "[{item}] {number}. {step}{attempt} — {who} — due {due} — {outcomes}",
        item=item.number,
        number=procedure.number(item.step),
        step=step.name,
        attempt=f" ×{item.attempt}" if item.attempt > 1 else "",
        who=holder_words(reading, item),
        due=dated(reading, item.due, item.since or item.opened_at, item.unit) if item.due else "—",
        outcomes=" | ".join(outcome.label for outcome in step.choices),
    )


def task_words(reading: Reading, task: Task) -> Words:
    """Say what somebody else has to do before an item can be finished."""
    due, who = shown(reading, task.due) if task.due else "—", name_of(reading, task.to)
    return say("task {task}: {what} — {who} — due {due}", task=task.number, what=task.what, who=who, due=due)


def holder_words(reading: Reading, item: Item) -> Words | str:
    """Say who has an item, for whom when not for himself; or whom it waits for."""
    if item.assignee is None:
        return say("for {role}", role=whose(reading, item))
    who = name_of(reading, item.assignee)
    if item.on_behalf_of is None:
        return who
    return say("{who} on behalf of {whom}", who=who, whom=name_of(reading, item.on_behalf_of))


def whose(reading: Reading, item: Item) -> str:
    """Return whom an item waits for: the one of several that it is for, else the role."""
    return name_of(reading, item.member) if item.member else item.role or "—"


def name_of(reading: Reading, account: str | None) -> str:
    """Return the name of a person, or the account where the organisation does not know it."""
    try:
        return reading.agency.organisation.person(account).name if account else "—"
    except KeyError:
        return account or "—"


def shown(reading: Reading, at: datetime | None) -> str:
    """Return an instant for people, in the agency's zone."""
    return "—" if at is None else moment(at.astimezone(reading.agency.calendar.zone), reading.lang)


def dated(reading: Reading, due: datetime, since: datetime, unit: str | None = None) -> Words | str:
    """Say when something is due that counts from `since`, marked when a year between is computed, not decided."""
    return marked(shown(reading, due), undecided(reading, due, since, unit))


def undecided(reading: Reading, due: datetime | None, since: datetime, unit: str | None = None) -> tuple[int, ...]:
    """Return the years that something due counts with, from `since`, whose calendar is computed, not decided."""
    if due is None:
        return ()
    calendar = calendar_of(reading, unit)
    first, last = sorted((calendar.local_date(since), calendar.local_date(due)))
    return calendar.undecided_years(first, last)


def calendar_of(reading: Reading, unit: str | None) -> Calendar:
    """Return the calendar by which a unit works."""
    return reading.agency.calendars.of(unit)


def value_words(lang: Lang, spec: FieldSpec, text: str) -> str:
    """Return a stored value as people write it: yes and no in words, dates and numbers in the form of the language."""
    value = from_text(spec, text)
    if isinstance(value, bool):
        return (say("yes") if value else say("no")).into(lang)
    if isinstance(value, Decimal):
        return amount(value, lang)
    return day(value) if isinstance(value, date) else value


def value_rows(reading: Reading, spec: FieldSpec, text: str) -> tuple[str, ...]:
    """Return a stored value as people read it, one row for each entry of a list; accounts by their names."""
    if spec.type not in LISTS:
        return (value_words(reading.lang, spec, text),)
    entries = entries_of(text)
    return tuple(name_of(reading, one) for one in entries) if spec.type is FieldType.PEOPLE else entries


def told(reading: Reading, words: Words) -> Words:
    """Return a sentence of the engine with its instants as people read them and its accounts with their names."""
    values = {
        name: shown(reading, value) if isinstance(value, datetime) else value for name, value in words.values.items()
    }
    return Words(words.template, values)
