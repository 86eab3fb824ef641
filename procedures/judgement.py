"""Judging a condition with the entered values, and saying it to people."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import assert_never

from procedures import condition as c
from procedures.condition import Compare, Condition, Operator, Term, Value
from procedures.vietnamese import amount
from procedures.words import Lang, Words, say

_SAID: Mapping[Operator, Words] = {
    "eq": say("is"),
    "ne": say("is not"),
    "gt": say("above"),
    "ge": say("at least"),
    "lt": say("below"),
    "le": say("at most"),
}
_SAID_OF_DAYS: Mapping[Operator, Words] = {
    "gt": say("after"),
    "ge": say("not before"),
    "lt": say("before"),
    "le": say("not after"),
}
_WorkingDays = Callable[[date, date], int]


class MissingValue(LookupError):  # noqa: N818 - the engine turns it into a refusal
    """A condition asks for a value that has not been entered."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def evaluate(
    condition: Condition,
    values: Mapping[str, Value],
    today: date,
    working_days: _WorkingDays,
) -> bool:
    """Judge a condition with the entered values, exactly; raises MissingValue when the answer hangs on one.

    `working_days` counts those from one day to another. The order of the parts makes no difference.
    """
    match condition:
        case c.All(parts=parts):
            return not _one_is(False, parts, values, today, working_days)  # noqa: FBT003
        case c.Any(parts=parts):
            return _one_is(True, parts, values, today, working_days)  # noqa: FBT003
        case c.Not(part=part):
            return not evaluate(part, values, today, working_days)
        case Compare():
            left = _value(condition.left, values, today, working_days)
            right = _value(condition.right, values, today, working_days)
            return _holds(left, condition.op, right)
    assert_never(condition)


def _one_is(
    wanted: bool,  # noqa: FBT001 - the answer that settles the whole
    parts: tuple[Condition, ...],
    values: Mapping[str, Value],
    today: date,
    working_days: _WorkingDays,
) -> bool:
    missing: MissingValue | None = None
    for part in parts:
        try:
            if evaluate(part, values, today, working_days) is wanted:
                return True
        except MissingValue as one:
            missing = missing or one
    if missing is not None:
        raise missing
    return False


def in_words(condition: Condition, lang: Lang) -> str:
    """Say a condition to people; the Vietnamese can be read as a condition again."""
    match condition:
        case c.All(parts=parts):
            return f" {say('and').into(lang)} ".join(_nested(part, lang) for part in parts)
        case c.Any(parts=parts):
            return f" {say('or').into(lang)} ".join(_nested(part, lang) for part in parts)
        case c.Not(part=part):
            return f"{say('not').into(lang)} ({in_words(part, lang)})"
        case Compare():
            return f"{_term(condition.left, lang)} {_operator(condition).into(lang)} {_term(condition.right, lang)}"
    assert_never(condition)


def _nested(part: Condition, lang: Lang) -> str:
    said = in_words(part, lang)
    return f"({said})" if isinstance(part, c.All | c.Any) else said


def _term(term: Term, lang: Lang) -> str:
    match term:
        case c.FieldRef(name=name):
            return name
        case c.NumberLiteral(value=value):
            return amount(value, lang)
        case c.DateLiteral(value=value):
            return f"{value:%d/%m/%Y}"
        case c.TextLiteral(value=value):
            return f'"{value}"' if "”" in value else f"“{value}”"
        case c.YesNoLiteral(value=value):
            return (say("yes") if value else say("no")).into(lang)
        case c.Today():
            return say("today").into(lang)
        case c.WorkingDays(start=start, end=end):
            return say("working days from {start} to {end}", start=_term(start, lang), end=_term(end, lang)).into(lang)
    assert_never(term)


def _operator(compare: Compare) -> Words:
    days = isinstance(compare.right, c.DateLiteral | c.Today) or isinstance(compare.left, c.Today)
    return _SAID_OF_DAYS[compare.op] if days and compare.op in _SAID_OF_DAYS else _SAID[compare.op]


def _value(term: Term, values: Mapping[str, Value], today: date, working_days: _WorkingDays) -> Value:
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
