"""Indicators of cases (9.1): times, being on time, throughput, backlog and ageing, each with the cases behind it."""

from collections.abc import Iterable
from fractions import Fraction

from procedures.calendar import Calendar
from procedures.words import say
from quality.conduct import conformance, returns
from quality.facts import CaseFact, Facts
from quality.figure import Figure, Scope, counted, share
from quality.groups import Group, by_issue, by_procedure
from quality.meter import Worked, meter
from quality.periods import Kind, Period, finder
from quality.quiet import uncollected
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
_SHARE_OF_LATE_AGE = 85


def measured(facts: Facts, calendar: Calendar) -> Worked:
    """Return the count of working seconds over all the instants of some facts."""
    first = min((case.opened_at for case in facts.cases), default=facts.as_of)
    return meter(calendar, min(first, facts.as_of), facts.as_of)


@uncollected()
def case_figures(group: Group, period: Period, worked: Worked) -> list[Figure]:
    """Return every figure of a group of cases for a period."""
    scope = group.about(period)
    return [
        *backlog(group, period),
        *cycle_times(group, period, worked),
        on_time(completed(group, period), scope),
        *throughput(group, period, worked),
        ageing(group, period, worked),
        *returns(group, completed(group, period), period),
        *conformance(group, period),
    ]


def completed(group: Group, period: Period) -> list[CaseFact]:
    """Return the cases that reached a result in the period."""
    return [case for case in group.cases if case.completed and period.has(case.ended_at)]


def cycle_times(group: Group, period: Period, worked: Worked) -> list[Figure]:
    """Return mean, P50, P85 and P95 of the time of completed cases, in working and in calendar time."""
    done = [(case, case.ended_at) for case in completed(group, period) if case.ended_at is not None]
    cases, scope = [case.id for case, _ in done], group.about(period)
    working = [worked(end) - worked(case.opened_at) for case, end in done]
    by_clock = [end - case.opened_at for case, end in done]
    return [*spread(_WORKING, working, cases, scope), *spread(_CALENDAR, by_clock, cases, scope)]


def on_time(cases: Iterable[CaseFact], scope: Scope) -> Figure:
    """Return the share of completed cases with a due instant that ended by it."""
    due = [case for case in cases if case.due is not None]
    return share(
        "case.on_time",
        say("on-time rate"),
        say("completed cases that ended by their due minute, of all completed cases that had one"),
        ([case.id for case in due if not case.late], [case.id for case in due]),
        scope,
    )


def on_time_by(facts: Facts, kind: Kind, calendar: Calendar, *, mixed: bool = False) -> list[Figure]:
    """Return the on-time rate of each procedure, issue, unit and month, quarter or year that has completed cases.

    `mixed` puts the issues of a procedure together; the scope of each figure then names them all.
    """
    done = [case.ended_at for case in facts.cases if case.ended_at is not None]
    period_of = finder(kind, min(done, default=0), max(done, default=0), calendar.zone)
    found: list[Figure] = []
    for group in by_procedure(facts) if mixed else by_issue(facts):
        cells: dict[tuple[str, str], list[CaseFact]] = {}
        for case in group.cases:
            if case.completed and case.ended_at is not None:
                cells.setdefault((period_of(case.ended_at).key, case.unit or ""), []).append(case)
        for (period, unit), cases in sorted(cells.items()):
            found.append(on_time(cases, (*group.scope, ("unit", unit), ("period", period))))
    return found


def throughput(group: Group, period: Period, worked: Worked) -> list[Figure]:
    """Return how many cases were completed, and how many a working day of 8 hours."""
    done = [case.id for case in completed(group, period)]
    scope = group.about(period)
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
            tuple(done),
            len(done),
            scope,
        ),
    ]


def backlog(group: Group, period: Period) -> list[Figure]:
    """Return opening, received, finished and open: the first two together are always the last two together."""
    scope = group.about(period)
    before = [case for case in group.cases if case.opened_at < period.since]
    opening = [case.id for case in before if case.ended_at is None or case.ended_at >= period.since]
    received = [case.id for case in group.cases if period.has(case.opened_at)]
    finished = [case.id for case in group.cases if period.has(case.ended_at)]
    gone = set(finished)
    still = [case for case in (*opening, *received) if case not in gone]
    return [
        counted("case.opening", say("open at the start"), say("cases open when the period began"), opening, scope),
        counted("case.received", say("received"), say("cases opened in the period"), received, scope),
        counted("case.finished", say("finished"), say("cases ended or withdrawn in the period"), finished, scope),
        counted("case.open", say("open at the end"), say("cases not ended when the period ended"), still, scope),
    ]


def ageing(group: Group, period: Period, worked: Worked) -> Figure:
    """Return how many open cases are older, in working time, than the P85 of the cases completed in the period."""
    times = sorted(worked(case.ended_at) - worked(case.opened_at) for case in completed(group, period) if case.ended_at)
    limit, end = percentile(times, _SHARE_OF_LATE_AGE), min(period.until, group.as_of)
    old = [
        case.id
        for case in group.cases
        if limit is not None and open_at(case, end) and worked(end) - worked(case.opened_at) > limit
    ]
    return Figure(
        "case.ageing",
        say("open and older than P85"),
        say("cases open at the end whose age in working time exceeds the P85 of the cases completed in the period"),
        None if limit is None else float(len(old)),
        "count",
        tuple(old),
        len(old),
        group.about(period),
    )


def open_at(case: CaseFact, at: int) -> bool:
    """Tell whether a case had been opened and had not ended before an instant."""
    return case.opened_at < at and (case.ended_at is None or case.ended_at >= at)
