"""What is said to be looked for is what the sweep and the engine really record."""

import ast
from pathlib import Path

import quality
from procedures.breaches import WATCHED
from procedures.reading.policy import BREACHES

#: Modules that only name every kind, to show or count it.
TABLES = {"conduct.py", "candidate.py", "policy.py"}


def test_the_kinds_that_are_watched_are_those_that_the_quality_system_records() -> None:
    folder = Path(quality.__file__).parent
    named = {
        node.value
        for path in folder.rglob("*.py")
        if path.name not in TABLES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert named & set(BREACHES.values()) == WATCHED
