"""What supplements, extensions, opinions, phases and parts of steps do to the state."""

from datetime import datetime
from typing import Literal

from engine import events as happened
from engine.appliers.family import apply, with_item
from engine.case import Case
from engine.course import Course
from engine.matters import Consultation, ExtensionRequest, PhaseRun, Supplement
from procedures.model import LATE

#: What a case has several of, each under its number.
_Kind = Literal["supplements", "extensions", "consultations", "phases"]


@apply.register
def _(event: happened.LimitBegan, case: Case, at: datetime) -> Case:  # noqa: ARG001
    course = Course(since=event.since, within=event.within)
    return case.but(due=event.due, promised=case.promised or event.due, course=course)


@apply.register
def _(event: happened.SupplementAsked, case: Case, at: datetime) -> Case:
    asked = Supplement(
        number=event.supplement,
        item=event.item,
        by=event.by,
        asked_at=at,
        lacking=event.lacking,
        reason=event.reason,
        clock=event.clock,
        expires=event.expires,
        within=event.within,
    )
    return case.but(supplements=(*case.supplements, asked))


@apply.register
def _(event: happened.SupplementAnswered, case: Case, at: datetime) -> Case:  # noqa: ARG001
    answers = case.supplements[event.supplement - 1].answers + 1
    return _with(case, "supplements", event.supplement, answers=answers)


@apply.register
def _(event: happened.SupplementClosed, case: Case, at: datetime) -> Case:
    asked = case.supplements[event.supplement - 1]
    anew = event.closing == "received" and asked.clock == "restart"
    if asked.holds_work and not anew and asked.asked_at < at:
        case = case.but(stood=(*case.stood, (asked.asked_at, at)))
    for item in case.live_items if anew else ():
        case = with_item(case, item.number, since=at)
    case = _with(case, "supplements", event.supplement, closed_at=at, closing=event.closing)
    return with_dues(case, event.dues, event.parts)


@apply.register
def _(event: happened.ExtensionAsked, case: Case, at: datetime) -> Case:
    asked = ExtensionRequest(
        number=event.extension,
        by=event.by,
        asked_at=at,
        length=event.length,
        reason=event.reason,
        apology=event.apology,
        beyond=event.beyond,
    )
    return case.but(extensions=(*case.extensions, asked))


@apply.register
def _(event: happened.ExtensionGranted, case: Case, at: datetime) -> Case:
    length = case.extensions[event.extension - 1].length
    course = case.course.extended(length) if case.course is not None else None
    case = _with(case, "extensions", event.extension, decided_at=at, decided_by=event.by, granted=True)
    return case.but(due=event.due, course=course)


@apply.register
def _(event: happened.ExtensionRefused, case: Case, at: datetime) -> Case:
    return _with(case, "extensions", event.extension, decided_at=at, decided_by=event.by)


@apply.register
def _(event: happened.OpinionAsked, case: Case, at: datetime) -> Case:
    asked = Consultation(
        number=event.consultation,
        item=event.item,
        by=event.by,
        asked_at=at,
        of=event.of,
        posts=event.posts,
        question=event.question,
        due=event.due,
        waits=event.waits,
        counted=event.counted,
        within=event.within,
    )
    return case.but(consultations=(*case.consultations, asked))


@apply.register
def _(event: happened.OpinionGiven, case: Case, at: datetime) -> Case:
    told = {"answered_at": at, "answered_by": event.by, "opinion": event.opinion}
    return _with(case, "consultations", event.consultation, **told)


@apply.register
def _(event: happened.OpinionLapsed, case: Case, at: datetime) -> Case:
    return _with(case, "consultations", event.consultation, lapsed_at=at)


@apply.register
def _(event: happened.PhaseEntered, case: Case, at: datetime) -> Case:
    run = PhaseRun(
        number=event.phase,
        name=event.name,
        round=1 + sum(run.name == event.name for run in case.phases),
        entered_at=at,
        course=Course(since=at, within=event.within),
        due=event.due,
    )
    return case.but(phases=(*case.phases, run))


@apply.register
def _(event: happened.PhaseLeft, case: Case, at: datetime) -> Case:
    return _with(case, "phases", event.phase, left_at=at)


@apply.register
def _(event: happened.PhasesMoved, case: Case, at: datetime) -> Case:
    for number, due in event.dues:
        run = case.phases[number - 1]
        if event.since is None:
            course = run.course.but(since=at, moves=())
        else:
            course = run.course.stood(max(event.since, run.course.since), at)
        case = _with(case, "phases", number, course=course, due=due)
    return case


@apply.register
def _(event: happened.PartFinished, case: Case, at: datetime) -> Case:
    item = case.items[event.item - 1]
    parts = tuple(part.but(done_at=at) if part.name == event.part else part for part in item.parts)
    return with_item(case, event.item, parts=parts)


def with_dues(case: Case, dues: happened.MovedDues, parts: happened.MovedParts = ()) -> Case:
    """Return the case with new due instants of its items, and of parts of them."""
    for number, due in dues:
        case = with_item(case, number, due=due)
    for number, name, due in parts:
        if name == LATE:  # not a part, but the time-out of the whole
            case = with_item(case, number, expires=due)
            continue
        item = case.items[number - 1]
        moved = tuple(part.but(due=due) if part.name == name else part for part in item.parts)
        case = with_item(case, number, parts=moved)
    return case


def with_told(case: Case, supplements: happened.MovedDues, opinions: happened.MovedDues) -> Case:
    """Return the case with new instants until which supplements and opinions are awaited."""
    for number, due in supplements:
        case = _with(case, "supplements", number, expires=due)
    for number, due in opinions:
        case = _with(case, "consultations", number, due=due)
    return case


def _with(case: Case, kind: _Kind, number: int, **changes: object) -> Case:
    """Return the case with one of its supplements, extensions, consultations or phases changed."""
    of_kind = getattr(case, kind)
    return case.but(**{kind: (*of_kind[: number - 1], of_kind[number - 1].but(**changes), *of_kind[number:])})
