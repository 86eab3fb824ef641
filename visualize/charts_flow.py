"""Charts of how cases flow: finished ones by time, open ones by age, what came and went; each with a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from procedures.vietnamese import number
from procedures.words import Lang, say
from visualize.charts import (
    BLUE,
    GREY,
    HIGH,
    LEFT,
    RED,
    RIGHT,
    WIDE,
    Chart,
    Plot,
    apart,
    beside,
    figure,
    frame,
    level,
    nothing,
    over,
    plot_of,
)
from visualize.document import Table
from visualize.picture import Line as Stroke
from visualize.picture import Picture, Point, Shape, Sketch
from visualize.typeset import SCREEN

#: More points than this make a picture that nobody can read and a file that nobody wants: so many are drawn, evenly.
MOST = 600
#: A level across: per cent of the cases, and the days that so many do not exceed.
Level = tuple[int, float]


@dataclass(frozen=True, slots=True)
class Dot:
    """A case in a chart: where it stands across, in places of the names below, its days, and whether it is late."""

    at: float
    days: float
    late: bool = False


def scatter(title: str, names: Sequence[str], dots: Sequence[Dot], levels: Sequence[Level], *,
            lang: Lang = "vi") -> Chart:  # fmt: skip
    """Return a dot for each finished case, by its end, over months or other names; late ones are red squares."""
    plot = plot_of([("", dot.days) for dot in dots], *(days for _, days in levels))
    sketch = _over(plot, names, levels, lang)
    shown = _evenly(dots)
    for dot in shown:
        _dot(sketch, plot, names, dot)
    unit = say("working days").into(lang)
    over(sketch, unit)
    if not dots:
        nothing(sketch, say("nothing was finished in the period").into(lang))
    rows = [(f"P{percent}", figure(days, lang)) for percent, days in levels]
    rows += [(name, _of_name(dots, place, lang)) for place, name in enumerate(names)]
    header = (say("Level or month of the end").into(lang), say("Working days; cases (late)").into(lang))
    said = f"{unit}: {'; '.join(': '.join(row) for row in rows)}"
    title, said = _fewer(title, said, len(shown), len(dots), lang)
    return Chart(sketch.onto(Picture(WIDE, HIGH, title, said, lang, SCREEN)), Table(title, header, tuple(rows)))


def ageing(title: str, steps: Sequence[tuple[str, Sequence[float]]], levels: Sequence[Level], *,
           lang: Lang = "vi") -> Chart:  # fmt: skip
    """Return a dot for each open case at the step where it stands, against how long finished cases took."""
    old = dict(levels).get(85)
    names = [name for name, _ in steps]
    dots = [
        Dot(place + 0.12 * (nth % 5 - 2), days, old is not None and days > old)
        for place, (_, ages) in enumerate(steps)
        for nth, days in enumerate(ages)
    ]
    plot = plot_of([(name, 0.0) for name in names] + [("", dot.days) for dot in dots], *(days for _, days in levels))
    plot = Plot(max(1, len(names)), plot.top)
    sketch = _over(plot, names, levels, lang)
    shown = _evenly(dots)
    for dot in shown:
        _dot(sketch, plot, names, dot)
    over(sketch, say("working days").into(lang))
    if not dots:
        nothing(sketch, say("nothing is open").into(lang))
    header = tuple(
        word.into(lang) for word in (say("Step"), say("Open"), say("Older than P85"), say("Oldest, working days"))
    )
    rows = tuple(
        (name, str(len(ages)), str(sum(old is not None and days > old for days in ages)), figure(max(ages), lang))
        for name, ages in steps
        if ages
    )
    said = "; ".join(f"{name}: {count}, {older}" for name, count, older, _ in rows)
    title, said = _fewer(title, said, len(shown), len(dots), lang)
    return Chart(sketch.onto(Picture(WIDE, HIGH, title, said, lang, SCREEN)), Table(title, header, rows))


def cumulative(title: str, days: Sequence[tuple[str, int, int]], *, lang: Lang = "vi") -> Chart:
    """Return the lines of what came and what went, added up day by day; what is between them was open."""
    plot = plot_of([(name, float(come)) for name, come, _ in days])
    sketch = frame(plot, [name for name, _, _ in days], lang)
    # From below: where both end at one height, what came is named above what went.
    for column, ink, words in ((2, GREY, say("went")), (1, BLUE, say("came"))):
        told = [float(day[column]) for day in days]
        places = tuple(Point(plot.x(at), plot.y(value)) for at, value in enumerate(told))
        if len(places) > 1:
            sketch.lines.append(Stroke(places, stroke=ink, weight=1.4, sharp=True, dashed=column == 2))  # noqa: PLR2004
        if told:
            _name(sketch, plot, words.into(lang), told[-1], ink, lang)
    for at, (_, come, gone) in enumerate(days):
        sketch.line((plot.x(at), plot.y(come)), (plot.x(at), plot.y(gone)), stroke="#9DB8DC", weight=0.8)
    apart(sketch)
    over(sketch, say("cases").into(lang))
    header = tuple(word.into(lang) for word in (say("Before"), say("Came"), say("Went"), say("Open then")))
    rows = tuple((name, str(come), str(gone), str(come - gone)) for name, come, gone in days)
    said = "; ".join(f"{name}: {come} − {gone}" for name, come, gone in days)
    return Chart(sketch.onto(Picture(WIDE, HIGH, title, said, lang, SCREEN)), Table(title, header, rows))


def _over(plot: Plot, names: Sequence[str], levels: Sequence[Level], lang: Lang) -> Sketch:
    sketch = frame(plot, names, lang)
    for percent, days in levels:
        level(sketch, plot, days, f"P{percent}", GREY, lang)
    apart(sketch)
    return sketch


def _evenly(dots: Sequence[Dot]) -> Sequence[Dot]:
    return dots if len(dots) <= MOST else [dots[place * len(dots) // MOST] for place in range(MOST)]


def _fewer(title: str, said: str, shown: int, count: int, lang: Lang) -> tuple[str, str]:
    """Return a title and a description that say so where not every case is drawn."""
    if shown == count:
        return title, said
    fewer = say("{shown} of {count} cases are drawn", shown=number(shown, lang, 0), count=number(count, lang, 0))
    return f"{title} ({fewer.into(lang)})", f"{fewer.into(lang)}. {said}"


def _dot(sketch: Sketch, plot: Plot, names: Sequence[str], dot: Dot) -> None:
    room = (WIDE - LEFT - RIGHT) / max(1, len(names))
    x = min(max(LEFT + (dot.at + 0.5) * room, LEFT), WIDE - RIGHT)
    kind, ink, size = ("box", RED, 1.5) if dot.late else ("circle", BLUE, 1.3)
    sketch.shapes.append(Shape(x, plot.y(dot.days), size, size, kind, ink, ink, weight=0.4))


def _of_name(dots: Sequence[Dot], place: int, lang: Lang) -> str:
    mine = [dot for dot in dots if round(dot.at) == place]
    if not mine:
        return "–"
    middle = sorted(dot.days for dot in mine)[(len(mine) - 1) // 2]
    return f"{figure(middle, lang)}; {len(mine)} ({sum(dot.late for dot in mine)})"


def _name(sketch: Sketch, plot: Plot, words: str, value: float, ink: str, lang: Lang) -> None:
    beside(sketch, plot, f"{words} {figure(value, lang)}", value, ink)
