"""Vietnamese text: one normal form, comparison without accents, the nearest known name, the order of the alphabet."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_ALPHABET = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
#: The tones in the order of the dictionary: ngang is 0, then huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
#: Signs of print and their nearest neighbours on an old console.
_ASCII_SIGNS = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "…": "...",
        "–": "-",
        "—": "-",
        "·": "-",
        "→": "->",
        "≥": ">=",
        "≤": "<=",
        "≠": "!=",
        "đ": "d",
        "Đ": "D",
    }
)
#: What no database keeps as text: NUL and halves of characters.
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
#: Blanks that look like a blank and are none to a parser; word processors leave them behind.
_BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
#: The shortest part of a name that still tells which name is meant.
_SHORTEST_PART = 4
#: Longer texts are no names; slips in them are not counted.
_LONGEST_NAME = 200


def writable(text: str) -> bool:
    """Tell whether a database keeps a text as it is: NUL and halves of characters it does not."""
    return _UNWRITABLE.search(text) is None


def nfc(text: str) -> str:
    """Return the text in the one normal form used everywhere."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def legible(text: str | bytes) -> str | None:
    """Return the text over which places are counted: NFC, LF, no byte order mark, plain blanks; None if not UTF-8."""
    try:
        said = text.decode() if isinstance(text, bytes) else text
    except UnicodeDecodeError:
        return None
    plain = _BLANKS.sub(" ", said.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    return nfc(plain)


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Return the text for comparison: lower case, no accents, đ as d, single blanks; so `Hoà` and `hòa` are equal."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return " ".join(bare.replace("đ", "d").split())


def to_ascii(text: str) -> str:
    """Return the text for a console that knows ASCII only: no accents, plain signs, `?` for the rest."""
    bare = unicodedata.normalize("NFD", text.translate(_ASCII_SIGNS))
    return "".join(c for c in bare if not unicodedata.combining(c)).encode("ascii", "replace").decode("ascii")


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known name that was probably meant, or None.

    Equal but for accents and case comes first, then a few slips of the finger, then a name of which only a part was
    written. Of names equally near the first wins.
    """
    folded = fold(word)
    if not folded:
        return None
    names = [(name, fold(name)) for name in known]
    same = [name for name, bare in names if bare == folded]
    if same:
        return min(same, key=lambda name: _slips(nfc(word).lower()[:_LONGEST_NAME], nfc(name).lower()))
    near = [(_slips(folded, bare), name) for name, bare in names if _near(folded, bare)]
    if near:
        return min(near, key=lambda found: found[0])[1]
    parts = [name for name, bare in names if _part(folded, bare)]
    return parts[0] if len(parts) == 1 else None


def sort_key(text: str) -> tuple[object, ...]:
    """Return a key that sorts as a Vietnamese dictionary: by syllable, letters before tones; numbers by size."""
    return tuple(_syllable(part) for part in re.findall(r"\d+|[^\W\d]+|[^\w\s]", nfc(text).lower()))


def name_key(name: str) -> tuple[object, ...]:
    """Return a key that sorts people as a Vietnamese list does: by given name, which is the last word."""
    *family, given = name.split() or [""]
    return sort_key(given), sort_key(" ".join(family))


def slug(text: str) -> str:
    """Return a name for files and anchors: folded, blanks as hyphens."""
    return "-".join("".join(c if c.isalnum() else " " for c in fold(text)).split())


def _near(folded: str, bare: str) -> bool:
    longest = max(len(folded), len(bare))
    allowed = longest // 4
    return longest <= _LONGEST_NAME and abs(len(folded) - len(bare)) <= allowed and _slips(folded, bare) <= allowed


def _part(folded: str, bare: str) -> bool:
    short, long = sorted((folded, bare), key=len)
    return len(short) >= _SHORTEST_PART and f" {short} " in f" {long} "


def _slips(left: str, right: str) -> int:
    """Count the letters that were missed, added, changed or swapped with a neighbour."""
    before: list[int] = []
    above = list(range(len(right) + 1))
    for row, one in enumerate(left, 1):
        here = [row]
        for column, other in enumerate(right, 1):
            cost = min(above[column] + 1, here[-1] + 1, above[column - 1] + (one != other))
            swapped = row > 1 and column > 1 and left[row - 2] == other and right[column - 2] == one
            here.append(min(cost, before[column - 2] + 1) if swapped else cost)
        before, above = above, here
    return above[-1]


def _syllable(part: str) -> tuple[object, ...]:
    if part.isdecimal():
        digits = part.lstrip("0")
        return 0, (len(digits), digits), ()
    letters = [_letter(character) for character in part]
    return 1, tuple(letter for letter, _ in letters), tuple(tone for _, tone in letters)


def _letter(character: str) -> tuple[tuple[int, str], int]:
    parts = unicodedata.normalize("NFD", character)
    tone = next((_TONES[c] for c in parts if c in _TONES), 0)
    letter = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
    return (_ALPHABET.get(letter, -1 if letter < "a" else len(_ALPHABET)), letter), tone


_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


def is_address(text: str) -> bool:
    """Tell whether a text is one plain e-mail address, without a name and without signs that a header could trip on."""
    return len(text) <= 254 and _ADDRESS.fullmatch(text) is not None  # noqa: PLR2004 - the longest there can be
