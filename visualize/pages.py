"""A long picture cut into pages between its rows; a line that is cut goes on from a circle with the same letter."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

from visualize.picture import Line, Picture, Point, Shape, Sketch, Text
from visualize.typeset import POINT

#: The height left on an A4 page under a heading and a caption, in millimetres.
A4_HEIGHT = 235.0
_CIRCLE = 4.6
_MARGIN = 6.5  # above and below a cut: room for the circles
_OVERHANG = 2.5  # a label may hang this far over a cut and still belongs to the row above
_SIZE = 9.0
_GRID = "#595959"


def pages(picture: Picture, height: float = A4_HEIGHT) -> tuple[Picture, ...]:
    """Return `picture` as pages no higher than `height` mm each, unless one row is higher by itself."""
    cuts = _cuts(picture, height)
    if not cuts:
        return (picture,)
    edges = [picture.head, *cuts, picture.height]
    letters = [0]
    for cut in cuts:
        letters.append(letters[-1] + len(_crossings(picture, cut)))
    return tuple(
        _page(
            picture,
            _Cut(top, bottom, letters[at - 1] if at else None, letters[at] if at < len(cuts) else None, picture.head),
        )
        for at, (top, bottom) in enumerate(itertools.pairwise(edges))
    )


def _cuts(picture: Picture, height: float) -> list[float]:
    cuts: list[float] = []
    top, extra = 0.0, 0.0
    if picture.height <= height:
        return cuts
    for here, after in zip(picture.breaks, (*picture.breaks[1:], picture.height), strict=True):
        if here > top and after - top + extra + _MARGIN > height and here < picture.breaks[-1]:
            cuts.append(here)
            top, extra = here, picture.head + _MARGIN
    return cuts


@dataclass(frozen=True, slots=True)
class _Cut:
    """A page of a long picture: the heights it shows, the letters of its first circles, and where it lands."""

    top: float
    bottom: float
    above: int | None
    below: int | None
    head: float

    @property
    def shift(self) -> float:
        return self.head - self.top + (_MARGIN if self.above is not None else 0.0)

    @property
    def foot(self) -> float:
        return self.bottom + self.shift + (_MARGIN if self.below is not None else 0.0)


def _page(picture: Picture, cut: _Cut) -> Picture:
    low = cut.top + (_OVERHANG if cut.above is not None else 0.0)
    high = cut.bottom + (_OVERHANG if cut.below is not None else 1.0)
    head = cut.head
    shapes = [s for s in picture.shapes if s.y < head]
    shapes += [replace(s, y=s.y + cut.shift) for s in picture.shapes if _in(s.y, max(cut.top, head), cut.bottom)]
    texts = [t for t in picture.texts if t.y < head]
    texts += [replace(t, y=t.y + cut.shift) for t in picture.texts if _in(t.y, max(low, head), high)]
    lines = [line for whole in picture.lines for line in _clip(whole, cut)]
    sketch = Sketch(shapes, lines, texts)
    if cut.above is not None:
        _circles(sketch, picture, cut.above, (cut.top, head + 3.0, cut.top + cut.shift))
    if cut.below is not None:
        _circles(sketch, picture, cut.below, (cut.bottom, cut.foot - 3.0, cut.bottom + cut.shift))
        sketch.line((0, cut.foot), (picture.width, cut.foot), stroke=_GRID, weight=0.6)
    for link in picture.links:
        if _in(link.box[1], max(cut.top, head), cut.bottom):
            sketch.links.append(replace(link, box=(link.box[0], link.box[1] + cut.shift, *link.box[2:])))
    blank = replace(picture, height=cut.foot + 0.5, shapes=(), lines=(), texts=(), links=(), breaks=())
    return sketch.onto(blank)


def _circles(sketch: Sketch, picture: Picture, letter: int, heights: tuple[float, float, float]) -> None:
    cut, y, end = heights
    for at, x in enumerate(_crossings(picture, cut)):
        sketch.shapes.append(Shape(x, y, _CIRCLE, _CIRCLE, "circle", "#FFFFFF"))
        sketch.texts.append(Text(_letter(letter + at), x, y + 0.35 * _SIZE * POINT, _SIZE))
        sketch.line((x, y + (_CIRCLE / 2 if y < end else -_CIRCLE / 2)), (x, end))


def _in(y: float, top: float, bottom: float) -> bool:
    return top < y <= bottom


def _letter(number: int) -> str:
    return chr(ord("A") + number) if number < 26 else f"A{number - 25}"  # noqa: PLR2004 -- letters of the alphabet


def _crossings(picture: Picture, cut: float) -> list[float]:
    found = set()
    for line in (line for line in picture.lines if line.arrow):
        for a, b in zip(line.points, line.points[1:], strict=False):
            if min(a.y, b.y) < cut < max(a.y, b.y):
                found.add(round(a.x, 3))
    return sorted(found)


def _clip(line: Line, cut: _Cut) -> Iterator[Line]:
    """Yield the stretches of `line` on a page; only the one with its end keeps the arrow head."""
    part: list[Point] = []
    for a, b in zip(line.points, line.points[1:], strict=False):
        if max(a.y, b.y) <= cut.top or min(a.y, b.y) >= cut.bottom:
            if part:
                yield replace(line, points=tuple(part), arrow=False)
            part = []
            continue
        inside = [Point(p.x, _landed(p.y, cut, grid=not line.arrow)) for p in (a, b)]
        part = [*(part or inside[:1]), inside[1]]
        if not cut.top <= b.y <= cut.bottom:
            yield replace(line, points=tuple(part), arrow=False)
            part = []
    if len(part) > 1:
        yield replace(line, points=tuple(part))


def _landed(y: float, cut: _Cut, *, grid: bool) -> float:
    # Lines of the table go on through the room for the circles, so that each page is a closed table.
    if y < cut.top or (grid and y == cut.top):
        return cut.head if grid else cut.top + cut.shift
    if y > cut.bottom:
        return cut.foot if grid else cut.bottom + cut.shift
    return y + cut.shift
