"""Indicators of steps: how long each takes, how much of that is waiting, how often it is late or sends work back."""

import numpy as np

from procedures.words import Words, say
from quality.columns import NEVER, Behind, Flags, Items, Numbers, late, open_at, within
from quality.figure import Figure, Scope, share
from quality.groups import Group
from quality.meter import Worked
from quality.periods import Period
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
OLD = 85


def step_figures(group: Group, period: Period, worked: Worked) -> list[Figure]:
    """Return every figure of every step of a group for a period; steps in the order of their names."""
    steps = group.items.step
    return [
        figure
        for step, code in steps.present()
        for figure in figures_of(group, np.flatnonzero(steps.codes == code), period, worked, step)
    ]


def figures_of(group: Group, rows: Numbers, period: Period, worked: Worked, step: str) -> list[Figure]:
    """Return the figures of one step, whose work is told as rows of items."""
    status, scope = group.items.status, group.about(period, step=step)
    over = within(group.items.finished_at[rows], period.since, period.until)
    done = rows[over & (status.codes[rows] == status.code("done"))]
    return [
        _done(group, done, scope),
        *_times(group, done, worked, scope),
        on_time(group, done, scope),
        _sent_back(group, done, scope),
        _ageing(group, (rows, done), worked, min(period.until, group.as_of), scope),
    ]


def finished(items: Items, period: Period) -> Flags:
    """Tell which items were finished, not cancelled, in the period."""
    done: Flags = items.status.are("done") & within(items.finished_at, period.since, period.until)
    return done


def on_time(group: Group, done: Numbers, scope: Scope) -> Figure:
    """Return the share of finished work, told as rows, with a due instant that was done by it."""
    due = done[group.items.due[done] != NEVER]
    part = due[~late(group.items.finished_at[due], group.items.due[due])]
    told = say("work finished by its due minute, of all finished work that had one")
    behind = group.behind_items(part), group.behind_items(due)
    return share("step.on_time", say("steps on time"), told, behind, scope)


def _done(group: Group, done: Numbers, scope: Scope) -> Figure:
    told = say("times the step was finished in the period, each attempt by itself")
    return _count("step.done", say("times done"), told, group.behind_items(done), scope)


def _times(group: Group, done: Numbers, worked: Worked, scope: Scope) -> list[Figure]:
    items = group.items
    opened, closed, claimed = items.opened_at[done], items.finished_at[done], items.claimed_at[done]
    begun, over, held = worked(opened), worked(closed), claimed != NEVER
    taken = np.where(held, worked(np.where(held, claimed, closed)), over)
    cases, of_held = group.behind_items(done).once(), group.behind_items(done[held]).once()
    return [
        *spread(_CYCLE, over - begun, cases, scope),
        *spread(_CLOCK, closed - opened, cases, scope),
        *spread(_WAITING, taken - begun, cases, scope),
        *spread(_WORKING, (over - taken)[held], of_held, scope),
    ]


def _sent_back(group: Group, done: Numbers, scope: Scope) -> Figure:
    part = group.behind_items(done[group.items.returned[done]])
    told = say("times the step was finished by returning the case, of all times it was finished")
    return share("step.returned", say("sent back"), told, (part, group.behind_items(done)), scope)


def _ageing(group: Group, of: tuple[Numbers, Numbers], worked: Worked, end: int, scope: Scope) -> Figure:
    rows, done = of
    items = group.items
    told = say("open work whose age in working time exceeds the P85 of the work finished in the period")
    name = say("open and older than P85")
    if not len(done):
        return Figure("step.ageing", name, told, None, "count", (), 0, scope)
    limit = percentile(worked(items.finished_at[done]) - worked(items.opened_at[done]), OLD) or 0
    still = rows[open_at(items.opened_at[rows], items.finished_at[rows], end)]
    old = still[worked(end) - worked(items.opened_at[still]) > limit]
    return _count("step.ageing", name, told, group.behind_items(old), scope)


def _count(key: str, name: Words, told: Words, cases: Behind, scope: Scope) -> Figure:
    return Figure(key, name, told, float(len(cases)), "count", cases.once(), len(cases), scope)
