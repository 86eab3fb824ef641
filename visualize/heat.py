"""A procedure's diagram with what was measured of each step upon it: a number and a shade, never the shade alone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from visualize.diagram import Diagram, Edge, Mark, Node

#: Four shades from little to much, each with ink that can be read on it.
SHADES = (("#FFF7EC", "#1B1B1B"), ("#FDD49E", "#1B1B1B"), ("#FC8D59", "#1B1B1B"), ("#B30000", "#FFFFFF"))


@dataclass(frozen=True, slots=True)
class Warmth:
    """What is printed on a step, what stands in the sentence about it, and how much of the greatest it is (0 to 1)."""

    said: str
    spoken: str
    share: float


def heated(diagram: Diagram, steps: Mapping[str, Warmth], ways: Mapping[tuple[str, str], int]) -> Diagram:
    """Return the diagram with numbers upon it; `ways` are how often a step ended with an outcome."""
    nodes = tuple(_node(node, steps.get(node.key)) for node in diagram.nodes)
    return replace(diagram, nodes=nodes, edges=tuple(_edge(edge, ways) for edge in diagram.edges))


def shade(share: float) -> int:
    """Return which of the four shades a share of the greatest has."""
    return min(int(share * len(SHADES)), len(SHADES) - 1)


def _node(node: Node, warmth: Warmth | None) -> Node:
    if warmth is None:
        return replace(node, mark=Mark(ink="#595959", dashed=True)) if node.number else node
    fill, ink = SHADES[shade(warmth.share)]
    return replace(node, mark=Mark(fill=fill, ink=ink, lines=(warmth.said,)), label=f"{node.label} {warmth.spoken}")


def _edge(edge: Edge, ways: Mapping[tuple[str, str], int]) -> Edge:
    outcome, _, _ = edge.label.partition(" (")  # how often one may go back stands behind the outcome
    times = ways.get((edge.source, outcome))
    return edge if times is None or not outcome else replace(edge, label=f"{edge.label} · {times}×")
