"""Small charts with a table beside them: bars, a line, and the XmR chart of a process."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import floor, log10

from procedures.vietnamese import number
from procedures.words import Lang, say
from visualize.document import Table
from visualize.picture import Line as Stroke
from visualize.picture import Picture, Point, Shape, Sketch, Text
from visualize.typeset import POINT, SCREEN, wrap

WIDE, HIGH = 160.0, 70.0
LEFT, RIGHT, TOP, FOOT = 14.0, 30.0, 9.0, 13.0
SIZE = 9.0
_LINE = 3.7
BLUE = "#0B4F9E"
RED = "#9B1C13"
GREY = "#595959"
_TICKS = 4
_NICE = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 7.5, 10.0)


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture and the same numbers as a table."""

    picture: Picture
    twin: Table


@dataclass(frozen=True, slots=True)
class Limits:
    """The mean of a process and the natural limits of its values."""

    mean: float
    upper: float
    lower: float


@dataclass(frozen=True, slots=True)
class Plot:
    """The frame of a chart: how many places across, and the greatest value up."""

    count: int
    top: float

    def x(self, at: float) -> float:
        """Return where a place lies across."""
        return LEFT + (at + 0.5) * (WIDE - LEFT - RIGHT) / self.count

    def y(self, value: float) -> float:
        """Return where a value lies up."""
        return HIGH - FOOT - value / self.top * (HIGH - FOOT - TOP)


def bars(title: str, unit: str, values: Sequence[tuple[str, float]], *, lang: Lang = "vi") -> Chart:
    """Return a bar for each (name, value); values are not negative."""
    plot = plot_of(values)
    sketch = frame(plot, [name for name, _ in values], lang)
    for at, (_, value) in enumerate(values):
        wide = 0.6 * (plot.x(1) - plot.x(0)) if plot.count > 1 else 20.0
        high = plot.y(0) - plot.y(value)
        if high:
            bar = Shape(plot.x(at), plot.y(value) + high / 2, min(wide, 20.0), high, fill=BLUE, stroke=BLUE)
            sketch.shapes.append(bar)
        letters(sketch, figure(value, lang), plot.x(at), plot.y(value) - 1.0)
    return _chart(title, unit, values, sketch, lang)


def line(title: str, unit: str, values: Sequence[tuple[str, float]], *, target: float | None = None,
         lang: Lang = "vi") -> Chart:  # fmt: skip
    """Return the values of successive periods joined by a line, with a dashed target if there is one."""
    plot = plot_of(values, target or 0.0)
    sketch = frame(plot, [name for name, _ in values], lang)
    if target is not None:
        level(sketch, plot, target, say("target level").into(lang), GREY, lang)
    _points(sketch, plot, [value for _, value in values], None)
    return _chart(title, unit, values, sketch, lang)


def xmr(title: str, unit: str, values: Sequence[tuple[str, float]], limits: Limits, *, lang: Lang = "vi") -> Chart:
    """Return the X part of an XmR chart; values outside the limits are red, ringed and marked in the table."""
    plot = plot_of(values, limits.upper)
    sketch = frame(plot, [name for name, _ in values], lang)
    # From below: where they are the same, their names stand above one another in this order.
    if limits.lower > 0:
        level(sketch, plot, limits.lower, say("lower limit").into(lang), RED, lang)
    level(sketch, plot, limits.mean, say("the mean").into(lang), GREY, lang)
    level(sketch, plot, limits.upper, say("upper limit").into(lang), RED, lang)
    apart(sketch)
    _points(sketch, plot, [value for _, value in values], limits)
    said = say("mean {mean}, limits {lower} to {upper}", mean=figure(limits.mean, lang),
               lower=figure(limits.lower, lang), upper=figure(limits.upper, lang))  # fmt: skip
    return _chart(f"{title} ({said.into(lang)})", unit, values, sketch, lang, limits)


def plot_of(values: Sequence[tuple[str, float]], *levels: float) -> Plot:
    """Return the frame of values and levels, up to a round number."""
    top = max([*(value for _, value in values), *levels, 0.0]) or 1.0
    power = 10.0 ** floor(log10(top / _TICKS))
    if all(value == int(value) for value in (top, *(value for _, value in values), *levels)):
        return Plot(max(1, len(values)), _whole(top, power))
    step = next(power * nice for nice in _NICE if power * nice * _TICKS >= top * (1 - 1e-9))
    return Plot(max(1, len(values)), step * _TICKS)


def _whole(top: float, power: float) -> float:
    # There is no half of a case: what is counted in whole numbers has whole numbers beside it.
    steps = (max(1.0, power) * nice for nice in _NICE)
    return _TICKS * next(step for step in steps if step == int(step) and step * _TICKS >= top)


def frame(plot: Plot, names: Sequence[str], lang: Lang) -> Sketch:
    """Return a sketch with the scale and the names below."""
    sketch = Sketch()
    for tick in range(_TICKS + 1):
        value = plot.top * tick / _TICKS
        y = plot.y(value)
        sketch.line((LEFT, y), (WIDE - RIGHT, y), stroke="#D0D0D0", weight=0.5)
        letters(sketch, figure(round(value, 2), lang), LEFT - 1.5, y + 0.35 * SIZE * POINT, "end")
    sketch.line((LEFT, plot.y(0)), (WIDE - RIGHT, plot.y(0)))
    room = (WIDE - LEFT - RIGHT) / max(1, len(names))
    every = max(1, round(12.0 / room + 0.49))
    for at, name in list(enumerate(names))[::every]:
        for place, words in enumerate(wrap(name, room * every - 1, SIZE, SCREEN)[:2]):
            letters(sketch, words, LEFT + (at + 0.5) * room, plot.y(0) + 4.5 + 3.7 * place)
    return sketch


def level(sketch: Sketch, plot: Plot, value: float, name: str, ink: str, lang: Lang) -> None:
    """Draw a dashed level across, with its name and value."""
    y = plot.y(value)
    sketch.line((LEFT, y), (WIDE - RIGHT, y), stroke=ink, dashed=True, weight=1.0)
    beside(sketch, plot, f"{name} {figure(value, lang)}", value, ink)


def beside(sketch: Sketch, plot: Plot, words: str, value: float, ink: str) -> None:
    """Say words right of the chart, at the height of a value."""
    y = plot.y(value) + 0.35 * SIZE * POINT
    sketch.texts.append(Text(words, WIDE - RIGHT + 1.0, y, SIZE, "start", ink=ink))


def apart(sketch: Sketch) -> None:
    """Move the names of levels that lie close apart."""
    # The names of levels close to each other would lie upon each other; the upper one gives way upwards.
    names = sorted(
        (n for n, text in enumerate(sketch.texts) if text.anchor == "start"), key=lambda n: -sketch.texts[n].y
    )
    for below, above in pairwise(names):
        highest = sketch.texts[below].y - _LINE
        sketch.texts[above] = replace(sketch.texts[above], y=min(sketch.texts[above].y, highest))


def _points(sketch: Sketch, plot: Plot, values: Sequence[float], limits: Limits | None) -> None:
    places = tuple(Point(plot.x(at), plot.y(value)) for at, value in enumerate(values))
    if len(places) > 1:
        sketch.lines.append(Stroke(places, stroke=BLUE, weight=1.2, sharp=True))
    for place, value in zip(places, values, strict=True):
        outside = limits is not None and not limits.lower <= value <= limits.upper
        ink, size = (RED, 2.8) if outside else (BLUE, 1.8)
        sketch.shapes.append(Shape(place.x, place.y, size, size, "circle", ink, ink))
        if outside:
            sketch.shapes.append(Shape(place.x, place.y, 4.4, 4.4, "circle", stroke=ink))


def figure(value: float, lang: Lang) -> str:
    """Return a number as it stands in a chart."""
    return number(value, lang, digits=2)


def letters(sketch: Sketch, words: str, x: float, y: float, anchor: str = "middle") -> None:
    """Say words at a place."""
    sketch.texts.append(Text(words, x, y, SIZE, anchor))


def over(sketch: Sketch, unit: str) -> None:
    """Say above the scale what it counts."""
    sketch.texts.append(Text(unit, 0.5, TOP - 4.5, SIZE, "start", ink=GREY))


def nothing(sketch: Sketch, words: str) -> None:
    """Say above the foot of a plot that there is nothing to be seen in it."""
    letters(sketch, words, (LEFT + WIDE - RIGHT) / 2, HIGH - FOOT - 3.0)


def _chart(
    title: str, unit: str, values: Sequence[tuple[str, float]], sketch: Sketch, lang: Lang, limits: Limits | None = None
) -> Chart:
    over(sketch, unit)
    header: tuple[str, ...] = (say("Period or group").into(lang), unit)
    rows: list[tuple[str, ...]] = [(name, figure(value, lang)) for name, value in values]
    if limits is not None:
        header = (*header, say("Against the limits").into(lang))
        said = [
            say("inside the limits") if limits.lower <= value <= limits.upper else say("outside the limits")
            for _, value in values
        ]
        rows = [(*row, words.into(lang)) for row, words in zip(rows, said, strict=True)]
    described = "; ".join(f"{name}: {figure(value, lang)}" for name, value in values)
    picture = sketch.onto(Picture(WIDE, HIGH, title, f"{unit}: {described}", lang, SCREEN))
    return Chart(picture, Table(title, header, tuple(rows)))
