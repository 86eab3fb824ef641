"""What each one-stop form is called, how it is laid out, and where an applicant is found among values: kept as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from procedures.rows import Bilingual, rows
from procedures.text import fold
from procedures.words import Lang

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Line(Bilingual):
    """A line of a form: what is written before the place that is filled in."""

    form: str
    place: str
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Sheet(Bilingual):
    """A form by its number: the symbol after its serial number, its paper, its name, and who signs."""

    number: str
    symbol: str
    paper: Literal["portrait", "landscape"]
    vi: str
    en: str
    sign_vi: str
    sign_en: str

    def signs(self, lang: Lang) -> tuple[str, ...]:
        """Return who signs it, from left to right."""
        return tuple(filter(None, (self.sign_en if lang == "en" else self.sign_vi).split(";")))


@cache
def sheets() -> Mapping[str, Sheet]:
    """Return the forms by number."""
    return {row["number"]: Sheet(**row) for row in rows(_FOLDER / "forms.csv")}  # type: ignore[arg-type]


@cache
def lines(form: str) -> tuple[Line, ...]:
    """Return the lines of a form in order."""
    return tuple(line for line in (Line(**row) for row in rows(_FOLDER / "lines.csv")) if line.form == form)


@cache
def field_names(place: str) -> tuple[str, ...]:
    """Return under which names a procedure may ask for what belongs in a place, folded, the first that fits first."""
    return tuple(fold(row["field"]) for row in rows(_FOLDER / "applicant.csv") if row["place"] == place)
