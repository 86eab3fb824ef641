"""The closed condition language: read against the declared fields, type-checked, judged exactly."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from procedures import condition as c
from procedures.condition import Compare, Condition, Operator, Term
from procedures.judgement import MissingValue, evaluate, in_words
from procedures.model import FieldSpec, FieldType
from procedures.text import nearest
from procedures.values import ValueSaid, parse_date, parse_money, parse_number
from procedures.words import Words, say

__all__ = ["ExpressionFault", "MissingValue", "doubts", "evaluate", "in_words", "parse_condition"]

MAX_LENGTH = 1_000
MAX_NODES = 200
MAX_DEPTH = 25

_OPERATORS: dict[str, Operator] = {
    "ít nhất": "ge",
    "không dưới": "ge",
    "không ít hơn": "ge",
    "không quá": "le",
    "nhiều nhất": "le",
    "trên": "gt",
    "lớn hơn": "gt",
    "dưới": "lt",
    "nhỏ hơn": "lt",
    "không bằng": "ne",
    "khác": "ne",
    "bằng": "eq",
    "là": "eq",
    ">=": "ge",
    "<=": "le",
    "≥": "ge",
    "≤": "le",
    "!=": "ne",
    "≠": "ne",
    ">": "gt",
    "<": "lt",
    "=": "eq",
}
_WORKING_DAYS = "số ngày làm việc từ"
_TODAY = "hôm nay"
_STOPS = re.compile(r"\s+(?:và|hoặc)(?=\s|$)|\s+đến(?=\s)|[()]|$")
_Type = Literal["number", "money", "date", "text", "yes_no"]
_TYPES: dict[FieldType, _Type] = {
    FieldType.TEXT: "text",
    FieldType.LONG_TEXT: "text",
    FieldType.CHOICE: "text",
    FieldType.MONEY: "money",
    FieldType.NUMBER: "number",
    FieldType.DATE: "date",
    FieldType.YES_NO: "yes_no",
}
_ORDERED: frozenset[_Type] = frozenset({"number", "money", "date"})
#: A bare amount of money below this was probably meant in millions.
_SMALL_MONEY = 1_000


class ExpressionFault(ValueError):  # noqa: N818 - it is a finding on its way to its place
    """A condition that cannot be understood: characters `start` to `end` are to blame."""

    def __init__(self, code: str, words: Words, start: int, end: int, help: Words | None = None) -> None:  # noqa: A002
        super().__init__(str(words))
        self.code = code
        self.words = words
        self.start = start
        self.end = end
        self.help = help


def parse_condition(text: str, fields: Mapping[str, FieldSpec]) -> Condition:
    """Read a condition; raises ExpressionFault and nothing else."""
    if len(text) > MAX_LENGTH:
        raise ExpressionFault(
            "QT803", say("a condition may have {limit} characters at most", limit=MAX_LENGTH), 0, MAX_LENGTH
        )
    reader = _Reader(text, fields)
    found = reader.either(0)
    reader.skip()
    if reader.at < len(text):
        raise reader.fault("QT801", say("this does not belong to the condition"), reader.at, len(text))
    return found


def doubts(text: str, fields: Mapping[str, FieldSpec]) -> list[ExpressionFault]:
    """Return what is allowed but hardly meant: money compared with a small number that has no unit."""
    reader = _Reader(text, fields)
    try:
        reader.either(0)
    except ExpressionFault:
        return []
    return reader.doubts


@dataclass(slots=True)
class _Typed:
    term: Term
    type: _Type
    start: int
    end: int
    bare: bool = False
    choices: tuple[str, ...] = ()


class _Reader:
    """Recursive descent over the words of a condition; every fault knows its characters."""

    def __init__(self, text: str, fields: Mapping[str, FieldSpec]) -> None:
        self.text = text
        self.low = text.lower()
        self.fields = fields
        self.names = sorted(fields, key=len, reverse=True)
        self.at = 0
        self.count = 0
        self.doubts: list[ExpressionFault] = []

    def either(self, depth: int) -> Condition:
        """Read parts joined by `hoặc`."""
        parts = [self.both(depth)]
        while self.word("hoặc"):
            parts.append(self.both(depth))
        return parts[0] if len(parts) == 1 else c.Any(parts=tuple(parts))

    def both(self, depth: int) -> Condition:
        """Read parts joined by `và`."""
        parts = [self.single(depth)]
        while self.word("và"):
            parts.append(self.single(depth))
        return parts[0] if len(parts) == 1 else c.All(parts=tuple(parts))

    def single(self, depth: int) -> Condition:
        """Read a comparison, a negation or a bracket."""
        self.count += 1
        if depth > MAX_DEPTH or self.count > MAX_NODES:
            raise self.fault("QT803", say("the condition is too long or too deeply nested"), 0, len(self.text))
        if self.word("không"):
            return c.Not(part=self.single(depth + 1))
        if not self.symbol("("):
            return self.comparison()
        inside = self.either(depth + 1)
        if not self.symbol(")"):
            raise self.fault("QT801", say("a bracket is not closed"), self.at, len(self.text))
        return inside

    def comparison(self) -> Condition:
        """Read `field operator value`."""
        left = self.left()
        self.skip()
        start = self.at
        op = self.operator()
        if op is None:
            if left.type == "yes_no":
                return Compare(left=left.term, op="eq", right=c.YesNoLiteral(value=True))
            raise self.fault(
                "QT801",
                say("a comparison is missing"),
                start,
                min(start + 1, len(self.text)) or 1,
                say("write one of: ít nhất, không quá, trên, dưới, bằng, khác"),
            )
        right = self.right(left)
        self.agree(left, op, right, start)
        return Compare(left=left.term, op=op, right=right.term)

    def agree(self, left: _Typed, op: Operator, right: _Typed, at: int) -> None:
        """Refuse to compare what cannot be compared."""
        numbers = {"number", "money"}
        if left.type != right.type and not {left.type, right.type} <= numbers:
            raise self.fault(
                "QT802",
                say(
                    "these two cannot be compared: one is {left}, the other {right}",
                    left=_KINDS[left.type],
                    right=_KINDS[right.type],
                ),
                left.start,
                right.end,
            )
        if op not in {"eq", "ne"} and left.type not in _ORDERED:
            raise self.fault(
                "QT802", say("{kind} has no order; use “bằng” or “khác”", kind=_KINDS[left.type]), at, right.end
            )
        small = isinstance(right.term, c.NumberLiteral) and 0 < right.term.value < _SMALL_MONEY
        if left.type == "money" and right.bare and small:
            number = self.text[right.start : right.end]
            doubt = say("compared with {number} đồng?", number=number)
            self.doubts.append(
                self.fault(
                    "QT305", doubt, left.start, right.end, say("write “{number} triệu” if that is meant", number=number)
                )
            )

    def left(self) -> _Typed:
        """Read a field, `hôm nay` or a count of working days."""
        self.skip()
        found = self.term()
        if found is not None:
            return found
        word = re.match(r"[^<>=≤≥≠()]*", self.text[self.at :])
        written = (word.group() if word else "").strip() or self.text[self.at :].strip()
        for said in sorted(_OPERATORS, key=len, reverse=True):
            written = re.split(rf"\s{re.escape(said)}(?:\s|$)", written, maxsplit=1)[0]
        end = self.at + max(len(written), 1)
        meant = nearest(written, self.fields) if written else None
        help_ = (
            say("is it “{name}”?", name=meant)
            if meant
            else say("the declared values are: {names}", names=", ".join(self.fields) or "—")
        )
        raise self.fault("QT204", say("no value is called “{name}”", name=written), self.at, end, help_)

    def term(self) -> _Typed | None:
        """Read a field, `hôm nay` or a count of working days, if one begins here."""
        start = self.at
        if self.phrase(_WORKING_DAYS):
            return self.working_days(start)
        if self.phrase(_TODAY):
            return _Typed(c.Today(), "date", start, self.at)
        for name in self.names:
            if self.phrase(name.lower()):
                spec = self.fields[name]
                return _Typed(c.FieldRef(name=name), _TYPES[spec.type], start, self.at, choices=spec.choices)
        return None

    def working_days(self, start: int) -> _Typed:
        """Read the rest of `số ngày làm việc từ … đến …`."""
        first = self.date_term()
        self.skip()
        if not self.phrase("đến"):
            raise self.fault("QT801", say("“đến” is missing: số ngày làm việc từ … đến …"), self.at, len(self.text))
        last = self.date_term()
        return _Typed(c.WorkingDays(start=first, end=last), "number", start, self.at)

    def date_term(self) -> c.Operand:
        """Read a date: a field, `hôm nay`, or dd/MM/yyyy."""
        self.skip()
        start = self.at
        found = self.term() or self.literal("date", ())
        if found.type != "date" or isinstance(found.term, c.WorkingDays):
            raise self.fault("QT802", say("a date is needed here"), start, self.at)
        return found.term

    def right(self, left: _Typed) -> _Typed:
        """Read what a field is compared with."""
        self.skip()
        if self.at >= len(self.text):
            raise self.fault(
                "QT801", say("the value to compare with is missing"), max(len(self.text) - 1, 0), len(self.text)
            )
        return self.term() or self.literal(left.type, left.choices)

    def literal(self, wanted: _Type, choices: tuple[str, ...]) -> _Typed:
        """Read a value written in the condition, of the type that the other side asks for."""
        self.skip()
        start = self.at
        stop = _STOPS.search(self.text, start)
        end = stop.start() if stop else len(self.text)
        written = self.text[start:end].strip()
        self.at = start + len(written) if written else end
        try:
            return self.typed(written, wanted, choices, start)
        except ValueSaid as said:
            raise self.fault("QT802", said.words, start, max(self.at, start + 1)) from said

    def typed(self, written: str, wanted: _Type, choices: tuple[str, ...], start: int) -> _Typed:
        """Read a literal as one type; raises ValueSaid."""
        match wanted:
            case "money":
                bare = written.replace(".", "").replace(",", "").isdigit()
                return _Typed(c.NumberLiteral(value=parse_money(written)), "money", start, self.at, bare=bare)
            case "number":
                return _Typed(c.NumberLiteral(value=parse_number(written)), "number", start, self.at)
            case "date":
                return _Typed(c.DateLiteral(value=parse_date(written)), "date", start, self.at)
            case "yes_no":
                low = written.lower()
                if low not in {"có", "không"}:
                    raise ValueSaid(say("“{text}”: write “có” or “không”", text=written))
                return _Typed(c.YesNoLiteral(value=low == "có"), "yes_no", start, self.at)
            case "text":
                return _Typed(c.TextLiteral(value=_chosen(written, choices)), "text", start, self.at)

    def operator(self) -> Operator | None:
        """Read an operator, if one stands here."""
        for said in sorted(_OPERATORS, key=len, reverse=True):
            if self.phrase(said) if said[0].isalpha() else self.symbol(said):
                return _OPERATORS[said]
        return None

    def word(self, word: str) -> bool:
        """Take a joining word, if it stands here."""
        self.skip()
        return self.phrase(word)

    def phrase(self, phrase: str) -> bool:
        """Take a phrase, if it stands here and ends at a word's end."""
        end = self.at + len(phrase)
        if not self.low.startswith(phrase, self.at) or (end < len(self.low) and self.low[end].isalnum()):
            return False
        self.at = end
        return True

    def symbol(self, symbol: str) -> bool:
        """Take a symbol, if it stands here."""
        self.skip()
        if not self.text.startswith(symbol, self.at):
            return False
        self.at += len(symbol)
        return True

    def skip(self) -> None:
        """Go over blanks."""
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def fault(self, code: str, words: Words, start: int, end: int, help: Words | None = None) -> ExpressionFault:  # noqa: A002
        """Make a fault about some characters."""
        return ExpressionFault(code, words, start, max(end, start + 1), help)


_KINDS: dict[_Type, Words] = {
    "number": say("a number"),
    "money": say("an amount of money"),
    "date": say("a date"),
    "text": say("a text"),
    "yes_no": say("yes or no"),
}


def _chosen(written: str, choices: tuple[str, ...]) -> str:
    bare = written.strip("“”\"'")
    if not bare:
        raise ValueSaid(say("the value to compare with is missing"))
    if choices and bare not in choices:
        raise ValueSaid(say("“{text}” is not one of: {choices}", text=bare, choices=" | ".join(choices)))
    return bare
