"""The picture of a case in rows: pure functions of its state, so that every table can be drawn again from the log."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from engine.case import Case, Item, ItemStatus, breach_key, is_late
from engine.events import BreachRecorded, ValuesErased
from engine.finding import words_of
from engine.log import Recorded
from engine.state import kept
from engine.store import Asked
from engine.wakes import next_wake

Row = dict[str, object]
#: How a breach of the whole case is numbered in a key that must not be null.
WHOLE_CASE = 0


def case_row(case: Case, head: str) -> Row:
    """Return the row of a case; `state` is its folded state."""
    return {**case_columns(case), **case_standing(case, head)}


def case_standing(case: Case, head: str) -> Row:
    """Return what moves with every event."""
    return {"version": case.version, "head": head, "state": kept(case)}


def case_columns(case: Case) -> Row:
    """Return what a case is found and listed by; `watch` is the due instant a sweep still has to look at.

    `wake` is the first instant of anything else that a sweep must look at.
    """
    series, _, number = case.id.rpartition("-")
    return {
        "id": case.id,
        "series": series,
        "number": int(number),
        "procedure": case.procedure,
        "opened_at": case.opened_at,
        "parent_case": case.parent[0] if case.parent else None,
        "parent_item": case.parent[1] if case.parent else None,
        **moving_columns(case),
    }


def moving_columns(case: Case) -> Row:
    """Return those of them that can change while the case runs."""
    return {
        "issue": case.issue,
        "title": case.title,
        "status": str(case.status),
        "result": case.result,
        "opener": case.opener,
        "unit": case.unit,
        "due": case.due,
        "promised": case.promised,
        "ended_at": case.ended_at,
        "stopped_at": case.stopped_at,
        "watch": watched_case(case),
        "wake": next_wake(case),
        "supplements": len(case.supplements),
    }


def word_rows(case: Case) -> list[Row]:
    """Return the words that a case is found by: one row a word."""
    return [{"case_id": case.id, "word": word} for word in words_of(case)]


def item_row(case: Case, item: Item) -> Row:
    """Return the row of a work item."""
    return {
        "case_id": case.id,
        "number": item.number,
        "step": item.step,
        "attempt": item.attempt,
        "member": item.member or "",
        "status": str(item.status),
        "live": item.live,
        "waits_for": item.waits_for,
        "role": item.role,
        "unit": item.unit,
        "assignee": item.assignee,
        "on_behalf_of": item.on_behalf_of,
        "post": item.post,
        "opened_at": item.opened_at,
        "claimed_at": item.claimed_at,
        "started_at": item.started_at,
        "finished_at": item.finished_at,
        "due": item.due,
        "counted": item.counted,
        "outcome": item.outcome,
        "returned_to": item.returned_to,
        "watch": watched_item(case, item),
        "timer": item.timer if item.live else None,
    }


def item_rows(case: Case) -> list[Row]:
    """Return the rows of every work item of a case."""
    return [item_row(case, item) for item in case.items]


def holder_rows(case: Case) -> list[Row]:
    """Return who may do the live items: one row an item and post."""
    return [row for item in case.items for row in holders_of(case.id, item)]


def holders_of(case: str, item: Item) -> list[Row]:
    """Return who may do an item; nobody when it is no longer live."""
    if not item.live:
        return []
    return [{"case_id": case, "number": item.number, "post": post, "due": item.due} for post in item.listed_for]


def asked_rows(case: Case) -> list[Row]:
    """Return who may give the opinions that are awaited: one row an opinion and post."""
    if case.over:
        return []
    return [
        {"case_id": case.id, "number": asked.number, "post": post}
        for asked in case.consultations
        if asked.open
        for post in asked.posts
    ]


def asked_of(case: Case, posts: frozenset[str] | None) -> Iterator[Asked]:
    """Yield the opinions of a case that are awaited from these posts, or all of them."""
    for one in () if case.over else case.consultations:
        if one.open and (posts is None or posts & set(one.posts)):
            step = case.items[one.item - 1].step
            told = (case.id, case.procedure, case.title, one.number, step, one.question, one.by, one.of)
            yield Asked(*told, one.due)


def breach_rows(records: Iterable[Recorded]) -> list[Row]:
    """Return the rows of the breaches that these records tell."""
    return [
        {
            "case_id": record.case,
            "number": record.event.item or WHOLE_CASE,
            "kind": record.event.breach,
            "part": record.event.part or "",
            "step": record.event.step,
            "due": record.event.due,
            "found_at": record.at,
            "seq": record.seq,
        }
        for record in records
        if isinstance(record.event, BreachRecorded)
    ]


def erasures(records: Iterable[Recorded]) -> list[tuple[int, ValuesErased]]:
    """Return the erasures that these records tell, each with its number."""
    return [(record.seq, record.event) for record in records if isinstance(record.event, ValuesErased)]


def watched_case(case: Case) -> datetime | None:
    """Return the due instant of a case that a sweep must still watch."""
    if case.due is None or breach_key("late_case", None) in case.breaches or case.stopped_at is not None:
        return None
    return _watched(case.due, case.ended_at)


def watched_item(case: Case, item: Item) -> datetime | None:
    """Return the due instant of an item that a sweep must still watch; none while nothing may be worked on."""
    if item.due is None or breach_key("late_step", item.number) in case.breaches:
        return None
    if item.live and case.work_stopped_at is not None:
        return None
    if item.waits_for == "delay" or (item.status is ItemStatus.CANCELLED and not _late(item)):
        return None
    return _watched(item.due, item.finished_at)


def _watched(due: datetime, ended_at: datetime | None) -> datetime | None:
    return due if ended_at is None or is_late(ended_at, due) else None


def _late(item: Item) -> bool:
    return item.due is not None and item.finished_at is not None and is_late(item.finished_at, item.due)
