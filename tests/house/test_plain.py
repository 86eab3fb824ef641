"""Nothing is left half-done or half-written: no stand-ins, no stray prints, text in one form."""

import ast
import re
import unicodedata
from collections.abc import Iterator

import pytest

from tests.house.tree import Source, modules, said, texts

UNFINISHED = re.compile(
    r"\b(TODO|FIXME|XXX|HACK|NotImplementedError|NotImplemented|TBD)\b|\bplaceholder\b(?!=)|(?i:lorem ipsum)"
)
#: These name what they forbid.
SPEAKS_OF_IT = ("tests/house/", "CONTRIBUTING.md", "pyproject.toml", "uv.lock")


def unfinished(path: str, text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), 1):
        if found := UNFINISHED.search(line):
            yield f"{path}:{number}: {found.group()}"


def empty_bodies(source: Source) -> Iterator[str]:
    """Functions whose body is `...` or `pass` alone, outside protocols, abstract methods and overloads."""
    for owner in source.nodes(ast.ClassDef, ast.Module):
        protocol = isinstance(owner, ast.ClassDef) and any("Protocol" in ast.unparse(base) for base in owner.bases)
        for node in () if protocol else getattr(owner, "body", ()):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if any("abstract" in ast.unparse(mark) or "overload" in ast.unparse(mark) for mark in node.decorator_list):
                continue
            last = [line for line in node.body if not (isinstance(line, ast.Expr) and is_text(line.value))]
            if all(isinstance(line, ast.Pass) or ast.unparse(line) == "..." for line in last) and last:
                yield f"{source.at(node)} {node.name}"


def is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def printing(source: Source) -> Iterator[str]:
    for node in source.nodes(ast.Call):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            yield source.at(node)


def test_nothing_says_that_it_is_unfinished() -> None:
    said(
        fault
        for path, content in texts().items()
        if not path.startswith(SPEAKS_OF_IT)
        for fault in unfinished(path, content.decode())
    )


def test_no_function_is_empty() -> None:
    said(fault for source in modules() for fault in empty_bodies(source))


def test_only_the_command_line_and_the_benchmarks_print() -> None:
    said(place for source in modules() if source.package != "cli" for place in printing(source))


@pytest.mark.parametrize("line", ["# TODO: later", "raise NotImplementedError", "x = 1  # a placeholder for now"])
def test_an_unfinished_line_is_seen(line: str) -> None:
    assert list(unfinished("m.py", line))


def test_an_attribute_of_a_form_is_not_taken_for_unfinished() -> None:
    assert not list(unfinished("m.html", '<input placeholder="dd/MM/yyyy">'))


def test_an_empty_function_and_a_print_are_seen() -> None:
    source = Source("m.py", 'class A:\n    def f(self):\n        """Later."""\n        ...\n\nprint("x")\n')
    assert list(empty_bodies(source)) == ["m.py:2 f"]
    assert list(printing(source)) == ["m.py:6"]


def test_text_and_names_of_files_are_utf8_in_composed_form() -> None:
    said(path for path, content in texts().items() if not unicodedata.is_normalized("NFC", path + content.decode()))


def test_lines_end_in_the_way_of_unix_and_the_last_one_ends() -> None:
    ours = {path: content for path, content in texts().items() if not path.startswith("tests/") and content}
    said(path for path, content in ours.items() if b"\r" in content or not content.endswith(b"\n"))


def test_yaml_has_no_tabs() -> None:
    said(path for path, content in texts().items() if path.endswith((".yaml", ".yml")) and b"\t" in content)
