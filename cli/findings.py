"""Findings on the command line, in the form that was asked for."""

import json
from collections.abc import Iterable, Mapping, Sequence

from cli.desk import Desk
from procedures import report
from procedures.finding import Finding


def put_findings(
    desk: Desk, findings: Sequence[Finding], sources: Mapping[str, str] | None = None, files: Iterable[str] = ()
) -> None:
    """Print findings on standard output and their summary on standard error."""
    known, named = sources or {}, list(files)
    if desk.json:
        desk.put(json.dumps(report.as_json(findings, known), ensure_ascii=False, indent=2))
        return
    said = {
        "full": lambda: report.full(findings, known, desk.lang, color=desk.colored),
        "concise": lambda: report.concise(findings, desk.lang),
        "sarif": lambda: report.sarif(findings, desk.lang),
        "github": lambda: report.github(findings, desk.lang),
        "junit": lambda: report.junit(findings, named, desk.lang),
    }[desk.form]()
    if said:
        desk.put(said)
