"""Findings for machines: JSON with both languages, SARIF, workflow commands of GitHub, JUnit."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import quoteattr

from procedures import codes
from procedures.finding import FORMAT_VERSION, Edit, Finding, Severity, Span
from procedures.pages import Pages, Sources
from procedures.words import Lang, Words

_SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}
_GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
#: What XML cannot hold at all.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_json(findings: Sequence[Finding], sources: Sources) -> dict[str, Any]:
    """Return the findings in both languages; lines, columns and bytes count from 1, ends are exclusive.

    `column` counts characters (code points), `byte` counts bytes of UTF-8 in the line.
    """
    pages = Pages(sources)
    counts = Counter(finding.severity.value for finding in findings)
    fixable = sum(finding.fixable for finding in findings)
    return {
        "format_version": FORMAT_VERSION,
        "ok": counts["error"] == 0,
        "summary": {"error": counts["error"], "warning": counts["warning"], "hint": counts["hint"], "fixable": fixable},
        "diagnostics": [_json(finding, pages) for finding in findings],
    }


def sarif(findings: Sequence[Finding], lang: Lang) -> str:
    """Return the findings as SARIF 2.1.0, with the rules they come from and the mends they offer."""
    rules = sorted({finding.code for finding in findings})
    driver = {"name": "quytrinh", "rules": [_sarif_rule(code, lang) for code in rules]}
    results = [_sarif_result(finding, lang) for finding in findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def github(findings: Iterable[Finding], lang: Lang) -> str:
    """Return the findings as workflow commands of GitHub Actions, one a line."""
    return "\n".join(
        f"::{_GITHUB_LEVELS[f.severity]} file={_property(f.span.file)},line={f.span.line},endLine={f.span.end_line},"
        f"col={f.span.column},endColumn={f.span.end_column},title={f.code}::{_data(f.message.into(lang))}"
        for f in findings
    )


def junit(findings: Iterable[Finding], files: Iterable[str], lang: Lang) -> str:
    """Return the findings as JUnit XML: one test case a file, which fails when there is an error in it."""
    listed = list(findings)
    names = list(dict.fromkeys([*files, *(finding.span.file for finding in listed)]))
    cases = "".join(_junit_case(name, [f for f in listed if f.span.file == name], lang) for name in names)
    failures = len({f.span.file for f in listed if f.severity is Severity.ERROR})
    head = f'<testsuite name="quytrinh check" tests="{len(names)}" failures="{failures}">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}{cases}</testsuite>'


def _json(finding: Finding, pages: Pages) -> dict[str, Any]:
    told: dict[str, Any] = {
        "code": finding.code,
        "severity": finding.severity.value,
        "file": finding.span.file,
        "range": _range(finding.span, pages),
        "message": _both(finding.message),
    }
    if finding.label:
        told["label"] = _both(finding.label)
    if finding.help:
        told["help"] = _both(finding.help)
    if finding.notes:
        told["notes"] = [_both(note) for note in finding.notes]
    told["related"] = [
        {
            "file": one.span.file,
            "line": one.span.line,
            "range": _range(one.span, pages),
            "label": _both(one.label),
        }
        for one in finding.related
    ]
    if finding.fix:
        told["fix"] = {"edits": [_edit(edit, pages) for edit in finding.fix], "safe": True}
    if finding.trace is not None:
        told["counterexample"] = [stop._asdict() for stop in finding.trace.way]
        told["goes_wrong"] = {"at": list(finding.trace.at), "what": _both(finding.trace.what)}
    return dict(finding.data) | told | {"url": f"quytrinh explain {finding.code}"}


def _edit(edit: Edit, pages: Pages) -> dict[str, Any]:
    return {"file": edit.span.file, "range": _range(edit.span, pages), "text": edit.text}


def _both(words: Words) -> dict[str, str]:
    return {"vi": words.into("vi"), "en": words.into("en")}


def _range(span: Span, pages: Pages) -> dict[str, Any]:
    return {
        "start": _position(span.file, span.line, span.column, pages),
        "end": _position(span.file, span.end_line, span.end_column, pages),
    }


def _position(file: str, line: int, column: int, pages: Pages) -> dict[str, int]:
    before = pages.line(file, line)[: column - 1]
    return {"line": line, "column": column, "byte": len(before.encode(errors="surrogatepass")) + 1}


def _sarif_rule(code: str, lang: Lang) -> dict[str, Any]:
    known = codes.find(code)
    if known is None:
        return {"id": code}
    return {
        "id": code,
        "shortDescription": {"text": known.title(lang)},
        "fullDescription": {"text": known.why(lang)},
        "defaultConfiguration": {"level": _SARIF_LEVELS[known.severity]},
    }


def _sarif_result(finding: Finding, lang: Lang) -> dict[str, Any]:
    help_ = f" {finding.help.into(lang)}" if finding.help else ""
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "level": _SARIF_LEVELS[finding.severity],
        "message": {"text": f"{finding.message.into(lang)}.{help_}"},
        "locations": [{"physicalLocation": _sarif_place(finding.span)}],
    }
    if finding.related:
        result["relatedLocations"] = [
            {"physicalLocation": _sarif_place(one.span), "message": {"text": one.label.into(lang)}}
            for one in finding.related
        ]
    if finding.fix:
        changes = [
            {
                "artifactLocation": {"uri": quote(edit.span.file)},
                "replacements": [{"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}],
            }
            for edit in finding.fix
        ]
        result["fixes"] = [{"artifactChanges": changes}]
    return result


def _sarif_place(span: Span) -> dict[str, Any]:
    return {"artifactLocation": {"uri": quote(span.file)}, "region": _region(span)}


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _junit_case(file: str, findings: Sequence[Finding], lang: Lang) -> str:
    faults = "".join(
        f"<failure type={_attribute(f.code)} message={_attribute(f.message.into(lang))}>"
        f"{f.span.line}:{f.span.column}</failure>"
        for f in findings
        if f.severity is Severity.ERROR
    )
    return f"<testcase name={_attribute(file)}>{faults}</testcase>"


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("�", text))
