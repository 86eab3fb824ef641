"""What lies upon what in a picture: every label, circle, outline and arrow against every other."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from visualize.fitting import reach
from visualize.picture import Picture, Shape, Text
from visualize.typeset import POINT, width

PROFILES = {"ellipse": "ellipse", "diamond": "diamond", "hexagon": "hexagon", "octagon": "octagon"}
TOUCH = 0.25  # millimetres that do not count: the white around a letter


@dataclass(frozen=True)
class Box:
    """A rectangle in millimetres and what it is."""

    left: float
    top: float
    right: float
    bottom: float
    what: str

    def meets(self, other: "Box") -> bool:
        return (
            self.left + TOUCH < other.right
            and other.left + TOUCH < self.right
            and self.top + TOUCH < other.bottom
            and other.top + TOUCH < self.bottom
        )


def box_of(text: Text, picture: Picture) -> Box:
    """Return the room that the letters of a text take, from the top of a capital to the foot of a g."""
    wide = width(text.text, text.size, picture.face, bold=text.bold)
    left = text.x - {"start": 0.0, "middle": wide / 2, "end": wide}[text.anchor]
    high = text.size * POINT
    return Box(left, text.y - 0.72 * high, left + wide, text.y + 0.2 * high, f"“{text.text}”")


def crowded(picture: Picture) -> list[str]:
    """Return a sentence for each pair of things that lie upon each other."""
    return [*_texts(picture), *_circles(picture), *_outlines(picture), *_arrows(picture)]


def _texts(picture: Picture) -> Iterator[str]:
    for one, other in combinations([box_of(text, picture) for text in picture.texts], 2):
        if one.meets(other):
            yield f"{one.what} lies upon {other.what}"


def _rings(picture: Picture) -> list[Box]:
    return [
        Box(s.x - s.width / 2, s.y - s.height / 2, s.x + s.width / 2, s.y + s.height / 2, f"a circle at {s.y:.0f} mm")
        for s in picture.shapes
        if s.shape == "circle"
    ]


def _circles(picture: Picture) -> Iterator[str]:
    rings = _rings(picture)
    for one, other in combinations(rings, 2):
        if one.meets(other):
            yield f"{one.what} lies upon {other.what}"
    for ring in rings:
        for text in (box_of(text, picture) for text in picture.texts):
            inside = abs((text.left + text.right - ring.left - ring.right) / 2) < TOUCH
            if ring.meets(text) and not (inside and text.bottom < ring.bottom):
                yield f"{ring.what} lies upon {text.what}"
        for shape in _steps(picture):
            if ring.meets(_frame(shape)):
                yield f"{ring.what} lies upon {shape.owner}"


def _steps(picture: Picture) -> list[Shape]:
    return [shape for shape in picture.shapes if shape.owner and shape.width > 1]


def _frame(shape: Shape) -> Box:
    half, high = shape.width / 2, shape.height / 2
    return Box(shape.x - half, shape.y - high, shape.x + half, shape.y + high, shape.owner)


def _outlines(picture: Picture) -> Iterator[str]:
    for one, other in combinations(_steps(picture), 2):
        if _frame(one).meets(_frame(other)):
            yield f"{one.owner} lies upon {other.owner}"
    for shape in _steps(picture):
        for text in picture.texts:
            room = box_of(text, picture)
            if not room.meets(_frame(shape)):
                continue
            inside = text.owner == shape.owner and text.anchor == "middle" and abs(text.x - shape.x) < TOUCH
            if inside and not _within(room, shape):
                yield f"{room.what} leaves the outline of {shape.owner}"
            if not inside and _upon(room, shape):
                yield f"{room.what} lies upon the outline of {shape.owner}"


def _reach(shape: Shape, y: float) -> float:
    return reach(PROFILES.get(shape.shape, "box"), shape.width / 2, shape.height / 2, y - shape.y)


def _within(room: Box, shape: Shape) -> bool:
    if not shape.y - shape.height / 2 <= room.top <= room.bottom <= shape.y + shape.height / 2:
        return False
    reached = min(_reach(shape, room.top), _reach(shape, room.bottom))
    return shape.x - reached - TOUCH <= room.left and room.right <= shape.x + reached + TOUCH


def _upon(room: Box, shape: Shape) -> bool:
    nearest = min(max(shape.y, room.top), room.bottom)
    if abs(nearest - shape.y) > shape.height / 2:
        return False
    reached = _reach(shape, nearest) - TOUCH
    return room.left < shape.x + reached and shape.x - reached < room.right


def _arrows(picture: Picture) -> Iterator[str]:
    rooms = [box_of(text, picture) for text in picture.texts] + _rings(picture)
    for line in (line for line in picture.lines if line.arrow):
        for a, b in zip(line.points, line.points[1:], strict=False):
            thin = Box(min(a.x, b.x) - TOUCH, min(a.y, b.y) - TOUCH, max(a.x, b.x) + TOUCH, max(a.y, b.y) + TOUCH, "")
            for room in rooms:
                if thin.meets(room) and not (b == line.points[-1] and room.what.startswith("a circle")):
                    yield f"an arrow at {a.x:.0f}, {a.y:.0f} mm runs through {room.what}"
        for shape in _steps(picture):
            for a, b in zip(line.points, line.points[1:], strict=False):
                middle = Box(shape.x - 1, shape.y - 1, shape.x + 1, shape.y + 1, shape.owner)
                thin = Box(
                    min(a.x, b.x) - TOUCH, min(a.y, b.y) - TOUCH, max(a.x, b.x) + TOUCH, max(a.y, b.y) + TOUCH, ""
                )
                if thin.meets(middle):
                    yield f"an arrow runs through {shape.owner}"
