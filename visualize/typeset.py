"""How wide a line of text is, and how it is broken to fit: the metrics of the two type faces we draw with."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

#: Millimetres in a typographic point.
POINT = 25.4 / 72

# Advance widths of U+0020 to U+007E in thousandths of an em: Liberation Serif and Sans, whose metrics are those of
# Times New Roman and Arial. A letter with Vietnamese marks is as wide as its bare letter, but for ơ and ư.
_SERIF = (
    "250 333 408 500 500 833 778 180 333 333 500 564 250 333 250 278 500 500 500 500 500 500 500 500 500 "
    "500 278 278 564 564 564 444 921 722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 "
    "667 556 611 722 722 944 722 722 611 333 278 333 469 500 333 444 500 444 500 444 333 500 500 278 278 "
    "500 278 778 500 500 500 500 333 389 278 500 500 722 500 500 444 480 200 480 541 "
)
_SERIF_BOLD = (
    "250 333 555 500 500 1000 833 278 333 333 500 570 250 333 250 278 500 500 500 500 500 500 500 500 500 "
    "500 333 333 570 570 570 500 930 722 667 722 722 667 611 778 778 389 500 778 667 944 722 778 611 778 "
    "722 556 667 722 722 1000 722 722 667 333 278 333 581 500 333 500 556 444 556 444 333 500 556 278 333 "
    "556 278 833 556 500 556 556 444 389 333 556 500 722 500 500 444 394 220 394 520 "
)
_SANS = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 "
    "556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 "
    "722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 "
    "500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584 "
)
_SANS_BOLD = (
    "278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 "
    "556 333 333 584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 "
    "722 667 611 722 667 944 667 667 611 333 278 333 584 556 333 556 611 556 611 556 333 611 611 278 278 "
    "556 278 889 611 611 611 611 389 556 333 611 556 778 556 556 500 389 280 389 584 "
)
_REST = {
    "đ": (500, 556, 556, 611), "Đ": (722, 722, 722, 722), "ơ": (529, 554, 656, 711), "Ơ": (722, 778, 857, 853),
    "ư": (542, 600, 669, 724), "Ư": (776, 796, 854, 830), "“": (444, 500, 333, 500), "”": (444, 500, 333, 500),
    "–": (500, 500, 556, 556), "·": (250, 250, 278, 278), "×": (564, 570, 584, 584), "•": (350, 350, 350, 350),
    "≤": (549, 549, 549, 549), "≥": (549, 549, 549, 549), "≠": (549, 549, 549, 549),
}  # fmt: skip
_UNKNOWN = 1000  # arrows, ticks and whatever else is as wide as it is high, at most
_HORN = "\u031b"


@dataclass(frozen=True, slots=True)
class Face:
    """A type face: what the SVG asks for, what Graphviz asks for, and which metrics it has."""

    families: str
    name: str
    column: int  # of `_REST`; the bold one is the next


SCREEN = Face('"Segoe UI", Tahoma, Arial, "Liberation Sans", "DejaVu Sans", sans-serif', "Arial", 2)
PRINT = Face('"Times New Roman", "Liberation Serif", "DejaVu Serif", serif', "Times New Roman", 0)


@lru_cache(maxsize=1 << 16)
def width(text: str, size: float, face: Face, *, bold: bool = False) -> float:
    """Return the width of one line in millimetres; `size` is in points."""
    column = face.column + bold
    return sum(_advance(letter, column) for letter in unicodedata.normalize("NFC", text)) * size * POINT / 1000


def wrap(text: str, room: float, size: float, face: Face, *, bold: bool = False) -> tuple[str, ...]:
    """Break `text` into lines no wider than `room` millimetres, as even as the least number of lines allows."""
    measure = _measure(size, face, bold=bold)
    words = split_words(text, room, measure)
    fewest = _greedy(words, room, measure)
    low, high = 0.0, room
    while high - low > 1:
        middle = (low + high) / 2
        tried = _greedy(words, middle, measure)
        fits = len(tried) == len(fewest) and all(measure(line) <= middle for line in tried)
        low, high = (low, middle) if fits else (middle, high)
    return _greedy(words, high, measure)


def split_words(text: str, room: float, measure: Callable[[str], float]) -> list[str]:
    """Return the words of `text`; one wider than `room` is cut, because overflowing is worse."""
    words: list[str] = []
    for word in text.split(" "):  # not at hard spaces
        rest = word
        while measure(rest) > room and len(rest) > 1:
            cut = next((n for n in range(len(rest) - 1, 1, -1) if measure(rest[:n]) <= room), 1)
            words.append(rest[:cut])
            rest = rest[cut:]
        if rest:
            words.append(rest)
    return words


def _measure(size: float, face: Face, *, bold: bool) -> Callable[[str], float]:
    return lambda line: width(line, size, face, bold=bold)


def _greedy(words: Sequence[str], room: float, measure: Callable[[str], float]) -> tuple[str, ...]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


@cache
def _advance(letter: str, column: int) -> int:
    if letter in _REST:
        return _REST[letter][column]
    if (letter.isascii() and letter.isprintable()) or letter == "\u00a0":
        return _tables()[column][max(ord(letter), 32) % 128 - 32]
    parts = unicodedata.normalize("NFD", letter)
    if len(parts) == 1:
        return 0 if unicodedata.combining(letter) else _UNKNOWN
    bare = parts[0] + (_HORN if _HORN in parts else "")
    return _advance(unicodedata.normalize("NFC", bare), column)


@cache
def _tables() -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(map(int, table.split())) for table in (_SERIF, _SERIF_BOLD, _SANS, _SANS_BOLD))
