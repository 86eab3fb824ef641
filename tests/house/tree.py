"""The tree as the house tests read it: our own files, modules parsed once."""

import ast
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("procedures", "engine", "quality", "visualize", "workflows", "web", "cli")
TEXT = {
    ".py",
    ".md",
    ".yaml",
    ".yml",
    ".toml",
    ".po",
    ".csv",
    ".css",
    ".js",
    ".html",
    ".j2",
    ".svg",
    ".txt",
    ".json",
    "",
}
#: Folders that hold nothing of ours: environments, caches, what programs make.
_NOT_OURS = {".git", ".venv", ".venv-tools", "__pycache__", "node_modules", "build", "dist", ".hypothesis"}


@dataclass(frozen=True)
class Source:
    """One module: where it is (with forward slashes, from the root) and what it says."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @property
    def package(self) -> str:
        return self.path.split("/")[0]

    def at(self, node: ast.AST) -> str:
        return f"{self.path}:{getattr(node, 'lineno', 1)}"

    @cached_property
    def walked(self) -> list[ast.AST]:
        return list(ast.walk(self.tree))

    def nodes(self, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
        return (node for node in self.walked if isinstance(node, kinds))


def _files() -> Iterator[Path]:
    for folder, folders, files in os.walk(ROOT):
        made = _NOT_OURS | ({"demo"} if Path(folder) == ROOT else set())
        folders[:] = [name for name in folders if name not in made and not name.endswith("_cache")]
        paths = (Path(folder) / name for name in files)
        yield from (path for path in paths if path.suffix in TEXT and not path.is_symlink())


@cache
def texts() -> dict[str, bytes]:
    """Every text file of the checkout, by its path from the root."""
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in sorted(_files())}


@cache
def modules(*folders: str) -> tuple[Source, ...]:
    """The modules under the folders; our packages when none is named."""
    wanted = folders or PACKAGES
    return tuple(_module(path) for path in texts() if path.endswith(".py") and path.split("/")[0] in wanted)


@cache
def _module(path: str) -> Source:
    return Source(path, texts()[path].decode())


def said(faults: Iterable[str]) -> None:
    """Fail with all the faults at once, one a line."""
    listed = sorted(faults)
    if listed:
        pytest.fail(f"{len(listed)} faults:\n" + "\n".join(listed), pytrace=False)
