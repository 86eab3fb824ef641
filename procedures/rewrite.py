"""Writing a definition again: only the characters that must change, comments and spacing kept."""

import re
from collections.abc import Iterable, Iterator

from procedures.finding import Edit, Span
from procedures.grammar import GRAMMAR, Shape
from procedures.source import Node, read, untabbed
from procedures.text import legible
from procedures.vocabulary import key, lookup, told_by
from procedures.words import Lang

_LINE_END = re.compile(r"\r\n|\r|\n")


def format_text(text: str) -> str:
    """Return the text in its house form; doing it twice is doing it once.

    As `legible` returns it, without tabs to indent and blanks at the end of lines, and with one newline at the end.
    """
    plain = legible(text.replace("\ufeff", "")) or ""
    typed = plain.split("\n")
    blanks = untabbed(typed)
    for at, width in blanks.items():
        typed[at - 1] = " " * width + typed[at - 1].lstrip(" \t")
    return "\n".join(line.rstrip() for line in typed).strip("\n") + "\n"


def switch_keys(text: str, to: Lang) -> str:
    """Return the definition with its keys in the other vocabulary; there and back again is the same to the byte.

    Comments, spacing, line ends and a byte order mark stay. A file that cannot be read, or whose keys are in `to`
    already, comes back as it is.
    """
    node, _ = read(text, "")
    clean = legible(text)
    if node is None or not node.entries or clean is None:
        return text
    lang = told_by(node.entries[0][0].text)
    if lang is None or lang == to:
        return text
    lines = clean.split("\n")
    edits = [
        Edit(name.span, _as_written(new, name, lines)) for name, new in _renamed(node, Shape(block="root"), lang, to)
    ]
    return _with_line_ends(apply_edits(clean, edits), text)


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return the text as `legible` returns it, with the edits made; of edits that overlap the first one wins.

    Raises ValueError for an edit that lies outside the text.
    """
    clean = legible(text) or ""
    starts = [0]
    for line in clean.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    made: list[str] = []
    done = 0
    for start, end, new in sorted((*_offsets(edit.span, starts), edit.text) for edit in edits):
        if start >= done:
            made += [clean[done:start], new]
            done = end
    return "".join([*made, clean[done:]])


def _offsets(span: Span, starts: list[int]) -> tuple[int, int]:
    if span.end_line >= len(starts):
        raise ValueError(span)
    return starts[span.line - 1] + span.column - 1, starts[span.end_line - 1] + span.end_column - 1


def _as_written(new: str, name: Node, lines: list[str]) -> str:
    """Return the new key in the quotes of the old one."""
    quote = lines[name.span.line - 1][name.span.column - 1] if name.quoted else ""
    return f"{quote}{new}{quote}"


def _with_line_ends(clean: str, raw: str) -> str:
    """Return a text with the line ends and the byte order mark of another that has as many lines."""
    ends = [*_LINE_END.findall(raw), ""]
    marks = raw[: len(raw) - len(raw.lstrip("\ufeff"))]
    return marks + "".join(f"{line}{end}" for line, end in zip(clean.split("\n"), ends, strict=True))


def _renamed(node: Node, shape: Shape, lang: Lang, to: Lang) -> Iterator[tuple[Node, str]]:
    if node.kind == "list" and shape.items is not None:
        for item in node.items:
            yield from _renamed(item, shape.items, lang, to)
    elif node.kind == "map" and shape.block is not None:
        yield from _renamed_block(node, shape.block, lang, to)
    elif node.kind == "map" and shape.names is not None:
        for _, value in node.entries:
            yield from _renamed(value, shape.names, lang, to)


def _renamed_block(node: Node, container: str, lang: Lang, to: Lang) -> Iterator[tuple[Node, str]]:
    for name, value in node.entries:
        word = lookup(container, name.text, lang)
        if word is not None:
            yield name, key(container, word.id, to)
            yield from _renamed(value, GRAMMAR[container].get(word.id, Shape()), lang, to)
