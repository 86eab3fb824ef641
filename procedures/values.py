"""Values as Vietnamese offices write them: durations, money, numbers, dates, hours, shares, yes and no."""

import re
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal, InvalidOperation

from procedures.condition import Value
from procedures.model import Duration, FieldSpec, FieldType, Unit
from procedures.text import fold, nearest, nfc
from procedures.words import Words, say

#: The longest text that may be entered into one field.
MAX_TEXT = 20_000

_UNITS = {
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
_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_DURATION = re.compile(rf"(?:(\d+)\s*/\s*(\d+)|({_NUMBER}))\s+(\S.*)")
_MONEY = re.compile(rf"({_NUMBER})\s*(nghìn|ngàn|triệu|tỷ|tỉ)?\s*(?:đồng|đ|VNĐ|VND)?", re.IGNORECASE)
_SCALE = {"": 1, "nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_CLOCK = re.compile(r"(\d{1,2})(?::|\s*giờ\s*|h)(\d{2})?")
_YES, _NO = ("có", "đúng", "rồi"), ("không", "chưa")


class ValueSaid(ValueError):  # noqa: N818 - it is a sentence about a value
    """A value that cannot be understood; `words` say why and how to write it."""

    def __init__(self, words: Words) -> None:
        super().__init__(str(words))
        self.words = words


def parse_duration(text: str) -> Duration:
    """Read a duration such as `0,5 ngày làm việc`, `1/2 ngày`, `04 giờ`, `không tính thời gian`; raises ValueSaid."""
    said = _clean(text)
    special = _without_amount(said)
    if special is not None:
        return special
    found = _DURATION.fullmatch(said)
    if found is None:
        raise ValueSaid(
            say(
                "“{text}” is not a duration; write it like “2 ngày làm việc”, “0,5 ngày” or “04 giờ làm việc”",
                text=text,
            )
        )
    over, under, number, unit = found.groups()
    if over is not None and int(under) == 0:
        raise ValueSaid(say("“{text}”: nothing can be divided by 0", text=text))
    amount = Decimal(over) / Decimal(under) if over is not None else _decimal(number)
    return Duration(amount=amount, unit=_unit(unit, text), text=said)


def _without_amount(said: str) -> Duration | None:
    low = said.lower()
    if low in {"không tính thời gian", "không tính"}:
        return Duration(unit=Unit.NOT_COUNTED, text=said)
    if low in {"không quy định", "giờ hành chính"}:
        return Duration(unit=Unit.UNSPECIFIED, text=said)
    if low.startswith("trong thời gian "):
        return Duration(unit=Unit.WINDOW, text=said)
    return None


def _unit(word: str, text: str) -> Unit:
    unit = _UNITS.get(word.lower())
    if unit is not None:
        return unit
    meant = nearest(word, _UNITS)
    if meant is not None:
        raise ValueSaid(
            say("“{text}”: no unit is called “{unit}”; is it “{meant}”?", text=text, unit=word, meant=meant)
        )
    units = ", ".join(name for name in _UNITS if not name.endswith("lv"))
    raise ValueSaid(
        say("“{text}”: no unit is called “{unit}”; the units are: {units}", text=text, unit=word, units=units)
    )


def parse_money(text: str) -> Decimal:
    """Read an amount in đồng such as `12 triệu`, `1,5 tỷ`, `1.000.000 đồng`; raises ValueSaid."""
    found = _MONEY.fullmatch(_clean(text))
    if found is None:
        raise ValueSaid(say("“{text}” is not an amount of money; write it like “12 triệu” or “1.000.000”", text=text))
    return _decimal(found.group(1)) * _SCALE[(found.group(2) or "").lower()]


def parse_number(text: str) -> Decimal:
    """Read a number such as `1.234,5`; raises ValueSaid."""
    said = _clean(text)
    negative = said.startswith("-")
    bare = said.removeprefix("-")
    if not re.fullmatch(_NUMBER, bare):
        raise ValueSaid(say("“{text}” is not a number; write it like “1.234,5”", text=text))
    return -_decimal(bare) if negative else _decimal(bare)


def parse_whole(text: str) -> int:
    """Read a count such as `3`; raises ValueSaid."""
    number = parse_number(text)
    if number != number.to_integral_value() or number < 0:
        raise ValueSaid(say("“{text}” is not a whole number", text=text))
    return int(number)


def parse_percent(text: str) -> Decimal:
    """Read a share such as `95%` as a number from 0 to 1; raises ValueSaid."""
    said = _clean(text)
    if not said.endswith("%"):
        raise ValueSaid(say("“{text}” is not a share; write it like “95%”", text=text))
    share = parse_number(said.removesuffix("%").strip()) / 100
    if not 0 <= share <= 1:
        raise ValueSaid(say("“{text}” is not between 0% and 100%", text=text))
    return share


def parse_date(text: str) -> date:
    """Read a date such as `01/01/2027`; raises ValueSaid."""
    found = _DATE.fullmatch(_clean(text))
    if found is None:
        raise ValueSaid(say("“{text}” is not a date; write it like “01/01/2027”", text=text))
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueSaid(say("there is no day “{text}” in the calendar", text=text)) from None


def parse_clock_time(text: str) -> time:
    """Read an hour such as `16:30` or `15 giờ`; raises ValueSaid."""
    found = _CLOCK.fullmatch(_clean(text))
    if found is None:
        raise ValueSaid(say("“{text}” is not an hour of the day; write it like “15:00”", text=text))
    try:
        return time(int(found.group(1)), int(found.group(2) or 0))
    except ValueError:
        raise ValueSaid(say("“{text}” is not an hour of the day; write it like “15:00”", text=text)) from None


def parse_yes_no(text: str) -> bool:
    """Read `có` or `không`; raises ValueSaid."""
    low = _clean(text).lower()
    if low not in {*_YES, *_NO}:
        raise ValueSaid(say("“{text}”: write “có” or “không”", text=text))
    return low in _YES


def parse_entered(spec: FieldSpec, text: str) -> Value:
    """Read a value as it is entered into a field; raises ValueSaid."""
    if not text.strip():
        raise ValueSaid(say("nothing was entered"))
    if len(text) > MAX_TEXT:
        raise ValueSaid(say("longer than {limit} characters", limit=MAX_TEXT))
    if spec.type is FieldType.CHOICE:
        return _choice(spec, text)
    return _ENTERED[spec.type](text)


def to_text(value: Value) -> str:
    """Return a value in the one form in which it is stored: exact, and read back by `from_text`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value


def from_text(spec: FieldSpec, text: str) -> Value:
    """Read a stored value back; raises ValueError for what was never stored."""
    match spec.type:
        case FieldType.MONEY | FieldType.NUMBER:
            return Decimal(text)
        case FieldType.DATE:
            return date.fromisoformat(text)
        case FieldType.YES_NO:
            return text == "true"
    return text


def _text(text: str) -> str:
    said = nfc(text).strip()
    if any(ord(c) < 32 and c not in "\n\t" for c in said) or any("\ud800" <= c <= "\udfff" for c in said):  # noqa: PLR2004
        raise ValueSaid(say("it holds characters that nobody can see; type it again"))
    return said


def _choice(spec: FieldSpec, text: str) -> str:
    said = _clean(text)
    chosen = next((choice for choice in spec.choices if fold(choice) == fold(said)), None)
    if chosen is None:
        raise ValueSaid(say("“{text}” is not one of: {choices}", text=text, choices=" | ".join(spec.choices)))
    return chosen


_ENTERED: dict[FieldType, Callable[[str], Value]] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _text,
    FieldType.MONEY: parse_money,
    FieldType.NUMBER: parse_number,
    FieldType.DATE: parse_date,
    FieldType.YES_NO: parse_yes_no,
}


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text.replace(".", "").replace(",", "."))
    except InvalidOperation:
        raise ValueSaid(say("“{text}” is not a number; write it like “1.234,5”", text=text)) from None


def _clean(text: str) -> str:
    return " ".join(nfc(text).split())
