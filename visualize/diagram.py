"""The small dumb diagram model between a procedure and its picture: nodes, edges, lanes, and how each looks."""

from dataclasses import dataclass
from enum import StrEnum


class EdgeKind(StrEnum):
    """How an edge runs: on to the next row, over some rows, back up, or out of the flow."""

    FORWARD = "forward"
    SKIP = "skip"
    RETURN = "return"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Glyph:
    """The outline of a node: a Graphviz shape, how it narrows, bars at its sides, and a roomier one for long texts."""

    shape: str
    profile: str = "box"
    bars: bool = False
    rounded: bool = False
    stacked: bool = False  # one sheet upon another: several do it at the same time
    roomier: "Glyph | None" = None


BOX = Glyph("box")
OVAL = Glyph("ellipse", "ellipse")
HEXAGON = Glyph("hexagon", "hexagon")
DIAMOND = Glyph("diamond", "diamond", roomier=HEXAGON)
OCTAGON = Glyph("octagon", "octagon")
ROUNDED = Glyph("box", rounded=True)
CALL = Glyph("box", bars=True)


@dataclass(frozen=True, slots=True)
class Mark:
    """What an overlay adds to a node: fill, frame and words; never colour alone."""

    fill: str = "#FFFFFF"
    ink: str = "#1B1B1B"
    lines: tuple[str, ...] = ()
    frames: int = 1
    dashed: bool = False
    struck: bool = False
    weight: float = 1.0  # of the outline, in points


PLAIN = Mark()


@dataclass(frozen=True, slots=True)
class Node:
    """One step or end: `row` counts from 0, `lane` is a name, `cells` are side columns, each a tuple of paragraphs."""

    key: str
    number: str
    text: str
    glyph: Glyph
    row: int
    rank: int
    lane: str
    cells: tuple[tuple[str, ...], ...]
    label: str
    href: str | None = None
    mark: Mark = PLAIN


@dataclass(frozen=True, slots=True)
class Edge:
    """A way on: several targets are a fork; a rejection has no target but a letter in a circle. `weight` in points."""

    source: str
    targets: tuple[str, ...]
    kind: EdgeKind
    label: str = ""
    letter: str = ""
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Diagram:
    """All that a renderer needs; `legend` explains letters in circles, `headings` name the columns."""

    title: str
    description: str
    lang: str
    headings: tuple[str, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    lanes: tuple[str, ...]
    legend: tuple[str, ...] = ()

    def node(self, key: str) -> Node:
        """Return the node called `key`; raises KeyError."""
        return {node.key: node for node in self.nodes}[key]
