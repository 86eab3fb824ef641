"""The nodes that a definition answers with: held to their form, their places, and the limits of any definition."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, ValidationError

from procedures.base import Model
from procedures.finding import Finding, Related, Severity, Span
from procedures.source import MAX_DEPTH, MAX_NODES, Node, unseen
from procedures.text import nfc
from procedures.words import Words, say

_Number = Annotated[int, Field(ge=1, le=10_000_000)]


class Told(Model):
    """A node as it crosses the pipe: its place, and one of a text, a list, or a map."""

    p: tuple[_Number, _Number, _Number, _Number]
    t: str | None = None
    l: "tuple[Told, ...] | None" = None  # noqa: E741 - as it is written on the pipe
    m: "tuple[tuple[Told, Told], ...] | None" = None


def told(answer: object) -> Told | None:
    """Return an answer in its form, or None."""
    try:
        return Told.model_validate(answer, strict=False)
    except (ValidationError, RecursionError):
        return None


class Nodes:
    """Makes nodes of one file; `findings` are what may not stand in any definition."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.lines = text.split("\n")
        self.count = 0
        self.findings: list[Finding] = []

    def node(self, one: Told, depth: int = 0) -> Node:
        """Return a node with everything below it."""
        self.count += 1
        span = self.span(one)
        if depth > MAX_DEPTH or self.count > MAX_NODES:
            self._fault("QT008", span, say("the definition holds more than a definition may hold"))
            return Node("text", span)
        if one.m is not None:
            return Node("map", span, entries=tuple(self._entries(one.m, depth)))
        if one.l is not None:
            return Node("list", span, items=tuple(self.node(item, depth + 1) for item in one.l))
        return self._text(one.t or "", span)

    def span(self, one: Told) -> Span:
        """Return the place of a node within the file."""
        line, column, end_line, end_column = one.p
        return Span(self.file, line, column, *max((end_line, end_column), (line, column + 1)))

    def _text(self, text: str, span: Span) -> Node:
        said = nfc(text.replace("\r\n", "\n").replace("\r", "\n")).strip()
        if unseen(said):
            self._fault("QT001", span, say("the text holds a sign that nobody can see"))
        return Node("text", span, text=said, quoted=self._shown(said, span))

    def _shown(self, text: str, span: Span) -> bool:
        """Tell whether exactly this text stands there in quotes, so that its letters can be pointed at."""
        if span.line != span.end_line or span.line > len(self.lines):
            return False
        return self.lines[span.line - 1][span.column - 1 : span.end_column - 1] in {f'"{text}"', f"'{text}'"}

    def _entries(self, pairs: tuple[tuple[Told, Told], ...], depth: int) -> Iterator[tuple[Node, Node]]:
        seen: dict[str, Node] = {}
        for name, value in pairs:
            key, node = self.node(name, depth + 1), self.node(value, depth + 1)
            if key.kind != "text" or not key.text or "\n" in key.text:
                self._fault("QT002", key.span, say("the name before the colon must be one line of text"))
            elif key.text in seen:
                first = Related(seen[key.text].span, say("the first time"))
                self._fault("QT004", key.span, say("“{name}” is written twice", name=key.text), first)
            else:
                seen[key.text] = key
                yield key, node

    def _fault(self, code: str, span: Span, words: Words, *related: Related) -> None:
        self.findings.append(Finding(code, Severity.ERROR, words, span, related=related))
