"""Numbers, money, dates and times as people read them, in Vietnamese or English."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from procedures.words import Lang, Words, say

#: One working day is eight working hours for arithmetic, whatever the sessions of an office add up to.
MINUTES_A_DAY = 480

_SWAPPED = str.maketrans(",.", ".,")
_WEEKDAYS = (
    say("Monday"),
    say("Tuesday"),
    say("Wednesday"),
    say("Thursday"),
    say("Friday"),
    say("Saturday"),
    say("Sunday"),
)
#: What large round amounts are counted in, and what must be left whole of it: three decimals at most.
_LARGE = (
    (Decimal(10) ** 9, Decimal(10) ** 6, say("billion")),
    (Decimal(10) ** 6, Decimal(10) ** 3, say("million")),
)
_HOUR, _TWO_DAYS = 60, 48 * 60


def number(value: Decimal | float, lang: Lang, digits: int = 1) -> str:
    """Return `1.234,5` (vi) or `1,234.5` (en), rounded half up to at most `digits` decimals."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    rounded = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) + 0
    whole, _, rest = f"{rounded:,f}".partition(".")
    said = f"{whole}.{rest.rstrip('0')}" if rest.rstrip("0") else whole
    return said if lang == "en" else said.translate(_SWAPPED)


def amount(value: Decimal, lang: Lang) -> str:
    """Return an exact amount, short where it is round: `50 triệu`, `1,2 tỷ`, `12.345.678`."""
    for unit, whole, name in _LARGE:
        if abs(value) >= unit and value % whole == 0:
            return f"{number(value / unit, lang, 3)} {name.into(lang)}"
    return number(value, lang, max(0, -int(value.as_tuple().exponent)))


def money(value: Decimal, lang: Lang) -> str:
    """Return `12.000.000 đồng` (vi) or `12,000,000 đồng` (en)."""
    return f"{number(value, lang)} đồng"


def percent(share: Decimal | float, lang: Lang) -> str:
    """Return a share from 0 to 1 as `93,4 %` (vi) or `93.4%` (en)."""
    said = number((share if isinstance(share, Decimal) else Decimal(str(share))) * 100, lang)
    return f"{said}%" if lang == "en" else f"{said} %"


def day(value: date) -> str:
    """Return `26/11/2026`, the same in both languages."""
    return f"{value.day:02}/{value.month:02}/{value.year:04}"


def weekday(value: date, lang: Lang) -> str:
    """Return `thứ Sáu` or `Friday`."""
    return _WEEKDAYS[value.weekday()].into(lang)


def moment(value: datetime, lang: Lang) -> str:
    """Return `26/11/2026 16:30` of an instant that is already in the zone to show."""
    del lang  # the order is the same in both
    return f"{day(value)} {value:%H:%M}"


def working_time(minutes: int) -> Words:
    """Say an amount of working time, however long, in days, hours and minutes of eight-hour days."""
    days, rest = divmod(abs(minutes), MINUTES_A_DAY)
    hours, left = divmod(rest, 60)
    if not days and not hours:
        return say("1 working minute") if left == 1 else say("{minutes} working minutes", minutes=left)
    if not days and not left:
        return say("1 working hour") if hours == 1 else say("{hours} working hours", hours=hours)
    if not hours and not left:
        return say("1 working day") if days == 1 else say("{days} working days", days=days)
    parts = (
        (days, say("1 day"), say("{count} days", count=days)),
        (hours, say("1 hour"), say("{count} hours", count=hours)),
        (left, say("1 minute"), say("{count} minutes", count=left)),
    )
    first, *more = [one if count == 1 else many for count, one, many in parts if count]
    if len(more) == 1:
        return say("{first} {second} of working time", first=first, second=more[0])
    return say("{first} {second} {third} of working time", first=first, second=more[0], third=more[1])


def short_working_time(minutes: int, lang: Lang) -> Words:
    """Say an amount of working time for a narrow column: minutes, hours below a day of eight, days above."""
    if minutes < _HOUR:
        return say("{number} work min", number=minutes)
    if minutes < MINUTES_A_DAY:
        return say("{number} work h", number=number(minutes / _HOUR, lang))
    return say("{number} work d", number=number(minutes / MINUTES_A_DAY, lang))


def short_time(minutes: int, lang: Lang) -> Words:
    """Say time by the clock as shortly: minutes, hours below two days, days above."""
    if minutes < _HOUR:
        return say("{number} min", number=minutes)
    if minutes < _TWO_DAYS:
        return say("{number} h", number=number(minutes / _HOUR, lang))
    return say("{number} d", number=number(minutes / _TWO_DAYS * 2, lang))
