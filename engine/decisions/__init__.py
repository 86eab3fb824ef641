"""What each command makes happen: a family of commands a file, all behind one door."""

from engine.decisions import (
    calls,
    extensions,
    files,
    keeping,
    life,
    machines,
    opinions,
    parts,
    people,
    recalling,
    records,
    supplements,
    together,
    work,
)
from engine.decisions.family import decide_on

__all__ = [
    "calls",
    "decide_on",
    "extensions",
    "files",
    "keeping",
    "life",
    "machines",
    "opinions",
    "parts",
    "people",
    "recalling",
    "records",
    "supplements",
    "together",
    "work",
]
