"""Durations as published tables write them: `0,5 ngày làm việc`, `1/2 ngày`, `04 giờ`, `không tính thời gian`."""

import re
from collections.abc import Mapping
from decimal import Decimal, Inexact, localcontext
from functools import lru_cache

from procedures.figures import FIGURE, ValueSaid, cleaned, figure
from procedures.model import Duration, Unit
from procedures.text import nearest
from procedures.words import say

_UNITS: Mapping[str, Unit] = {
    "ngày làm việc": Unit.WORKING_DAY,
    "ngày lv": Unit.WORKING_DAY,
    "buổi": Unit.SESSION,
    "buổi làm việc": Unit.SESSION,
    "giờ làm việc": Unit.WORKING_HOUR,
    "giờ lv": Unit.WORKING_HOUR,
    "phút làm việc": Unit.WORKING_MINUTE,
    "ngày": Unit.DAY,
    "giờ": Unit.HOUR,
    "tháng": Unit.MONTH,
}
#: The most of each unit that a limit may be; more is a slip of the finger.
_MOST: Mapping[Unit, int] = {
    Unit.WORKING_DAY: 10_000,
    Unit.SESSION: 10_000,
    Unit.WORKING_HOUR: 100_000,
    Unit.WORKING_MINUTE: 1_000_000,
    Unit.DAY: 10_000,
    Unit.HOUR: 100_000,
    Unit.MONTH: 1_200,
}
_DURATION = re.compile(
    rf"(?:(?:trong|không quá|tối đa) )?(?:([0-9]{{1,3}}) ?/ ?([0-9]{{1,3}})|({FIGURE})) ?([^\W\d].*)", re.IGNORECASE
)
_WITHOUT_AMOUNT: Mapping[str, Unit] = {
    "không tính thời gian": Unit.NOT_COUNTED,
    "không tính": Unit.NOT_COUNTED,
    "không quy định": Unit.UNSPECIFIED,
    "giờ hành chính": Unit.UNSPECIFIED,
}
_WINDOW = "trong thời gian "


@lru_cache(maxsize=1_000)
def parse_duration(text: str) -> Duration:
    """Read a duration; its `text` keeps what was written. Raises ValueSaid."""
    said = cleaned(text)
    low = said.lower()
    if low in _WITHOUT_AMOUNT:
        return Duration(unit=_WITHOUT_AMOUNT[low], text=said)
    if low.startswith(_WINDOW):
        return Duration(unit=Unit.WINDOW, text=said)
    found = _DURATION.fullmatch(said)
    if found is None:
        raise _no_duration(said, text)
    over, under, number, word = found.groups()
    unit = _unit(word, text)
    amount = _share(over, under, text) if over is not None else figure(number, text)
    if unit is Unit.MONTH and amount != amount.to_integral_value():
        raise ValueSaid(say("“{text}”: months are whole; write days instead", text=text))
    if amount > _MOST[unit]:
        raise ValueSaid(say("“{text}” is too long for a limit; at most {most}", text=text, most=_MOST[unit]))
    return Duration(amount=amount, unit=unit, text=said)


def _no_duration(said: str, text: str) -> ValueSaid:
    english = re.match(r"[0-9]+\.[0-9]+ ", said)
    if english:
        meant = said.replace(".", ",", 1)
        return ValueSaid(say("“{text}”: a comma parts decimals; write “{meant}”", text=text, meant=meant))
    return ValueSaid(
        say("“{text}” is not a duration; write it like “2 ngày làm việc”, “0,5 ngày” or “04 giờ làm việc”", text=text)
    )


def _share(over: str, under: str, text: str) -> Decimal:
    with localcontext() as context:
        context.traps[Inexact] = True
        try:
            return Decimal(over) / Decimal(under)
        except (Inexact, ArithmeticError):
            raise ValueSaid(say("“{text}” is no exact part; write it in hours or minutes", text=text)) from None


def _unit(word: str, text: str) -> Unit:
    unit = _UNITS.get(word.lower())
    if unit is not None:
        return unit
    if word.lower().startswith("tuần"):
        raise ValueSaid(say("“{text}”: write weeks as days, like “7 ngày” or “5 ngày làm việc”", text=text))
    meant = nearest(word, _UNITS) or next((name for name in _UNITS if word.lower().startswith(f"{name} ")), None)
    if meant is not None:
        raise ValueSaid(
            say("“{text}”: no unit is called “{unit}”; is it “{meant}”?", text=text, unit=word, meant=meant)
        )
    units = ", ".join(name for name in _UNITS if not name.endswith("lv"))
    raise ValueSaid(
        say("“{text}”: no unit is called “{unit}”; the units are: {units}", text=text, unit=word, units=units)
    )
