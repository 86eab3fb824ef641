"""Procedures written in Python: the builder, and the child in which somebody else's definition is evaluated."""

from procedures.python.builder import (
    Definition,
    back_to,
    end,
    first_of,
    fork,
    otherwise,
    procedure,
    sample,
    step,
    when,
)
from procedures.python.conditions import dong, field, today, trieu, ty, working_days

__all__ = [
    "Definition",
    "back_to",
    "dong",
    "end",
    "field",
    "first_of",
    "fork",
    "otherwise",
    "procedure",
    "sample",
    "step",
    "today",
    "trieu",
    "ty",
    "when",
    "working_days",
]
