"""Findings as text: with the excerpt and a caret for people, one line each for editors, JSON and friends for machines."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from wcwidth import wcswidth

from procedures.finding import FORMAT_VERSION, Finding, Severity, Span
from procedures.words import Lang, Words, say

#: Source texts by the file name that findings carry, in NFC.
Sources = Mapping[str, str]

_LEVEL = {Severity.ERROR: say("error"), Severity.WARNING: say("warning"), Severity.HINT: say("hint")}
_COLOR = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m", Severity.HINT: "\x1b[1;36m"}
_RESET = "\x1b[0m"
_SARIF = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}
_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}


def full(findings: Iterable[Finding], sources: Sources, lang: Lang, *, color: bool = False) -> str:
    """Return every finding with its place, an excerpt, a caret under the words, and what to do."""
    return "\n\n".join("\n".join(_anatomy(finding, sources, lang, color)) for finding in findings)


def concise(findings: Iterable[Finding], lang: Lang) -> str:
    """Return one line a finding: `file:line:column: level[code]: message`."""
    return "\n".join(
        f"{f.span.file}:{f.span.line}:{f.span.column}: {_LEVEL[f.severity].into(lang)}[{f.code}]: {f.message.into(lang)}"
        for f in findings
    )


def summary(findings: Sequence[Finding], lang: Lang, files: int) -> str:
    """Return the closing line: how many of each, and what can be mended by machine."""
    counts = Counter(finding.severity for finding in findings)
    if not findings:
        return say("{files} files: no findings", files=files).into(lang)
    said = say(
        "{files} files: {errors} errors, {warnings} warnings, {hints} hints",
        files=files,
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        hints=counts[Severity.HINT],
    ).into(lang)
    fixable = sum(finding.fixable for finding in findings)
    mend = say("{count} marked [*] can be mended by:  quytrinh check --fix", count=fixable).into(lang)
    return f"{said}; {mend}" if fixable else said


def as_json(findings: Sequence[Finding], sources: Sources) -> dict[str, Any]:
    """Return the findings as the JSON form: both languages, ranges in characters (1-based) and bytes."""
    counts = Counter(finding.severity.value for finding in findings)
    fixable = sum(finding.fixable for finding in findings)
    return {
        "format_version": FORMAT_VERSION,
        "ok": counts["error"] == 0,
        "summary": {"error": counts["error"], "warning": counts["warning"], "hint": counts["hint"], "fixable": fixable},
        "diagnostics": [_json(finding, sources) for finding in findings],
    }


def sarif(findings: Iterable[Finding], lang: Lang) -> str:
    """Return the findings as SARIF 2.1.0."""
    results = [
        {
            "ruleId": finding.code,
            "level": _SARIF[finding.severity],
            "message": {"text": finding.message.into(lang)},
            "locations": [{"physicalLocation": _sarif_place(finding.span)}],
        }
        for finding in findings
    ]
    run = {"tool": {"driver": {"name": "quytrinh"}}, "results": results}
    return json.dumps({"version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def github(findings: Iterable[Finding], lang: Lang) -> str:
    """Return the findings as workflow commands of GitHub Actions."""
    return "\n".join(
        f"::{_GITHUB[f.severity]} file={f.span.file},line={f.span.line},col={f.span.column},"
        f"title={f.code}::{f.message.into(lang)}"
        for f in findings
    )


def junit(findings: Iterable[Finding], files: Iterable[str], lang: Lang) -> str:
    """Return the findings as JUnit XML: one test case a file."""
    listed = list(findings)
    cases = "".join(_junit_case(file, [f for f in listed if f.span.file == file], lang) for file in files)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuite name="quytrinh check">{cases}</testsuite>'


def _anatomy(finding: Finding, sources: Sources, lang: Lang, color: bool) -> Iterable[str]:  # noqa: FBT001
    level = _LEVEL[finding.severity].into(lang)
    mark = " [*]" if finding.fixable else ""
    head = f"{level}[{finding.code}]{mark}"
    yield f"{_COLOR[finding.severity]}{head}{_RESET}: {finding.message.into(lang)}" if color else (
        f"{head}: {finding.message.into(lang)}"
    )
    yield f"  --> {finding.span.file}:{finding.span.line}:{finding.span.column}"
    yield from _excerpt(finding, sources, lang)
    for note in finding.notes:
        yield f"   = {note.into(lang)}"
    for related in finding.related:
        yield f"   = {_beside(related.span, finding.span)}: {related.label.into(lang)}"
    if finding.help is not None:
        yield f"   = {say('help').into(lang)}: {finding.help.into(lang)}"


def _beside(place: Span, here: Span) -> str:
    return f"{place.line}:{place.column}" if place.file == here.file else f"{place.file}:{place.line}:{place.column}"


def _excerpt(finding: Finding, sources: Sources, lang: Lang) -> Iterable[str]:
    span = finding.span
    lines = sources.get(span.file, "").split("\n")
    if not 1 <= span.line <= len(lines) or not any(lines):
        return
    width = len(str(span.line))
    yield f"{'':{width}} |"
    for number in range(max(span.line - 1, 1), span.line + 1):
        yield f"{number:>{width}} | {lines[number - 1]}".rstrip()
    line = lines[span.line - 1]
    end = span.end_column if span.end_line == span.line else len(line) + 1
    before, under = line[: span.column - 1], line[span.column - 1 : end - 1]
    label = f" {finding.label.into(lang)}" if finding.label else ""
    yield f"{'':{width}} | {' ' * _width(before)}{'^' * max(_width(under), 1)}{label}"


def _width(text: str) -> int:
    return max(wcswidth(text), 0)


def _json(finding: Finding, sources: Sources) -> dict[str, Any]:
    told: dict[str, Any] = {
        "code": finding.code,
        "severity": finding.severity.value,
        "file": finding.span.file,
        "range": _range(finding.span, sources),
        "message": _both(finding.message),
        "url": f"quytrinh explain {finding.code}",
    }
    if finding.label:
        told["label"] = _both(finding.label)
    if finding.help:
        told["help"] = _both(finding.help)
    if finding.notes:
        told["notes"] = [_both(note) for note in finding.notes]
    if finding.related:
        told["related"] = [
            {"file": one.span.file, "line": one.span.line, "label": _both(one.label)} for one in finding.related
        ]
    if finding.fix:
        edits = [{"range": _range(edit.span, sources), "text": edit.text} for edit in finding.fix]
        told["fix"] = {"edits": edits, "safe": True}
    return told | dict(finding.data)


def _both(words: Words) -> dict[str, str]:
    return {"vi": words.into("vi"), "en": words.into("en")}


def _range(span: Span, sources: Sources) -> dict[str, Any]:
    lines = sources.get(span.file, "").split("\n")
    return {
        "start": _position(span.line, span.column, lines),
        "end": _position(span.end_line, span.end_column, lines),
    }


def _position(line: int, column: int, lines: Sequence[str]) -> dict[str, int]:
    before = lines[line - 1][: column - 1] if line <= len(lines) else ""
    return {"line": line, "column": column, "byte": len(before.encode()) + 1}


def _sarif_place(span: Span) -> dict[str, Any]:
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    return {"artifactLocation": {"uri": span.file}, "region": region}


def _junit_case(file: str, findings: Sequence[Finding], lang: Lang) -> str:
    faults = "".join(
        f'<failure type="{f.code}" message="{escape(f.message.into(lang))}">{f.span.line}:{f.span.column}</failure>'
        for f in findings
        if f.severity is Severity.ERROR
    )
    return f'<testcase name="{escape(file)}">{faults}</testcase>'
