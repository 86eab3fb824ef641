"""The figures of one unit's report: what its cases tell, before a cut-off, each with exactly the cases behind it."""

from collections.abc import Iterable, Sequence

from procedures.words import Words, say
from quality.candidate import SERIES as NONCONFORMITIES
from quality.facts import CaseFact, past
from quality.figure import Figure, counted
from quality.periods import Period
from quality.programme.plan import SERIES as TASKS
from quality.reports.kinds import SERIES as REPORTS

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


def figures(cases: Iterable[CaseFact], units: frozenset[str], period: Period, as_of: int) -> tuple[Figure, ...]:
    """Return every count for the cases that these units opened, as they stood just before `as_of`."""
    own = [case for case in cases if case.unit in units and not case.id.startswith(f"{REPORTS}-")]
    found = {name: _of(own, f"{series}-") for name, series in (("nc", NONCONFORMITIES), ("task", TASKS))}
    work = [case for case in own if case not in found["nc"] and case not in found["task"]]
    told: dict[str, Sequence[CaseFact]] = {
        "carried": [one for one in work if one.opened_at < period.since and not _over(one, period.since)],
        "received": [one for one in work if period.has(one.opened_at)],
        "finished": [one for one in work if period.has(one.ended_at)],
        "late": [one for one in work if period.has(one.ended_at) and one.late],
        "open": [one for one in work if one.open],
        "overdue": [one for one in work if _overdue(one, as_of)],
        "found": [one for one in found["nc"] if period.has(one.opened_at)],
        "closed": [one for one in found["nc"] if period.has(one.ended_at)],
        "tasks_done": [one for one in found["task"] if period.has(one.ended_at)],
        "tasks_late": [one for one in found["task"] if _overdue(one, as_of)],
    }
    scope = (("period", period.key),)
    return tuple(
        counted(f"report.{key}", name, what, [one.id for one in told[key]], scope) for key, name, what in COUNTS
    )


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


def _of(cases: Iterable[CaseFact], prefix: str) -> list[CaseFact]:
    return [case for case in cases if case.id.startswith(prefix)]


def _over(case: CaseFact, at: int) -> bool:
    return case.ended_at is not None and case.ended_at < at


def _overdue(case: CaseFact, at: int) -> bool:
    return case.open and case.due is not None and past(at, case.due)
