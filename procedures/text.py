"""Vietnamese text: one normal form, comparison without accents, and the nearest known name."""

import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

#: How alike two folded words must be to be offered as "did you mean".
_ALIKE = 0.72
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}


def nfc(text: str) -> str:
    """Return the text in the one normal form used everywhere."""
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Return the text for comparison: lower case, no accents, đ as d, single blanks."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return " ".join(bare.replace("đ", "d").split())


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known name that was probably meant: equal but for accents and case, else the most alike."""
    names = list(known)
    folded = fold(word)
    same = next((name for name in names if fold(name) == folded), None)
    if same is not None:
        return same
    scored = ((SequenceMatcher(None, folded, fold(name)).ratio(), name) for name in names)
    best = max(scored, default=(0.0, ""), key=lambda found: found[0])
    return best[1] if best[0] >= _ALIKE else None


def sort_key(text: str) -> tuple[tuple[int, int], ...]:
    """Return a key that sorts by the Vietnamese alphabet, tones last."""
    return tuple(_letter(c) for c in nfc(text).lower())


def slug(text: str) -> str:
    """Return a name for files and anchors: folded, blanks as hyphens."""
    return "-".join("".join(c if c.isalnum() else " " for c in fold(text)).split())


def _letter(character: str) -> tuple[int, int]:
    parts = unicodedata.normalize("NFD", character)
    tone = next((_TONES[c] for c in parts if c in _TONES), 0)
    letter = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
    place = _ALPHABET.find(letter)
    return (1000 + place if place >= 0 else ord(letter[0]) if ord(letter[0]) < 128 else 2000, tone)  # noqa: PLR2004
