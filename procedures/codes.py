"""Every finding by its code: how much it weighs, what it means, why it matters, and an example of wrong and right."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from procedures.finding import Severity
from procedures.rows import rows
from procedures.words import Lang

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding. `wrong` and `right` are example lines of a definition, in the Vietnamese vocabulary."""

    code: str
    severity: Severity
    title_vi: str
    title_en: str
    why_vi: str
    why_en: str
    wrong: str
    right: str

    def title(self, lang: Lang) -> str:
        """Return the finding in a few words."""
        return self.title_vi if lang == "vi" else self.title_en

    def why(self, lang: Lang) -> str:
        """Return why it matters to a case."""
        return self.why_vi if lang == "vi" else self.why_en


def _rows(path: Path) -> list[Code]:
    return [_code(row) for row in rows(path)]


def _code(row: Mapping[str, str]) -> Code:
    told = {name: text for name, text in row.items() if name != "severity"}
    return Code(severity=Severity(row["severity"]), **told)


@cache
def codes() -> Mapping[str, Code]:
    """Return every code in order, from all the tables `codes*.csv`; a code that two of them claim is a ValueError."""
    found: dict[str, Code] = {}
    for row in (row for table in sorted(_HERE.glob("codes*.csv")) for row in _rows(table)):
        if row.code in found:
            raise ValueError(row.code)
        found[row.code] = row
    return dict(sorted(found.items()))


def find(code: str) -> Code | None:
    """Return what is known about `code`."""
    return codes().get(code)
