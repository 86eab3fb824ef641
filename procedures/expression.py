"""The closed condition language: read against the declared fields, type-checked, with every fault at its characters."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from procedures import condition as c
from procedures.condition import Compare, Condition, Operator, Term
from procedures.judgement import MissingValue, evaluate, in_words
from procedures.model import FieldSpec, FieldType
from procedures.scanner import Phrases, Scanner
from procedures.text import fold, nearest
from procedures.values import ValueSaid, not_a_choice, parse_date, parse_money, parse_number, parse_yes_no
from procedures.words import Words, say

__all__ = ["ExpressionFault", "MissingValue", "doubts", "evaluate", "in_words", "parse_condition"]

MAX_LENGTH = 1_000
MAX_NODES = 200
MAX_DEPTH = 25
#: A bare amount of money below this was probably meant in millions.
SMALL_MONEY = 1_000
#: Words of the longest name that is looked for without accents.
_LONGEST_NAME = 12

_OPERATORS: Mapping[str, Operator] = {
    "ít nhất": "ge",
    "tối thiểu": "ge",
    "không dưới": "ge",
    "không ít hơn": "ge",
    "không nhỏ hơn": "ge",
    "lớn hơn hoặc bằng": "ge",
    "không quá": "le",
    "tối đa": "le",
    "nhiều nhất": "le",
    "không trên": "le",
    "không lớn hơn": "le",
    "nhỏ hơn hoặc bằng": "le",
    "trên": "gt",
    "lớn hơn": "gt",
    "dưới": "lt",
    "nhỏ hơn": "lt",
    "không phải là": "ne",
    "không bằng": "ne",
    "khác": "ne",
    "bằng": "eq",
    "là": "eq",
    ">=": "ge",
    "=>": "ge",
    "≥": "ge",
    "<=": "le",
    "=<": "le",
    "≤": "le",
    "!=": "ne",
    "<>": "ne",
    "≠": "ne",
    "==": "eq",
    "=": "eq",
    ">": "gt",
    "<": "lt",
}
#: Only days come before or after one another.
_DAY_OPERATORS: Mapping[str, Operator] = {"không trước": "ge", "không sau": "le", "trước": "lt", "sau": "gt"}
_ALL_OPERATORS = Phrases([*_OPERATORS, *_DAY_OPERATORS])
_AND, _OR, _NOT, _TO = Phrases(["và"]), Phrases(["hoặc"]), Phrases(["không"]), Phrases(["đến"])
_OPEN, _CLOSE = Phrases(["("]), Phrases([")"])
_TODAY, _WORKING_DAYS = Phrases(["hôm nay"]), Phrases(["số ngày làm việc từ"])
_QUOTED = re.compile(r"“([^”]*)”|\"([^\"]*)\"|'([^']*)'")
_STOP = re.compile(r"(?<!\w)(?:và|hoặc)(?!\w)|[()]", re.IGNORECASE)
_STOP_OR_TO = re.compile(rf"(?<!\w)đến(?!\w)|{_STOP.pattern}", re.IGNORECASE)
_NAME_END = re.compile(rf"{_ALL_OPERATORS.pattern.pattern}|{_STOP.pattern}", re.IGNORECASE)

_Type = Literal["number", "money", "date", "text", "yes_no"]
_TYPES: Mapping[FieldType, _Type] = {
    FieldType.TEXT: "text",
    FieldType.LONG_TEXT: "text",
    FieldType.CHOICE: "text",
    FieldType.PEOPLE: "text",
    FieldType.UNITS: "text",
    FieldType.MONEY: "money",
    FieldType.NUMBER: "number",
    FieldType.DATE: "date",
    FieldType.YES_NO: "yes_no",
}
_KINDS: Mapping[_Type, Words] = {
    "number": say("a number"),
    "money": say("an amount of money"),
    "date": say("a date"),
    "text": say("a text"),
    "yes_no": say("yes or no"),
}
_ORDERED: frozenset[_Type] = frozenset({"number", "money", "date"})


class ExpressionFault(ValueError):  # noqa: N818 - it is a finding on its way to its place
    """A condition that cannot be understood: characters `start` to `end` are to blame; `instead` mends them."""

    def __init__(
        self,
        code: str,
        words: Words,
        start: int,
        end: int,
        help: Words | None = None,  # noqa: A002 - the name that Finding gives it
        instead: str | None = None,
    ) -> None:
        super().__init__(str(words))
        self.code = code
        self.words = words
        self.start = start
        self.end = max(end, start + 1)
        self.help = help
        self.instead = instead


@dataclass(frozen=True, slots=True)
class _Typed:
    term: Term
    type: _Type
    start: int
    end: int
    choices: tuple[str, ...] = ()


def parse_condition(text: str, fields: Mapping[str, FieldSpec]) -> Condition:
    """Read a condition over the declared fields; raises ExpressionFault and nothing else. Offsets are over NFC text."""
    return _read(text, fields)[0]


def doubts(text: str, fields: Mapping[str, FieldSpec]) -> list[ExpressionFault]:
    """Return what is allowed but hardly meant: money compared with a small number that has no unit."""
    try:
        return _read(text, fields)[1]
    except ExpressionFault:
        return []


def _read(text: str, fields: Mapping[str, FieldSpec]) -> tuple[Condition, list[ExpressionFault]]:
    if len(text) > MAX_LENGTH:
        message = say("a condition may have {limit} characters at most", limit=MAX_LENGTH)
        raise ExpressionFault("QT803", message, 0, len(text), say("split it over several branching steps"))
    reader = _Reader(text, fields)
    return reader.condition(), reader.doubts


class _Reader(Scanner):
    """Recursive descent over the words of a condition."""

    def __init__(self, text: str, fields: Mapping[str, FieldSpec]) -> None:
        super().__init__(text)
        self.fields = fields
        self.names = Phrases(fields, exact=True)
        self.count = 0
        self.doubts: list[ExpressionFault] = []

    def condition(self) -> Condition:
        if self.is_done():
            raise ExpressionFault("QT801", say("the condition is empty"), 0, 1, _EXAMPLE)
        found = self.either(0)
        if not self.is_done():
            start = self.skip()
            help_ = say("join conditions by “và” or “hoặc”; put a text in quotes")
            raise ExpressionFault(
                "QT801", say("this does not belong to the condition"), start, len(self.text.rstrip()), help_
            )
        return found

    def either(self, depth: int) -> Condition:
        parts = [self.both(depth)]
        while self.take(_OR):
            parts.append(self.both(depth))
        return parts[0] if len(parts) == 1 else c.Any(parts=tuple(parts))

    def both(self, depth: int) -> Condition:
        parts = [self.single(depth)]
        while self.take(_AND):
            parts.append(self.single(depth))
        return parts[0] if len(parts) == 1 else c.All(parts=tuple(parts))

    def single(self, depth: int) -> Condition:
        self.count += 1
        if depth > MAX_DEPTH or self.count > MAX_NODES:
            message = say("the condition is too long or too deeply nested")
            raise ExpressionFault(
                "QT803", message, self.skip(), len(self.text), say("split it over several branching steps")
            )
        left = self.term()
        if left is not None:
            return self.comparison(left)
        if self.take(_NOT):
            return c.Not(part=self.single(depth + 1))
        start = self.skip()
        if not self.take(_OPEN):
            raise self.unknown()
        inside = self.either(depth + 1)
        if not self.take(_CLOSE):
            message = say("a bracket is not closed")
            raise ExpressionFault("QT801", message, start, start + 1, say("put “)” where it ends"))
        return inside

    def comparison(self, left: _Typed) -> Condition:
        said = self.take(_ALL_OPERATORS)
        if said is None and left.type == "yes_no":
            return Compare(left=left.term, op="eq", right=c.YesNoLiteral(value=True))
        if said is None:
            raise self.no_operator(left)
        op = _OPERATORS.get(said) or _DAY_OPERATORS[said]
        if said in _DAY_OPERATORS and left.type != "date":
            message = say("“{word}” is said of days only", word=said)
            raise ExpressionFault("QT802", message, self.at - len(said), self.at, _USE)
        if op not in {"eq", "ne"} and left.type not in _ORDERED:
            message = say("{kind} has no order", kind=_KINDS[left.type])
            raise ExpressionFault("QT802", message, left.start, self.at, say("use “là” or “khác”"))
        right = self.right(left)
        self.agree(left, right)
        return Compare(left=left.term, op=op, right=right.term)

    def agree(self, left: _Typed, right: _Typed) -> None:
        """Refuse to compare what cannot be compared; doubt money without a unit."""
        if left.type != right.type:
            one, other = _KINDS[left.type], _KINDS[right.type]
            message = say("these two cannot be compared: one is {left}, the other {right}", left=one, right=other)
            raise ExpressionFault("QT802", message, left.start, right.end)
        number = self.text[right.start : right.end]
        if left.type == "money" and number.isdecimal() and 0 < int(number[:6]) < SMALL_MONEY and len(number) < 6:  # noqa: PLR2004
            help_ = say("write “{number} triệu” if {number}.000.000 đồng is meant", number=number)
            doubt = say("compared with {number} đồng?", number=number)
            self.doubts.append(ExpressionFault("QT305", doubt, left.start, right.end, help_))

    def term(self) -> _Typed | None:
        """Read a field, `hôm nay` or a count of working days, if one begins here."""
        start = self.skip()
        name = self.take(self.names)
        if name is not None:
            spec = self.fields[name]
            return _Typed(c.FieldRef(name=name), _TYPES[spec.type], start, self.at, spec.choices)
        if self.take(_WORKING_DAYS):
            first, end = self.day(_STOP_OR_TO), self.at
            if not self.take(_TO):
                message = say("“đến” is missing: số ngày làm việc từ … đến …")
                raise ExpressionFault("QT801", message, start, end)
            return _Typed(c.WorkingDays(start=first, end=self.day(_NAME_END)), "number", start, self.at)
        return _Typed(c.Today(), "date", start, self.at) if self.take(_TODAY) else None

    def day(self, stop: re.Pattern[str]) -> c.Operand:
        """Read a day: a field, `hôm nay`, or dd/MM/yyyy."""
        start = self.skip()
        found = self.take(self.names)
        if found is not None:
            if self.fields[found].type is not FieldType.DATE:
                raise ExpressionFault("QT802", say("“{name}” is not a date", name=found), start, self.at)
            return c.FieldRef(name=found)
        if self.take(_TODAY):
            return c.Today()
        written, start, end = self.until(stop)
        try:
            return c.DateLiteral(value=parse_date(written))
        except ValueSaid as said:
            raise self.no_value(said, written, "date", start, end) from said

    def right(self, left: _Typed) -> _Typed:
        """Read what the left side is compared with."""
        start = self.skip()
        if left.type == "text":
            return self.text_value(left.choices)
        found = self.term()
        if found is not None:
            return found
        written, start, end = self.until(_STOP)
        if not written:
            message = say("the value to compare with is missing")
            raise ExpressionFault("QT801", message, max(start - 1, 0), start, _EXAMPLE)
        try:
            return _Typed(_literal(written, left.type), left.type, start, end)
        except ValueSaid as said:
            raise self.no_value(said, written, left.type, start, end) from said

    def text_value(self, choices: tuple[str, ...]) -> _Typed:
        """Read a text: in quotes, one of the choices, a field, or all words up to `và` and `hoặc`."""
        start = self.skip()
        quoted = self.take_pattern(_QUOTED)
        if quoted is not None:
            written = next(part for part in quoted.groups() if part is not None)
        elif (choice := self.take(Phrases(choices, exact=True))) is not None:
            return _Typed(c.TextLiteral(value=choice), "text", start, self.at)
        elif (field := self.term()) is not None:
            return field
        else:
            written, start, _ = self.until(_STOP)
        if not written.strip():
            message = say("the value to compare with is missing")
            raise ExpressionFault("QT801", message, max(start - 1, 0), max(self.at, start), _EXAMPLE)
        if choices and written not in choices:
            same = [choice for choice in choices if fold(choice) == fold(written)]
            instead = same[0] if len(same) == 1 else None
            raise ExpressionFault("QT802", not_a_choice(written, choices).words, start, self.at, instead=instead)
        return _Typed(c.TextLiteral(value=written), "text", start, self.at)

    def no_value(self, said: ValueSaid, written: str, wanted: _Type, start: int, end: int) -> ExpressionFault:
        """Return the fault of a value that is none: a misspelt field, or a value written wrongly."""
        same = [name for name, spec in self.fields.items() if _TYPES[spec.type] == wanted]
        meant = nearest(written, same)
        if meant is None:
            return ExpressionFault("QT802", said.words, start, end)
        return _no_field(written, meant, start, end)

    def no_operator(self, left: _Typed) -> ExpressionFault:
        """Return the fault of a field that is compared with nothing; the word that was perhaps meant is offered."""
        start = self.skip()
        bare = self.without_accents(start, [*_OPERATORS, *_DAY_OPERATORS])
        if bare is not None:
            end, meant = bare
            message = say("“{text}” is written without its accents", text=self.text[start:end])
            return ExpressionFault("QT801", message, start, end, say("is it “{name}”?", name=meant), meant)
        words = re.match(r"[^\s()]+", self.text[start:])
        end = start + words.end() if words else left.end
        message = say("nothing says how “{name}” is compared", name=self.text[left.start : left.end])
        return ExpressionFault("QT801", message, start if words else left.start, end, _USE)

    def unknown(self) -> ExpressionFault:
        """Return the fault of a place where a field should be named and is not."""
        start = self.skip()
        if self.text[start : start + 1].isdecimal():
            message = say("a condition begins with the name of a value, not with a figure")
            return ExpressionFault("QT801", message, start, start + 1, _EXAMPLE)
        bare = self.without_accents(start, self.fields)
        if bare is not None:
            end, name = bare
            return _no_field(self.text[start:end], name, start, end)
        written, start, end = self.until(_NAME_END)
        if not written:
            message = say("the name of a value is missing here")
            return ExpressionFault("QT801", message, min(start, max(len(self.text) - 1, 0)), start + 1, _EXAMPLE)
        meant = nearest(written, self.fields)
        return self.choice_alone(written, start, end) if meant is None else _no_field(written, meant, start, end)

    def choice_alone(self, written: str, start: int, end: int) -> ExpressionFault:
        """Return the fault of an unknown name; a declared choice stands there when its field was not repeated."""
        message = say("no value is called “{name}”", name=written)
        owner = next((name for name, spec in self.fields.items() if written in spec.choices), None)
        if owner is not None:
            full = f"{owner} là {written}"
            return ExpressionFault("QT204", message, start, end, say("write it out:  {full}", full=full), full)
        help_ = say("the declared values are: {names}", names=", ".join(self.fields) or "—")
        return ExpressionFault("QT204", message, start, end, help_)

    def without_accents(self, start: int, known: Iterable[str]) -> tuple[int, str] | None:
        """Return the end and the meaning of the words here that are known but for accents and capitals."""
        bare = {fold(name): name for name in known}
        words = list(re.finditer(r"[^\s()]+", self.text[start:]))[:_LONGEST_NAME]
        for last in reversed(words):
            name = bare.get(fold(self.text[start : start + last.end()]))
            if name is not None:
                return start + last.end(), name
        return None


_USE = say("write one of: ít nhất, không quá, trên, dưới, là, khác")
_EXAMPLE = say("a condition reads like:  tổng tiền trên 50 triệu")


def _no_field(written: str, meant: str, start: int, end: int) -> ExpressionFault:
    instead = meant if fold(written) == fold(meant) else None
    message = say("no value is called “{name}”", name=written)
    return ExpressionFault("QT204", message, start, end, say("is it “{name}”?", name=meant), instead)


def _literal(written: str, wanted: _Type) -> Term:
    match wanted:
        case "money":
            return c.NumberLiteral(value=parse_money(written))
        case "number":
            return c.NumberLiteral(value=parse_number(written))
        case "date":
            return c.DateLiteral(value=parse_date(written))
        case _:
            return c.YesNoLiteral(value=parse_yes_no(written))
