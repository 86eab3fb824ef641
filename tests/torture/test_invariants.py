"""Every invariant is named with the tests that hold it, and every test that is named is there."""

import re

from tests.house.tree import ROOT, said
from tests.torture.figures import FIGURES

TEXT = (ROOT / "docs" / "reliability.md").read_text("utf-8")
ROWS = dict(re.findall(r"(?m)^\| (I\d+) \|[^|]*\|(.*)\|$", TEXT))
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def missing(held_by: str) -> list[str]:
    """Return what is named and is not there."""
    found = []
    for path, test in NAMED.findall(held_by):
        text = (ROOT / path).read_text("utf-8") if (ROOT / path).exists() else ""
        if not text or (test and f"\ndef {test}(" not in text):
            found.append(f"{path}::{test}")
    return found


def test_every_invariant_names_tests_that_are_there() -> None:
    assert list(ROWS) == [f"I{number}" for number in range(1, 33)]
    said(f"{name} names no test" for name, held_by in ROWS.items() if not NAMED.search(held_by))
    said(f"{name}: there is no {test}" for name, held_by in ROWS.items() for test in missing(held_by))


def test_a_test_that_is_not_there_is_seen() -> None:
    assert missing("`tests/engine/test_handle.py::test_nothing_of_the_kind`")
    assert missing("`tests/engine/" + "test_of_nothing.py`")
    assert not missing("`tests/torture/test_invariants.py::test_a_test_that_is_not_there_is_seen`")


def test_every_figure_is_told() -> None:
    said(f"{name} is not in docs/reliability.md" for name in FIGURES if f"| {name} |" not in TEXT)
