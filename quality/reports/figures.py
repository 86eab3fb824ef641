"""The figures of one unit's report: what its cases tell, before a cut-off, each with exactly the cases behind it."""

from collections.abc import Iterable

from procedures.words import Words, say
from quality.candidate import SERIES as NONCONFORMITIES
from quality.columns import NEVER, Flags, within
from quality.facts import Facts
from quality.figure import Figure, counted
from quality.groups import everything
from quality.periods import Period
from quality.programme.plan import SERIES as TASKS
from quality.reports.kinds import SERIES as REPORTS

_MINUTE = 60
#: What a report counts: key, name and definition, in the order of the paper. A share of late ones follows from them.
COUNTS: tuple[tuple[str, Words, Words], ...] = (
    ("carried", say("open at the beginning"), say("cases open at the beginning of the period")),
    ("received", say("received"), say("cases opened in the period")),
    ("finished", say("finished"), say("cases that ended in the period, whatever their result")),
    ("late", say("finished late"), say("cases that ended in the period after their due minute")),
    ("open", say("open at the cut-off"), say("cases open at the cut-off")),
    ("overdue", say("open and overdue"), say("cases open at the cut-off and past their due minute")),
    ("found", say("nonconformities opened"), say("nonconformities opened in the period")),
    ("closed", say("nonconformities closed"), say("nonconformities closed in the period")),
    ("tasks_done", say("tasks of the programme done"), say("tasks of the annual programme that ended in the period")),
    ("tasks_late", say("tasks of the programme late"), say("tasks of the programme open and overdue at the cut-off")),
)


def figures(facts: Facts, units: frozenset[str], period: Period, as_of: int) -> tuple[Figure, ...]:
    """Return every count for the cases that these units opened, as they stood just before `as_of`."""
    every = everything(facts)
    cases = every.cases
    own = cases.unit.are(*units) & ~facts.is_of(REPORTS)[cases.place]
    found, task = (own & facts.is_of(series)[cases.place] for series in (NONCONFORMITIES, TASKS))
    work, still = own & ~found & ~task, cases.ended_at == NEVER
    received, ended = (within(at, period.since, period.until) for at in (cases.opened_at, cases.ended_at))
    overdue = still & (cases.due != NEVER) & (as_of - as_of % _MINUTE > cases.due)
    told: dict[str, Flags] = {
        "carried": work & (cases.opened_at < period.since) & (still | (cases.ended_at >= period.since)),
        "received": work & received,
        "finished": work & ended,
        "late": work & ended & cases.late,
        "open": work & still,
        "overdue": work & overdue,
        "found": found & received,
        "closed": found & ended,
        "tasks_done": task & ended,
        "tasks_late": task & overdue,
    }
    scope = (("period", period.key),)
    return tuple(counted(f"report.{key}", name, what, every.behind(told[key]), scope) for key, name, what in COUNTS)


def summed(parts: Iterable[tuple[Figure, ...]]) -> tuple[Figure, ...]:
    """Return the figures of several units together: counts are added, the cases behind them put together."""
    columns = list(zip(*parts, strict=True))
    return tuple(
        counted(
            column[0].key,
            column[0].name,
            column[0].definition,
            [case for one in column for case in one.cases],
            column[0].scope,
        )
        for column in columns
    )
