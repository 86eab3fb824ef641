"""Tables kept as CSV, beside the code or in the folder of an agency, and rows that have a name in two languages."""

import csv
from pathlib import Path

from procedures.words import Lang


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table by its heads, in order; what spreadsheets write at the beginning is passed over."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


class Bilingual:
    """A row that has a name in both languages."""

    __slots__ = ()
    vi: str
    en: str

    def name(self, lang: Lang) -> str:
        """Return its name."""
        return self.en if lang == "en" else self.vi
