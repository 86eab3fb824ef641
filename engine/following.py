"""A new calendar comes into force: what it moves, shown first, and every running case brought onto it, page by page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.case import Case
from engine.clocks import recomputed
from engine.commands import FollowCalendar
from engine.events import DeadlinesRecomputed
from engine.evolve import evolve
from engine.handle import asked_digest, asked_of
from engine.log import Cause, chain
from engine.pages import PAGE, KnownRules, at_last
from engine.refusal import Refusal
from engine.rules import Ground
from engine.store import Move, Reader, Running, Store


@dataclass(frozen=True, slots=True)
class Follower:
    """Who brings cases onto a calendar, and when: aware UTC to the second."""

    account: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """What the calendar in force would tell a running case as it stands now."""

    case: Case
    event: DeadlinesRecomputed


@dataclass(frozen=True, slots=True)
class Followed:
    """What one page came to: how many cases were looked at, how many were moved, and which could not be judged."""

    seen: int
    moved: int
    refused: tuple[Refusal, ...] = ()


def changes(reader: Reader, ground: Ground, page_of: int = PAGE) -> Iterator[Change]:
    """Yield, by case, what the calendar in force moves; nothing is written."""
    known = KnownRules(ground)
    after = ""
    while page := reader.running(after, page_of):
        for one in page:
            event = _recomputed(known, one.case)
            if isinstance(event, DeadlinesRecomputed) and event.moves:
                yield Change(one.case, event)
        after = page[-1].case.id


def follow_all(store: Store, ground: Ground, by: Follower, page_of: int = PAGE) -> Iterator[Followed]:
    """Bring every running case that the calendar in force moves onto it, and yield what each page came to.

    A page is one transaction: of a case all is written or nothing. Whoever stops and begins again goes on with what is
    left, because a case that has followed is moved no more.
    """
    known = KnownRules(ground)
    after: str | None = ""
    while after is not None:
        done, after = at_last(lambda after=after: _page(store, known, after, by, page_of))  # type: ignore[misc]
        if done.seen:
            yield done


def _page(store: Store, known: KnownRules, after: str, by: Follower, page_of: int) -> tuple[Followed, str | None]:
    moves: list[Move] = []
    asked = asked_of(FollowCalendar(id="", actor=by.account, case=""))
    refused: list[Refusal] = []
    with store.writing() as writer:
        page = writer.running(after, page_of)
        for one in page:
            event = _recomputed(known, one.case)
            if isinstance(event, Refusal):
                refused.append(event)
            elif event.moves:
                moves.append(_move(one, event, asked, by.now))
        if moves:
            writer.commit_all(moves)
    return Followed(len(page), len(moves), tuple(refused)), page[-1].case.id if page else None


def _move(one: Running, event: DeadlinesRecomputed, asked: Mapping[str, Any], now: datetime) -> Move:
    """Return what a `FollowCalendar` of this case would write, `asked` being what it asks of any case."""
    case, at = one.case, max(now, one.case.changed_at)
    digest = asked_digest(FollowCalendar.__name__, {**asked, "case": case.id})
    cause = Cause(f"calendar/{case.id}/{case.version}", digest, asked["actor"], at)
    return Move(case, evolve(case, event, case.id, at), chain(case.id, [event], cause, seq=case.version, head=one.head))


def _recomputed(known: KnownRules, case: Case) -> DeadlinesRecomputed | Refusal:
    """Return what the calendar in force tells a case, or why nobody can say: its issue was altered."""
    rules = known.of(case)
    return rules if isinstance(rules, Refusal) else recomputed(case, rules)
