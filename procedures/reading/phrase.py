"""A stretch of a written sentence that knows where it stands, so that a fault points at the very words."""

from typing import NamedTuple

from procedures.finding import Span
from procedures.source import Node


class Phrase(NamedTuple):
    """Characters `start` to `start + len(text)` of a text node; `spoken` phrases were put together from a long form."""

    text: str
    node: Node
    start: int = 0
    spoken: bool = False

    @property
    def span(self) -> Span:
        """Where the words stand; for a spoken phrase, the long form."""
        if self.spoken or (self.start == 0 and len(self.text) == len(self.node.text)):
            return self.node.span
        return self.node.part(self.start, self.start + len(self.text))

    def strip(self) -> "Phrase":
        """Return the phrase without spaces around it."""
        return self.slice(0)

    def slice(self, start: int, end: int | None = None) -> "Phrase":
        """Return the part between two offsets, stripped."""
        cut = self.text[start:end]
        bare = cut.lstrip()
        return Phrase(bare.rstrip(), self.node, self.start + start + len(cut) - len(bare), self.spoken)

    def split(self, separator: str) -> list["Phrase"]:
        """Return the parts between separators, stripped; empty parts are kept."""
        parts, at = [], 0
        for piece in self.text.split(separator):
            parts.append(self.slice(at, at + len(piece)))
            at += len(piece) + len(separator)
        return parts

    def after(self, opening: str) -> "Phrase | None":
        """Return what follows `opening` and a space (or nothing more), or None when the phrase begins otherwise."""
        if self.text == opening or self.text.startswith(f"{opening} "):
            return self.slice(len(opening))
        return None


def phrase(node: Node) -> Phrase:
    """Return the whole text of a node as a phrase."""
    return Phrase(node.text, node)


def spoken(text: str, node: Node) -> Phrase:
    """Return a sentence made from the long form at `node`."""
    return Phrase(text, node, spoken=True)
