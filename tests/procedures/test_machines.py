import json
import unicodedata
from xml.etree import ElementTree as ET

from procedures.finding import Edit, Finding, Related, Severity, Span
from procedures.machines import as_json, github, junit, sarif
from procedures.words import say

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
