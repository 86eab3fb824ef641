"""Indicators of steps: how long each takes, how much of that is waiting, how often it is late or sends work back."""

from operator import sub

from procedures.words import Words, say
from quality.facts import ItemFact
from quality.figure import Figure, Scope, share
from quality.groups import Group
from quality.meter import Worked
from quality.periods import Period
from quality.quiet import uncollected
from quality.spread import Measure, percentile, spread

_CYCLE = Measure(
    "step.cycle.working",
    say("step time, working time"),
    say("working time from a step's opening to its end, of work finished in the period"),
    "working_minutes",
)
_CLOCK = Measure(
    "step.cycle.calendar",
    say("step time, calendar time"),
    say("time by the clock from a step's opening to its end, of work finished in the period"),
    "minutes",
)
_WAITING = Measure(
    "step.waiting",
    say("waiting"),
    say("working time from a step's opening until somebody took it, of work finished in the period"),
    "working_minutes",
)
_WORKING = Measure(
    "step.working",
    say("working"),
    say("working time from taking a step to finishing it, of work finished in the period that somebody had taken"),
    "working_minutes",
)
_OLD = 85


@uncollected()
def step_figures(group: Group, period: Period, worked: Worked) -> list[Figure]:
    """Return every figure of every step of a group for a period; steps in the order of their names."""
    steps: dict[str, list[ItemFact]] = {}
    for item in group.items:
        steps.setdefault(item.step, []).append(item)
    return [
        figure
        for step, items in sorted(steps.items())
        for figure in figures_of(items, period, worked, min(period.until, group.as_of), group.about(period, step=step))
    ]


def figures_of(items: list[ItemFact], period: Period, worked: Worked, end: int, scope: Scope) -> list[Figure]:
    """Return the figures of one step; `end` is the instant at which open work is looked at."""
    done = finished(items, period)
    return [
        _done(done, scope),
        *_times(done, worked, scope),
        on_time(done, scope),
        _sent_back(done, scope),
        _ageing(items, done, worked, end, scope),
    ]


def finished(items: list[ItemFact], period: Period) -> list[ItemFact]:
    """Return the items that were finished, not cancelled, in the period."""
    since, until = period.since, period.until
    return [item for item in items if item.status == "done" and since <= (item.finished_at or 0) < until]


def on_time(done: list[ItemFact], scope: Scope) -> Figure:
    """Return the share of finished work with a due instant that was done by it."""
    due = [item for item in done if item.due is not None]
    part = [item.case for item in due if not item.late]
    told = say("work finished by its due minute, of all finished work that had one")
    return share("step.on_time", say("steps on time"), told, (part, [item.case for item in due]), scope)


def _done(done: list[ItemFact], scope: Scope) -> Figure:
    told = say("times the step was finished in the period, each attempt by itself")
    return _count("step.done", say("times done"), told, done, scope)


def _times(done: list[ItemFact], worked: Worked, scope: Scope) -> list[Figure]:
    begun = [worked(item.opened_at) for item in done]
    over = [worked(item.finished_at or 0) for item in done]
    taken = [end if item.claimed_at is None else worked(item.claimed_at) for item, end in zip(done, over, strict=True)]
    cases = tuple(dict.fromkeys(item.case for item in done))
    held = [(end - start, item.case) for item, start, end in zip(done, taken, over, strict=True) if item.claimed_at]
    clock = [(item.finished_at or 0) - item.opened_at for item in done]
    return [
        *spread(_CYCLE, list(map(sub, over, begun)), cases, scope),
        *spread(_CLOCK, clock, cases, scope),
        *spread(_WAITING, list(map(sub, taken, begun)), cases, scope),
        *spread(_WORKING, [time for time, _ in held], tuple(dict.fromkeys(case for _, case in held)), scope),
    ]


def _sent_back(done: list[ItemFact], scope: Scope) -> Figure:
    part = [item.case for item in done if item.returned_to is not None]
    told = say("times the step was finished by returning the case, of all times it was finished")
    return share("step.returned", say("sent back"), told, (part, [item.case for item in done]), scope)


def _ageing(items: list[ItemFact], done: list[ItemFact], worked: Worked, end: int, scope: Scope) -> Figure:
    told = say("open work whose age in working time exceeds the P85 of the work finished in the period")
    name = say("open and older than P85")
    still = [item for item in items if item.opened_at < end and (item.finished_at is None or item.finished_at >= end)]
    if not done:
        return Figure("step.ageing", name, told, None, "count", (), 0, scope)
    times = (
        sorted(worked(item.finished_at) - worked(item.opened_at) for item in done if item.finished_at) if still else []
    )
    limit, now = percentile(times, _OLD) or 0, worked(end)
    return _count("step.ageing", name, told, [item for item in still if now - worked(item.opened_at) > limit], scope)


def _count(key: str, name: Words, told: Words, items: list[ItemFact], scope: Scope) -> Figure:
    cases = tuple(dict.fromkeys(item.case for item in items))
    return Figure(key, name, told, float(len(items)), "count", cases, len(items), scope)
