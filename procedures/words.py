"""Sentences for people: an English template, its values, and the catalogues that turn it into Vietnamese."""

import gettext
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

Lang = Literal["vi", "en"]

#: The packages that speak. Each keeps its own catalogue in `<package>/locale/vi.po`.
SPEAKING = ("procedures", "engine", "quality", "visualize", "workflows", "web", "cli")
#: Where the agency's clocks are.
_AGENCY_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence that can be said in each language: `template` is the English text and the gettext message id."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def into(self, lang: Lang) -> str:
        """Return the sentence in `lang`; values that are `Words` are said in it too, instants in the agency's zone."""
        template = self.template if lang == "en" else _translate(self.template)
        return template.format_map({name: _shown(value, lang) for name, value in self.values.items()})

    def __str__(self) -> str:
        """Return the English sentence, for logs and test failures."""
        return self.into("en")


def _shown(value: object, lang: Lang) -> object:
    if isinstance(value, Words):
        return value.into(lang)
    if isinstance(value, datetime):
        return f"{value.astimezone(_AGENCY_ZONE):%d/%m/%Y %H:%M}"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else value


def say(template: str, /, **values: object) -> Words:
    """Make a sentence; `template` must be a literal so that the catalogue test finds it."""
    return Words(template, values)


def _translate(template: str) -> str:
    for catalogue in _catalogues():
        said = catalogue.gettext(template)
        if said != template:
            return said
    return template


@cache
def _catalogues() -> tuple[gettext.NullTranslations, ...]:
    found = (_ROOT / package / "locale" / "vi.po" for package in SPEAKING)
    return tuple(catalogue(path) for path in found if path.exists())


def catalogue(source: Path) -> gettext.NullTranslations:
    """Return the catalogue of a `.po` file; a changed one is compiled first."""
    compiled = source.with_suffix(".mo")
    if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
        compile_catalogue(source, compiled)
    with compiled.open("rb") as file:
        return gettext.GNUTranslations(file)


def compile_catalogue(source: Path, target: Path) -> None:
    """Compile one `.po` file to `.mo`; babel is imported only here, because start-up must stay fast."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        entries = read_po(file)
    scratch = target.with_suffix(".mo.new")
    with scratch.open("wb") as file:
        write_mo(file, entries)
    scratch.replace(target)
