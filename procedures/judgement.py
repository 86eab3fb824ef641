"""Judging a condition with the entered values, and saying it to people."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import assert_never

from procedures import condition as c
from procedures.condition import Compare, Condition, Operator, Term, Value
from procedures.words import Lang, Words, say

_SAID: dict[Operator, Words] = {
    "eq": say("is"),
    "ne": say("is not"),
    "gt": say("above"),
    "ge": say("at least"),
    "lt": say("below"),
    "le": say("at most"),
}


class MissingValue(LookupError):  # noqa: N818 - the engine turns it into a refusal
    """A condition asks for a value that has not been entered."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def evaluate(
    condition: Condition,
    values: Mapping[str, Value],
    today: date,
    working_days: Callable[[date, date], int],
) -> bool:
    """Judge a condition with the entered values, exactly; raises MissingValue."""
    match condition:
        case c.All(parts=parts):
            return all(evaluate(part, values, today, working_days) for part in parts)
        case c.Any(parts=parts):
            return any(evaluate(part, values, today, working_days) for part in parts)
        case c.Not(part=part):
            return not evaluate(part, values, today, working_days)
        case Compare():
            left = _value(condition.left, values, today, working_days)
            right = _value(condition.right, values, today, working_days)
            return _holds(left, condition.op, right)
    assert_never(condition)


def in_words(condition: Condition, lang: Lang) -> str:
    """Say a condition to people."""
    match condition:
        case c.All(parts=parts):
            return f" {say('and').into(lang)} ".join(_nested(part, lang) for part in parts)
        case c.Any(parts=parts):
            return f" {say('or').into(lang)} ".join(_nested(part, lang) for part in parts)
        case c.Not(part=part):
            return f"{say('not').into(lang)} ({in_words(part, lang)})"
        case Compare():
            return f"{_term(condition.left, lang)} {_SAID[condition.op].into(lang)} {_term(condition.right, lang)}"
    assert_never(condition)


def _nested(part: Condition, lang: Lang) -> str:
    said = in_words(part, lang)
    return f"({said})" if isinstance(part, c.All | c.Any) else said


def _term(term: Term, lang: Lang) -> str:
    match term:
        case c.FieldRef(name=name):
            return name
        case c.NumberLiteral(value=value):
            return _amount(value)
        case c.DateLiteral(value=value):
            return f"{value:%d/%m/%Y}"
        case c.TextLiteral(value=value):
            return f"“{value}”"
        case c.YesNoLiteral(value=value):
            return (say("yes") if value else say("no")).into(lang)
        case c.Today():
            return say("today").into(lang)
        case c.WorkingDays(start=start, end=end):
            return say("working days from {start} to {end}", start=_term(start, lang), end=_term(end, lang)).into(lang)
    assert_never(term)


def _amount(value: Decimal) -> str:
    whole = f"{value:,f}".replace(",", "\0").replace(".", ",").replace("\0", ".")
    return whole.rstrip("0").rstrip(",") if "," in whole else whole


def _value(term: Term, values: Mapping[str, Value], today: date, working_days: Callable[[date, date], int]) -> Value:
    match term:
        case c.FieldRef(name=name):
            if name not in values:
                raise MissingValue(name)
            return values[name]
        case c.Today():
            return today
        case c.WorkingDays(start=start, end=end):
            days = (_value(part, values, today, working_days) for part in (start, end))
            first, last = (day for day in days if isinstance(day, date))
            return Decimal(working_days(first, last))
        case _:
            return term.value


def _holds(left: Value, op: Operator, right: Value) -> bool:
    if op == "eq":
        return left == right
    if op == "ne":
        return left != right
    order = _order(left, right)
    return {"gt": order > 0, "ge": order >= 0, "lt": order < 0, "le": order <= 0}[op]


def _order(left: Value, right: Value) -> int:
    """Return -1, 0 or 1; what has no order was refused when the condition was read. Raises TypeError."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return (left > right) - (left < right)
    if isinstance(left, date) and isinstance(right, date):
        return (left > right) - (left < right)
    raise TypeError(f"{left!r} and {right!r} have no order")
