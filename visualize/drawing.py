"""The door to Graphviz: a picture becomes DOT with every position pinned, and Graphviz inks it in process."""

from html import escape
from threading import Lock
from typing import Literal

import graphviz

from procedures.words import Words, say
from visualize.hush import font_warnings_hushed
from visualize.picture import Line, Picture, Point, Shape, Text
from visualize.typeset import POINT, width

Format = Literal["svg", "png", "pdf"]
_ROUND = 1.0  # millimetres: the radius of a bend
_HEAD = 1.9  # millimetres: the length of an arrow head
_ARROW = _HEAD / (10 * POINT)
_DOTS = 200  # to the inch, in a PNG
#: Graphviz keeps its state in globals, so one drawing at a time.
_LOCK = Lock()


class DrawingUnavailable(Exception):  # noqa: N818 -- a state of the machine, said as a clause
    """Graphviz cannot be used on this machine; `words` says what to do."""

    def __init__(self, words: Words) -> None:
        super().__init__(str(words))
        self.words = words


def draw(picture: Picture, form: Format = "svg") -> bytes:
    """Ink `picture`; SVG comes without its text (see `visualize.svg`). Raises DrawingUnavailable."""
    return ink(dot_source(picture, form), form)


def dot_source(picture: Picture, form: Format) -> str:
    """Return the picture as DOT source for `neato -n2`; the letters of an SVG are not Graphviz's to draw."""
    graph = graphviz.Digraph("g", engine="neato", graph_attr=_graph(picture, form))
    graph.attr("node", label="", fixedsize="true")
    for name, x, y in (("a", 0.0, 0.0), ("z", picture.width, picture.height)):
        graph.node(name, pos=_pos(picture, Point(x, y)), shape="point", style="invis", width="0.0001", height="0.0001")
    for line in picture.lines:
        graph.edge("a", "a", **_edge(picture, line))
    for number, shape in enumerate(picture.shapes):
        graph.node(f"s{number}", **_outline(picture, shape))
    if form != "svg":
        for number, said in enumerate(picture.texts):
            graph.node(f"t{number}", **_letters(picture, said))
    return str(graph.source)


def ink(source: str, form: Format) -> bytes:
    """Let Graphviz draw pinned DOT source, in process or by its program; raises DrawingUnavailable."""
    with _LOCK:
        if form == "svg":  # has no letters, so no fonts are looked for
            return _in_process(source, form)
        with font_warnings_hushed():
            return _in_process(source, form)


def _in_process(source: str, form: Format) -> bytes:
    try:
        import pygraphviz
    except (ImportError, OSError):
        return _by_program(source, form)
    # "nop2" is what `neato -n2` calls: every position, also of edges, is taken as given.
    drawn = pygraphviz.AGraph(string=source).draw(format=form, prog="nop2")
    return bytes(drawn)


def _by_program(source: str, form: Format) -> bytes:
    try:
        return bytes(graphviz.Source(source).pipe(format=form, engine="neato", neato_no_op=2))
    except graphviz.ExecutableNotFound as fault:
        raise DrawingUnavailable(
            say("flowcharts need Graphviz: install the package pygraphviz, or its programs (apt-get install graphviz)")
        ) from fault


def _graph(picture: Picture, form: Format) -> dict[str, str]:
    return {
        "bb": f"0,0,{_pt(picture.width)},{_pt(picture.height)}",
        "pad": "0",
        "margin": "0",
        "dpi": str(_DOTS if form == "png" else 72),
        "outputorder": "edgesfirst",
        "bgcolor": "white" if form == "png" else "transparent",
    }


def _edge(picture: Picture, line: Line) -> dict[str, str]:
    points = list(line.points)
    head = ""
    if line.arrow:
        points[-1] = _before(points[-2], points[-1])
        head = f"e,{_pos(picture, line.points[-1])} "
    return {
        "pos": head + " ".join(_pos(picture, point) for point in _spline(points, 0.0 if line.sharp else _ROUND)),
        "arrowhead": "normal" if line.arrow else "none",
        "arrowsize": f"{_ARROW:.3f}",
        "style": "dashed" if line.dashed else "solid",
        "penwidth": f"{line.weight:g}",
        "color": line.stroke,
    }


def _before(start: Point, end: Point) -> Point:
    length = abs(end.x - start.x) + abs(end.y - start.y)  # the last stretch is always upright or level
    share = max(0.0, length - _HEAD) / length if length else 0.0
    return Point(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share)


def _spline(points: list[Point], radius: float) -> list[Point]:
    """Return the Bézier points of a polyline whose bends are rounded."""
    found = [points[0]]
    for before, bend, after in zip(points, points[1:], points[2:], strict=False):
        come, leave = _towards(bend, before, radius), _towards(bend, after, radius)
        found += [found[-1], come, come, bend, bend, leave]
    return [*found, found[-1], points[-1], points[-1]]


def _towards(bend: Point, end: Point, radius: float) -> Point:
    length = abs(end.x - bend.x) + abs(end.y - bend.y)
    share = min(radius, length / 2) / length if length else 0.0
    return Point(bend.x + (end.x - bend.x) * share, bend.y + (end.y - bend.y) * share)


def _outline(picture: Picture, shape: Shape) -> dict[str, str]:
    wishes = (("filled", shape.fill != "none"), ("dashed", shape.dashed), ("rounded", shape.rounded))
    styles = [word for word, wanted in wishes if wanted]
    return {
        "pos": _pos(picture, Point(shape.x, shape.y)),
        "shape": shape.shape,
        "width": _inches(shape.width),
        "height": _inches(shape.height),
        "style": ",".join(styles) or "solid",
        "fillcolor": "transparent" if shape.fill == "none" else shape.fill,
        "color": "transparent" if shape.stroke == "none" else shape.stroke,
        "penwidth": f"{shape.weight:g}",
        "peripheries": str(shape.frames),
    }


def _letters(picture: Picture, said: Text) -> dict[str, str]:
    # The node is roomier than the words, so that no face of letters is too wide for it; the words keep to their side.
    room = 1.3 * width(said.text, said.size, picture.face, bold=said.bold) + 4
    side, shift = {"start": ("\\l", room / 2), "middle": ("", 0.0), "end": ("\\r", -room / 2)}[said.anchor]
    middle = Point(said.x + shift, said.y - 0.35 * said.size * POINT)
    plain = said.text.replace("\\", "\\\\") + side
    return {
        "pos": _pos(picture, middle),
        "shape": "plaintext",
        "margin": "0",
        "width": _inches(room),
        "height": _inches(2 * said.size * POINT),
        "label": f"<<s>{escape(said.text)}</s>>" if said.struck else graphviz.nohtml(plain),
        "fontsize": f"{said.size:g}",
        "fontcolor": said.ink,
        # The comma ends the name of the family, or Pango would take its last word, "Roman", for a style.
        "fontname": f"{picture.face.name}, Bold" if said.bold else f"{picture.face.name},",
    }


def _pos(picture: Picture, point: Point) -> str:
    return f"{_pt(point.x)},{_pt(picture.height - point.y)}"


def _pt(millimetres: float) -> str:
    return f"{millimetres / POINT:.2f}"


def _inches(millimetres: float) -> str:
    return f"{millimetres / 25.4:.4f}"
