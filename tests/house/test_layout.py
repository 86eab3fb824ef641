"""What stands where: tests beside what they test, decisions short, paths that exist, scripts that run anywhere."""

import os
import re
import subprocess
from collections.abc import Iterator

import pytest

from tests.house.tree import PACKAGES, ROOT, said, texts

DECISION_LINES = 59
#: Tests about a folder as a whole, by the word for what they hold it to.
ABOUT_THE_WHOLE = {"crowding", "fuzzed", "killing", "any_procedure", "laws", "reference", "said"}
#: A path of ours in running text or in a link.
PATH = re.compile(
    r"(?<![\w./-])(?:docs|tests|procedures|engine|quality|visualize|workflows|web|cli)/[\w./-]*\.(?:md|py)\b"
)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)")
SCRIPTS = ("setup", "run", "test", ".ci/run")


def without_a_partner(paths: set[str]) -> Iterator[str]:
    """Test files of a package that has no module or folder of that name."""
    for path in paths:
        if match := re.fullmatch(rf"tests/((?:{'|'.join(PACKAGES)})(?:/\w+)*)/test_(\w+)\.py", path):
            partner = f"{match[1]}/{match[2]}"
            if match[2] in ABOUT_THE_WHOLE:
                partner = match[1]
            if f"{partner}.py" not in paths and f"{partner}/__init__.py" not in paths:
                yield f"{path}: there is no {partner}.py"


def test_tests_stand_beside_what_they_test() -> None:
    said(without_a_partner(set(texts())))


def test_a_test_without_a_partner_is_seen() -> None:
    paths = {
        "engine/decide.py",
        "engine/stores/__init__.py",
        "tests/engine/test_decide.py",
        "tests/engine/test_stores.py",
    }
    assert not list(without_a_partner(paths))
    assert list(without_a_partner(paths | {"tests/engine/test_decided.py"}))


def decisions() -> list[str]:
    return [path for path in texts() if path.startswith("docs/decisions/") and path.endswith(".md")]


def test_a_decision_is_short() -> None:
    lengths = {path: texts()[path].count(b"\n") for path in decisions()}
    said(
        f"{path}: {lines} lines, at most {DECISION_LINES}" for path, lines in lengths.items() if lines > DECISION_LINES
    )


def test_decisions_are_numbered_without_gaps_and_have_their_four_parts() -> None:
    numbers = [re.match(r"docs/decisions/(\d{4})-[a-z0-9-]+\.md", path) for path in decisions()]
    assert [int(match[1]) for match in numbers if match] == list(range(1, len(decisions()) + 1))
    parts = ("## Context", "## Decision", "## Consequences", "## What would change our mind")
    said(f"{path}: no “{part}”" for path in decisions() for part in parts if part not in texts()[path].decode())


def dangling(path: str, text: str) -> Iterator[str]:
    """Paths that a text names and that are not there; links are read from where the text stands."""
    for name in PATH.findall(text):
        if not (ROOT / name).exists():
            yield f"{path} names {name}"
    if path.endswith(".md"):
        for target in LINK.findall(text):
            if not ((ROOT / path).parent / target).exists():
                yield f"{path} links to {target}"


def test_every_path_that_we_name_exists() -> None:
    said(
        fault
        for path, content in texts().items()
        if path.endswith((".md", ".toml", ".py")) and not path.startswith("tests/house/")
        for fault in dangling(path, content.decode())
    )


def test_a_name_that_leads_nowhere_is_seen() -> None:
    assert list(dangling("docs/x.md", "see docs/nothing.md")) == ["docs/x.md names docs/nothing.md"]
    assert list(dangling("docs/x.md", "[see](nothing.md#part)")) == ["docs/x.md links to nothing.md"]


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_is_executable_and_plain_sh(script: str) -> None:
    text = (ROOT / script).read_text("utf-8")
    assert text.startswith("#!/bin/sh\n")
    assert "set -eu" in text
    assert os.access(ROOT / script, os.X_OK)
    read = subprocess.run(["sh", "-n", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (read.returncode, read.stderr) == (0, "")


def test_a_wrong_argument_of_setup_is_refused_before_anything_is_done() -> None:
    done = subprocess.run(["./setup", "--everything"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "./setup [--dev]" in done.stderr
