"""The clauses of the management review, as data: a new edition of the standard is a new set of lines."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from procedures.rows import Bilingual, rows
from procedures.words import Lang

#: The edition that reviews follow.
EDITION = "TCVN ISO 9001:2015"
_FILE = Path(__file__).with_name("clauses.csv")


@dataclass(frozen=True, slots=True)
class Clause(Bilingual):
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

    def ask(self, lang: Lang) -> str:
        """Return what has to be asked."""
        return self.ask_en if lang == "en" else self.ask_vi


@cache
def clauses(part: Literal["input", "output"], edition: str = EDITION) -> tuple[Clause, ...]:
    """Return the inputs or outputs of an edition in order; empty for an edition that is not known."""
    found = (Clause(**{**row, "days": int(row["days"])}) for row in rows(_FILE))  # type: ignore[arg-type]
    return tuple(one for one in found if (one.edition, one.part) == (edition, part))
