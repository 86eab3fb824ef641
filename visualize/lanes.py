"""Where things are in a swimlane diagram: a lane a column, a rank a row, and the ways between them."""

from dataclasses import replace

from visualize.diagram import Diagram, Edge, EdgeKind, Node
from visualize.fitting import BODY, SMALL, Fitted, Paragraph, fit, fit_glyph
from visualize.levels import Cell, Ending, Pool, Way, lay_tracks
from visualize.typeset import Face, width, wrap

SMALL_LINE = 3.7
TRACK = 3.0  # between level lines that have no label
STUB = 3.4  # above an outline: the arrow head
_CHANNEL = 2.4
_LABEL = 24.0
_ROOMY = 34.0  # a narrower lane breaks words
_NARROW = 13.0  # the least of a lane that holds numbers
_WORDS = 50.0  # the column of words beside narrow lanes


def pool_of(diagram: Diagram, wide: float, face: Face) -> Pool:
    """Place nodes in lanes and ranks and find every way; heights are for the picture to say.

    Where the lanes are too narrow to write in, they hold numbers, and the words stand in a column of their own.
    """
    grid = _grid(diagram)
    entering = _channels(diagram, grid)
    roomy = wide / len(diagram.lanes) >= _ROOMY
    left = 0.0 if roomy else _WORDS
    wide = wide if roomy else max(wide, left + _narrow(diagram, face) * len(diagram.lanes))
    lane_width = (wide - left) / len(diagram.lanes)
    half = max(8.0, min(24.0, lane_width / 2 - 2.2 - _CHANNEL * entering))
    if not roomy:
        half = max(4.4, min(7.0, lane_width / 2 - 2.2 - _CHANNEL * entering))
    cells = {}
    for node in diagram.nodes:
        lane = diagram.lanes.index(node.lane)
        shown, fitted = _fitted(node, half, face) if roomy else (node, _numbered(node))
        said = () if roomy else _words(node, face)
        cells[node.key] = Cell(shown, grid[node.key], lane, left + (lane + 0.5) * lane_width, half, fitted, said=said)
    pool = Pool(wide, lane_width, cells, [], {}, left)
    for edge in diagram.edges:
        pool.ways.append(_way(pool, edge, face))
    _lay_channels(pool)
    lay_tracks(pool)
    return pool


def _narrow(diagram: Diagram, face: Face) -> float:
    words = (width(word, SMALL, face, bold=True) for lane in diagram.lanes for word in lane.split(" "))
    return max(_NARROW, 1.6 + min(18.0, max(words)))


def _numbered(node: Node) -> Fitted:
    lines = (Paragraph(node.number, BODY, bold=True),) if node.number else ()
    return Fitted(lines, 9.6 if node.glyph.profile == "diamond" else 7.0)


def _words(node: Node, face: Face) -> tuple[Paragraph, ...]:
    name = f"{node.number}.\u00a0{node.text}" if node.number else node.text
    said = [*(Paragraph(line, SMALL, bold=True) for line in node.mark.lines), Paragraph(name, BODY, not node.number)]
    if node.number and node.cells[1] != ("—",):
        said += [Paragraph(time, SMALL) for time in node.cells[1]]
    return tuple(
        Paragraph(line, one.size, one.bold)
        for one in said
        for line in wrap(one.text, _WORDS - 3.0, one.size, face, bold=one.bold)
    )


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
        # Labels of the first lane stand on the right of its steps: there is no room on the left.
        side = -1 if back and target.lane == 0 else towards or (1 if back else -1)
        return Ending(target, side, target.x + side * (target.half + 1.6))
    return Ending(target, 0, target.x + towards * target.half * 0.45)


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
        first, pitch = (1.9, 1.5) if pool.left else (2.6, _CHANNEL)
        end.x = end.target.x + end.side * (end.target.half + first + pitch * end.lane)
        end.port = end.target.entries.get(end.side, 0)
        end.target.entries[end.side] = end.port + 1
