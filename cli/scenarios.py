"""The declared examples of procedures, run."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from cli.definitions import checked
from cli.desk import Desk
from cli.findings import put_findings
from procedures.words import say


def run_scenarios(desk: Desk, names: Sequence[Path]) -> bool:
    """Run every `thử:` scenario; print each with its verdict, and tell whether all went as written."""
    from procedures.scenario import follow

    found = checked(desk, names)
    failures, count = [], 0
    for one in found.loaded:
        if one.procedure is None:
            failures += [finding for finding in one.findings if finding.severity.value == "error"]
            continue
        for scenario in one.procedure.scenarios:
            fault = follow(one.procedure, scenario, one.places, today=desk.now.date(), working_days=_plain_working_days)
            desk.put(f"{'✗' if fault else '✓'} {one.procedure.code}  {scenario.name}")
            failures += [fault] if fault else []
            count += 1
    put_findings(desk, failures, found.sources)
    if failures:
        desk.tell(say("{count} scenarios did not go as written", count=len(failures)))
    else:
        desk.tell(say("{count} scenarios went as written", count=count))
    return not failures


def _plain_working_days(first: date, last: date) -> int:
    """Count Mondays to Fridays after `first` up to `last`: a scenario names no calendar."""
    days = (first + timedelta(n) for n in range(1, (last - first).days + 1))
    return sum(day.weekday() < 5 for day in days)  # noqa: PLR2004 - Saturday is 5
