"""How text fits into an outline: the width an outline leaves at a height, and the least height that holds the words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from math import sqrt

from visualize.diagram import Glyph
from visualize.typeset import Face, split_words, width

#: Half the width left at a share `t` (0 middle, 1 edge) of half the height, as a share of half the width.
PROFILES: dict[str, Callable[[float], float]] = {
    "box": lambda _: 1.0,
    "ellipse": lambda t: sqrt(max(0.0, 1 - t * t)),
    "diamond": lambda t: 1 - t,
    "hexagon": lambda t: 1 - 0.5 * t,
    "octagon": lambda t: min(1.0, 1.414 - t),
}
LINE = 4.2  # millimetres from one line of text to the next
PAD = 1.2
BODY = 10.0
SMALL = 9.0
_TALLEST = 120.0
_PATIENCE = 6.0  # millimetres a better shape of the text may cost
_SHORT = 0.4
#: The least height of each outline, in millimetres.
LEAST = {"box": 12.5, "ellipse": 11.0, "hexagon": 13.0, "octagon": 12.5, "diamond": 17.0}
_HIGH = 36.0  # a diamond higher than this is mostly corners


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words that are kept together, in one size."""

    text: str
    size: float = BODY
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines in reading order, each with the size it is set in, and the height of the outline that holds them."""

    lines: tuple[Paragraph, ...]
    height: float


def fit_glyph(
    paragraphs: Sequence[Paragraph], half: float, glyph: Glyph, floor: float, face: Face
) -> tuple[Glyph, Fitted]:
    """Return the text fitted into `glyph`, or into the roomier one if it would become too high; and which it is."""
    room = 2 * half - (4.0 if glyph.bars else 0.0)
    fitted = fit(paragraphs, room, max(floor, LEAST[glyph.profile]), glyph.profile, face)
    if fitted.height > max(floor, _HIGH) and glyph.roomier is not None:
        return fit_glyph(paragraphs, half, glyph.roomier, floor, face)
    return glyph, fitted


def fit(paragraphs: Sequence[Paragraph], room: float, least: float, profile: str, face: Face) -> Fitted:
    """Break `paragraphs` into lines inside an outline `room` mm wide, at least `least` mm high, higher when needed."""
    found: Fitted | None = None
    height = least
    words = _Words.of(paragraphs, room, face)
    while height < (found.height + _PATIENCE if found else _TALLEST):
        lines = _shortest(paragraphs, words, room, height, profile, face)
        if lines is not None and not _lonely(lines, face):
            return Fitted(lines, height)
        if lines is not None and found is None:
            found = Fitted(lines, height)
        height += 1
    if found is not None:
        return found
    # So many words that no outline holds them: they are set below each other all the same, none is left out.
    longest = next(n for n in range(1, 999) if _set(paragraphs, [0.8 * room] * n, face) is not None)
    return Fitted(_set(paragraphs, [0.8 * room] * longest, face) or (), longest * LINE + 2)


@dataclass(frozen=True, slots=True)
class _Words:
    """What is known before trying: the width of all the words together and of the longest that need not be cut."""

    total: float
    longest: float

    @classmethod
    def of(cls, paragraphs: Sequence[Paragraph], room: float, face: Face) -> "_Words":
        wide = [width(word, p.size, face, bold=p.bold) for p in paragraphs for word in p.text.split(" ")]
        whole = sum(width(p.text, p.size, face, bold=p.bold) for p in paragraphs)
        return cls(whole * 0.95, max((w for w in wide if w <= room - 2 * PAD), default=0.0))


def _shortest(
    paragraphs: Sequence[Paragraph], words: _Words, room: float, height: float, profile: str, face: Face
) -> tuple[Paragraph, ...] | None:
    for count in range(len(paragraphs), int(height / LINE) + 1):
        rooms = [_left(i, count, room, height, profile) for i in range(count)]
        if sum(rooms) < words.total or max(rooms) < words.longest:
            continue
        lines = _set(paragraphs, rooms, face)
        if lines is not None:
            return _even(paragraphs, rooms, lines, face)
    return None


def _lonely(lines: tuple[Paragraph, ...], face: Face) -> bool:
    # One short word on a line of its own reads badly; a slightly higher outline often has room for better.
    wide = [width(line.text, line.size, face, bold=line.bold) for line in lines if line.size == BODY]
    return len(wide) > 1 and min(wide) < max(wide) * _SHORT


def reach(profile: str, half_width: float, half_height: float, offset: float) -> float:
    """Return how far an outline reaches from its middle axis, `offset` mm above or below its middle."""
    return half_width * PROFILES[profile](min(1.0, abs(offset) / half_height))


def _left(line: int, count: int, room: float, height: float, profile: str) -> float:
    # The corner of a line that is farthest from the middle decides.
    far = max(abs((line - count / 2) * LINE), abs((line + 1 - count / 2) * LINE)) - 0.2
    return room * PROFILES[profile](min(1.0, max(0.0, far) / (height / 2))) - 2 * PAD


def _even(
    paragraphs: Sequence[Paragraph], rooms: list[float], lines: tuple[Paragraph, ...], face: Face
) -> tuple[Paragraph, ...]:
    # As narrow as the same number of lines allows, so that the lines are about equally long.
    best = lines
    for percent in range(95, 40, -5):
        narrower = _set(paragraphs, [room * percent / 100 for room in rooms], face)
        if narrower is None:
            return best
        best = narrower
    return best


def _set(paragraphs: Sequence[Paragraph], rooms: Sequence[float], face: Face) -> tuple[Paragraph, ...] | None:
    lines: list[Paragraph] = []
    for paragraph in paragraphs:
        measure = partial(width, size=paragraph.size, face=face, bold=paragraph.bold)
        current = ""
        for word in split_words(paragraph.text, max(*rooms, 4.0), measure):
            longer = f"{current} {word}".strip()
            if current and not (len(lines) < len(rooms) and measure(longer) <= rooms[len(lines)]):
                lines.append(Paragraph(current, paragraph.size, paragraph.bold))
                longer = word
            if len(lines) >= len(rooms) or measure(longer) > rooms[len(lines)]:
                return None
            current = longer
        lines.append(Paragraph(current, paragraph.size, paragraph.bold))
    return tuple(lines) if len(lines) == len(rooms) else None
