"""The column flowchart (lưu đồ): rows pinned in the order of the file, beside who, how long and which forms."""

import itertools

from visualize.diagram import Diagram, EdgeKind, Node
from visualize.fitting import BODY, LINE, SMALL, Fitted, reach
from visualize.picture import Link, Picture, Shape, Sketch, Text
from visualize.rows import A4, FRAME, GAP, SMALL_LINE, Columns, Port, Row, Table, table_of
from visualize.tracks import Run
from visualize.typeset import POINT, SCREEN, Face, width, wrap

GRID = "#595959"
_HEADING = "#ECECF6"
_BASE = 0.35  # of the size of the letters: from the middle of a line down to its baseline
_SHEET = 1.1  # millimetres by which the sheet behind shows
_JOIN = 2.8  # millimetres above the target: where lines that join meet


def flowchart(diagram: Diagram, *, face: Face = SCREEN, columns: Columns = A4) -> Picture:
    """Return the whole flowchart as one long picture, `columns.right` millimetres wide; `pages` cuts it."""
    head = _head_height(diagram, columns, face)
    table = table_of(diagram, columns, face, head)
    bottom = max(row.bottom for row in table.rows.values())
    sketch = Sketch()
    _grid(sketch, diagram, table, head, bottom)
    for row in table.rows.values():
        _node(sketch, table, row)
    for edge in diagram.edges:
        if edge.kind is EdgeKind.REJECT:
            _reject(sketch, table, table.rows[edge.source], edge.letter)
    _runs(sketch, table)
    height = legend(sketch, diagram, (columns.right, bottom), face)
    breaks = tuple(row.bottom for row in table.rows.values())
    blank = Picture(columns.right, height, diagram.title, diagram.description, diagram.lang, face,
                    breaks=breaks, head=head)  # fmt: skip
    return sketch.onto(blank)


def _edges_of(columns: Columns) -> tuple[float, ...]:
    return (0.0, columns.flow, *columns.cells, columns.right)


def _headings(diagram: Diagram, columns: Columns, face: Face) -> list[tuple[str, ...]]:
    edges = _edges_of(columns)
    rooms = [right - left - 1.0 for left, right in itertools.pairwise(edges)]
    return [wrap(text, room, BODY, face, bold=True) for text, room in zip(diagram.headings, rooms, strict=True)]


def _head_height(diagram: Diagram, columns: Columns, face: Face) -> float:
    return max(len(lines) for lines in _headings(diagram, columns, face)) * LINE + 2.4


def _grid(sketch: Sketch, diagram: Diagram, table: Table, head: float, bottom: float) -> None:
    edges = _edges_of(table.columns)
    for at, (left, right) in enumerate(itertools.pairwise(edges)):
        lines = _headings(diagram, table.columns, table.face)[at]
        sketch.shapes.append(
            Shape((left + right) / 2, head / 2, right - left, head, fill=_HEADING, stroke=GRID, weight=0.6)
        )
        _lines(sketch, lines, (left + right) / 2, head / 2, bold=True)
    for x in edges:
        sketch.line((x, head), (x, bottom), stroke=GRID, weight=0.6)
    for row in list(table.rows.values())[:-1]:
        sketch.line((0, row.bottom), (table.columns.flow, row.bottom), stroke=GRID, weight=0.6)
        sketch.line((table.columns.cells[0], row.bottom), (edges[-1], row.bottom), stroke=GRID, weight=0.6)
    sketch.line((0, bottom), (edges[-1], bottom), stroke=GRID, weight=0.6)


def _lines(sketch: Sketch, lines: tuple[str, ...], x: float, y: float, *, bold: bool = False, owner: str = "") -> None:
    top = y - len(lines) * LINE / 2
    for number, line in enumerate(lines):
        base = top + (number + 0.5) * LINE + _BASE * BODY * POINT
        sketch.texts.append(Text(line, x, base, BODY, bold=bold, owner=owner))


def _node(sketch: Sketch, table: Table, row: Row) -> None:
    node, height = row.node, row.fitted.height
    edges = _edges_of(table.columns)
    outline(sketch, node, row.x, row.y, 2 * row.half, height)
    letters(sketch, node, row.fitted, row.x, row.y)
    if node.number:
        _lines(sketch, (node.number,), edges[1] / 2, row.y, owner=node.key)
    for at, cell in enumerate(row.cells):
        _lines(sketch, cell, (edges[at + 2] + edges[at + 3]) / 2, row.y, owner=node.key)
    if row.below:
        top = row.y + row.half_height
        for number, line in enumerate(row.below):
            base = top + row.drop + (number + 0.5) * SMALL_LINE + _BASE * SMALL * POINT
            sketch.texts.append(Text(line, row.x + 1.2, base, SMALL, "start", owner=node.key))
    for port in (*row.left, *row.right):
        _label(sketch, table, row, port)
    if node.href:
        box = (row.x - row.half, row.y - height / 2, 2 * row.half, height)
        sketch.links.append(Link(node.key, node.label, node.href, box))


def outline(sketch: Sketch, node: Node, x: float, y: float, wide: float, high: float) -> None:
    """Sketch the outline of a node with the look of its mark."""
    mark = node.mark
    if node.glyph.stacked:
        behind = Shape(x + _SHEET, y + _SHEET, wide, high, node.glyph.shape, rounded=node.glyph.rounded, owner=node.key)
        sketch.shapes.append(behind)
    sketch.shapes.append(
        Shape(
            x,
            y,
            wide,
            high,
            node.glyph.shape,
            mark.fill,
            weight=mark.weight,
            dashed=mark.dashed,
            frames=mark.frames,
            rounded=node.glyph.rounded,
            owner=node.key,
        )
    )
    if node.glyph.bars:
        for side in (-1, 1):
            at = x + side * (wide / 2 - 2)
            sketch.shapes.append(Shape(at, y, 0.1, high, weight=mark.weight, dashed=mark.dashed, owner=node.key))


def letters(sketch: Sketch, node: Node, fitted: Fitted, x: float, y: float) -> None:
    """Sketch the text inside a node."""
    top = y - len(fitted.lines) * LINE / 2
    for number, line in enumerate(fitted.lines):
        base = top + (number + 0.5) * LINE + _BASE * line.size * POINT
        struck = node.mark.struck and number >= len(node.mark.lines)
        sketch.texts.append(
            Text(line.text, x, base, line.size, bold=line.bold, ink=node.mark.ink, struck=struck, owner=node.key)
        )


def _label(sketch: Sketch, table: Table, row: Row, port: Port) -> None:
    if not port.lines:
        return
    left = port in row.left
    y = row.y + port.offset
    ends = (port.offset, port.offset - port.tall if port.above else port.offset + port.tall)
    edge = max(reach(row.node.glyph.profile, row.half, row.half_height, end) for end in ends)
    broad = max(width(line, SMALL, table.face) for line in port.lines)
    x = table.left - GAP + 1.2 if left else min(row.x + edge + 0.6, table.right + GAP - 0.8 - broad)
    first = y - port.tall - 0.5 if port.above else y + 0.6
    sketch.shapes.append(Shape(x + broad / 2, first + port.tall / 2, broad, port.tall, fill="#FFFFFF", stroke="none"))
    for number, line in enumerate(port.lines):
        base = first + (number + 0.5) * SMALL_LINE + _BASE * SMALL * POINT
        sketch.texts.append(Text(line, x, base, SMALL, "start", owner=row.node.key))


def _at(row: Row, port: Port, side: int) -> tuple[float, float]:
    over = FRAME * (row.node.mark.frames - 1)
    return row.x + side * (
        reach(row.node.glyph.profile, row.half, row.half_height, port.offset) + over
    ), row.y + port.offset


def _reject(sketch: Sketch, table: Table, row: Row, letter: str) -> None:
    for port in row.right:
        if port.run is None and port.edge.letter == letter:
            x, y = _at(row, port, 1)
            at = table.columns.cells[0] - 3.6
            sketch.line((x, y), (at - 2.6, y), arrow=True, weight=port.edge.weight)
            sketch.shapes.append(Shape(at, y, 5.2, 5.2, "circle", "#FFFFFF"))
            sketch.texts.append(Text(letter, at, y + _BASE * SMALL * POINT, SMALL, bold=True))


def _runs(sketch: Sketch, table: Table) -> None:
    for run in table.runs:
        source, target = table.rows[run.edge.source], table.rows[run.target]
        over = FRAME * (target.node.mark.frames - 1)
        top = (target.x, target.y - target.half_height - over)
        start = (source.x, source.y + source.half_height + FRAME * (source.node.mark.frames - 1))
        match run.way:
            case "down":
                bend = target.y - target.half_height - _JOIN
                sketch.line(start, (source.x, bend), (target.x, bend), top, arrow=True, weight=run.edge.weight)
            case "fork":
                bend = source.bottom - 0.9
                sketch.line(start, (source.x, bend), (target.x, bend), top, arrow=True, weight=run.edge.weight)
            case side:
                sign = -1 if side == "left" else 1
                lane = table.left_lane(run.lane) if side == "left" else table.right_lane(run.lane)
                out = next(p for p in (*source.left, *source.right) if p.run is run and p.leaves)
                into = _entry(target, run)
                a, b = _at(source, out, sign), _at(target, into, sign)
                bends = (a, (lane, a[1]), (lane, b[1]), b)
                sketch.line(*bends, arrow=True, dashed=side == "left", weight=run.edge.weight)


def _entry(target: Row, run: Run) -> Port:
    ports = target.left if run.way == "left" else target.right
    return next(p for p in ports if not p.leaves and p.run is not None and (p.run is run or run.way == "right"))


def legend(sketch: Sketch, diagram: Diagram, corner: tuple[float, float], face: Face) -> float:
    """Sketch what the letters in circles mean, below the picture's right lower `corner`; return where it ends."""
    right, bottom = corner
    if not diagram.legend:
        return bottom + 0.5
    lines = wrap(" · ".join(diagram.legend), right, SMALL, face)
    for number, line in enumerate(lines):
        base = bottom + 1.2 + (number + 0.5) * SMALL_LINE + _BASE * SMALL * POINT
        sketch.texts.append(Text(line, 0, base, SMALL, "start"))
    return bottom + 2.0 + len(lines) * SMALL_LINE
