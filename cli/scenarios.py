"""The declared examples of procedures, run."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from cli.definitions import checked
from cli.desk import Desk
from cli.findings import put_findings
from procedures.words import say

if TYPE_CHECKING:
    from procedures.finding import Finding
    from procedures.load import Loaded


@dataclass(frozen=True, slots=True)
class Run:
    """A scenario that was run: of which procedure, its name, and what did not go as written."""

    procedure: str
    name: str
    fault: "Finding | None"


def run_scenarios(desk: Desk, names: Sequence[Path]) -> bool:
    """Run every `thử:` scenario; print each with its verdict, and tell whether all went as written."""
    from procedures.finding import errors
    from procedures.report import as_json

    found = checked(desk, names)
    runs = [run for one in found.loaded for run in _runs(desk, one)]
    unread = [finding for one in found.loaded if one.procedure is None for finding in errors(one.findings)]
    failures = [*unread, *(run.fault for run in runs if run.fault is not None)]
    if desk.json:
        told = [{"procedure": run.procedure, "name": run.name, "ok": run.fault is None} for run in runs]
        desk.put_json({**as_json(failures, found.sources), "scenarios": told})
    else:
        for run in runs:
            desk.put(f"{'✗' if run.fault else '✓'} {run.procedure}  {run.name}")
        put_findings(desk, failures, found.sources)
    if failures:
        desk.tell(say("{count} scenarios did not go as written", count=len(failures)))
    else:
        desk.tell(say("{count} scenarios went as written", count=len(runs)))
    return not failures


def _runs(desk: Desk, one: "Loaded") -> Iterator[Run]:
    from procedures.scenario import follow

    if one.procedure is None:
        return
    for scenario in one.procedure.scenarios:
        fault = follow(one.procedure, scenario, one.places, today=desk.now.date(), working_days=_plain_working_days)
        yield Run(one.procedure.code, scenario.name, fault)


def _plain_working_days(first: date, last: date) -> int:
    """Count Mondays to Fridays after `first` up to `last`: a scenario names no calendar."""
    days = (first + timedelta(n) for n in range(1, (last - first).days + 1))
    return sum(day.weekday() < 5 for day in days)  # noqa: PLR2004 - Saturday is 5
