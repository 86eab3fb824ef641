"""Values as Vietnamese offices write them: money, numbers, dates, hours, shares, yes and no; one strict grammar."""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal

from procedures.condition import Value
from procedures.durations import parse_duration
from procedures.figures import FIGURE, ValueSaid, cleaned, figure
from procedures.model import LIST, FieldSpec, FieldType
from procedures.text import fold, nearest, nfc
from procedures.words import say

__all__ = [
    "MAX_TEXT",
    "ValueSaid",
    "from_text",
    "parse_clock_time",
    "parse_date",
    "parse_duration",
    "parse_entered",
    "parse_money",
    "parse_number",
    "parse_percent",
    "parse_whole",
    "parse_yes_no",
    "to_text",
]

#: The longest text that may be entered into one field.
MAX_TEXT = 20_000
#: The largest amount of money: a million tỷ đồng.
MAX_MONEY = Decimal(10) ** 15

_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_ONE_AMOUNT = rf"({FIGURE})(?:\s*({'|'.join(_SCALES)})(?!\w))?"
_MONEY = re.compile(rf"{_ONE_AMOUNT}(?:\s+{_ONE_AMOUNT})?(?:\s+{_ONE_AMOUNT})?\s*(?:đồng|đ|₫|vnđ|vnd)?", re.IGNORECASE)
_DATES = (
    re.compile(r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})"),
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"),
    re.compile(r"(?:ngày )?(?P<day>[0-9]{1,2}) tháng (?P<month>[0-9]{1,2}) năm (?P<year>[0-9]{4})", re.IGNORECASE),
)
_YEARS = range(1900, 2201)
_CLOCK = re.compile(r"([0-9]{1,2})(?::|\s*giờ\s*|h)(?:([0-9]{2})(?:\s*phút)?)?", re.IGNORECASE)
_YES, _NO = ("có", "đúng", "rồi"), ("không", "chưa")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
_STORED_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def parse_money(text: str) -> Decimal:
    """Read an amount in whole đồng: `12 triệu`, `1,5 tỷ`, `1 tỷ 200 triệu`, `1.000.000 đồng`; raises ValueSaid."""
    found = _MONEY.fullmatch(cleaned(text))
    if found is None:
        _tell_english_figures(text)
        raise ValueSaid(say("“{text}” is not an amount of money; write it like “12 triệu” or “1.000.000”", text=text))
    amounts = [pair for pair in zip(*[iter(found.groups())] * 2, strict=True) if pair[0] is not None]
    scales = [_SCALES[scale.lower()] if scale else 1 for _, scale in amounts]
    if len(scales) > 1 and scales[-1] == 1:
        raise ValueSaid(say("“{text}”: name the unit of the last figure too, like “1 tỷ 500 triệu”", text=text))
    if scales != sorted(set(scales), reverse=True):
        raise ValueSaid(say("“{text}”: write the larger unit first, like “1 tỷ 200 triệu”", text=text))
    total = sum((figure(number, text) * scale for (number, _), scale in zip(amounts, scales, strict=True)), Decimal(0))
    if total != total.to_integral_value():
        raise ValueSaid(say("“{text}” is not whole đồng; dots part thousands: “1.500” is 1500", text=text))
    if total > MAX_MONEY:
        raise ValueSaid(say("“{text}” is more than all money there is; count the digits again", text=text))
    return total.to_integral_value()


def parse_number(text: str) -> Decimal:
    """Read a number such as `1.234,5`, `-3` or `2 triệu`; raises ValueSaid."""
    said = cleaned(text)
    found = re.fullmatch(_ONE_AMOUNT, said.removeprefix("-").lstrip(), re.IGNORECASE)
    if found is None:
        _tell_english_figures(text)
        raise ValueSaid(say("“{text}” is not a number; write it like “1.234,5”", text=text))
    number = figure(found[1], text) * (_SCALES[found[2].lower()] if found[2] else 1)
    return -number if said.startswith("-") and number else number


def parse_whole(text: str) -> int:
    """Read a count such as `3`; raises ValueSaid."""
    number = parse_number(text)
    if number != number.to_integral_value() or number < 0:
        raise ValueSaid(say("“{text}” is not a whole number", text=text))
    return int(number)


def parse_percent(text: str) -> Decimal:
    """Read a share such as `95%` or `99,5 %` as a number from 0 to 1; raises ValueSaid."""
    said = cleaned(text)
    if not said.endswith("%"):
        raise ValueSaid(say("“{text}” is not a share; write it like “95%”", text=text))
    share = parse_number(said.removesuffix("%")) / 100
    if not 0 <= share <= 1:
        raise ValueSaid(say("“{text}” is not between 0% and 100%", text=text))
    return share


def parse_date(text: str) -> date:
    """Read a date: `01/01/2027`, `ngày 01 tháng 01 năm 2027`, or `2027-01-01` as browsers send it; raises ValueSaid."""
    said = cleaned(text)
    found = next((match for form in _DATES if (match := form.fullmatch(said))), None)
    if found is None:
        raise ValueSaid(say("“{text}” is not a date; write it like “01/01/2027”", text=text))
    parts = {name: int(part) for name, part in found.groupdict().items()}
    if parts["year"] not in _YEARS:
        raise ValueSaid(say("“{text}”: look at the year again", text=text))
    try:
        return date(**parts)
    except ValueError:
        raise ValueSaid(say("there is no day “{text}” in the calendar", text=text)) from None


def parse_clock_time(text: str) -> time:
    """Read an hour of the day: `16:30`, `15 giờ`, `15h30`, `15 giờ 30 phút`; raises ValueSaid."""
    found = _CLOCK.fullmatch(cleaned(text))
    try:
        return time(int(found[1]), int(found[2] or 0)) if found else time(24)
    except ValueError:
        raise ValueSaid(say("“{text}” is not an hour of the day; write it like “15:00”", text=text)) from None


def parse_yes_no(text: str) -> bool:
    """Read `có` or `không`; raises ValueSaid."""
    said = cleaned(text).lower()
    if said not in {*_YES, *_NO}:
        raise ValueSaid(say("“{text}”: write “có” or “không”", text=text))
    return said in _YES


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
    """Return a value in the one form in which it is stored: exact, equal for equal values, read by `from_text`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        plain = f"{value:f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    return value.isoformat() if isinstance(value, date) else value


def from_text(spec: FieldSpec, text: str) -> Value:
    """Read a stored value back; raises ValueError for what `to_text` never wrote."""
    match spec.type:
        case FieldType.MONEY | FieldType.NUMBER:
            if not _STORED_NUMBER.fullmatch(text):
                raise ValueError(text)
            return Decimal(text)
        case FieldType.DATE:
            return date.fromisoformat(text)
        case FieldType.YES_NO:
            if text not in {"true", "false"}:
                raise ValueError(text)
            return text == "true"
    return text


def _tell_english_figures(text: str) -> None:
    found = re.search(r"[0-9]{1,3}(?:,[0-9]{3}){2,}|[0-9]+\.[0-9]+", text)
    if found is None:
        return
    written = found.group()
    meant = written.replace(",", ".") if "," in written else written.replace(".", ",")
    raise ValueSaid(
        say(
            "“{text}”: dots part thousands and a comma parts decimals; write “{meant}” if that is meant",
            text=text,
            meant=meant,
        )
    )


def _line(text: str) -> str:
    return " ".join(_text(text).split())


def _text(text: str) -> str:
    said = nfc(text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if _UNSEEN.search(said):
        raise ValueSaid(say("it holds characters that nobody can see; type it again"))
    return said


def _choice(spec: FieldSpec, text: str) -> str:
    said = cleaned(text)
    if said in spec.choices:
        return said
    alike = [choice for choice in spec.choices if fold(choice) == fold(said)]
    if len(alike) == 1:
        return alike[0]
    raise not_a_choice(said, spec.choices)


def not_a_choice(said: str, choices: tuple[str, ...]) -> ValueSaid:
    """Return the complaint about a text that is none of the declared choices."""
    meant = nearest(said, choices)
    if meant is not None:
        return ValueSaid(say("“{text}” is not a choice; is it “{meant}”?", text=said, meant=meant))
    return ValueSaid(say("“{text}” is not one of: {choices}", text=said, choices=" | ".join(choices)))


def _list(text: str) -> str:
    """Read names parted by semicolons or lines, each once."""
    names = [" ".join(name.split()) for name in re.split("[;\n]", _text(text))]
    found = list(dict.fromkeys(name for name in names if name))
    if not found:
        raise ValueSaid(say("“{text}” names nobody; part the names by “;”", text=text))
    return LIST.join(found)


_ENTERED: Mapping[FieldType, Callable[[str], Value]] = {
    FieldType.TEXT: _line,
    FieldType.LONG_TEXT: _text,
    FieldType.MONEY: parse_money,
    FieldType.NUMBER: parse_number,
    FieldType.DATE: parse_date,
    FieldType.YES_NO: parse_yes_no,
    FieldType.PEOPLE: _list,
    FieldType.UNITS: _list,
}
