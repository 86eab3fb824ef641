"""The Pareto chart of nonconformities and their months, each with a table of the same numbers."""

from collections.abc import Sequence

from procedures.vietnamese import number, percent
from procedures.words import Lang, say
from quality.pareto import WORDS, Bar, Month, Trait
from visualize import charts
from visualize.brief import capital
from visualize.charts import Chart
from visualize.document import Table
from visualize.picture import INK, Line, Picture, Point, Shape, Sketch, Text
from visualize.typeset import SCREEN, wrap

_WIDE, _HIGH = 160.0, 80.0
_LEFT, _RIGHT, _TOP, _FOOT = 12.0, 14.0, 8.0, 20.0
_SIZE, _LINE = 9.0, 3.7
_BLUE, _RED, _PALE = "#0B4F9E", "#9B1C13", "#D0D0D0"
#: So many bars stand side by side; what is left comes together in the last.
_BARS = 8


def pareto_chart(bars: Sequence[Bar], trait: Trait, lang: Lang) -> Chart:
    """Return the bars, the longest first, with the line of the cumulated share; the table has every bar."""
    title = say("Nonconformities by {trait}", trait=WORDS[trait]).into(lang)
    shown = _shown(bars, lang)
    # The axis ends at the whole, so the line rises from the top of the first bar and never runs behind one.
    top = sum(count for _, count, _ in shown) or 1
    sketch = _frame(top, lang)
    for place, (name, count, _) in enumerate(shown):
        _bar(sketch, place, len(shown), name, (count, top), lang)
    line = [Point(_x(place, len(shown)), _y(share)) for place, (_, _, share) in enumerate(shown)]
    if len(line) > 1:
        sketch.lines.append(Line(tuple(line), stroke=_RED, weight=1.2, sharp=True))
    for point, (_, _, share) in zip(line, shown, strict=True):
        sketch.shapes.append(Shape(point.x, point.y, 1.8, 1.8, "circle", _RED, _RED))
        sketch.texts.append(Text(percent(share, lang), point.x - 1.2, point.y - 1.2, _SIZE, "end", ink=_RED))
    told = "; ".join(f"{name}: {count}" for name, count, _ in shown)
    return Chart(sketch.onto(Picture(_WIDE, _HIGH, title, told, lang, SCREEN)), _twin(title, bars, trait, lang))


def trend_chart(months: Sequence[Month], lang: Lang) -> Chart:
    """Return what was opened in each month as bars; the table tells what was closed and left besides."""
    title = say("Nonconformities by month").into(lang)
    names = [f"{one.period.start:%m/%Y}" for one in months]
    drawn = charts.bars(title, say("opened in the period").into(lang), [
        (name, one.opened.value or 0.0) for name, one in zip(names, months, strict=True)
    ], lang=lang)  # fmt: skip
    heads = (say("month"), say("opened in the period"), say("closed in the period"), say("not closed"))
    rows = tuple(
        (name, *(number(figure.count, lang, 0) for figure in (one.opened, one.closed, one.left)))
        for name, one in zip(names, months, strict=True)
    )
    return Chart(drawn.picture, Table(title, tuple(capital(head.into(lang)) for head in heads), rows))


def _shown(bars: Sequence[Bar], lang: Lang) -> list[tuple[str, int, float]]:
    if len(bars) <= _BARS:
        return [(bar.name, bar.count, bar.cumulated) for bar in bars]
    rest = bars[_BARS - 1 :]
    first = [(bar.name, bar.count, bar.cumulated) for bar in bars[: _BARS - 1]]
    return [*first, (say("the others ({count})", count=len(rest)).into(lang), sum(bar.count for bar in rest), 1.0)]


def _frame(top: int, lang: Lang) -> Sketch:
    sketch = Sketch()
    for quarter in range(5):
        y = _y(quarter / 4)
        sketch.line((_LEFT, y), (_WIDE - _RIGHT, y), stroke=_PALE, weight=0.5)
        if top * quarter % 4 == 0:
            count = number(top * quarter / 4, lang, 0)
            sketch.texts.append(Text(count, _LEFT - 1.5, y + 1.1, _SIZE, "end", ink=_BLUE))
    return sketch


def _bar(sketch: Sketch, place: int, among: int, name: str, count: tuple[int, int], lang: Lang) -> None:
    x, room = _x(place, among), (_WIDE - _LEFT - _RIGHT) / among
    high = _y(0) - _y(count[0] / count[1])
    sketch.shapes.append(Shape(x, _y(0) - high / 2, min(0.7 * room, 22.0), high, fill=_BLUE, stroke=_BLUE))
    inside = high > _LINE * 1.5
    y = _y(0) - high + _LINE if inside else _y(0) - high - 1.0
    sketch.texts.append(Text(number(count[0], lang, 0), x, y, _SIZE, ink="#FFFFFF" if inside else INK))
    for line, words in enumerate(wrap(name, room - 1.5, _SIZE, SCREEN)[:4]):
        sketch.texts.append(Text(words, x, _y(0) + 4.5 + _LINE * line, _SIZE))


def _x(place: int, among: int) -> float:
    return _LEFT + (place + 0.5) * (_WIDE - _LEFT - _RIGHT) / among


def _y(share: float) -> float:
    return _HIGH - _FOOT - share * (_HIGH - _FOOT - _TOP)


def _twin(title: str, bars: Sequence[Bar], trait: Trait, lang: Lang) -> Table:
    heads = (WORDS[trait], say("nonconformities"), say("cumulated share"))
    rows = tuple((bar.name, number(bar.count, lang, 0), percent(bar.cumulated, lang)) for bar in bars)
    return Table(title, tuple(capital(head.into(lang)) for head in heads), rows, (4, 1, 1))
