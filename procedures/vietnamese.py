"""Numbers, dates and times as people read them, in Vietnamese or English."""

from datetime import date, datetime
from decimal import Decimal

from procedures.words import Lang, Words, say

#: One working day is eight working hours for arithmetic, whatever the sessions of an office add up to.
MINUTES_A_DAY = 480


def number(value: Decimal | float, lang: Lang, digits: int = 1) -> str:
    """Return `1.234,5` (vi) or `1,234.5` (en), with at most `digits` decimals."""
    said = f"{value:,.{digits}f}"
    whole, point, rest = said.partition(".")
    rest = rest.rstrip("0")
    said = f"{whole}{point}{rest}" if rest else whole
    return said if lang == "en" else said.translate(str.maketrans(",.", ".,"))


def percent(share: Decimal | float, lang: Lang) -> str:
    """Return a share from 0 to 1 as `93,4 %` (vi) or `93.4%` (en)."""
    said = number(share * 100, lang)
    return f"{said}%" if lang == "en" else f"{said} %"


def day(value: date) -> str:
    """Return `26/11/2026`, the same in both languages."""
    return f"{value:%d/%m/%Y}"


def moment(value: datetime, lang: Lang) -> str:
    """Return `26/11/2026 16:30` of an instant that is already in the zone to show."""
    del lang  # the order is the same in both
    return f"{value:%d/%m/%Y %H:%M}"


def working_time(minutes: int) -> Words:
    """Say an amount of working time in days, hours and minutes of eight-hour days."""
    days, rest = divmod(abs(minutes), MINUTES_A_DAY)
    hours, left = divmod(rest, 60)
    if days and hours:
        return say("{days} working days {hours} hours", days=days, hours=hours)
    if days:
        return say("{days} working days", days=days)
    if hours and left:
        return say("{hours} working hours {minutes} minutes", hours=hours, minutes=left)
    return say("{hours} working hours", hours=hours) if hours else say("{minutes} working minutes", minutes=left)
