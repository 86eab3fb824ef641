"""Fold events into a case: no judgement, no refusal, only what the event says."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from engine import events as happened
from engine.appliers import applier, apply, with_item
from engine.appliers.time import with_dues, with_told
from engine.case import Attached, Case, CaseStatus, Item, ItemStatus, breach_key
from engine.course import Course
from engine.log import Recorded
from engine.matters import Part


def fold(log: Iterable[Recorded]) -> Case | None:
    """Return the case that a log tells, or None for an empty log."""
    case: Case | None = None
    for record in log:
        case = evolve(case, record.event, record.case, record.at)
    return case


def evolve(case: Case | None, event: happened.Event, case_id: str, at: datetime) -> Case:
    """Return the case after one more event, which happened at `at`."""
    if case is None:
        if not isinstance(event, happened.CaseOpened):
            raise ValueError(f"the log of {case_id} does not begin with its opening")
        return _opened(event, case_id, at)
    return applier(type(event))(event, case, at).but(version=case.version + 1, changed_at=at)


def _opened(event: happened.CaseOpened, case_id: str, at: datetime) -> Case:
    return Case(
        id=case_id,
        version=1,
        procedure=event.procedure,
        issue=event.issue,
        release=event.release,
        title=event.title,
        opener=event.opener,
        unit=event.unit,
        status=CaseStatus.OPEN,
        opened_at=at,
        changed_at=at,
        due=event.due,
        promised=event.due,
        marking=event.marking,
        parent=event.parent,
        calendar=event.calendar,
        course=None if event.within is None else Course(since=at, within=event.within),
    )


@apply.register
def _(event: happened.WorkOpened, case: Case, at: datetime) -> Case:
    item = Item(
        number=event.item,
        step=event.step,
        attempt=event.attempt,
        status=ItemStatus.OPEN,
        waits_for=event.waits_for,
        opened_at=at,
        due=event.due,
        counted=event.counted,
        restarts_clock=event.restarts_clock,
        posts=event.posts,
        role=event.role,
        unit=event.unit,
        assignee=event.assignee,
        previous=event.previous,
        variant=event.variant,
        parts=tuple(Part(name=name, due=due) for name, due in event.parts),
        member=event.member,
        of=event.of,
        expires=event.expires,
        since=event.since,
    )
    return case.but(items=(*case.items, item))


@apply.register
def _(event: happened.WorkClaimed, case: Case, at: datetime) -> Case:
    told = {"assignee": event.by, "on_behalf_of": event.on_behalf_of, "post": event.post, "started_at": None}
    return with_item(case, event.item, status=ItemStatus.CLAIMED, claimed_at=at, **told)


@apply.register
def _(event: happened.WorkReleased, case: Case, at: datetime) -> Case:  # noqa: ARG001
    nobody = {"assignee": None, "on_behalf_of": None, "post": None, "started_at": None}
    return with_item(case, event.item, status=ItemStatus.OPEN, claimed_at=None, **nobody)


@apply.register
def _(event: happened.WorkFinished, case: Case, at: datetime) -> Case:
    after = with_item(
        case,
        event.item,
        status=ItemStatus.DONE,
        assignee=event.by,
        on_behalf_of=event.on_behalf_of,
        post=event.post,
        finished_at=at,
        outcome=event.outcome,
        returned_to=event.returned_to,
        skipped=event.skipped,
    )
    return after.but(marking=event.marking)


@apply.register
def _(event: happened.StepPassed, case: Case, at: datetime) -> Case:  # noqa: ARG001
    back = ((event.step, event.outcome),) if event.returned_to and event.outcome else ()
    return case.but(marking=event.marking, sent_back=(*case.sent_back, *back))


@apply.register
def _(event: happened.WorkCancelled, case: Case, at: datetime) -> Case:
    return with_item(case, event.item, status=ItemStatus.CANCELLED, finished_at=at)


@apply.register
def _(event: happened.CasePaused, case: Case, at: datetime) -> Case:  # noqa: ARG001
    return case.but(status=CaseStatus.PAUSED, paused_at=at)


@apply.register
def _(event: happened.CaseResumed, case: Case, at: datetime) -> Case:
    stood = case.stood if case.paused_at in {None, at} else (*case.stood, (case.paused_at, at))
    after = case.but(status=CaseStatus.OPEN, paused_at=None, stood=stood)
    return with_dues(after, event.dues, event.parts)


@apply.register
def _(event: happened.ClockStopped, case: Case, at: datetime) -> Case:  # noqa: ARG001
    return case.but(stopped_at=at)


@apply.register
def _(event: happened.ClockStarted, case: Case, at: datetime) -> Case:
    stood = case.stood_minutes + event.stood_minutes
    return case.but(stopped_at=None, due=event.due, stood_minutes=stood, course=_course_after(event, case, at))


def _course_after(event: happened.ClockStarted, case: Case, at: datetime) -> Course | None:
    course = case.course
    if course is None:
        return None
    if event.restarted:
        return Course(since=at, within=event.within or course.within)
    return course if case.stopped_at is None else course.stood(case.stopped_at, at)


@apply.register
def _(event: happened.DeadlinesRecomputed, case: Case, at: datetime) -> Case:  # noqa: ARG001
    after = case.but(calendar=event.calendar, due=event.case[1] if event.case else case.due)
    phases = {number: due for number, _, due in event.phases}
    after = after.but(phases=tuple(run.but(due=phases.get(run.number, run.due)) for run in after.phases))
    items, asked, opinions = (_moved(shifts) for shifts in (event.items, event.supplements, event.opinions))
    after = with_told(after, asked, opinions)
    return with_dues(after, items, tuple((number, name, due) for number, name, _, due in event.parts))


def _moved(shifts: tuple[tuple[int, datetime, datetime], ...]) -> happened.MovedDues:
    return tuple((number, due) for number, _, due in shifts)


@apply.register
def _(event: happened.CaseEnded, case: Case, at: datetime) -> Case:
    status = CaseStatus.WITHDRAWN if event.withdrawn else CaseStatus.STOPPED if event.stopped else CaseStatus.ENDED
    left = tuple(run.but(left_at=run.left_at or at) for run in case.phases)
    ended = {"status": status, "result": event.result, "ended_at": at, "stopped_at": None}
    return case.but(**ended, marking=("end",), phases=left)


@apply.register
def _(event: happened.BreachRecorded, case: Case, at: datetime) -> Case:  # noqa: ARG001
    key = breach_key(event.breach, event.item, event.part)
    return case.but(breaches=(*case.breaches, key))


@apply.register
def _(event: happened.CaseMigrated, case: Case, at: datetime) -> Case:  # noqa: ARG001
    names = dict(event.renames)
    items = tuple(_renamed(item, names) for item in case.items)
    told = {"issue": event.issue, "release": event.release, "marking": event.marking, "items": items}
    return case.but(**told)


@apply.register
def _(event: happened.ValuesErased, case: Case, at: datetime) -> Case:
    return case.but(destroyed_at=at) if event.whole else case


@apply.register
def _(event: happened.FileAttached, case: Case, at: datetime) -> Case:
    file = Attached(
        number=event.number,
        item=event.item,
        form=event.form,
        digest=event.digest,
        size=event.size,
        type=event.type,
        name=event.entered[0].name,
        by=event.by,
        at=at,
    )
    return case.but(files=(*case.files, file))


def _renamed(item: Item, names: Mapping[str, str]) -> Item:
    back = item.returned_to and names.get(item.returned_to, item.returned_to)
    return item.but(step=names.get(item.step, item.step), returned_to=back)
