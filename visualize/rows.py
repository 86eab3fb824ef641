"""The rows of a column flowchart: how wide and high each node is, and where lines leave and enter its sides."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from visualize.diagram import Diagram, Edge, EdgeKind, Node
from visualize.fitting import BODY, LINE, SMALL, Fitted, Paragraph, fit, fit_glyph
from visualize.tracks import Run, Slice, middle, runs, slices
from visualize.typeset import Face, wrap

SMALL_LINE = 3.7
FRAME = 1.41  # millimetres between the frames of an outline: the four points of Graphviz
ABOVE = 3.4  # millimetres above an outline: the join line and the arrow head
BELOW = 1.6
LANE = 2.6  # between the lanes of a gutter
_GUTTER = 13.0  # the lanes of a gutter move together rather than take more
GAP = 3.2  # from the nearest lane to the outlines: an arrow head and a little
_OVERHANG = 1.8
_CIRCLES = 6.0  # from the middle of a letter in a circle to the next line
_LABEL_ROOM = 17.0  # eleven letters of nine points
_ROW = {"diamond": 27.0}


@dataclass(frozen=True, slots=True)
class Columns:
    """The left edges of the columns and the right edge of the table, in millimetres."""

    flow: float
    cells: tuple[float, ...]
    right: float


A4 = Columns(8.0, (88.0, 116.0, 133.0), 160.0)


@dataclass(slots=True)
class Port:
    """A place on the side of a node where a line leaves or enters; `offset` is from its middle, downwards."""

    edge: Edge
    run: Run | None
    leaves: bool
    lines: tuple[str, ...] = ()
    offset: float = 0.0
    above: bool = True

    @property
    def tall(self) -> float:
        """Return the height of the label."""
        return len(self.lines) * SMALL_LINE

    @property
    def ends(self) -> bool:
        """Tell whether the line ends in a letter in a circle."""
        return self.edge.kind is EdgeKind.REJECT


@dataclass(slots=True)
class Row:
    """A node in its place: middle `x`, `y`, half width and height, fitted text, ports, label below."""

    node: Node
    x: float
    half: float
    fitted: Fitted
    left: list[Port]
    right: list[Port]
    below: tuple[str, ...] = ()
    forks: bool = False
    drop: float = 0.6  # from the outline down to the label below
    cells: tuple[tuple[str, ...], ...] = ()
    top: float = 0.0
    y: float = 0.0
    bottom: float = 0.0

    @property
    def half_height(self) -> float:
        """Return half the height of the outline in millimetres."""
        return self.fitted.height / 2


@dataclass(slots=True)
class Table:
    """All rows with the gutters beside them."""

    columns: Columns
    face: Face
    left: float
    right: float
    runs: tuple[Run, ...]
    parts: dict[str, Slice]
    rows: dict[str, Row] = field(default_factory=dict)
    pitch: tuple[float, float] = (LANE, LANE)

    def left_lane(self, lane: int) -> float:
        """Return where a lane of the left gutter runs."""
        return self.left - GAP - self.pitch[0] * lane

    def right_lane(self, lane: int) -> float:
        """Return where a lane of the right gutter runs."""
        return self.right + GAP + self.pitch[1] * lane


def table_of(diagram: Diagram, columns: Columns, face: Face, start: float) -> Table:
    """Lay the rows of `diagram` out below `start`; the result tells where everything is, in millimetres."""
    parts = slices(diagram)
    found = runs(diagram, parts)
    rejects = any(edge.kind is EdgeKind.REJECT for edge in diagram.edges)
    lefts = 1 + max((run.lane for run in found if run.way == "left"), default=-1)
    rights = 1 + max((run.lane for run in found if run.way == "right"), default=-1)
    pitch = (min(LANE, _GUTTER / max(1, lefts)), min(LANE, _GUTTER / max(1, rights)))
    left = columns.flow + 1.4 + (pitch[0] * (lefts - 1) + GAP if lefts else 0)
    right = columns.cells[0] - 1.4 - (pitch[1] * (rights - 1) + GAP if rights else 0) - (6.2 if rejects else 0)
    table = Table(columns, face, left, right, found, parts, pitch=pitch)
    for node in diagram.nodes:
        table.rows[node.key] = _row(diagram, table, node)
        start = _place(table.rows[node.key], start)
    return table


def _row(diagram: Diagram, table: Table, node: Node) -> Row:
    low, high = table.parts[node.key]
    room = table.right - table.left
    x = table.left + room * float(middle((low, high)))
    left, right = _ports(diagram, table, node)
    half = _half(table, node, x, any(p.edge.label for p in left if p.leaves), any(p.leaves for p in right))
    for port in (*left, *right):
        if port.leaves and port.edge.label:
            side = half + FRAME * (node.mark.frames - 1)
            beside = (x - side - table.left) if port in left else (table.right - x - side)
            port.lines = wrap(port.edge.label, min(_LABEL_ROOM, max(9.0, beside + GAP - 2.2)), SMALL, table.face)
    floor = max(_stack(left), _stack(right))
    paragraphs = [
        *(Paragraph(line, SMALL, bold=True) for line in node.mark.lines),
        Paragraph(node.text, BODY, not node.number),
    ]
    if node.number:
        glyph, fitted = fit_glyph(paragraphs, half, node.glyph, floor, table.face)
        node = replace(node, glyph=glyph)
    else:
        fitted = fit(paragraphs, 2 * half, max(7.5, floor), node.glyph.profile, table.face)
    below = _below(diagram, table, node)
    label = wrap(below, min(34.0, table.right - x - 1.2), SMALL, table.face) if below else ()
    cells = tuple(_cell(table, column, cell) for column, cell in enumerate(node.cells))
    forks = any(run.way == "fork" and run.edge.source == node.key for run in table.runs)
    return Row(node, x, half, fitted, left, right, label, forks, cells=cells)


def _half(table: Table, node: Node, x: float, labels_left: bool, labels_right: bool) -> float:  # noqa: FBT001 -- two sides
    low, high = table.parts[node.key]
    room = table.right - table.left
    others = [middle(part) for part in table.parts.values() if part[1] <= low or part[0] >= high]
    beyond = [float(other) * room + table.left for other in others]
    before = max((other + 2 for other in beyond if other < x), default=table.left)
    after = min((other - 2 for other in beyond if other > x), default=table.right)
    wide = (high - low) == 1
    zone = 13.0 if wide else 8.0
    left = x - before - (zone if labels_left and before == table.left else 0)
    right = after - x - (zone if labels_right and after == table.right else 0)
    frames = FRAME * (node.mark.frames - 1)
    return max(8.0, min(left, right, 25.0 if node.number else 20.0) - frames)


def _cell(table: Table, column: int, paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    edges = (*table.columns.cells, table.columns.right)
    room = edges[column + 1] - edges[column] - 2.6
    return tuple(line for text in paragraphs for line in wrap(text, room, BODY, table.face))


def _below(diagram: Diagram, table: Table, node: Node) -> str:
    ways = [run.edge for run in table.runs if run.edge.source == node.key and run.way in {"down", "fork"}]
    return ways[0].label if ways and any(edge is ways[0] for edge in diagram.edges) else ""


def _ports(diagram: Diagram, table: Table, node: Node) -> tuple[list[Port], list[Port]]:
    mine = [run for run in table.runs if run.edge.source == node.key]
    theirs = [run for run in table.runs if run.target == node.key]
    # In this order the lines to and from the lanes of a gutter do not cross each other.
    left = [Port(run.edge, run, leaves=True) for run in _sorted(mine, "left")]
    left += [Port(run.edge, run, leaves=False) for run in reversed(_sorted(theirs, "left"))]
    # Skips to one node share their lane, and so the place where they enter.
    right = [Port(run.edge, run, leaves=False) for run in _sorted(theirs, "right")[:1]]
    right += [Port(edge, None, leaves=True) for edge in diagram.edges
              if edge.source == node.key and edge.kind is EdgeKind.REJECT]  # fmt: skip
    right += [Port(run.edge, run, leaves=True) for run in reversed(_sorted(mine, "right"))]
    return left, right


def _sorted(found: Iterable[Run], way: str) -> list[Run]:
    return sorted((run for run in found if run.way == way), key=lambda run: run.lane)


def _stack(ports: list[Port]) -> float:
    """Place `ports` one below the other around the middle and return the least height of the outline."""
    offset = 0.0
    for number, port in enumerate(ports):
        port.above = number == 0 or number < len(ports) - 1
        if number:
            apart = _CIRCLES if port.ends or ports[number - 1].ends else 3.6
            offset += max(apart, port.tall + 1.8) if port.above else apart
        port.offset = offset
    for port in ports:
        port.offset -= offset / 2
    return offset / 0.8 + 1 if ports else 0.0


def _place(row: Row, start: float) -> float:
    ports = (*row.left, *row.right)
    above = max((port.tall - port.offset + 1.5 for port in ports if port.above), default=0.0)
    under = max((port.tall + port.offset + 1.5 for port in ports if not port.above), default=0.0)
    text = max((len(cell) for cell in row.cells), default=0) * LINE / 2 + 1.2
    up = max(row.half_height + ABOVE, above, text)
    tail = BELOW if row.node.number else 1.5
    # A label beside an upright line may reach into the space above the next node, but not over the bar of a fork.
    # Nor beside a label that hangs from a line on the right.
    hanging = [port.tall + port.offset + 0.8 for port in row.right if port.lines and not port.above]
    row.drop = max(0.6, *(low - row.half_height for low in hanging), 0.0)
    said = len(row.below) * SMALL_LINE + row.drop - 0.6 + (0.6 if row.forks else -_OVERHANG)
    down = max(row.half_height + tail + max(said, 0.0), under, text)
    least = _ROW.get(row.node.glyph.profile, 19.0) if row.node.number else 11.0
    spare = max(0.0, least - up - down)
    row.top = start
    row.y = start + up + spare / 2
    row.bottom = start + up + down + spare
    return row.bottom
