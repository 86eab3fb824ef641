"""A procedure as a table in the terminal: steps, who, how long, which forms, where it goes on."""

from collections.abc import Iterator

from cli.desk import Desk
from cli.tables import table
from procedures.check.reserve import longest_in_words
from procedures.model import Procedure, Step
from procedures.ways_on import way_on
from procedures.words import say
from visualize.brief import capital, performers, times, told_when_late


def procedure_text(desk: Desk, procedure: Procedure) -> str:
    """Return the head, the table of steps, and the time that its norms add up to."""
    heads = [say("No."), say("step"), say("responsible"), say("time"), say("forms"), say("goes on")]
    rows = [_row(desk, procedure, step) for step in procedure.steps]
    effective = f"{procedure.effective_from:%d/%m/%Y}" if procedure.effective_from else "—"
    head = say(
        "{code}  {name}  ·  issue {issue} · in force {day} · {unit}",
        code=procedure.code,
        name=procedure.name,
        issue=procedure.issue,
        day=effective,
        unit=procedure.owner_unit,
    )
    limit = say("limit: {limit}", limit=procedure.within.text if procedure.within else "—")
    longest = longest_in_words(procedure) or say("the longest way: times in different units; quytrinh check reckons it")
    late = told_when_late(procedure)
    lines = [desk.text(words) for words in (limit, longest, late)]
    return "\n".join([desk.text(head), "", table(desk, heads, rows), "", *map(capital, lines)])


def _row(desk: Desk, procedure: Procedure, step: Step) -> list[str]:
    return [
        str(procedure.number(step.key)),
        step.name,
        "; ".join(_who(desk, procedure, step)) or "—",
        "; ".join(times(step, desk.lang)) or "—",
        ", ".join(step.forms) or "—",
        " · ".join(_ways(desk, procedure, step)),
    ]


def _who(desk: Desk, procedure: Procedure, step: Step) -> Iterator[str]:
    if step.responsible:
        yield ", ".join(step.responsible)
    yield from performers(procedure, step, desk.lang)[1 if step.responsible else 0 :]


def _ways(desk: Desk, procedure: Procedure, step: Step) -> Iterator[str]:
    several = len(step.outcomes) > 1
    for outcome in step.outcomes:
        for branch in outcome.branches:
            yield way_on(procedure, outcome, branch, desk.lang, named=several)
