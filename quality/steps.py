"""Indicators of steps: how long each takes, how much of that is waiting, how often it is late or sends work back."""

from procedures.words import Words, say
from quality.facts import ItemFact
from quality.figure import Figure, Scope, share
from quality.groups import Group
from quality.meter import Worked
from quality.periods import Period
from quality.spread import Measure, Sample, percentile, spread

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
    return [item for item in items if item.done and period.has(item.finished_at)]


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
    cycle: list[Sample] = []
    clock: list[Sample] = []
    waiting: list[Sample] = []
    working: list[Sample] = []
    for item in done:
        opened, claimed, ended, case = item.opened_at, item.claimed_at, item.finished_at or item.opened_at, item.case
        begun, over = worked(opened), worked(ended)
        cycle.append(Sample(over - begun, case))
        clock.append(Sample(ended - opened, case))
        if claimed is None:
            waiting.append(Sample(over - begun, case))
        else:
            taken = worked(claimed)
            waiting.append(Sample(taken - begun, case))
            working.append(Sample(over - taken, case))
    told = ((_CYCLE, cycle), (_CLOCK, clock), (_WAITING, waiting), (_WORKING, working))
    return [figure for measure, samples in told for figure in spread(measure, samples, scope)]


def _sent_back(done: list[ItemFact], scope: Scope) -> Figure:
    part = [item.case for item in done if item.returned_to is not None]
    told = say("times the step was finished by returning the case, of all times it was finished")
    return share("step.returned", say("sent back"), told, (part, [item.case for item in done]), scope)


def _ageing(items: list[ItemFact], done: list[ItemFact], worked: Worked, end: int, scope: Scope) -> Figure:
    times = sorted(worked(item.finished_at) - worked(item.opened_at) for item in done if item.finished_at)
    limit = percentile(times, _OLD)
    begun = worked(end)
    still = [item for item in items if item.opened_at < end and (item.finished_at is None or item.finished_at >= end)]
    old = [item for item in still if limit is not None and begun - worked(item.opened_at) > limit]
    told = say("open work whose age in working time exceeds the P85 of the work finished in the period")
    figure = _count("step.ageing", say("open and older than P85"), told, old, scope)
    return figure if limit is not None else _unmeasured(figure)


def _count(key: str, name: Words, told: Words, items: list[ItemFact], scope: Scope) -> Figure:
    cases = tuple(dict.fromkeys(item.case for item in items))
    return Figure(key, name, told, float(len(items)), "count", cases, len(items), scope)


def _unmeasured(figure: Figure) -> Figure:
    return Figure(figure.key, figure.name, figure.definition, None, figure.unit, (), 0, figure.scope)
