"""Figures as people read them: a share in per cent, a time in working days and hours, a missing value as a dash."""

from procedures.vietnamese import number, percent, working_time
from procedures.words import Lang, say
from quality.figure import Figure

MISSING = "–"
_A_DAY = 24 * 60


def shown(figure: Figure, lang: Lang) -> str:
    """Return the value of a figure with its unit."""
    value = figure.value
    if value is None:
        return MISSING
    match figure.unit:
        case "share":
            return percent(value, lang)
        case "count":
            return number(value, lang, 0)
        case "number":
            return number(value, lang, 2)
        case "working_minutes":
            return working_time(round(value)).into(lang)
        case "working_days":
            return say("{number} days of work", number=number(value, lang)).into(lang)
        case "minutes":
            return say("{number} days", number=number(value / _A_DAY, lang)).into(lang)
        case "per_working_day":
            return say("{number} a working day", number=number(value, lang, 2)).into(lang)
