"""What is past due becomes a breach on record: many cases at once, each breach exactly once."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from engine.case import Case
from engine.commands import MACHINE, BreachKind, RecordBreach
from engine.decide import decide
from engine.draft import Draft
from engine.events import BreachRecorded
from engine.handle import command_digest
from engine.journal import note
from engine.log import Cause, Recorded, chain
from engine.pages import PAGE, KnownRules, at_last
from engine.rows import watched_case, watched_item
from engine.rules import Ground, Rules
from engine.store import Move, Reader, Running, Store
from engine.wakes import passed
from procedures.shelf import ShelfRefusal


def late_cases(reader: Reader, now: datetime) -> list[str]:
    """Return the cases that missed a deadline of their own, of a step, phase or part at `now`, not yet on record."""
    now = now.astimezone(UTC).replace(microsecond=0)
    return sorted({case for case, _ in reader.overdue(now)} | {wake.case for wake in reader.wakes(now)})


def record_late(store: Store, ground: Ground, now: datetime, cases: Sequence[str]) -> list[BreachRecorded]:
    """Record every deadline that these cases have missed at `now`; return what was newly seen.

    A page of cases is one transaction, in which nobody else writes to them: whoever comes second sees what the first
    has written. A case whose issue cannot be read, or was altered, is passed over.
    """
    now = now.astimezone(UTC).replace(microsecond=0)
    known = KnownRules(ground)
    seen: list[BreachRecorded] = []
    for first in range(0, len(cases), PAGE):
        some = cases[first : first + PAGE]
        seen += at_last(lambda some=some: _page(store, known, some, now))  # type: ignore[misc]
    return seen


def breach(case: str, item: int | None, kind: BreachKind, part: str | None = None) -> RecordBreach:
    """Return the command that records a breach; its id follows from what it is about."""
    named = f"breach/{case}/{item or 'case'}/{kind}" + (f"/{part}" if part is not None else "")
    return RecordBreach(id=named, actor=MACHINE, case=case, item=item, breach=kind, part=part)


def late_of(case: Case, limit: datetime) -> Iterator[RecordBreach]:
    """Yield the breaches of a case that were due before an instant and are not on record."""
    for item in case.items:
        due = watched_item(case, item)
        if due is not None and due < limit:
            yield breach(case.id, item.number, "late_step")
    due = watched_case(case)
    if due is not None and due < limit:
        yield breach(case.id, None, "late_case")
    for wake in passed(case, limit):
        if wake.kind in {"late_phase", "late_part"}:
            yield breach(case.id, wake.number or None, wake.kind, wake.part)


def _page(store: Store, known: KnownRules, cases: Sequence[str], now: datetime) -> list[BreachRecorded]:
    moves: list[Move] = []

    def judged(some: Sequence[Running]) -> Iterator[Move]:
        for one in some:
            if (move := _move(known, one, now)) is not None:
                moves.append(move)
                yield move

    with store.writing() as writer:
        writer.commit_all(judged(writer.standing(cases)))
    events = (record.event for move in moves for record in move.records)
    seen = [event for event in events if isinstance(event, BreachRecorded)]
    if seen:
        note("late", cases=len(moves), breaches=len(seen), first=moves[0].after.id, last=moves[-1].after.id)
    return seen


def _move(known: KnownRules, one: Running, now: datetime) -> Move | None:
    try:
        rules = known.of(one.case)
    except ShelfRefusal:
        return None
    if not isinstance(rules, Rules):
        return None
    records: list[Recorded] = []
    case, head = one.case, one.head
    at = max(now, case.changed_at)  # a clock that was set back does not reorder what has happened
    for asked in late_of(case, now.replace(second=0)):
        draft = decide(rules, case, {}, asked, at)
        if isinstance(draft, Draft) and draft.events:
            cause = Cause(asked.id, command_digest(asked), asked.actor, at)
            records += chain(case.id, draft.events, cause, seq=case.version, head=head)
            case, head = draft.case, records[-1].hash
    return Move(one.case, case, records) if records else None
