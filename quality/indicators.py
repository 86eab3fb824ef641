"""Indicators of cases (9.1): times, being on time, throughput, backlog and ageing, each with the cases behind it."""

from fractions import Fraction

import numpy as np

from procedures.calendar import Calendar
from procedures.words import say
from quality.columns import NEVER, Numbers, open_at, within
from quality.conduct import conformance, returns
from quality.facts import Facts
from quality.figure import Figure, Scope, counted, share
from quality.groups import Group
from quality.meter import Worked, meter
from quality.periods import Period
from quality.spread import Measure, percentile, spread

_WORKING = Measure(
    "case.cycle.working",
    say("case time, working time"),
    say("working time from opening to the end, of cases completed in the period; time that stood is in it"),
    "working_minutes",
)
_CALENDAR = Measure(
    "case.cycle.calendar",
    say("case time, calendar time"),
    say("time by the clock from opening to the end, of cases completed in the period; time that stood is in it"),
    "minutes",
)
#: Open work is old when it is older than so many per cent of finished work was.
OLD = 85


def measured(facts: Facts | Group, calendar: Calendar) -> Worked:
    """Return the count of working seconds over all the instants of some facts."""
    first = int(facts.cases.opened_at.min(initial=facts.as_of))
    return meter(calendar, first, facts.as_of)


def case_figures(group: Group, period: Period, worked: Worked) -> list[Figure]:
    """Return every figure of a group of cases for a period."""
    scope, done = group.about(period), completed(group, period)
    return [
        *backlog(group, period),
        *cycle_times(group, period, worked),
        on_time(group, done, scope),
        *throughput(group, period, worked),
        ageing(group, period, worked),
        *returns(group, done, period),
        *conformance(group, period),
    ]


def completed(group: Group, period: Period) -> Numbers:
    """Return the rows of the cases that reached a result in the period."""
    return np.flatnonzero(group.cases.completed & within(group.cases.ended_at, period.since, period.until))


def working_times(group: Group, rows: Numbers, worked: Worked) -> Numbers:
    """Return the working seconds from opening to the end of some rows of cases that have ended."""
    return worked(group.cases.ended_at[rows]) - worked(group.cases.opened_at[rows])


def cycle_times(group: Group, period: Period, worked: Worked) -> list[Figure]:
    """Return mean, P50, P85 and P95 of the time of completed cases, in working and in calendar time."""
    done, scope = completed(group, period), group.about(period)
    by_clock = group.cases.ended_at[done] - group.cases.opened_at[done]
    cases = group.behind(done)
    working = spread(_WORKING, working_times(group, done, worked), cases, scope)
    return [*working, *spread(_CALENDAR, by_clock, cases, scope)]


def on_time(group: Group, done: Numbers, scope: Scope) -> Figure:
    """Return the share of completed cases, told as rows, with a due instant that ended by it."""
    cases = group.cases
    due = done[cases.due[done] != NEVER]
    return share(
        "case.on_time",
        say("on-time rate"),
        say("completed cases that ended by their due minute, of all completed cases that had one"),
        (group.behind(due[~cases.late[due]]), group.behind(due)),
        scope,
    )


def throughput(group: Group, period: Period, worked: Worked) -> list[Figure]:
    """Return how many cases were completed, and how many a working day of 8 hours."""
    done, scope = group.behind(completed(group, period)), group.about(period)
    days = Fraction(worked(min(period.until, group.as_of)) - worked(max(period.since, 0)), 8 * 3600)
    rate = float(len(done) / days) if days > 0 else None
    return [
        counted("case.completed", say("completed"), say("cases that reached a result in the period"), done, scope),
        Figure(
            "case.throughput",
            say("throughput"),
            say("cases completed in the period a working day of 8 hours that has passed of it"),
            rate,
            "per_working_day",
            done,
            len(done),
            scope,
        ),
    ]


def backlog(group: Group, period: Period) -> list[Figure]:
    """Return opening, received, finished and open: the first two together are always the last two together."""
    scope, cases = group.about(period), group.cases
    before = cases.opened_at < period.since
    opening = before & ((cases.ended_at == NEVER) | (cases.ended_at >= period.since))
    received = within(cases.opened_at, period.since, period.until)
    finished = within(cases.ended_at, period.since, period.until)
    told = (
        ("case.opening", say("open at the start"), say("cases open when the period began"), opening),
        ("case.received", say("received"), say("cases opened in the period"), received),
        ("case.finished", say("finished"), say("cases ended or withdrawn in the period"), finished),
        ("case.open", say("open at the end"), say("cases not ended when the period ended"),
         (opening | received) & ~finished),
    )  # fmt: skip
    return [counted(key, name, what, group.behind(np.flatnonzero(rows)), scope) for key, name, what, rows in told]


def ageing(group: Group, period: Period, worked: Worked) -> Figure:
    """Return how many open cases are older, in working time, than the P85 of the cases completed in the period."""
    limit = percentile(working_times(group, completed(group, period), worked), OLD)
    end = min(period.until, group.as_of)
    open_ = np.flatnonzero(open_at(group.cases.opened_at, group.cases.ended_at, end))
    old = open_[worked(end) - worked(group.cases.opened_at[open_]) > limit] if limit is not None else open_[:0]
    return Figure(
        "case.ageing",
        say("open and older than P85"),
        say("cases open at the end whose age in working time exceeds the P85 of the cases completed in the period"),
        None if limit is None else float(len(old)),
        "count",
        group.behind(old),
        len(old),
        group.about(period),
    )
