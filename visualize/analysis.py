"""The pictures of one procedure's analysis, each with the same numbers as a table: for the page and the command."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from procedures.model import Procedure
from procedures.vietnamese import number, percent
from procedures.words import Lang, Words, say
from quality.groups import Group
from quality.meter import Worked
from quality.periods import Period, last, parts
from quality.traces import Heat, by_month, finished_cases, flow, heat, open_cases
from quality.xmr import TOO_FEW, xmr
from visualize import charts
from visualize.charts import Chart, Limits
from visualize.charts_flow import Dot, ageing, cumulative, scatter
from visualize.charts_small import multiples
from visualize.column import flowchart
from visualize.document import Table
from visualize.flow import diagram_of
from visualize.heat import Warmth, heated

#: What a shade can stand for: times done, median of working, median of waiting, share done late.
Measure = str
MEASURES: Mapping[Measure, Words] = {
    "luot": say("times done"),
    "lam": say("working time"),
    "cho": say("waiting time"),
    "cham": say("share late"),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What is analysed: a procedure as issued, its cases, the period, and working time."""

    procedure: Procedure
    group: Group
    period: Period
    worked: Worked
    lang: Lang = "vi"
    measure: Measure = "luot"

    def told(self, words: Words) -> str:
        """Return a sentence in the language of the reader."""
        return words.into(self.lang)


#: As many little pictures fit on a page of A4.
MOST_CELLS = 32


def control(about: Subject) -> Chart:
    """Return the on-time rate by month with its natural limits, or as a line while there are too few months."""
    points = by_month(about.group, about.period)
    rates = [(_month(key), 100 * figure.value) for key, figure in points if figure.value is not None]
    title = about.told(say("On-time rate by month"))
    chart = xmr([rate for _, rate in rates], clip=(0, 100)) if len(rates) > 1 else None
    if chart is None or chart.notice is not None:
        return charts.line(f"{title} ({about.told(TOO_FEW)})", "%", rates, lang=about.lang)
    drawn = charts.xmr(title, "%", rates, Limits(chart.mean, chart.upper, chart.lower), lang=about.lang)
    told: dict[int, list[str]] = {}
    for signal in chart.signals:
        told.setdefault(signal.point, []).append(about.told(_SIGNALS[signal.kind]))
    rows = tuple((*row, "; ".join(told.get(place, []))) for place, row in enumerate(drawn.twin.rows))
    header = (*drawn.twin.header, about.told(say("Signal")))
    return Chart(drawn.picture, Table(drawn.twin.caption, header, rows))


_SIGNALS = {
    "outside": say("outside the limits"),
    "run": say("eight in a row on one side of the mean"),
    "near_limit": say("three of four nearer a limit than the mean"),
}


def _month(key: str) -> str:
    """Return a month as people write it: 03/2026."""
    year, _, month = key.partition("-")
    return f"{month}/{year}"


def side_by_side(groups: Sequence[Group], period: Period, lang: Lang) -> Chart | None:
    """Return the on-time rate by month of each issue with a little picture of its own; None for fewer than two.

    Of very many those with the most cases are shown.
    """
    months = [month for month in last(12, period, "month") if any(month.since < group.as_of for group in groups)]
    found = [(group, dict(by_month(group, period))) for group in groups]
    measured = [(group, rates) for group, rates in found if rates]
    most = sorted(measured, key=lambda one: -sum(figure.count for figure in one[1].values()))[:MOST_CELLS]
    if len(most) < 2:  # noqa: PLR2004 -- there is nothing to hold one against
        return None
    cells = []
    for group, rates in sorted(most, key=lambda one: (one[0].procedure, one[0].issues)):
        values = [rates[month.key].value if month.key in rates else None for month in months]
        name = f"{group.procedure}@{group.issues[0][0]}"
        cells.append((name, [None if value is None else 100 * value for value in values]))
    title = say("On-time rate by month, each procedure for itself, in %").into(lang)
    if len(most) < len(measured):
        title = say("{title} (the {shown} with the most cases)", title=title, shown=len(most)).into(lang)
    return multiples(title, "%", [_month(month.key) for month in months], cells, lang=lang)


def times(about: Subject) -> Chart:
    """Return each finished case by its end and its working days, with P50, P85 and P95."""
    seen, months = finished_cases(about.group, about.period, about.worked), _months(about.period)
    dots = [
        Dot(_across(months, at), days, late) for at, days, late in zip(seen.ended_at, seen.days, seen.late, strict=True)
    ]
    title = about.told(say("Time of finished cases, in working days"))
    return scatter(title, [_named(month) for month in months], dots, seen.levels, lang=about.lang)


def ages(about: Subject) -> Chart:
    """Return the age of each open case at its step, against how long finished ones took."""
    order = [step.key for step in about.procedure.steps]
    names = {step.key: step.name for step in about.procedure.steps}
    levels = finished_cases(about.group, about.period, about.worked).levels
    still = open_cases(about.group, about.period, about.worked, order)
    title = about.told(say("Age of open cases by step, in working days"))
    return ageing(title, [(names.get(one.step, one.step), one.days) for one in still], levels, lang=about.lang)


def came_and_went(about: Subject) -> Chart:
    """Return what came and what went, added up."""
    told = [(f"{one.at:%d/%m}", one.come, one.gone) for one in flow(about.group, about.period)]
    return cumulative(about.told(say("What came and what went")), told, lang=about.lang)


def warm(about: Subject) -> Chart:
    """Return the flowchart with what was measured of each step upon it."""
    seen = heat(about.group, about.period, about.worked)
    values = {step: _value(one, about.measure) for step, one in seen.items()}
    most = max((value for value in values.values() if value), default=0.0)
    steps = {
        step: Warmth(_short(about, one), _long(about, one), (values[step] or 0.0) / most if most else 0.0)
        for step, one in seen.items()
    }
    ways = {(step, name): times for step, one in seen.items() for name, times in one.outcomes}
    picture = flowchart(heated(diagram_of(about.procedure, about.lang), steps, ways))
    return Chart(picture, _steps(about, seen))


#: Every chart by the name that a command calls it.
CHARTS: Mapping[str, Callable[[Subject], Chart]] = {
    "xmr": control,
    "scatter": times,
    "cfd": came_and_went,
    "ageing": ages,
    "heat": warm,
}


def _steps(about: Subject, seen: Mapping[str, Heat]) -> Table:
    words = (say("Step"), *(MEASURES[one] for one in ("luot", "cho", "lam", "cham")), say("outcomes"))
    rows = []
    for place, step in enumerate(about.procedure.steps, 1):
        one = seen.get(step.key)
        if one is not None:
            outcomes = ", ".join(f"{name} {times}" for name, times in one.outcomes)
            told = (_days(about, one.waiting), _days(about, one.working), _rate(about, one.late))
            rows.append((f"{place} {step.name}", number(one.times, about.lang, 0), *told, outcomes))
    header = tuple(about.told(word)[:1].upper() + about.told(word)[1:] for word in words)
    return Table(about.told(say("Steps, medians in working days")), header, tuple(rows))


def _value(one: Heat, measure: Measure) -> float | None:
    return {"luot": float(one.times), "lam": one.working, "cho": one.waiting, "cham": one.late}[measure]


def _short(about: Subject, one: Heat) -> str:
    match about.measure:
        case "luot":
            return f"{number(one.times, about.lang, 0)}×"
        case "cham":
            return _rate(about, one.late)
        case _:
            return about.told(say("{days} days", days=_days(about, _value(one, about.measure))))


def _long(about: Subject, one: Heat) -> str:
    return about.told(
        say(
            "Done {times} times, waiting {waiting} and working {working} working days in the median, {late} late.",
            times=number(one.times, about.lang, 0),
            waiting=_days(about, one.waiting),
            working=_days(about, one.working),
            late=_rate(about, one.late),
        )
    )


def _days(about: Subject, value: float | None) -> str:
    return "–" if value is None else number(round(value, 2), about.lang, 2)


def _rate(about: Subject, value: float | None) -> str:
    return "–" if value is None else percent(value, about.lang)


def _months(period: Period) -> list[Period]:
    return parts(period, "month")


def _named(month: Period) -> str:
    return f"{month.start:%m/%Y}"


def _across(months: list[Period], at: int) -> float:
    """Return where an instant lies among months: the middle of a month is its place."""
    place = next((number for number, month in enumerate(months) if month.has(at)), 0)
    month = months[place]
    return place - 0.5 + (at - month.since) / (month.until - month.since)
