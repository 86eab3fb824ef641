"""The closed condition language as data: comparisons of declared fields, joined by and, or, not."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from procedures.base import Model

Operator = Literal["eq", "ne", "gt", "ge", "lt", "le"]
#: A typed value as it is entered, stored and compared.
Value = Decimal | date | bool | str


class FieldRef(Model):
    """The entered value of a field."""

    type: Literal["field"] = "field"
    name: str


class NumberLiteral(Model):
    """A number, money or count written in the condition."""

    type: Literal["number"] = "number"
    value: Decimal


class DateLiteral(Model):
    """A date written in the condition."""

    type: Literal["date"] = "date"
    value: date


class TextLiteral(Model):
    """A text or choice written in the condition."""

    type: Literal["text"] = "text"
    value: str


class YesNoLiteral(Model):
    """Yes (có) or no (không) written in the condition."""

    type: Literal["yes_no"] = "yes_no"
    value: bool


class Today(Model):
    """The day on which the condition is judged (`hôm nay`)."""

    type: Literal["today"] = "today"


Operand = Annotated[
    FieldRef | NumberLiteral | DateLiteral | TextLiteral | YesNoLiteral | Today, Field(discriminator="type")
]


class WorkingDays(Model):
    """The count of working days from one date to another (`số ngày làm việc từ … đến …`)."""

    type: Literal["working_days"] = "working_days"
    start: Operand
    end: Operand


Term = Annotated[
    FieldRef | NumberLiteral | DateLiteral | TextLiteral | YesNoLiteral | Today | WorkingDays,
    Field(discriminator="type"),
]


class Compare(Model):
    """`left op right`, both of one type."""

    type: Literal["compare"] = "compare"
    left: Term
    op: Operator
    right: Term


class All(Model):
    """Every part holds (`và`)."""

    type: Literal["all"] = "all"
    parts: tuple["Condition", ...]


class Any(Model):
    """At least one part holds (`hoặc`)."""

    type: Literal["any"] = "any"
    parts: tuple["Condition", ...]


class Not(Model):
    """The part does not hold (`không`)."""

    type: Literal["not"] = "not"
    part: "Condition"


Condition = Annotated[Compare | All | Any | Not, Field(discriminator="type")]
