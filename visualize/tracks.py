"""Which part of the flow column each node has, and which lane of a gutter each long edge runs in."""

from dataclasses import dataclass
from fractions import Fraction

from visualize.diagram import Diagram, Edge, EdgeKind

_WHOLE = (Fraction(0), Fraction(1))
Slice = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Run:
    """One stretch from a node to a node; `way` tells how it is drawn, `lane` counts from the flow outwards."""

    edge: Edge
    target: str
    way: str  # "down", "fork", "left", "right"
    lane: int = 0


def slices(diagram: Diagram) -> dict[str, Slice]:
    """Return for each node its share of the width: a fork divides what it has, a join has all that comes to it."""
    found: dict[str, Slice] = {}
    coming: dict[str, list[Slice]] = {}
    for node in diagram.nodes:
        parts = coming.get(node.key, [_WHOLE])
        found[node.key] = (min(low for low, _ in parts), max(high for _, high in parts))
        for edge in diagram.edges:
            if edge.source == node.key and edge.kind is not EdgeKind.RETURN:
                for target, part in zip(edge.targets, _divided(found[node.key], len(edge.targets)), strict=True):
                    coming.setdefault(target, []).append(part)
    return found


def middle(part: Slice) -> Fraction:
    """Return where the track of a slice runs."""
    return (part[0] + part[1]) / 2


def runs(diagram: Diagram, parts: dict[str, Slice]) -> tuple[Run, ...]:
    """Return every stretch of every edge with the way it goes, and its lane when it runs in a gutter."""
    found: list[Run] = []
    taken: set[str] = set()
    for edge in diagram.edges:
        for target in edge.targets:
            way = _way(diagram, parts, edge, target, taken)
            found.append(Run(edge, target, way))
        if any(run.edge is edge and run.way in {"down", "fork"} for run in found):
            taken.add(edge.source)
    return tuple(_laned(diagram, found))


def _divided(part: Slice, count: int) -> list[Slice]:
    low, high = part
    each = (high - low) / max(count, 1)
    return [(low + each * i, low + each * (i + 1)) for i in range(count)]


def _way(diagram: Diagram, parts: dict[str, Slice], edge: Edge, target: str, taken: set[str]) -> str:
    if edge.kind is EdgeKind.RETURN:
        return "left"
    if edge.source in taken:
        return "right"
    rows = {node.key: node.row for node in diagram.nodes}
    between = [parts[node.key] for node in diagram.nodes if rows[edge.source] < node.row < rows[target]]
    at_target, at_source = middle(parts[target]), middle(parts[edge.source])
    if not any(low < at_source < high for low, high in between) and len(edge.targets) == 1:
        return "down"
    return "right" if any(low < at_target < high for low, high in between) else "fork"


def _laned(diagram: Diagram, found: list[Run]) -> list[Run]:
    rows = {node.key: node.row for node in diagram.nodes}
    used: dict[str, list[list[tuple[int, int]]]] = {"left": [], "right": []}
    lanes: dict[tuple[object, ...], int] = {}
    spans: dict[tuple[object, ...], tuple[int, int]] = {}
    for run in found:
        ends = sorted((rows[run.edge.source], rows[run.target]))
        low, high = spans.get(_sharing(run), (ends[0], ends[1]))
        spans[_sharing(run)] = (min(low, ends[0]), max(high, ends[1]))
    for run in sorted(found, key=lambda run: spans[_sharing(run)][1] - spans[_sharing(run)][0]):
        if run.way in used and _sharing(run) not in lanes:
            lanes[_sharing(run)] = _free(used[run.way], spans[_sharing(run)])
    return [Run(run.edge, run.target, run.way, lanes.get(_sharing(run), 0)) for run in found]


def _sharing(run: Run) -> tuple[object, ...]:
    # Skips to one node run together; each return has a lane of its own.
    return ("right", run.target) if run.way == "right" else (run.way, run.target, run.edge.source, run.edge.label)


def _free(lanes: list[list[tuple[int, int]]], span: tuple[int, int]) -> int:
    for number, lane in enumerate(lanes):
        if all(span[1] < low or high < span[0] for low, high in lane):
            lane.append(span)
            return number
    lanes.append([span])
    return len(lanes) - 1
