"""The one door to YAML: text becomes nodes that know their place; whatever plain words cannot mean is refused."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

import yaml

from procedures.finding import Edit, Finding, Related, Severity, Span
from procedures.text import nfc
from procedures.words import Words, say

#: Limits of a definition file; the largest real one is a hundredth of them.
MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_NODES = 20_000

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_TAB_INDENT = re.compile(r"^( *)\t[\t ]*", re.MULTILINE)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of a file with its place: a text, a list, or a map. Every scalar is text."""

    kind: Literal["text", "list", "map"]
    span: Span
    text: str = ""
    items: tuple["Node", ...] = ()
    entries: tuple[tuple["Node", "Node"], ...] = ()
    quoted: bool = False

    def get(self, key: str) -> "Node | None":
        """Return the value under a key, if there is one."""
        return next((value for name, value in self.entries if name.text == key), None)

    def part(self, start: int, end: int) -> Span:
        """Return the place of characters `start` to `end` of a one-line text; of the whole for others."""
        if self.kind != "text" or self.span.line != self.span.end_line:
            return self.span
        first = self.span.column + start + (1 if self.quoted else 0)
        last = self.span.column + end + (1 if self.quoted else 0)
        return Span(self.span.file, self.span.line, first, self.span.line, max(last, first + 1))


class _Mark(Protocol):
    line: int
    column: int


class _Refused(Exception):  # noqa: N818 - it carries one finding out of the walk
    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def read_file(path: Path, root: Path) -> tuple[Node | None, list[Finding]]:
    """Read a file; findings name it relative to `root`."""
    name = nfc(path.relative_to(root).as_posix())
    if path.stat().st_size > MAX_BYTES:
        return None, [_too_big(name)]
    return read(path.read_bytes(), name)


def read(text: str | bytes, file: str) -> tuple[Node | None, list[Finding]]:
    """Return the nodes of a definition, or None and why it cannot be read. Positions are over NFC text."""
    size = len(text) if isinstance(text, bytes) else len(text.encode(errors="surrogatepass"))
    if size > MAX_BYTES:
        return None, [_too_big(file)]
    decoded = _decoded(text, file)
    if isinstance(decoded, Finding):
        return None, [decoded]
    clean = nfc(decoded.removeprefix("\ufeff")).replace("\r\n", "\n")
    faults = list(_plain_faults(clean, file))
    return (None, faults) if faults else _composed(clean, file)


def _composed(clean: str, file: str) -> tuple[Node | None, list[Finding]]:
    try:
        walker = _Walker(clean, file)
        node = walker.document()
    except _Refused as refused:
        return None, [refused.finding]
    except yaml.MarkedYAMLError as error:
        return None, [_syntax(error, clean, file)]
    except yaml.YAMLError:
        return None, [_fault("QT002", _whole(clean, file), say("the file is not readable YAML"))]
    if node is None:
        return None, [_fault("QT009", _whole(clean, file), say("the file is empty"))]
    return (None, walker.faults) if walker.faults else (node, [])


class _Walker:
    """Builds nodes from the events of the C parser."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.lines = text.split("\n")
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)
        self.count = 0
        self.faults: list[Finding] = []

    def document(self) -> Node | None:
        node: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if node is not None:
                    raise _Refused(
                        self.fault(
                            "QT006",
                            event,
                            say("a second document begins here"),
                            help=say("keep one procedure in a file; remove the line ---"),
                        )
                    )
                node = self.node(next(self.events), 0)
        return node

    def node(self, event: yaml.Event, depth: int) -> Node:
        self.count += 1
        if depth > MAX_DEPTH:
            raise _Refused(self.fault("QT008", event, say("nested more than {limit} levels deep", limit=MAX_DEPTH)))
        if self.count > MAX_NODES:
            raise _Refused(self.fault("QT008", event, say("more than {limit} entries in one file", limit=MAX_NODES)))
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(
                self.fault(
                    "QT007",
                    event,
                    say("anchors and aliases (& and *) are not allowed"),
                    help=say("write the value again in full"),
                )
            )
        if getattr(event, "tag", None):
            raise _Refused(
                self.fault(
                    "QT007", event, say("tags (!) are not allowed"), help=say("remove the word that begins with !")
                )
            )
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        return self.sequence(event, depth) if isinstance(event, yaml.SequenceStartEvent) else self.mapping(event, depth)

    def scalar(self, event: yaml.ScalarEvent) -> Node:
        if event.style == ">":
            raise _Refused(
                self.fault(
                    "QT003",
                    event,
                    say("YAML reads a “>” at the beginning as the start of a paragraph"),
                    help=say("write it in words:  ít nhất 95%"),
                )
            )
        return Node(
            "text",
            self.span(event, event),
            text=event.value.strip() if event.style is None else event.value,
            quoted=event.style in {"'", '"'},
        )

    def sequence(self, start: yaml.Event, depth: int) -> Node:
        items: list[Node] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                return Node("list", self.around(start, event, items), items=tuple(items))
            items.append(self.node(event, depth + 1))
        raise _Refused(self.fault("QT002", start, say("the list is not closed")))

    def mapping(self, start: yaml.Event, depth: int) -> Node:
        entries: list[tuple[Node, Node]] = []
        seen: dict[str, Node] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                ends = [value for _, value in entries]
                return Node("map", self.around(start, event, ends), entries=tuple(entries))
            key = self.node(event, depth + 1)
            if key.kind != "text":
                raise _Refused(_fault("QT002", key.span, say("a name must be plain text")))
            value = self.node(next(self.events), depth + 1)
            if key.text in seen:
                self.faults.append(self.twice(key, seen[key.text]))
            seen[key.text] = key
            entries.append((key, value))
        raise _Refused(self.fault("QT002", start, say("the map is not closed")))

    def twice(self, key: Node, first: Node) -> Finding:
        return Finding(
            "QT004",
            Severity.ERROR,
            say("“{name}” is written twice", name=key.text),
            key.span,
            label=say("the second time, line {line}", line=key.span.line),
            help=say("keep one; the first is on line {line}", line=first.span.line),
            related=(Related(first.span, say("the first time")),),
        )

    def around(self, start: yaml.Event, end: yaml.Event, parts: list[Node]) -> Span:
        if getattr(start, "flow_style", False) or not parts:
            return self.span(start, end)
        first, last = _mark(start.start_mark), parts[-1].span
        return Span(self.file, first.line + 1, first.column + 1, last.end_line, last.end_column)

    def span(self, start: yaml.Event, end: yaml.Event) -> Span:
        a, b = _mark(start.start_mark), _mark(end.end_mark)
        line, column = b.line, b.column
        while line > a.line and not self.lines[line][:column].strip():
            line -= 1
            column = len(self.lines[line].rstrip())
        return Span(
            self.file, a.line + 1, a.column + 1, line + 1, max(column + 1, a.column + 2 if line == a.line else 1)
        )

    def fault(self, code: str, event: yaml.Event, words: Words, help: Words | None = None) -> Finding:  # noqa: A002
        return _fault(code, self.span(event, event), words, help)


def _mark(mark: "_Mark | None") -> "_Mark":
    if mark is None:  # the parser marks every event of a text; its stubs do not say so
        raise yaml.YAMLError
    return mark


def _decoded(text: str | bytes, file: str) -> str | Finding:
    if isinstance(text, str):
        return text
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        column = len(text[text.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "replace")) + 1
        return _fault(
            "QT001",
            Span(file, line, column, line, column + 1),
            say("the file is not in UTF-8"),
            say("save it again with the encoding UTF-8"),
        )


def _plain_faults(text: str, file: str) -> Iterator[Finding]:
    found = _CONTROL.search(text)
    if found:
        yield _fault(
            "QT001",
            _at(text, file, found.start(), found.end()),
            say("a control character that nobody can see"),
            say("delete it and type the place again"),
        )
    for tab in _TAB_INDENT.finditer(text):
        span = _at(text, file, tab.start(), tab.end())
        spaces = tab.group().replace("\t", "  ")
        yield Finding(
            "QT005",
            Severity.ERROR,
            say("the Tab key was used to indent"),
            span,
            help=say("use 2 spaces instead; quytrinh fmt mends the whole file"),
            fix=(Edit(span, spaces),),
        )


def _syntax(error: yaml.MarkedYAMLError, text: str, file: str) -> Finding:
    mark = error.problem_mark or error.context_mark
    lines = text.split("\n")
    line = min(mark.line if mark else 0, len(lines) - 1)
    column = min(mark.column if mark else 0, len(lines[line]))
    span = Span(file, line + 1, column + 1, line + 1, column + 2)
    written = lines[line].strip()
    if re.search(r":\s*>", written) or (error.context and "block scalar" in error.context):
        return _fault(
            "QT003",
            span,
            say("YAML reads a “>” at the beginning as the start of a paragraph"),
            say("write it in words:  ít nhất 95%"),
        )
    problem = f"{error.context or ''} {error.problem or ''}"
    return _fault("QT002", span, *_plain_words(problem))


def _plain_words(problem: str) -> tuple[Words, Words]:
    if "mapping values are not allowed" in problem:
        return say("a second colon on one line"), say(
            "put the value in quotes, or move it to a line of its own, indented further"
        )
    if "could not find expected ':'" in problem or "simple key" in problem:
        return say("a colon is missing after the name"), say("write it as  name: value")
    if "quoted scalar" in problem or "end of stream" in problem:
        return say("a quotation mark is opened and never closed"), say("close it, or remove it")
    if "flow sequence" in problem or "flow mapping" in problem:
        return say("a bracket is opened and not closed properly"), say(
            "write it as  [a, b]  or put each entry on a line of its own with  -"
        )
    if "cannot start any token" in problem:
        return say("no value may begin with this character"), say("put the value in quotes")
    return say("the indentation does not fit the lines above"), say(
        "give entries of one level the same number of spaces"
    )


def _too_big(file: str) -> Finding:
    return _fault(
        "QT008",
        Span(file, 1, 1, 1, 2),
        say("the file is larger than {limit} bytes", limit=MAX_BYTES),
        say("a definition is a few pages; look whether this is the right file"),
    )


def _fault(code: str, span: Span, words: Words, help: Words | None = None) -> Finding:  # noqa: A002
    return Finding(code, Severity.ERROR, words, span, help=help)


def _whole(text: str, file: str) -> Span:
    lines = text.split("\n")
    return Span(file, 1, 1, len(lines), len(lines[-1]) + 1)


def _at(text: str, file: str, start: int, end: int) -> Span:
    line = text.count("\n", 0, start) + 1
    column = start - (text.rfind("\n", 0, start) + 1) + 1
    return Span(file, line, column, line, column + end - start)
