"""Somebody leaves: everything that is in their hands or bears their name, and who could take each piece of work."""

from dataclasses import dataclass
from datetime import date

from engine.case import Item
from engine.posts import posts_of
from engine.rules import Ground
from engine.store import Reader
from procedures.candidates import Candidate
from quality.audits.audit import audits
from quality.staff.committees import committees


@dataclass(frozen=True, slots=True)
class Held:
    """A piece of open work in somebody's hands; `others` are the accounts that may do it instead, on the day asked."""

    case: str
    procedure: str
    title: str
    item: Item
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaving:
    """What somebody leaves behind: work taken, work that waits for nobody else, tasks, bodies, audits, mandates.

    `tasks` are (case, item, task); `alone` are posts that nobody else holds; `bodies` (body, unit); `mandates` are
    decisions by which they act for another or another for them.
    """

    account: str
    work: tuple[Held, ...]
    waiting: tuple[Held, ...]
    tasks: tuple[tuple[str, int, int], ...]
    alone: tuple[str, ...]
    bodies: tuple[tuple[str, str], ...]
    audits: tuple[str, ...]
    mandates: tuple[str, ...]


def leaving(reader: Reader, ground: Ground, account: str, on: date) -> Leaving:
    """Return what an account holds on a day; raises KeyError for an account that nobody has."""
    organisation = ground.organisation
    person = organisation.person(account)
    work, waiting, tasks = [], [], []
    for status in ("open", "paused"):
        for case in reader.cases(status=status):
            for item in case.live_items:
                others = _others(ground, item, account, on)
                held = Held(case.id, case.procedure, case.title, item, others)
                if item.assignee == account:
                    work.append(held)
                elif item.assignee is None and not others and set(item.posts) & posts_of(organisation, account, on):
                    waiting.append(held)
                tasks += [(case.id, item.number, task.number) for task in item.open_tasks if task.to == account]
    posts = [f"{post.position}@{post.unit}" for post in person.posts if post.held(on)]
    alone = tuple(post for post in posts if not set(_accounts(organisation.candidates(post, on))) - {account})
    standing = [one for one in committees(reader) if one.stands(on) and account in one.people]
    running = [one for one in audits(reader) if one.ended_at is None and not one.called_off]
    return Leaving(
        account=account,
        work=tuple(work),
        waiting=tuple(waiting),
        tasks=tuple(tasks),
        alone=alone,
        bodies=tuple((one.body, one.unit) for one in standing),
        audits=tuple(one.id for one in running if account in one.members),
        mandates=tuple(
            one.decision for one in organisation.mandates if account in {one.principal, one.agent} and one.lasts(on)
        ),
    )


def _others(ground: Ground, item: Item, account: str, on: date) -> tuple[str, ...]:
    able = (one for post in item.posts for one in _accounts(ground.organisation.candidates(post, on)))
    return tuple(dict.fromkeys(one for one in able if one != account))


def _accounts(candidates: tuple[Candidate, ...]) -> tuple[str, ...]:
    return tuple(one.account for one in candidates)
