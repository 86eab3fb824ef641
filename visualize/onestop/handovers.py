"""The hand-overs of a case: who gave which step to whom, when it was given and taken, how the work before it stood."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from engine.case import Case
from engine.commands import MACHINE
from engine.events import (
    AnswerGiven,
    CaseEnded,
    Event,
    WorkClaimed,
    WorkFinished,
    WorkOpened,
    WorkReassigned,
    WorkReleased,
)
from engine.log import Recorded
from procedures.calendar import Calendar, Timeliness, timeliness


@dataclass(frozen=True, slots=True)
class Handover:
    """One hand-over. Accounts are None where nobody acted: a machine gave it, or it has not been taken.

    `item` is the work that was given, None for the result that was given back; `done` the work of the giver before it,
    `standing` how that stood with its time. `why` is said where a head gave it to another.
    """

    item: int | None
    giver: str | None
    receiver: str | None
    given_at: datetime
    taken_at: datetime | None = None
    done: int | None = None
    standing: Timeliness | None = None
    why: str = ""


def handovers(case: Case, log: Sequence[Recorded], calendar: Calendar) -> tuple[Handover, ...]:
    """Return the hand-overs of a case in order, each once."""
    found: list[Handover] = []
    for record in log:
        event = record.event
        if isinstance(event, WorkOpened) and event.waits_for == "work":
            found.append(_given(case, record, event, _done_in(log, record), calendar))
        elif isinstance(event, WorkReassigned):
            before = next((one for one in reversed(found) if one.item == event.item), None)
            giver = before.receiver if before is not None and before.receiver else record.actor
            found.append(Handover(event.item, giver, event.to, record.at, record.at, why=event.reason))
        elif isinstance(event, WorkClaimed | WorkFinished | AnswerGiven):
            _take(found, event.item, event.by, record.at)
        elif isinstance(event, WorkReleased):
            _take(found, event.item, None, None)
        elif isinstance(event, CaseEnded):
            found += _returned(case, record, _done_in(log, record), calendar)
    return tuple(found)


def _given(case: Case, record: Recorded, event: WorkOpened, done: int | None, calendar: Calendar) -> Handover:
    given = Handover(event.item, _who(record), None, record.at, done=done, standing=_standing(case, done, calendar))
    return replace(given, receiver=event.assignee, taken_at=record.at) if event.assignee is not None else given


def _take(found: list[Handover], item: int, by: str | None, at: datetime | None) -> None:
    """Mark the last hand-over of a piece of work as received, by the first who took it; by nobody when given back."""
    place = next((n for n in reversed(range(len(found))) if found[n].item == item), None)
    if place is not None and (by is None or found[place].receiver is None):
        found[place] = replace(found[place], receiver=by, taken_at=at)


def _returned(case: Case, record: Recorded, done: int | None, calendar: Calendar) -> Iterator[Handover]:
    """Yield the giving back of the result: to the applicant, so that nobody of the agency receives it."""
    yield Handover(None, _who(record), None, record.at, done=done, standing=_standing(case, done, calendar))


def _done_in(log: Sequence[Recorded], record: Recorded) -> int | None:
    """Return the work that was finished by the very command that gave the next, if any was."""
    finished: list[Event] = [one.event for one in log if one.command == record.command and one.seq < record.seq]
    return next((event.item for event in reversed(finished) if isinstance(event, WorkFinished | AnswerGiven)), None)


def _standing(case: Case, done: int | None, calendar: Calendar) -> Timeliness | None:
    item = case.item(done) if done is not None else None
    if item is None or item.due is None or item.finished_at is None:
        return None
    return timeliness(calendar, item.due, item.finished_at)


def _who(record: Recorded) -> str | None:
    return None if record.actor == MACHINE else record.actor
