"""Small multiples: one little line for each of many, all on one scale, so that they can be held against one another."""

from collections.abc import Sequence
from math import ceil

from procedures.words import Lang, say
from visualize.charts import BLUE, GREY, Chart, figure
from visualize.document import Table
from visualize.picture import Line, Picture, Point, Shape, Sketch, Text
from visualize.typeset import POINT, SCREEN

#: Columns of the grid, and the size of a cell with its name above and its months below, in millimetres.
ACROSS, WIDE, HIGH = 4, 40.0, 27.0
_LEFT, _RIGHT, _TOP, _FOOT = 9.0, 9.0, 7.0, 6.0
_SIZE, _NAME = 7.5, 9.0
_PALE = "#D0D0D0"

#: A name with its values by the names of the periods; None where there was nothing to measure.
Cell = tuple[str, Sequence[float | None]]


def multiples(
    title: str, unit: str, periods: Sequence[str], cells: Sequence[Cell], *, top: float = 100.0, lang: Lang = "vi"
) -> Chart:
    """Return a cell for each name: its values from nought to `top`, the last of them in figures."""
    sketch = Sketch()
    for place, (name, values) in enumerate(cells):
        corner = Point(WIDE * (place % ACROSS), HIGH * (place // ACROSS))
        _frame(sketch, corner, name, (periods, top), lang)
        _line(sketch, corner, values, top, lang)
    header = (say("Procedure").into(lang), *periods)
    rows = tuple((name, *(_said(value, lang) for value in values)) for name, values in cells)
    told = "; ".join(f"{name}: {', '.join(_said(value, lang) for value in values)}" for name, values in cells)
    high = HIGH * max(1, ceil(len(cells) / ACROSS))
    picture = sketch.onto(Picture(WIDE * ACROSS, high, title, f"{unit}: {told}", lang, SCREEN))
    return Chart(picture, Table(title, header, rows, (2.2, *(1.0,) * len(periods))))


def _frame(sketch: Sketch, corner: Point, name: str, scale: tuple[Sequence[str], float], lang: Lang) -> None:
    """Draw name, scale and the first and last period of a cell."""
    periods, top = scale
    left, right = corner.x + _LEFT, corner.x + WIDE - _RIGHT
    sketch.texts.append(Text(name, left, corner.y + 3.9, _NAME, "start", bold=True))
    for value in (0.0, top / 2, top):
        y = _y(corner, value, top)
        sketch.line((left, y), (right, y), stroke=_PALE if value else GREY, weight=0.5)
        sketch.texts.append(Text(figure(value, lang), left - 1.0, y + 0.35 * _SIZE * POINT, _SIZE, "end", ink=GREY))
    for at, text, anchor in ((left, periods[0], "start"), (right, periods[-1], "end")) if periods else ():
        sketch.texts.append(Text(text, at, corner.y + HIGH - _FOOT + 3.6, _SIZE, anchor, ink=GREY))


def _line(sketch: Sketch, corner: Point, values: Sequence[float | None], top: float, lang: Lang) -> None:
    """Draw the values of a cell; where there was nothing to measure the line is broken."""
    room = (WIDE - _LEFT - _RIGHT) / max(1, len(values))
    run: list[Point] = []
    for at, value in enumerate((*values, None)):
        if value is not None:
            run.append(Point(corner.x + _LEFT + (at + 0.5) * room, _y(corner, value, top)))
            continue
        if len(run) > 1:
            sketch.lines.append(Line(tuple(run), stroke=BLUE, weight=1.2, sharp=True))
        sketch.shapes += [Shape(point.x, point.y, 1.0, 1.0, "circle", BLUE, BLUE) for point in run]
        run = []
    known = [value for value in values if value is not None]
    if known:
        y = _y(corner, known[-1], top) + 0.35 * _SIZE * POINT
        last = Text(figure(round(known[-1], 1), lang), corner.x + WIDE - _RIGHT + 0.8, y, _SIZE, "start", ink=BLUE)
        sketch.texts.append(last)
    else:
        words = say("nothing measured").into(lang)
        sketch.texts.append(Text(words, corner.x + WIDE / 2, _y(corner, top / 4, top), _SIZE, ink=GREY))


def _y(corner: Point, value: float, top: float) -> float:
    return corner.y + HIGH - _FOOT - min(value, top) / top * (HIGH - _FOOT - _TOP)


def _said(value: float | None, lang: Lang) -> str:
    return "–" if value is None else figure(round(value, 1), lang)
