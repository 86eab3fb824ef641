"""Where things are in a swimlane diagram: a lane a column, a rank a row, and the ways between them."""

from dataclasses import dataclass, field, replace

from visualize.diagram import Diagram, Edge, EdgeKind, Node
from visualize.fitting import BODY, SMALL, Fitted, Paragraph, fit, fit_glyph
from visualize.typeset import Face, width, wrap

SMALL_LINE = 3.7
TRACK = 3.0  # between level lines that have no label
STUB = 3.4  # above an outline: the arrow head
CIRCLE = 5.2
_CHANNEL = 2.4
_LABEL = 24.0


@dataclass(slots=True)
class Cell:
    """A node in its place: grid `row` and `lane`, middle `x`, `y`, half width, fitted text."""

    node: Node
    row: int
    lane: int
    x: float
    half: float
    fitted: Fitted
    y: float = 0.0
    entries: dict[int, int] = field(default_factory=dict)  # side (-1 left, 1 right) to the count of lines entering it


@dataclass(slots=True)
class Way:
    """One edge on its way: straight, or level in the gap below its source on a `track`, then to each target."""

    edge: Edge
    source: Cell
    ends: tuple["Ending", ...]
    straight: bool
    lines: tuple[str, ...] = ()
    broad: float = 0.0
    side: int = 1
    track: int = 0

    @property
    def span(self) -> tuple[float, float]:
        """Return the stretch that the level line and its label take."""
        xs = [self.source.x, *(end.x for end in self.ends)]
        label = self.source.x + self.side * (self.broad + 2.0 + (CIRCLE + 2.0 if not self.ends else 0.0))
        return min(*xs, label), max(*xs, label)


@dataclass(slots=True)
class Ending:
    """How a way reaches one target: from above at `x`, or (`side` not 0) along a channel at `x` into a side."""

    target: Cell
    side: int
    x: float
    lane: int = 0
    port: int = 0


@dataclass(slots=True)
class Pool:
    """The whole: lane width, cells by key, ways, and for each gap (below grid row n) the heights of its tracks."""

    width: float
    lane_width: float
    cells: dict[str, Cell]
    ways: list[Way]
    gaps: dict[int, list[list[Way]]]


def pool_of(diagram: Diagram, wide: float, face: Face) -> Pool:
    """Place nodes in lanes and ranks and find every way; heights are for the picture to say."""
    lane_width = wide / len(diagram.lanes)
    grid = _grid(diagram)
    entering = _channels(diagram, grid)
    margin = 2.2 + _CHANNEL * entering
    half = max(8.0, min(24.0, lane_width / 2 - margin))
    cells = {}
    for node in diagram.nodes:
        lane = diagram.lanes.index(node.lane)
        shown, fitted = _fitted(node, half, face)
        cells[node.key] = Cell(shown, grid[node.key], lane, (lane + 0.5) * lane_width, half, fitted)
    pool = Pool(wide, lane_width, cells, [], {})
    for edge in diagram.edges:
        pool.ways.append(_way(pool, edge, face))
    _lay_tracks(pool)
    _lay_channels(pool)
    return pool


def _fitted(node: Node, half: float, face: Face) -> tuple[Node, Fitted]:
    name = f"{node.number}.\u00a0{node.text}" if node.number else node.text
    said = [*(Paragraph(line, SMALL, bold=True) for line in node.mark.lines), Paragraph(name, BODY, not node.number)]
    if node.number and node.cells[1] != ("—",):
        said += [Paragraph(time.replace("làm việc", "LV"), SMALL) for time in node.cells[1]]
    if not node.number:
        return node, fit(said, 2 * half, 7.5, node.glyph.profile, face)
    glyph, fitted = fit_glyph(said, half, node.glyph, 0.0, face)
    return replace(node, glyph=glyph), fitted


def _grid(diagram: Diagram) -> dict[str, int]:
    # Two nodes of one rank in one lane stand below each other.
    found: dict[str, int] = {}
    base = 0
    for rank in sorted({node.rank for node in diagram.nodes}):
        count: dict[str, int] = {}
        for node in (node for node in diagram.nodes if node.rank == rank):
            found[node.key] = base + count.get(node.lane, 0)
            count[node.lane] = count.get(node.lane, 0) + 1
        base += max(count.values())
    return found


def _channels(diagram: Diagram, grid: dict[str, int]) -> int:
    lanes = {node.key: node.lane for node in diagram.nodes}
    into: dict[str, int] = {}
    for edge in diagram.edges:
        for target in edge.targets:
            if edge.kind is EdgeKind.RETURN or grid[target] - grid[edge.source] > 1:
                into[lanes[target]] = into.get(lanes[target], 0) + 1
    return min(3, (max(into.values(), default=0) + 1) // 2)


def _way(pool: Pool, edge: Edge, face: Face) -> Way:
    source = pool.cells[edge.source]
    ends = tuple(
        _ending(pool, source, pool.cells[target], back=edge.kind is EdgeKind.RETURN) for target in edge.targets
    )
    straight = len(ends) == 1 and ends[0].side == 0 and ends[0].x == source.x
    lines = wrap(edge.label, _LABEL, SMALL, face) if edge.label else ()
    broad = max((width(line, SMALL, face) for line in lines), default=0.0)
    side = -1 if ends and sum(end.x for end in ends) / len(ends) < source.x else 1
    if not ends and source.x + broad + 10 > pool.width:
        side = -1
    return Way(edge, source, ends, straight, lines, broad, side)


def _ending(pool: Pool, source: Cell, target: Cell, *, back: bool) -> Ending:
    towards = (source.lane > target.lane) - (source.lane < target.lane)
    between = range(min(source.row, target.row) + 1, max(source.row, target.row))
    blocked = any(cell.lane == target.lane and cell.row in between for cell in pool.cells.values())
    if back or target.row <= source.row or blocked:
        side = towards or (1 if back else -1)
        return Ending(target, side, target.x + side * (target.half + 1.6))
    return Ending(target, 0, target.x + towards * target.half * 0.45)


def _lay_tracks(pool: Pool) -> None:
    for way in sorted(pool.ways, key=lambda way: (way.source.row, way.span[1] - way.span[0])):
        tracks = pool.gaps.setdefault(way.source.row, [])
        if way.straight:
            continue
        way.track = next(
            (n for n, track in enumerate(tracks) if all(_apart(way, other) for other in track)), len(tracks)
        )
        if way.track == len(tracks):
            tracks.append([])
        tracks[way.track].append(way)


def _apart(one: Way, other: Way) -> bool:
    if one.source is other.source and one.side != other.side:
        return all(end.side or (end.x - one.source.x) * one.side > 0 for end in one.ends)
    (low, high), (start, stop) = one.span, other.span
    return high + 1.5 < start or stop + 1.5 < low


def _lay_channels(pool: Pool) -> None:
    taken: dict[tuple[int, int], list[list[tuple[int, int]]]] = {}
    found = [(way, end) for way in pool.ways for end in way.ends if end.side]
    for way, end in sorted(found, key=lambda pair: abs(pair[0].source.row - pair[1].target.row)):
        rows = sorted((way.source.row, end.target.row))
        lanes = taken.setdefault((end.target.lane, end.side), [])
        span = (rows[0], rows[1])
        free = (n for n, lane in enumerate(lanes) if all(span[1] < a or b < span[0] for a, b in lane))
        end.lane = next(free, len(lanes))
        if end.lane == len(lanes):
            lanes.append([])
        lanes[end.lane].append(span)
        end.x = end.target.x + end.side * (end.target.half + 2.6 + _CHANNEL * end.lane)
        end.port = end.target.entries.get(end.side, 0)
        end.target.entries[end.side] = end.port + 1
