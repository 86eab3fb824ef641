"""Figures of the quality system as people and scripts read them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cli.desk import Desk
from procedures.vietnamese import number, percent

if TYPE_CHECKING:
    from quality.figure import Figure

_MINUTES_A_DAY = 480
_MINUTES_AROUND_THE_CLOCK = 1440


def value_text(desk: Desk, figure: "Figure") -> str:
    """Return the value of a figure with its unit; a dash where there was nothing to measure."""
    if figure.value is None:
        return "—"
    match figure.unit:
        case "share":
            return percent(figure.value, desk.lang)
        case "working_minutes":
            return f"{number(figure.value / _MINUTES_A_DAY, desk.lang, 2)} {_unit(desk, 'working days')}"
        case "minutes":
            return f"{number(figure.value / _MINUTES_AROUND_THE_CLOCK, desk.lang, 2)} {_unit(desk, 'days')}"
        case "working_days":
            return f"{number(figure.value, desk.lang, 2)} {_unit(desk, 'working days')}"
        case "per_working_day":
            return f"{number(figure.value, desk.lang, 2)} {_unit(desk, 'a working day')}"
        case "count":
            return number(figure.value, desk.lang, 0)


def figure_json(desk: Desk, figure: "Figure") -> dict[str, Any]:
    """Return a figure for scripts: value, unit, definition, count, and exactly the cases behind it."""
    return {
        "key": figure.key,
        "scope": dict(figure.scope),
        "name": desk.text(figure.name),
        "definition": desk.text(figure.definition),
        "value": figure.value,
        "unit": figure.unit,
        "count": figure.count,
        "measured": figure.measured,
        "cases": list(figure.cases),
        "part": list(figure.part),
    }


def figure_row(desk: Desk, figure: "Figure", about: Sequence[str]) -> list[str]:
    """Return a row: what it is about, its name, its value, and the count of cases."""
    scope = dict(figure.scope)
    return [
        *(scope.get(name, "") for name in about),
        desk.text(figure.name),
        value_text(desk, figure),
        str(figure.count),
    ]


def _unit(desk: Desk, name: str) -> str:
    from procedures.words import say

    words = {"working days": say("working days"), "days": say("days"), "a working day": say("a working day")}
    return desk.text(words[name])
