"""The declared examples of procedures, run; what they pass, and generated cases for what they do not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.definitions import checked
from cli.desk import Desk
from cli.findings import put_findings
from procedures.words import Words, say

if TYPE_CHECKING:
    from procedures.coverage import Coverage, Generated, GeneratedCase
    from procedures.finding import Finding
    from procedures.load import Loaded
    from procedures.model import Procedure


@dataclass(frozen=True, slots=True)
class Run:
    """A scenario that was run: its name, and what did not go as written."""

    name: str
    fault: "Finding | None"


@dataclass(frozen=True, slots=True)
class Tried:
    """The scenarios of a procedure that were run, what all of its scenarios pass, and cases generated from its net."""

    procedure: "Procedure"
    runs: tuple[Run, ...]
    passed: "Coverage"
    made: "Generated"


def run_scenarios(desk: Desk, names: Sequence[Path], wanted: str = "") -> bool:
    """Run the `thử:` scenarios whose name holds `wanted`; print verdicts and coverage, tell whether all went well."""
    from procedures.finding import errors
    from procedures.report import as_json

    found = checked(desk, names)
    whole = [(one, one.procedure) for one in found.loaded if one.procedure is not None]
    tried = [_tried(desk, one, procedure, wanted) for one, procedure in whole]
    unread = [finding for one in found.loaded if one.procedure is None for finding in errors(one.findings)]
    runs = [run for one in tried for run in one.runs]
    failures = [*unread, *(run.fault for run in runs if run.fault is not None)]
    if desk.json:
        scenarios = [told for one in tried for told in _scenarios_json(one)]
        covered = [_coverage_json(one) for one in tried]
        desk.put_json({**as_json(failures, found.sources), "scenarios": scenarios, "coverage": covered})
    else:
        for one in tried:
            _put(desk, one)
        put_findings(desk, failures, found.sources)
    if failures:
        desk.tell(say("{count} scenarios did not go as written", count=len(failures)))
    else:
        desk.tell(say("{count} scenarios went as written", count=len(runs)))
    return not failures


def _tried(desk: Desk, one: "Loaded", procedure: "Procedure", wanted: str) -> Tried:
    from procedures.coverage import coverage, generated
    from procedures.scenario import follow
    from procedures.text import fold

    today, runs = desk.now.date(), []
    for scenario in procedure.scenarios:
        if fold(wanted) in fold(scenario.name):
            fault = follow(procedure, scenario, one.places, today=today, working_days=_plain_working_days)
            runs.append(Run(scenario.name, fault))
    passed = coverage(procedure, today=today, working_days=_plain_working_days)
    return Tried(procedure, tuple(runs), passed, generated(procedure))


def _put(desk: Desk, one: Tried) -> None:
    for run in one.runs:
        desk.put(f"{'✗' if run.fault else '✓'} {one.procedure.code}  {run.name}")
    desk.put(desk.text(_covered(one)))
    for case in _of_missed(one):
        where = say("{step} → {outcome}", step=case.step, outcome=case.outcome)
        desk.put(desk.text(say("    ◇ generated, {where}: {way}", where=where, way=_way(one.procedure, case))))


def _covered(one: Tried) -> Words:
    """Say how many steps and outcomes the declared cases pass, and how many each generated set does."""
    passed = one.passed
    return say(
        "  {code}: sample cases pass {steps} of {all_steps} steps, {outcomes} of {all_outcomes} outcomes;"
        " {count} generated cases take every way once",
        code=one.procedure.code,
        steps=len(passed.steps),
        all_steps=len(passed.steps) + len(passed.missed_steps),
        outcomes=len(passed.outcomes),
        all_outcomes=len(passed.outcomes) + len(passed.missed_outcomes),
        count=len(one.made.cases),
    )


def _of_missed(one: Tried) -> "Iterator[GeneratedCase]":
    """Yield a generated case for each outcome that no declared case passes and none before it does."""
    left = set(one.passed.missed_outcomes)
    for case in one.made.cases:
        taken = {(move.step, move.outcome or "") for move in case.moves}
        if (case.step, case.outcome) in left:
            yield case
            left -= taken


def _way(procedure: "Procedure", case: "GeneratedCase") -> str:
    stops = []
    for move in case.moves:
        several = len(procedure.step(move.step).outcomes) > 1
        stops.append(f"{move.step} ({move.outcome})" if several else move.step)
    return f"{' > '.join(stops)} > {case.end}"


def _scenarios_json(one: Tried) -> Iterator[dict[str, Any]]:
    code = one.procedure.code
    for run in one.runs:
        yield {"procedure": code, "name": run.name, "ok": run.fault is None, "generated": False}
    for case in one.made.cases:
        way = [{"step": move.step, "outcome": move.outcome} for move in case.moves]
        name = f"{case.step} / {case.outcome} / {case.branch + 1}"
        yield {"procedure": code, "name": name, "ok": True, "generated": True, "way": way, "end": case.end}


def _coverage_json(one: Tried) -> dict[str, Any]:
    passed = one.passed
    return {
        "procedure": one.procedure.code,
        "steps": {"passed": list(passed.steps), "missed": list(passed.missed_steps)},
        "outcomes": {"passed": list(map(list, passed.outcomes)), "missed": list(map(list, passed.missed_outcomes))},
        "unreachable": [list(way) for way in one.made.missed],
    }


def _plain_working_days(first: date, last: date) -> int:
    """Count Mondays to Fridays after `first` up to `last`: a scenario names no calendar."""
    days = (first + timedelta(n) for n in range(1, (last - first).days + 1))
    return sum(day.weekday() < 5 for day in days)  # noqa: PLR2004 - Saturday is 5
