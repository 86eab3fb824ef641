"""Numbers that law and plans fix, kept as data: how often, from when, within how many months."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from procedures.rows import rows

_FILE = Path(__file__).with_name("rules.csv")


@dataclass(frozen=True, slots=True)
class Rule:
    """A number with where it comes from."""

    key: str
    value: int
    source: str


@cache
def rule(key: str) -> Rule:
    """Return a rule by its key; raises KeyError."""
    return {row["key"]: Rule(row["key"], int(row["value"]), row["source"]) for row in rows(_FILE)}[key]
