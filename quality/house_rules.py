"""Numbers that law and plans fix, kept as data: how often, from when, within how many months."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

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
    with _FILE.open(encoding="utf-8", newline="") as file:
        known = {row["key"]: Rule(row["key"], int(row["value"]), row["source"]) for row in csv.DictReader(file)}
    return known[key]
