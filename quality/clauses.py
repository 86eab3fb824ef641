"""The clauses of the management review, as data: a new edition of the standard is a new set of lines."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from procedures.words import Lang

#: The edition that reviews follow.
EDITION = "TCVN ISO 9001:2015"
_FILE = Path(__file__).with_name("clauses.csv")


@dataclass(frozen=True, slots=True)
class Clause:
    """One input or output of a review: whom to ask for what cannot be measured, and within how many working days."""

    edition: str
    part: Literal["input", "output"]
    id: str
    clause: str
    role: str
    days: int
    vi: str
    en: str
    ask_vi: str
    ask_en: str

    def title(self, lang: Lang) -> str:
        """Return what the clause is about."""
        return self.en if lang == "en" else self.vi

    def ask(self, lang: Lang) -> str:
        """Return what has to be asked."""
        return self.ask_en if lang == "en" else self.ask_vi


@cache
def clauses(part: Literal["input", "output"], edition: str = EDITION) -> tuple[Clause, ...]:
    """Return the inputs or outputs of an edition in order; empty for an edition that is not known."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = [Clause(**{**row, "days": int(row["days"])}) for row in csv.DictReader(file)]  # type: ignore[arg-type]
    return tuple(row for row in rows if (row.edition, row.part) == (edition, part))
