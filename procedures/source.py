"""The one door to YAML: text becomes nodes that know their place; whatever plain words cannot mean is refused."""

import re
import stat
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

import yaml

from procedures.finding import Edit, Finding, Related, Severity, Span
from procedures.syntax import Trouble, comparison, explain, quoting
from procedures.text import legible, nfc
from procedures.words import Words, say

#: Limits of a definition file; the largest real one is a hundredth of them.
MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_NODES = 20_000

#: What nobody can see: controls, joiners, marks of writing direction, half letters, and the sign of a lost letter.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\uffff\U000e0000-\U000e0fff\ud800-\udfff]"
)
_LOST = "\ufffd"
_TAB_INDENT = re.compile(r"^( *\t[ \t]*)(?=\S)", re.MULTILINE)
_EMPTY_LINE = re.compile(r"^[ \t]+$", re.MULTILINE)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Node(NamedTuple):
    """A piece of a file with its place: a text, a list, or a map. Every scalar is text, a comment is nothing.

    A map holds each key once.
    """

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
        """Return the place of characters `start` to `end` of the text; of the whole where they cannot be told."""
        marks = 1 if self.quoted else 0
        span = self.span
        if span.line != span.end_line or span.end_column - span.column != len(self.text) + 2 * marks:
            return span
        first = span.column + marks + min(max(start, 0), max(len(self.text) - 1, 0))
        last = span.column + marks + min(end, len(self.text))
        return Span(span.file, span.line, first, span.line, max(last, first + 1))


class _Mark(Protocol):
    line: int
    column: int


class _Refused(Exception):  # noqa: N818 - it carries one finding out of the walk
    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def read_file(path: Path, root: Path) -> tuple[Node | None, list[Finding]]:
    """Read a file; findings name it relative to `root`. At most 1 MB is ever taken from the disk."""
    name = nfc(path.relative_to(root).as_posix())
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None, [_unopened(name, say("it is not a file"))]
        with path.open("rb") as file:
            return read(file.read(MAX_BYTES + 1), name)
    except OSError as error:
        return None, [_unopened(name, say("the system says: {reason}", reason=error.strerror or type(error).__name__))]


def read(text: str | bytes, file: str) -> tuple[Node | None, list[Finding]]:
    """Return the nodes of a definition and what is wrong with it; None when it cannot be read at all.

    `file` is the name that findings carry. Places are over the text as `legible` returns it.
    """
    size = len(text) if isinstance(text, bytes) else len(text.encode(errors="surrogatepass"))
    if size > MAX_BYTES:
        return None, [_too_big(file)]
    clean = legible(text)
    if clean is None:
        return None, [_not_utf8(text, file)]
    faults = _plain_faults(clean, file)
    return (None, faults) if faults else _composed(clean, file)


def unseen(text: str) -> bool:
    """Tell whether a text holds a sign that nobody can see, or one that was lost."""
    return _UNSEEN.search(text) is not None


def _composed(clean: str, file: str) -> tuple[Node | None, list[Finding]]:
    walker = _Walker(clean, file)
    try:
        node = walker.document()
    except _Refused as refused:
        return None, [refused.finding]
    except yaml.MarkedYAMLError as error:
        return None, [explain(_trouble(error, walker.lines), walker.lines, file)]
    except yaml.YAMLError:  # a sign outside YAML that we do not know by name
        return None, [_fault("QT001", _whole(clean, file), say("it holds a sign that no text may hold"))]
    if node is None or (node.kind == "text" and not node.text):
        help_ = say("begin with the line:  quy trình:")
        return None, [_fault("QT009", _whole(clean, file), say("the file is empty"), help_)]
    return (None, walker.faults) if walker.faults else (node, [])


class _Walker:
    """Builds nodes from the events of the C parser."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.lines = text.split("\n")
        blank = _EMPTY_LINE.sub(lambda found: " " * len(found[0]), text)
        self.next: Callable[[], yaml.Event | None] = _LOADER(blank).get_event
        self.count = 0
        self.faults: list[Finding] = []

    def document(self) -> Node | None:
        node: Node | None = None
        for event in iter(self.next, None):
            if isinstance(event, yaml.DocumentStartEvent):
                if node is not None:
                    help_ = say("keep one procedure in a file; remove the line ---")
                    raise self.refused("QT006", event, say("a second document begins here"), help_)
                if event.version or event.tags:
                    message = say("lines that begin with %, and lines after “...”, do not belong in a definition")
                    raise self.refused("QT006", event, message, say("remove the line"))
                node = self.node(self.next(), 0)
        return node

    def node(self, event: yaml.Event | None, depth: int) -> Node:
        self.count += 1
        if isinstance(event, yaml.ScalarEvent) and depth <= MAX_DEPTH and self.count <= MAX_NODES:
            return self.strange(event, depth) if event.anchor or event.tag else self.scalar(event)
        return self.strange(event, depth)

    def strange(self, event: yaml.Event | None, depth: int) -> Node:
        """Read what is no plain scalar, or refuse it."""
        if event is None:  # the end of the text
            raise yaml.YAMLError
        if depth > MAX_DEPTH:
            message = say("nested more than {limit} levels deep", limit=MAX_DEPTH)
            raise self.refused("QT008", event, message, say("a definition needs six levels; look for a slip above"))
        if self.count > MAX_NODES:
            message = say("more than {limit} entries in one file", limit=MAX_NODES)
            raise self.refused("QT008", event, message, say("split the procedure"))
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            help_ = say("write the value again in full; if the sign belongs to a text, put the text in quotes")
            raise self.refused("QT007", event, say("anchors and aliases (& and *) are not allowed"), help_)
        if getattr(event, "tag", None):
            help_ = say("remove the word that begins with !; if it belongs to a text, put the text in quotes")
            raise self.refused("QT007", event, say("tags (!) are not allowed"), help_)
        return self.sequence(event, depth) if isinstance(event, yaml.SequenceStartEvent) else self.mapping(event, depth)

    def scalar(self, event: yaml.ScalarEvent) -> Node:
        text, style, span = event.value, event.style, self.span(event, event)
        if style == '"':  # only here can signs be written that the text itself does not hold
            text = nfc(text)
            if _UNSEEN.search(text):
                raise _Refused(_fault("QT001", span, say("the text holds a sign that nobody can see"), _RETYPE))
        elif style in {"|", ">"}:  # what nobody sees at the end of a line is not said
            text = "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
            if style == ">" and not text.strip():
                raise _Refused(comparison(self.lines[span.line - 1], span.line - 1, span.column - 1, self.file))
        elif not style and text:
            if text[0] == "-":
                self.glued_dash(text, span)
            if span.end_line > span.line:
                self.swallowed(span)
        return Node("text", span, text, quoted=style in {"'", '"'})

    def glued_dash(self, text: str, span: Span) -> None:
        """Refuse a line of a list whose dash has no blank behind it: YAML takes the dash for a letter."""
        alone = not self.lines[span.line - 1][: span.column - 1].strip()
        if alone and re.match(r"-[^\W\d]", text):
            dash = Span(self.file, span.line, span.column, span.line, span.column + 1)
            message, help_ = say("a blank is missing after the dash"), say("write it as  - entry")
            raise _Refused(Finding("QT002", Severity.ERROR, message, dash, help=help_, fix=(Edit(dash, "- "),)))

    def swallowed(self, span: Span) -> None:
        """Refuse a list that YAML would take for the rest of the sentence above it."""
        for number in range(span.line, span.end_line):
            line = self.lines[number]
            if line.lstrip().startswith(("- ", "-\t")):
                start = len(line) - len(line.lstrip())
                place = Span(self.file, number + 1, start + 1, number + 1, len(line.rstrip()) + 1)
                message = say("this line has a dash, but the line above has its value already")
                help_ = say("empty the value on line {line}, or remove the dash", line=span.line)
                raise _Refused(_fault("QT002", place, message, help_))

    def sequence(self, start: yaml.Event, depth: int) -> Node:
        items: list[Node] = []
        for event in iter(self.next, None):
            if isinstance(event, yaml.SequenceEndEvent):
                return Node("list", self.around(start, event, items), items=tuple(items))
            items.append(self.node(event, depth + 1))
        raise self.refused("QT002", start, say("a bracket is opened and not closed properly"))

    def mapping(self, start: yaml.Event, depth: int) -> Node:
        entries: dict[str, tuple[Node, Node]] = {}
        last: list[Node] = []
        for event in iter(self.next, None):
            if isinstance(event, yaml.MappingEndEvent):
                return Node("map", self.around(start, event, last), entries=tuple(entries.values()))
            key = self.key(event, depth)
            value = self.node(self.next(), depth + 1)
            last = [value]
            if key.text in entries:
                self.faults.append(_twice(key, entries[key.text][0]))
            else:
                entries[key.text] = (key, value)
        raise self.refused("QT002", start, say("a bracket is opened and not closed properly"))

    def key(self, event: yaml.Event, depth: int) -> Node:
        key = self.node(event, depth + 1)
        if key.text == "<<":
            raise _Refused(_fault("QT007", key.span, say("“<<” is not allowed"), say("write the entries in full")))
        if key.kind != "text" or not key.text or key.span.line != key.span.end_line:
            message, help_ = say("the name before the colon must be one line of text"), say("write it as  name: value")
            raise _Refused(_fault("QT002", key.span, message, help_))
        return key

    def around(self, start: yaml.Event, end: yaml.Event, parts: Sequence[Node]) -> Span:
        if getattr(start, "flow_style", False) or not parts:
            return self.span(start, end)
        first, last = self.span(start, start), parts[-1].span
        return Span(self.file, first.line, first.column, last.end_line, last.end_column)

    def span(self, start: yaml.Event, end: yaml.Event) -> Span:
        begins, ends = start.start_mark, end.end_mark
        if begins is None or ends is None:
            raise yaml.YAMLError
        line = begins.line + 1
        if begins.line == ends.line < len(self.lines):  # nearly all of them
            before, after = begins.column + 1, ends.column + 1
            return Span(self.file, line, before, line, after if after > before else before + 1)
        first, before = _inside(begins, self.lines)
        line, column = _inside(ends, self.lines)
        while line > first and not self.lines[line][:column].strip():
            line -= 1
            column = len(self.lines[line].rstrip())
        least = before + 2 if line == first else 1
        return Span(self.file, first + 1, before + 1, line + 1, max(column + 1, least))

    def refused(self, code: str, event: yaml.Event, words: Words, help: Words | None = None) -> _Refused:  # noqa: A002
        span = self.span(event, event)
        # What begins with a star and reads on as a sentence was meant as text.
        meant = code == "QT007" and re.match(r"\*\S+ +\S", self.lines[span.line - 1][span.column - 1 :])
        fix = quoting(self.lines, self.file, span.line - 1) if meant else ()
        return _Refused(Finding(code, Severity.ERROR, words, span, help=help, fix=fix))


def _trouble(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> Trouble:
    places = [_inside(mark, lines) if mark else None for mark in (error.context_mark, error.problem_mark)]
    return Trouble(error.context or "", error.problem or "", places[0], places[1] or places[0] or (0, 0))


def _inside(mark: _Mark, lines: Sequence[str]) -> tuple[int, int]:
    """Return a place of the parser that lies in the text; it counts one line more at the end of a file."""
    if mark.line < len(lines):
        return mark.line, mark.column
    return len(lines) - 1, len(lines[-1])


def _plain_faults(text: str, file: str) -> list[Finding]:
    unseen, tabs = list(_UNSEEN.finditer(text)), list(_TAB_INDENT.finditer(text))
    return [*_unseen_fault(unseen, text, file), *_tab_fault(tabs, text, file)]


_RETYPE = say("delete it and type the place again")


def _unseen_fault(found: Sequence[re.Match[str]], text: str, file: str) -> Iterator[Finding]:
    if not found:
        return
    sign = found[0].group()
    message = (
        say("a letter was lost when the file was converted; “�” stands in its place")
        if sign == _LOST
        else say("a sign that nobody can see (U+{number})", number=f"{ord(sign):04X}")
    )
    spans = _places(found, text, file)
    fix = tuple(
        Edit(span, " " if one.group() in "\x0b\x0c\x85\u2028\u2029" else "")
        for span, one in zip(spans, found, strict=True)
    )
    note = (say("{count} such places in this file", count=len(found)),) if len(found) > 1 else ()
    sure = () if any(one.group() == _LOST for one in found) else fix
    yield Finding("QT001", Severity.ERROR, message, spans[0], help=_RETYPE, notes=note, fix=sure)


def _tab_fault(found: Sequence[re.Match[str]], text: str, file: str) -> Iterator[Finding]:
    if not found:
        return
    spans = _places(found, text, file)
    blanks = untabbed(text.split("\n"))
    fix = tuple(Edit(span, " " * blanks[span.line]) for span in spans)
    note = (say("{count} such places in this file", count=len(found)),) if len(found) > 1 else ()
    help_ = say("use 2 blanks instead; quytrinh fmt mends the whole file")
    yield Finding(
        "QT005", Severity.ERROR, say("the Tab key was used to indent"), spans[0], help=help_, notes=note, fix=fix
    )


def untabbed(lines: Sequence[str]) -> dict[int, int]:
    """Return how many blanks each line indented by tabs begins with: two a tab, and in line with its neighbours.

    A tab looks four columns wide or more, so one after lines indented by blanks stands level with them or deeper.
    """
    blanks: dict[int, int] = {}
    alike: dict[str, int] = {}
    above, opens = 0, False
    for number, line in enumerate(lines, 1):
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        width = len(indent.replace("\t", "  "))
        if "\t" not in indent:
            alike = alike if not line.strip() else {}
        elif indent in alike:
            width = alike[indent]
        elif opens and width <= above:
            width = above + 2
        elif not alike and width < above <= len(indent.replace("\t", "    ")):
            width = above
        if "\t" in indent:
            blanks[number] = alike[indent] = width
        if line.strip() and not line.lstrip().startswith("#"):
            above, opens = width, line.rstrip().endswith(":")
    return blanks


def _twice(key: Node, first: Node) -> Finding:
    return Finding(
        "QT004",
        Severity.ERROR,
        say("“{name}” is written twice", name=key.text),
        key.span,
        label=say("the second time"),
        help=say("keep one of the two, or give one another name"),
        related=(Related(first.span, say("the first time")),),
    )


def _not_utf8(text: str | bytes, file: str) -> Finding:
    raw = text if isinstance(text, bytes) else text.encode(errors="surrogatepass")
    try:
        raw.decode()
        start = 0
    except UnicodeDecodeError as error:
        start = error.start
    before = nfc(raw[:start].decode().lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return _fault(
        "QT001",
        Span(file, line, column, line, column + 1),
        say("the file is not in UTF-8"),
        say("open it in Notepad, choose “Save as”, and take the encoding UTF-8"),
    )


def _too_big(file: str) -> Finding:
    message = say("the file is larger than {limit} bytes", limit=MAX_BYTES)
    help_ = say("a definition is a few pages; look whether this is the right file")
    return _fault("QT008", Span(file, 1, 1, 1, 2), message, help_)


def _unopened(file: str, reason: Words) -> Finding:
    return _fault("QT010", Span(file, 1, 1, 1, 2), say("the file cannot be opened"), reason)


def _fault(code: str, span: Span, words: Words, help: Words | None = None) -> Finding:  # noqa: A002
    return Finding(code, Severity.ERROR, words, span, help=help)


def _whole(text: str, file: str) -> Span:
    lines = text.split("\n")
    return Span(file, 1, 1, len(lines), max(len(lines[-1]) + 1, 2 if len(lines) == 1 else 1))


def _places(found: Sequence[re.Match[str]], text: str, file: str) -> list[Span]:
    """Return where the matches stand, each within its line."""
    starts = [0, *(end.end() for end in re.finditer("\n", text))]
    spans = []
    for one in found:
        line = bisect_right(starts, one.start())
        column = one.start() - starts[line - 1] + 1
        spans.append(Span(file, line, column, line, column + one.end() - one.start()))
    return spans
