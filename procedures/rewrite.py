"""Writing a definition again: only the characters that must change, comments and spacing kept."""

import re
from collections.abc import Iterable, Iterator

from procedures.finding import Edit, Span
from procedures.grammar import GRAMMAR, Shape
from procedures.source import Node, read
from procedures.text import nfc
from procedures.vocabulary import key, lookup, told_by
from procedures.words import Lang

_TAB_INDENT = re.compile(r"^[ \t]*\t[ \t]*")


def format_text(text: str) -> str:
    """Return the text in its house form: NFC, LF, no tabs in the indentation, no trailing blanks, one last newline."""
    clean = nfc(text.removeprefix("\ufeff")).replace("\r\n", "\n").replace("\r", "\n")
    lines = (_TAB_INDENT.sub(lambda found: found.group().replace("\t", "  "), line).rstrip() for line in clean.split("\n"))
    return "\n".join(lines).strip("\n") + "\n"


def switch_keys(text: str, to: Lang) -> str:
    """Return the definition with its keys in the other vocabulary; there and back again is the same to the byte.

    A file that cannot be read, or whose keys are in `to` already, comes back as it is.
    """
    node, _ = read(text, "")
    if node is None or not node.entries:
        return text
    lang = told_by(node.entries[0][0].text)
    if lang is None or lang == to:
        return text
    return apply_edits(nfc(text), _renamed(node, Shape(block="root"), lang, to))


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with the edits made; of edits that overlap the first in the text wins."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    made: list[str] = []
    done = 0
    for start, end, new in sorted((*_offsets(edit.span, starts), edit.text) for edit in edits):
        if start >= done:
            made += [text[done:start], new]
            done = end
    return "".join([*made, text[done:]])


def _offsets(span: Span, starts: list[int]) -> tuple[int, int]:
    return starts[span.line - 1] + span.column - 1, starts[span.end_line - 1] + span.end_column - 1


def _renamed(node: Node, shape: Shape, lang: Lang, to: Lang) -> Iterator[Edit]:
    if node.kind == "list" and shape.items is not None:
        for item in node.items:
            yield from _renamed(item, shape.items, lang, to)
    elif node.kind == "map" and shape.block is not None:
        yield from _renamed_block(node, shape.block, lang, to)
    elif node.kind == "map" and shape.names is not None:
        for _, value in node.entries:
            yield from _renamed(value, shape.names, lang, to)


def _renamed_block(node: Node, container: str, lang: Lang, to: Lang) -> Iterator[Edit]:
    for name, value in node.entries:
        word = lookup(container, name.text, lang)
        if word is None:
            continue
        new = key(container, word.id, to)
        yield Edit(name.span, f'"{new}"' if name.quoted else new)
        yield from _renamed(value, GRAMMAR[container].get(word.id, Shape()), lang, to)
