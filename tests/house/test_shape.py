"""Modules and functions stay small, and a module says in one sentence what it is."""

import ast
import re
from collections.abc import Iterator
from statistics import median

import pytest

from tests.house.tree import Source, modules, said

MODULE_LINES, MODULE_MEDIAN = 400, 120
FUNCTION_LINES, FUNCTION_MEDIAN = 50, 12


def sentence_fault(source: Source) -> str | None:
    text = ast.get_docstring(source.tree)
    if not text:
        return f"{source.path}: no docstring"
    if "\n\n" in text or re.search(r"[.!?…]\s+[A-ZÀ-Ỹ“]", text) or not text.endswith("."):
        return f"{source.path}: the docstring is not one sentence: {text[:80]!r}"
    return None


def lengths(source: Source) -> Iterator[tuple[str, int]]:
    """Each function or method with its lines from `def` to its end."""
    for node in source.nodes(ast.FunctionDef, ast.AsyncFunctionDef):
        assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        yield f"{source.at(node)} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def test_a_module_says_in_one_sentence_what_it_is() -> None:
    said(fault for source in modules(*modules_and_more()) if (fault := sentence_fault(source)))


def modules_and_more() -> tuple[str, ...]:
    return (*{source.package for source in modules()}, "benchmarks")


@pytest.mark.parametrize(
    "text", ["x = 1\n", '"""Two. Sentences."""', '"""No full stop"""', '"""A summary.\n\nAnd a story."""']
)
def test_what_is_not_one_sentence_is_seen(text: str) -> None:
    assert sentence_fault(Source("m.py", text))


def test_a_sentence_may_name_files_and_cover_two_lines() -> None:
    assert sentence_fault(Source("m.py", '"""What `a.py` reads, e.g. dates,\nand what it gives."""')) is None


def test_no_module_is_long() -> None:
    sizes = {source.path: source.text.count("\n") for source in modules()}
    said(f"{path}: {lines} lines, at most {MODULE_LINES}" for path, lines in sizes.items() if lines > MODULE_LINES)
    assert median(sizes.values()) <= MODULE_MEDIAN


def test_no_function_is_long() -> None:
    sizes = dict(pair for source in modules() for pair in lengths(source))
    said(f"{name}: {lines} lines, at most {FUNCTION_LINES}" for name, lines in sizes.items() if lines > FUNCTION_LINES)
    assert median(sizes.values()) <= FUNCTION_MEDIAN


def test_a_function_is_measured_from_def_to_its_end() -> None:
    assert dict(lengths(Source("m.py", "@dec\ndef f():\n    a\n    b\n\n\nx = 1\n"))) == {"m.py:2 f": 3}
