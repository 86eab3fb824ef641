"""The year's indicators as files: a page to read and the figures to compute with."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cli.desk import FORMAT_VERSION, Desk
from cli.figures import figure_row
from procedures.words import say
from quality import questions
from quality.groups import by_issue
from quality.indicators import case_figures, measured
from quality.review import figure_json
from quality.steps import step_figures

if TYPE_CHECKING:
    from quality.figure import Figure
    from quality.periods import Period

_ABOUT = ("procedure", "issue", "step")


def write_figures(desk: Desk, period: "Period", folder: Path) -> Iterator[Path]:
    """Write every case and step figure of a period as JSON (with its cases) and CSV (for a spreadsheet)."""
    folder.mkdir(exist_ok=True)
    found = list(figures(desk, period))
    told = {"format_version": FORMAT_VERSION, "period": period.key, "figures": [figure_json(one) for one in found]}
    path = folder / f"chi-tieu-{period.key}.json"
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    yield path
    path = folder / f"chi-tieu-{period.key}.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        heads = (say("procedure"), say("issue"), say("step"), say("indicator"), say("value"), say("cases"))
        writer.writerow(desk.text(head) for head in heads)
        writer.writerows(figure_row(desk, one, _ABOUT) for one in found)
    yield path


def figures(desk: Desk, period: "Period") -> "Iterator[Figure]":
    """Yield the figures of every procedure and issue, then those of its steps."""
    with desk.agency.store.reading() as reader:
        facts = questions.facts(reader, period.end)
    worked = measured(facts, desk.agency.calendar)
    for group in by_issue(facts):
        yield from case_figures(group, period, worked)
        yield from step_figures(group, period, worked)
