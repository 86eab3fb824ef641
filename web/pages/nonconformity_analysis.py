"""Where nonconformities come from and how they come and go: the Pareto chart and the months, each with its table."""

from collections.abc import Iterator

from procedures.words import say
from quality.pareto import TRAITS, WORDS, Trait, pareto, trend, untold
from quality.periods import parts
from visualize.brief import capital
from visualize.charts import Chart
from visualize.pareto import pareto_chart, trend_chart
from visualize.svg import svg
from web import visit as v
from web.parts import Cell, Head, Link, Page, Table
from web.reading import nonconformities
from web.visit import Missing, Visit

PATH = "/khong-phu-hop/phan-tich"
_BY = "theo"
_KEYS: dict[str, Trait] = dict(
    zip(("nguyen-nhan", "quy-trinh", "buoc", "don-vi", "nguon", "muc-do"), TRAITS, strict=True)
)


def page(visit: Visit, _name: str) -> Page:
    """Return the charts of a period: by the trait asked for, and by month."""
    asked = visit.asked(_BY) or next(iter(_KEYS))
    if asked not in _KEYS:
        raise Missing(say("nonconformities cannot be counted by “{text}”", text=asked))
    trait, period = _KEYS[asked], visit.period()
    every = nonconformities(visit)
    found = [one for one in every if period.start <= one.opened_at < period.end]
    bars = pareto(found, trait)
    months = [one for one in parts(period, "month") if one.start <= visit.now]
    left = len(untold(found, trait))
    shows = {
        "choices": list(_choices(visit, asked)),
        "charts": [
            *([_shown(pareto_chart(bars, trait, visit.lang))] if bars else []),
            *([_shown(trend_chart(trend(every, months), visit.lang))] if months and every else []),
        ],
        "left": visit.text(say("{count} have nothing to be counted by yet", count=left)) if left else "",
        "back": visit.link("/khong-phu-hop"),
    }
    said = say("Nonconformities counted, {period}", period=period.words)
    return Page("nonconformity_analysis.html", visit.text(said), shows)


def _choices(visit: Visit, asked: str) -> Iterator[Link]:
    for key, trait in _KEYS.items():
        href = visit.link(PATH, {_BY: key, v.PERIOD: visit.asked(v.PERIOD)})
        yield Link(capital(visit.text(WORDS[trait])), href, here=key == asked)


def _shown(chart: Chart) -> dict[str, object]:
    heads = tuple(Head(text, number=place > 0) for place, text in enumerate(chart.twin.header))
    rows = tuple(tuple(Cell(text, vi=True) for text in row) for row in chart.twin.rows)
    return {"svg": svg(chart.picture, links=False).decode(), "table": Table(chart.twin.caption, heads, rows)}
