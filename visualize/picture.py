"""A picture as a list of strokes in millimetres, y downwards: what a layout makes and a renderer inks."""

from dataclasses import dataclass, field, replace

from visualize.typeset import SCREEN, Face, wrap

INK = "#1B1B1B"
#: Size of a title in points, and millimetres from one line of it to the next.
_TITLE, _NEXT = 10.0, 4.8


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the paper in millimetres from the top left corner."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Shape:
    """A closed outline around (`x`, `y`); `owner` is the key of the node it belongs to."""

    x: float
    y: float
    width: float
    height: float
    shape: str = "box"
    fill: str = "none"
    stroke: str = INK
    weight: float = 1.0
    dashed: bool = False
    frames: int = 1
    rounded: bool = False
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A polyline with rounded corners unless `sharp`, with or without an arrow head at its end."""

    points: tuple[Point, ...]
    arrow: bool = False
    dashed: bool = False
    weight: float = 1.0
    stroke: str = INK
    owner: str = ""
    sharp: bool = False  # bends are points that were measured, not corners to be rounded


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text: `x` is its left edge, middle or right edge after `anchor`, `y` its baseline; size in points."""

    text: str
    x: float
    y: float
    size: float = 10.0
    anchor: str = "middle"
    bold: bool = False
    ink: str = INK
    struck: bool = False
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A node that can be reached by keyboard: its sentence and where it leads; `box` is x, y, width, height."""

    owner: str
    label: str
    href: str
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Picture:
    """One page. `breaks` are the heights at which it may be cut, `head` the height of the heading to repeat."""

    width: float
    height: float
    title: str
    description: str
    lang: str
    face: Face = SCREEN
    bands: tuple[Shape, ...] = ()  # plain fills behind everything, where the renderer can
    shapes: tuple[Shape, ...] = ()
    lines: tuple[Line, ...] = ()
    texts: tuple[Text, ...] = ()
    links: tuple[Link, ...] = ()
    breaks: tuple[float, ...] = ()
    head: float = 0.0


@dataclass(slots=True)
class Sketch:
    """A picture in the making."""

    shapes: list[Shape] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def line(
        self,
        *points: tuple[float, float],
        arrow: bool = False,
        dashed: bool = False,
        weight: float = 1.0,
        stroke: str = INK,
        owner: str = "",
    ) -> None:
        """Add a polyline through `points`, leaving out points that are the same as the one before."""
        kept = [Point(*point) for point, before in zip(points, (None, *points), strict=False) if point != before]
        self.lines.append(Line(tuple(kept), arrow, dashed, weight, stroke, owner))

    def onto(self, picture: Picture) -> Picture:
        """Return `picture` with what was sketched."""
        return replace(
            picture,
            shapes=(*picture.shapes, *self.shapes),
            lines=(*picture.lines, *self.lines),
            texts=(*picture.texts, *self.texts),
            links=(*picture.links, *self.links),
        )


def under_title(picture: Picture) -> Picture:
    """Return a picture that says itself what it shows: for a file that nothing else stands beside."""
    lines = wrap(picture.title, picture.width - 2, _TITLE, picture.face)
    by = 2.0 + _NEXT * len(lines)
    said = tuple(
        Text(words, 0.5, _NEXT * (place + 1) - 0.5, _TITLE, "start", bold=True) for place, words in enumerate(lines)
    )
    return replace(
        picture,
        height=picture.height + by,
        bands=tuple(replace(one, y=one.y + by) for one in picture.bands),
        shapes=tuple(replace(one, y=one.y + by) for one in picture.shapes),
        lines=tuple(
            replace(one, points=tuple(Point(point.x, point.y + by) for point in one.points)) for one in picture.lines
        ),
        texts=(*said, *(replace(one, y=one.y + by) for one in picture.texts)),
        links=(),
    )
