"""The swimlane picture (làn bơi): a lane for each role, rows by the longest way to them."""

from collections.abc import Sequence

from procedures.words import say
from visualize.column import legend, letters, outline
from visualize.diagram import Diagram
from visualize.fitting import BODY, LINE, SMALL, Paragraph, reach
from visualize.lanes import SMALL_LINE, STUB, TRACK, pool_of
from visualize.levels import CIRCLE, Cell, Ending, Pool, Way
from visualize.picture import Link, Picture, Shape, Sketch, Text
from visualize.rows import FRAME
from visualize.typeset import POINT, SCREEN, Face, wrap

GRID = "#595959"
_BAND = "#F6F6FB"
_HEADING = "#ECECF6"
_BASE = 0.35


def swimlanes(diagram: Diagram, *, face: Face = SCREEN, wide: float = 247.0) -> Picture:
    """Return the diagram in lanes as one long picture, `wide` millimetres wide; `pages` cuts it."""
    pool = pool_of(diagram, wide, face)
    wide = pool.width
    size = SMALL if pool.left else BODY
    names = [wrap(lane, pool.lane_width - 1.4, size, face, bold=True) for lane in diagram.lanes]
    head = max(len(lines) for lines in names) * LINE + 2.4
    breaks, tracks, bottom = _heights(pool, head)
    sketch = Sketch()
    for cell in pool.cells.values():
        _cell(sketch, cell)
    for way in pool.ways:
        _draw(sketch, pool, way, tracks)
    _frame(sketch, pool, names, (head, bottom), size)
    if pool.left:
        _words(sketch, pool, (say("Step and time").into("en" if diagram.lang == "en" else "vi"), head), breaks)
    height = legend(sketch, diagram, (wide, bottom), face)
    bands = tuple(
        Shape(
            pool.left + (lane + 0.5) * pool.lane_width, (head + bottom) / 2, pool.lane_width, bottom - head, fill=_BAND
        )
        for lane in range(1, len(names), 2)
    )
    blank = Picture(
        wide, height, diagram.title, diagram.description, diagram.lang, face, bands, breaks=breaks, head=head
    )
    return sketch.onto(blank)


def _heights(pool: Pool, head: float) -> tuple[tuple[float, ...], dict[tuple[int, int], float], float]:
    """Give every cell its height and every track its own; return breaks, tracks by (row, number), and the bottom."""
    breaks: list[float] = []
    tracks: dict[tuple[int, int], float] = {}
    y = head + 1.0
    for row in sorted({cell.row for cell in pool.cells.values()}):
        cells = [cell for cell in pool.cells.values() if cell.row == row]
        high = max(cell.fitted.height for cell in cells)
        words = sum(len(cell.said) for cell in cells) * LINE + 1.6
        top = y
        y += STUB + FRAME + high / 2
        for cell in cells:
            cell.y = y
        y += high / 2 + FRAME + 1.2
        for number, ways in enumerate(pool.gaps.get(row, [])):
            ring = 0.0 if all(way.ends for way in ways) else CIRCLE / 2 + 0.3
            y += max(TRACK, ring, max(len(way.lines) for way in ways) * SMALL_LINE + 0.6)
            tracks[row, number] = y
            y += ring
        y = max(y + 0.8, top + words)
        breaks.append(y)
    return tuple(breaks), tracks, y


def _cell(sketch: Sketch, cell: Cell) -> None:
    outline(sketch, cell.node, cell.x, cell.y, 2 * cell.half, cell.fitted.height)
    letters(sketch, cell.node, cell.fitted, cell.x, cell.y)
    if cell.node.href:
        box = (cell.x - cell.half, cell.y - cell.fitted.height / 2, 2 * cell.half, cell.fitted.height)
        sketch.links.append(Link(cell.node.key, cell.node.label, cell.node.href, box))


def _draw(sketch: Sketch, pool: Pool, way: Way, tracks: dict[tuple[int, int], float]) -> None:
    source = way.source
    start = (source.x, source.y + source.fitted.height / 2 + FRAME * (source.node.mark.frames - 1))
    dashed = bool(way.ends) and any(end.side and end.target.row <= source.row for end in way.ends)
    if way.straight and not way.lines:
        sketch.line(start, _top(way.ends[0]), arrow=True)
        return
    level = tracks[source.row, way.track]
    left = source.x + (1.2 if way.side > 0 else -1.2 - way.broad)
    _label(sketch, pool, way, left, level - len(way.lines) * SMALL_LINE - 0.3)
    if way.straight:
        sketch.line(start, _top(way.ends[0]), arrow=True)
        return
    if not way.ends:
        at = source.x + way.side * (way.broad + 4.0 + CIRCLE / 2)
        sketch.line(start, (source.x, level), (at - way.side * CIRCLE / 2, level), arrow=True)
        sketch.shapes.append(Shape(at, level, CIRCLE, CIRCLE, "circle", "#FFFFFF"))
        sketch.texts.append(Text(way.edge.letter, at, level + _BASE * SMALL * POINT, SMALL, bold=True))
    for end in way.ends:
        if end.side:
            into = _side(end)
            sketch.line(start, (source.x, level), (end.x, level), (end.x, into[1]), into, arrow=True, dashed=dashed)
        else:
            sketch.line(start, (source.x, level), (end.x, level), _top(end), arrow=True)


def _top(end: Ending) -> tuple[float, float]:
    cell = end.target
    away = abs(end.x - cell.x) / cell.half
    half = cell.fitted.height / 2
    # How high the outline is, off its middle, is found on the outline turned by a quarter.
    high = {"diamond": 1 - away, "ellipse": (1 - away * away) ** 0.5}.get(cell.node.glyph.profile, 1.0)
    return end.x, cell.y - half * high - FRAME * (cell.node.mark.frames - 1)


def _side(end: Ending) -> tuple[float, float]:
    cell = end.target
    count = cell.entries[end.side]
    offset = (end.port - (count - 1) / 2) * 2.6
    far = reach(cell.node.glyph.profile, cell.half, cell.fitted.height / 2, offset)
    return cell.x + end.side * (far + FRAME * (cell.node.mark.frames - 1)), cell.y + offset


def _label(sketch: Sketch, pool: Pool, way: Way, x: float, top: float) -> None:
    if not way.lines:
        return
    high = len(way.lines) * SMALL_LINE
    lane = int((x + way.broad / 2 - pool.left) // pool.lane_width)
    fill = _BAND if lane % 2 else "#FFFFFF"
    sketch.shapes.append(Shape(x + way.broad / 2, top + high / 2, way.broad, high, fill=fill, stroke="none"))
    for number, line in enumerate(way.lines):
        base = top + (number + 0.5) * SMALL_LINE + _BASE * SMALL * POINT
        sketch.texts.append(Text(line, x, base, SMALL, "start", owner=way.source.node.key))


def _frame(sketch: Sketch, pool: Pool, names: list[tuple[str, ...]], heights: tuple[float, float], size: float) -> None:
    head, bottom = heights
    for lane, lines in enumerate(names):
        middle = pool.left + (lane + 0.5) * pool.lane_width
        sketch.shapes.append(Shape(middle, head / 2, pool.lane_width, head, fill=_HEADING, stroke=GRID, weight=0.6))
        _said(sketch, [Paragraph(line, size, bold=True) for line in lines], middle, head / 2)
    for x in {0.0, *(pool.left + lane * pool.lane_width for lane in range(len(names) + 1))}:
        sketch.line((x, head), (x, bottom), stroke=GRID, weight=0.6)
    sketch.line((0, bottom), (pool.width, bottom), stroke=GRID, weight=0.6)


def _said(sketch: Sketch, lines: Sequence[Paragraph], x: float, middle: float, *, owner: str = "") -> None:
    top = middle - len(lines) * LINE / 2
    for number, line in enumerate(lines):
        base = top + (number + 0.5) * LINE + _BASE * line.size * POINT
        anchor = "start" if owner else "middle"
        sketch.texts.append(Text(line.text, x, base, line.size, anchor, bold=line.bold, owner=owner))


def _words(sketch: Sketch, pool: Pool, heading: tuple[str, float], breaks: tuple[float, ...]) -> None:
    """Sketch the column of words beside narrow lanes: the steps of each row, a line between rows."""
    name, head = heading
    sketch.shapes.append(Shape(pool.left / 2, head / 2, pool.left, head, fill=_HEADING, stroke=GRID, weight=0.6))
    _said(sketch, [Paragraph(name, BODY, bold=True)], pool.left / 2, head / 2)
    for row, bottom in enumerate(breaks):
        top = breaks[row - 1] if row else head
        cells = [cell for cell in pool.cells.values() if cell.row == row]
        y = (top + bottom) / 2 - sum(len(cell.said) for cell in cells) * LINE / 2
        for cell in cells:
            high = len(cell.said) * LINE
            _said(sketch, cell.said, 1.5, y + high / 2, owner=cell.node.key)
            y += high
        if row + 1 < len(breaks):
            sketch.line((0, bottom), (pool.left, bottom), stroke=GRID, weight=0.6)
