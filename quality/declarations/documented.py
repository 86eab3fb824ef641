"""The documented information that the standard asks for, clause by clause, with what of it there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.store import Reader
from procedures.rows import Bilingual, rows

_FILE = Path(__file__).with_name("documented.csv")
#: Shown by the cases of every procedure.
_ANY = "*"


@dataclass(frozen=True, slots=True)
class Documented(Bilingual):
    """What has to be kept by a clause; `ended` and `running` count the cases that show it, None where none could."""

    clause: str
    vi: str
    en: str
    shown_by: tuple[str, ...]
    ended: int | None
    running: int | None


def documented(reader: Reader, codes: Sequence[str]) -> list[Documented]:
    """Return the checklist; `codes` are the procedures that are in force."""
    cases = reader.cases()
    found = []
    for row in rows(_FILE):
        named = tuple(code for code in row["shown_by"].split(";") if code)
        meant = [case for case in cases if named == (_ANY,) or case.procedure in named]
        known = named == (_ANY,) or bool(set(named) & set(codes))
        over = sum(case.over for case in meant)
        counts = (over, len(meant) - over) if known else (None, None)
        found.append(Documented(row["clause"], row["vi"], row["en"], named, *counts))
    return found
