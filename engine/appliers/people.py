"""What happens between people does to an item: who has it, since when, and what else it waits for."""

from datetime import datetime

from engine.appliers.family import apply, with_item
from engine.case import Case, ItemStatus
from engine.events import TaskCancelled, TaskFinished, TaskGiven, WorkReassigned, WorkRecalled, WorkStarted
from engine.tasks import Task


@apply.register
def _(event: WorkStarted, case: Case, at: datetime) -> Case:
    return with_item(case, event.item, started_at=at)


@apply.register
def _(event: WorkReassigned, case: Case, at: datetime) -> Case:
    taken = {"status": ItemStatus.CLAIMED, "claimed_at": at, "started_at": None}
    return with_item(case, event.item, assignee=event.to, on_behalf_of=event.on_behalf_of, post=event.post, **taken)


@apply.register
def _(event: WorkRecalled, case: Case, at: datetime) -> Case:
    if not event.marking:  # an answer of one of several, who has it in hand again
        return with_item(case, event.item, status=ItemStatus.CLAIMED, claimed_at=at, finished_at=None, outcome=None)
    again = dict(event.phases)
    phases = tuple(run.but(left_at=None, due=again[run.number]) if run.number in again else run for run in case.phases)
    return with_item(case, event.item, recalled=True).but(marking=event.marking, phases=phases)


@apply.register
def _(event: TaskGiven, case: Case, at: datetime) -> Case:
    task = Task(number=event.task, to=event.to, what=event.what, given_at=at, due=event.due)
    return with_item(case, event.item, tasks=(*case.items[event.item - 1].tasks, task))


@apply.register
def _(event: TaskFinished, case: Case, at: datetime) -> Case:
    return _with_task(case, event.item, event.task, done_at=at, by=event.by)


@apply.register
def _(event: TaskCancelled, case: Case, at: datetime) -> Case:
    return _with_task(case, event.item, event.task, cancelled_at=at)


def _with_task(case: Case, item: int, number: int, **changes: object) -> Case:
    tasks = list(case.items[item - 1].tasks)
    tasks[number - 1] = tasks[number - 1].but(**changes)
    return with_item(case, item, tasks=tuple(tasks))
