import json
import re
import unicodedata
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator

from procedures.examine import examine
from procedures.finding import Edit, Finding, Related, Severity, Span, errors
from procedures.load import load_text
from procedures.machines import as_json, github, junit, sarif
from procedures.report import concise
from procedures.words import Lang, say
from tests.procedures.broken import ALL, FLOW, Broken

FILE = "procedures.d/mua sắm.yaml"
TEXT = "đến: xem xet\n"
FOUND = Finding(
    "QT201",
    Severity.ERROR,
    say("step “{name}” does not exist", name="50%,\n\x00"),
    Span(FILE, 1, 6, 1, 13),
    help=say("did you mean “{name}”?", name="xem xét"),
    related=(Related(Span(FILE, 2, 1, 2, 4), say("declared here")),),
    fix=(Edit(Span(FILE, 1, 6, 1, 13), "xem xét"),),
    data={"way": ["a"], "code": "hidden"},
)
WARNED = Finding("QT305", Severity.WARNING, say("compared with {number} đồng?", number="5"), Span(FILE, 1, 1, 1, 2))


def test_json_counts_characters_and_bytes_from_one_in_both_languages() -> None:
    for text in (TEXT, unicodedata.normalize("NFD", TEXT)):
        told = as_json([FOUND], {FILE: text})
        (one,) = told["diagnostics"]
        assert one["range"] == {
            "start": {"line": 1, "column": 6, "byte": 9},
            "end": {"line": 1, "column": 13, "byte": 16},
        }
        assert one["help"] == {"vi": "có phải ý là “xem xét”?", "en": "did you mean “xem xét”?"}


def test_json_says_what_was_found_and_how_it_is_mended() -> None:
    told = as_json([FOUND, WARNED], {FILE: TEXT})
    assert {name: told[name] for name in ("format_version", "ok", "summary")} == {
        "format_version": "1.0",
        "ok": False,
        "summary": {"error": 1, "warning": 1, "hint": 0, "fixable": 1},
    }
    one, other = told["diagnostics"]
    assert (one["code"], one["severity"], one["file"], one["url"]) == ("QT201", "error", FILE, "quytrinh explain QT201")
    assert one["fix"]["safe"] is True
    assert one["fix"]["edits"][0]["text"] == "xem xét"
    assert (one["related"][0]["file"], one["related"][0]["line"]) == (FILE, 2)
    assert one["way"] == ["a"]
    assert "fix" not in other
    assert as_json([WARNED], {})["ok"] is True
    json.dumps(told)


def test_sarif_counts_characters_and_names_its_rules() -> None:
    told = json.loads(sarif([FOUND, WARNED], "vi"))
    (run,) = told["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["QT201", "QT305"]
    assert [result["level"] for result in run["results"]] == ["error", "warning"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "procedures.d/mua%20s%E1%BA%AFm.yaml"
    assert place["region"] == {"startLine": 1, "startColumn": 6, "endLine": 1, "endColumn": 13}
    assert (
        run["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"] == "xem xét"
    )


def test_a_workflow_command_is_one_line_whatever_is_quoted() -> None:
    said = github([FOUND, WARNED], "vi").split("\n")
    assert len(said) == 2
    assert said[0].startswith(f"::error file={FILE},line=1,endLine=1,col=6,endColumn=13,title=QT201::bước “50%25,%0A")
    assert said[1].startswith("::warning ")


def test_junit_is_readable_xml_with_one_case_a_file() -> None:
    suite = ET.fromstring(junit([FOUND, WARNED], [FILE, "a&b.yaml"], "vi"))  # noqa: S314 - our own output
    assert suite.attrib["failures"] == "1"
    assert [case.attrib["name"] for case in suite] == [FILE, "a&b.yaml"]
    assert [len(case) for case in suite] == [1, 0]


PLACE = {
    "type": "object",
    "required": ["line", "column", "byte"],
    "additionalProperties": False,
    "properties": {name: {"type": "integer", "minimum": 1} for name in ("line", "column", "byte")},
}
RANGE = {"type": "object", "required": ["start", "end"], "properties": {"start": PLACE, "end": PLACE}}
BOTH = {
    "type": "object",
    "required": ["vi", "en"],
    "additionalProperties": False,
    "properties": {lang: {"type": "string", "minLength": 1} for lang in ("vi", "en")},
}
#: The JSON that `check` answers with, as far as others build on it.
ANSWER = {
    "type": "object",
    "required": ["format_version", "ok", "summary", "diagnostics"],
    "properties": {
        "format_version": {"const": "1.0"},
        "ok": {"type": "boolean"},
        "summary": {
            "type": "object",
            "required": ["error", "warning", "hint", "fixable"],
            "additionalProperties": {"type": "integer", "minimum": 0},
        },
        "diagnostics": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "severity", "file", "range", "message", "related", "url"],
                "properties": {
                    "code": {"pattern": r"^QT\d{3}$"},
                    "severity": {"enum": ["error", "warning", "hint"]},
                    "range": RANGE,
                    "message": BOTH,
                    "label": BOTH,
                    "help": BOTH,
                    "notes": {"type": "array", "items": BOTH},
                    "counterexample": {"type": "array", "items": {"type": "object", "required": ["step", "outcome"]}},
                    "goes_wrong": {"type": "object", "required": ["at", "what"]},
                },
            },
        },
    },
}
REGION = {
    "type": "object",
    "required": ["startLine", "startColumn", "endLine", "endColumn"],
    "additionalProperties": {"type": "integer", "minimum": 1},
}
PHYSICAL = {
    "type": "object",
    "required": ["artifactLocation", "region"],
    "properties": {
        "region": REGION,
        "artifactLocation": {"required": ["uri"], "properties": {"uri": {"pattern": r"^[\x21-\x7e]+$"}}},
    },
}
TEXT_ONLY = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
#: What SARIF 2.1.0 demands of what we write (sections 3.13, 3.14, 3.27 and 3.49 of the standard).
SARIF = {
    "type": "object",
    "required": ["version", "runs", "$schema"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool", "results", "columnKind"],
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "tool": {
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "required": ["name", "rules"],
                                "properties": {
                                    "rules": {
                                        "items": {
                                            "required": ["id"],
                                            "properties": {"shortDescription": TEXT_ONLY, "fullDescription": TEXT_ONLY},
                                        },
                                        "uniqueItems": True,
                                    }
                                },
                            }
                        },
                    },
                    "results": {
                        "items": {
                            "required": ["ruleId", "level", "message", "locations"],
                            "properties": {
                                "level": {"enum": ["error", "warning", "note", "none"]},
                                "message": TEXT_ONLY,
                                "locations": {"items": {"properties": {"physicalLocation": PHYSICAL}}, "minItems": 1},
                                "relatedLocations": {"items": {"required": ["physicalLocation", "message"]}},
                                "fixes": {"items": {"required": ["artifactChanges"]}},
                            },
                        }
                    },
                },
            },
        },
    },
}
COMMAND = re.compile(
    r"::(error|warning|notice) file=[^,:]+,line=\d+,endLine=\d+,col=\d+,endColumn=\d+,title=QT\d{3}::\S.*"
)


@pytest.mark.parametrize("case", [*ALL, *FLOW], ids=lambda case: case.name)
def test_every_form_is_what_its_readers_take(case: Broken) -> None:
    found = examine(load_text(case.text, "hỏng.yaml"))
    text = case.text if isinstance(case.text, str) else ""
    Draft202012Validator(ANSWER).validate(as_json(found, {"hỏng.yaml": text}))
    languages: tuple[Lang, ...] = ("vi", "en")
    for lang in languages:
        told = json.loads(sarif(found, lang))
        Draft202012Validator(SARIF).validate(told)
        rules = {rule["id"] for rule in told["runs"][0]["tool"]["driver"]["rules"]}
        assert {result["ruleId"] for result in told["runs"][0]["results"]} == rules
        assert all(COMMAND.fullmatch(line) for line in github(found, lang).split("\n"))
        assert len(github(found, lang).split("\n")) == len(concise(found, lang).split("\n")) == len(found)
        suite = ET.fromstring(junit(found, ["hỏng.yaml"], lang))  # noqa: S314 - our own output
        assert (suite.get("tests"), suite.get("failures")) == ("1", "1" if errors(found) else "0")
        assert len(list(suite.iter("failure"))) == len(errors(found))
