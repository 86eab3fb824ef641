"""Moving through the net: tokens are taken and put, joins fire, steps open, ends are reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from engine import clocks
from engine.case import Item
from engine.draft import Draft
from engine.events import CaseEnded, StepPassed, SupplementClosed, WorkCancelled, WorkOpened
from engine.lacking import record_lacking
from engine.posts import posts_for, unit_shown
from engine.refusals.entering import ValueMissing
from engine.refusals.stuck import Stuck
from engine.refusals.work import TooManyReturns
from engine.rights import at_work
from engine.together import Member, called
from procedures.expression import MissingValue, evaluate
from procedures.model import BackTo, Branch, Outcome, ReturnClock, Step
from procedures.net import Transition, ready
from procedures.steps import Delay, Errand, Nothing, SubCase, Work, wait_of

_WAITS = {Work: "work", Delay: "delay", Errand: "errand", SubCase: "sub_case"}
#: More silent moves in one command than any sound procedure makes: routing that goes in a circle.
_TOO_MANY_MOVES = 10_000


def take(draft: Draft, step: Step, outcome: Outcome) -> tuple[int, Transition]:
    """Return the branch that an outcome takes with the values entered so far, and its transition."""
    number = _branch(draft, step, outcome)
    return number, draft.rules.net.finish(step.key, outcome.label, number)


def marking_after(draft: Draft, transition: Transition) -> tuple[str, ...]:
    """Return where the case stands after a transition fires."""
    return draft.rules.net.after(draft.case.marking, transition)


def settle(draft: Draft, came_by: Transition | None = None, returned: BackTo | None = None) -> None:
    """Go on until only people, timers and machines can move the case, or it has ended."""
    cancel_what_left(draft)
    if came_by is not None and came_by.end is not None:
        _end(draft, came_by.end)
        return
    for _ in range(_TOO_MANY_MOVES):
        if _join(draft):
            continue
        step = _next_ready(draft)
        if step is None:
            _must_go_on(draft)
            clocks.keep(draft)
            return
        returned = _reach(draft, step, returned)
        if draft.case.over:
            return
    raise RuntimeError(f"{draft.case_id}: routing goes in a circle")


def _must_go_on(draft: Draft) -> None:
    """No case may be left where nobody can move it; a proven procedure never comes here."""
    if not draft.case.live_items:
        raise RuntimeError(f"{draft.case_id}: nothing is open and the case has not ended")


def _join(draft: Draft) -> bool:
    transition = draft.rules.net.by_itself(draft.case.marking)
    if transition is None:
        return False
    draft.happen(StepPassed(step=transition.step, marking=marking_after(draft, transition)))
    cancel_what_left(draft)
    return True


def _next_ready(draft: Draft) -> Step | None:
    marked = draft.case.marking
    waiting = [step for place, step in draft.rules.plan.places if place in marked]
    live = [item.step for item in draft.case.live_items] if waiting else []
    return next((step for step in waiting if step.key not in live), None)


def _reach(draft: Draft, step: Step, returned: BackTo | None) -> BackTo | None:
    """Open a step, or pass it when it is routing; return the return that is under way now."""
    wait = wait_of(step)
    if isinstance(wait, Nothing):
        transition, now = leave(draft, step, step.outcomes[0])
        if transition.end is not None:
            _end(draft, transition.end)
        return now or returned
    members = called(draft, step, step.several) if step.several is not None else (None,)
    before = draft.case.attempts(step.key)
    for member in members:
        draft.happen(_opened(draft, step, _Opening(_WAITS[type(wait)], returned, before, member)))
    return returned


def leave(draft: Draft, step: Step, outcome: Outcome) -> tuple[Transition, BackTo | None]:
    """Let a step be passed with an outcome that no single person chose; return the move, and the return it is."""
    number, transition = take(draft, step, outcome)
    target = outcome.branches[number].target
    returned = target if isinstance(target, BackTo) else None
    if returned is not None:
        refuse_one_too_many(draft, step, outcome, returned)
    draft.happen(
        StepPassed(
            step=step.key,
            outcome=outcome.label,
            branch=number,
            returned_to=transition.returns_to,
            marking=marking_after(draft, transition),
        )
    )
    for item in draft.case.live_items:
        if item.step == step.key:  # whoever has not answered need not, even where the step opens again at once
            draft.happen(WorkCancelled(item=item.number))
    if transition.cancels:
        cancel_what_left(draft)
    return transition, returned


def refuse_one_too_many(draft: Draft, step: Step, outcome: Outcome, returned: BackTo) -> None:
    """Raise Stuck when the procedure allows no further return of this kind."""
    count = draft.case.returns(step.key, outcome.label)
    if returned.at_most is not None and count >= returned.at_most:
        raise Stuck(TooManyReturns(step.name, outcome.label, count))


@dataclass(frozen=True, slots=True)
class _Opening:
    """How a step opens: what it waits for, the return that led here, the attempts before, for whom of several."""

    waits_for: str
    returned: BackTo | None
    before: tuple[Item, ...]
    member: Member | None


def _opened(draft: Draft, step: Step, how: _Opening) -> WorkOpened:
    case, rules, member = draft.case, draft.rules, how.member
    mine = [item for item in how.before if member is None or item.member == member.name]
    variant = clocks.step_variant(draft, step)
    posts = member.posts if member else _posts(draft, step)
    unit = member.unit if member else unit_shown(posts)
    clock = how.returned.clock if how.returned is not None and how.returned.step == step.key else ReturnClock.CONTINUE
    counted = (step.norm is None or step.norm.counted) and clock is ReturnClock.CONTINUE
    return WorkOpened(
        item=len(case.items) + 1,
        step=step.key,
        attempt=1 + max((item.attempt for item in how.before), default=0),
        waits_for=how.waits_for,  # type: ignore[arg-type]  # the values of _WAITS
        posts=posts,
        role=" / ".join(step.responsible) or None,
        unit=unit,
        assignee=_assignee(draft, step, mine, posts),
        due=clocks.norm_due(step, rules.calendar_of(unit), draft.now, variant),
        counted=counted,
        restarts_clock=clock is ReturnClock.RESTART,
        previous=mine[-1].number if mine else None,
        variant=variant,
        parts=clocks.part_dues(step, rules.calendar_of(unit), draft.now),
        member=member.name if member else None,
        of=member.appointed if member else 0,
        expires=_expires(draft, step, unit, variant),
    )


def opened_again(draft: Draft, step: Step) -> WorkOpened:
    """Return the opening of a step that people do one at a time, for another attempt."""
    return _opened(draft, step, _Opening("work", None, draft.case.attempts(step.key), None))


def _posts(draft: Draft, step: Step) -> tuple[str, ...]:
    case, rules = draft.case, draft.rules
    return posts_for(step, rules.procedure, rules.organisation, opener=case.opener, unit=case.unit, on=draft.today)


def _expires(draft: Draft, step: Step, unit: str | None, variant: int | None) -> datetime | None:
    """Return when the time-out of a step comes; for one that waits until a day, the beginning of that day."""
    calendar = draft.rules.calendar_of(unit)
    if step.delay_until is None:
        return clocks.expiry(step, calendar, draft.now, variant)
    day = clocks.day_awaited(draft, step, calendar)
    if day is None:
        raise Stuck(ValueMissing(step.name, step.delay_until))
    return day


def _assignee(draft: Draft, step: Step, mine: Sequence[Item], posts: tuple[str, ...]) -> str | None:
    """Whoever did the step before does it again; a step bound to another's performer goes to that person.

    Somebody who has left, or is away while another stands in, is passed over: the work waits for its posts.
    """
    for tries in (mine, *(draft.case.attempts(key) for key in step.same_as)):
        done = [item.assignee for item in tries if item.finished_at and item.assignee]
        if done:
            return done[-1] if at_work(draft, done[-1], posts) else None
    return None


def _branch(draft: Draft, step: Step, outcome: Outcome) -> int:
    for number, branch in enumerate(outcome.branches):
        if _holds(draft, step, branch):
            return number
    raise RuntimeError(f"{step.key}: no branch of {outcome.label} holds")


def _holds(draft: Draft, step: Step, branch: Branch) -> bool:
    if branch.when is None:
        return True
    calendar = draft.rules.calendar
    try:
        return evaluate(branch.when, draft.values, draft.today, calendar.working_days)
    except MissingValue as missing:
        raise Stuck(ValueMissing(step.name, missing.name)) from missing


def cancel_what_left(draft: Draft) -> None:
    """Cancel the items whose step the case no longer stands at."""
    case = draft.case
    for item in case.live_items:
        if ready(item.step) not in case.marking:
            draft.happen(WorkCancelled(item=item.number))


def _end(draft: Draft, result: str) -> None:
    if draft.case.supplement is not None:  # one that let the work go on
        draft.happen(SupplementClosed(supplement=draft.case.supplement.number, closing="dropped"))
    clocks.start(draft)
    for item in draft.case.live_items:
        draft.happen(WorkCancelled(item=item.number))
    record_lacking(draft)
    draft.happen(CaseEnded(result=result))
