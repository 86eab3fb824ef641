"""The text of a Python definition is looked at before a line of it runs."""

import ast
from collections.abc import Iterator, Sequence

from procedures.python import doors
from procedures.python.spots import Place, place_of

#: Nodes of the syntax tree; a real definition has a tenth of them.
MAX_NODES = 50_000


class Unwanted(Exception):  # noqa: N818 - it carries one answer out of the look
    """A text that is not run: the door it would knock at, the words that do, and where."""

    def __init__(self, door: str, what: str, place: Place) -> None:
        super().__init__(door)
        self.told = {"door": door, "what": what, "place": place}


def look(tree: ast.Module, lines: Sequence[bytes], given: frozenset[str]) -> None:
    """Raise Unwanted at the first thing in the text that a definition may not hold; `given` is what it may import."""
    found = [one for number, node in enumerate(ast.walk(tree)) for one in _faults(node, number, given)]
    if found:
        door, what, node = min(found, key=lambda one: place_of(one[2], lines))
        raise Unwanted(door, what, place_of(node, lines))


def _faults(node: ast.AST, number: int, given: frozenset[str]) -> Iterator[tuple[str, str, ast.AST]]:
    if number > MAX_NODES:
        yield "output", "", node
    elif isinstance(node, ast.Import):
        yield from ((doors.of_module(a.name), a.name, node) for a in node.names if a.name not in doors.ALLOWED)
    elif isinstance(node, ast.ImportFrom):
        yield from _imported(node, given)
    elif isinstance(node, ast.Name) and (node.id in doors.CLOSED or _private(node.id)):
        yield doors.CLOSED.get(node.id, "inside"), node.id, node
    elif isinstance(node, ast.Attribute) and (node.attr in doors.INSIDE or _private(node.attr)):
        yield "inside", node.attr, node
    elif isinstance(node, ast.MatchClass):
        yield from (("inside", name, node) for name in node.kwd_attrs)
    elif isinstance(node, ast.Dict):
        yield from _twice(node)


def _imported(node: ast.ImportFrom, given: frozenset[str]) -> Iterator[tuple[str, str, ast.AST]]:
    module = node.module or "."
    if node.level or module not in doors.ALLOWED:
        yield doors.of_module(module), module, node
    elif module == "procedures":
        yield from (("import", f"procedures.{a.name}", node) for a in node.names if a.name not in given)
    else:
        yield from (("inside", a.name, node) for a in node.names if _private(a.name))


def _private(name: str) -> bool:
    return name.startswith("_") and name.strip("_") != ""


def _twice(node: ast.Dict) -> Iterator[tuple[str, str, ast.AST]]:
    seen: set[object] = set()
    for key in node.keys:
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            if key.value in seen:
                yield "twice", key.value, key
            seen.add(key.value)
