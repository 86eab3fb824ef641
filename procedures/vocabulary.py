"""The words of the definition language: which key means what, in which container, in Vietnamese and English."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from procedures.rows import rows
from procedures.words import Lang

_TABLE = Path(__file__).with_name("vocabulary.csv")
#: Old and new placing of the tone mark: official texts mix both, so a key is known in either.
_TONES = (
    ("uỷ", "ủy"),
    ("uý", "úy"),
    ("uỳ", "ùy"),
    ("oà", "òa"),
    ("oá", "óa"),
    ("oả", "ỏa"),
    ("oã", "õa"),
    ("oạ", "ọa"),
)


@dataclass(frozen=True, slots=True)
class Word:
    """One key: its id, its Vietnamese and English form, the containers that may hold it, and what it is for."""

    id: str
    vi: str
    en: str
    containers: tuple[str, ...]
    description_vi: str
    description_en: str

    def into(self, lang: Lang) -> str:
        """Return the key as it is written in the vocabulary of `lang`."""
        return self.vi if lang == "vi" else self.en

    def description(self, lang: Lang) -> str:
        """Return what the key is for."""
        return self.description_vi if lang == "vi" else self.description_en


@cache
def words() -> tuple[Word, ...]:
    """Return every word in the order of the table."""
    return tuple(_word(row) for row in rows(_TABLE))


def _word(row: Mapping[str, str]) -> Word:
    text = {key: unicodedata.normalize("NFC", value) for key, value in row.items()}
    containers = tuple(text["in"].split(","))
    return Word(text["id"], text["vi"], text["en"], containers, text["description_vi"], text["description_en"])


@cache
def keys(container: str, lang: Lang) -> Mapping[str, Word]:
    """Return the words that `container` may hold by their key in `lang`, in the order of the table."""
    return {word.into(lang): word for word in words() if container in word.containers}


@cache
def spellings(container: str, lang: Lang) -> Mapping[str, Word]:
    """Return the words of `container` by every spelling that is understood: either placing of tone marks."""
    return {spelling: word for key, word in keys(container, lang).items() for spelling in _both_tones(key)}


def _both_tones(key: str) -> Mapping[str, None]:
    return dict.fromkeys([key, *(key.replace(*pair) for a, b in _TONES for pair in ((a, b), (b, a)))])


def lookup(container: str, key: str, lang: Lang) -> Word | None:
    """Return the word written `key` (NFC, either placing of tone marks) in `container`, or None."""
    return spellings(container, lang).get(key)


@cache
def word(container: str, id_: str) -> Word:
    """Return the word with this id in `container`; raises KeyError."""
    found = next((word for word in words() if word.id == id_ and container in word.containers), None)
    if found is None:
        raise KeyError((container, id_))
    return found


def key(container: str, id_: str, lang: Lang) -> str:
    """Return how the word with this id is written in `lang`; raises KeyError."""
    return word(container, id_).into(lang)


def homes(key_: str, lang: Lang) -> tuple[str, ...]:
    """Return the containers that know this key, for saying where a misplaced one belongs."""
    return tuple(dict.fromkeys(home for word in words() if word.into(lang) == key_ for home in word.containers))


def told_by(key_: str) -> Lang | None:
    """Return the language that a root key tells, or None when it is a key of neither."""
    if lookup("root", key_, "vi") is not None:
        return "vi"
    return "en" if lookup("root", key_, "en") is not None else None
