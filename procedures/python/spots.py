"""Where each part of a Python definition is written, as far as its text tells."""

from collections.abc import Callable, Sequence

#: First line and column, last line and column behind it; all from 1, in characters.
Place = tuple[int, int, int, int]
#: Where nothing better is known.
START: Place = (1, 1, 1, 2)


class Spot:
    """A piece of the text: its place and, where the text shows it, the node of the syntax tree to look into."""

    __slots__ = ("lines", "node", "place")

    def __init__(self, place: Place = START, node: object = None, lines: Sequence[bytes] = ()) -> None:
        self.place = place
        self.node = node
        self.lines = lines

    def keyword(self, name: str) -> "tuple[Spot, Spot]":
        """Return where a named argument of this call has its name and its value."""
        for argument in getattr(self.node, "keywords", ()):
            if argument.arg == name:
                line, column = argument.lineno, _characters(self.lines, argument.lineno, argument.col_offset)
                return Spot((line, column, line, column + len(name))), self._at(argument.value)
        return Spot(self.place), Spot(self.place)

    def argument(self, position: int) -> "Spot":
        """Return where an argument of this call stands."""
        return self._nth(getattr(self.node, "args", ()), position)

    def item(self, position: int, count: int) -> "Spot":
        """Return where one of the `count` items of this list stands."""
        items = getattr(self.node, "elts", ())
        return self._nth(items if len(items) == count else (), position)

    def entry(self, position: int, count: int) -> "tuple[Spot, Spot]":
        """Return where key and value of one of the `count` entries of this dictionary stand."""
        keys, values = getattr(self.node, "keys", ()), getattr(self.node, "values", ())
        known = len(keys) == count and None not in keys
        return self._nth(keys if known else (), position), self._nth(values if known else (), position)

    def _nth(self, nodes: Sequence[object], position: int) -> "Spot":
        return self._at(nodes[position]) if position < len(nodes) else Spot(self.place)

    def _at(self, node: object) -> "Spot":
        return Spot(place_of(node, self.lines), node, self.lines)


class Watch:
    """What an evaluation puts in place of these: who tells the spot of a call, and who hears of a procedure."""

    __slots__ = ("heard", "spot")

    def __init__(self) -> None:
        self.spot: Callable[[], Spot] = Spot
        self.heard: Callable[[object], object] = id


watch = Watch()


def place_of(node: object, lines: Sequence[bytes]) -> Place:
    """Return the place of a node of the syntax tree; `lines` are those of the text in UTF-8."""
    first, last = getattr(node, "lineno", 1), getattr(node, "end_lineno", 1)
    start, end = getattr(node, "col_offset", 0), getattr(node, "end_col_offset", 1)
    return place((first, last, start, end), lines)


def place(position: Sequence[int | None], lines: Sequence[bytes]) -> Place:
    """Return the place of lines and columns as the interpreter counts them: columns from 0, in bytes."""
    first, last, start, end = position
    line = first or 1
    begin = line, _characters(lines, line, start or 0)
    close = last or line, _characters(lines, last or line, end or 0)
    return (*begin, *max(close, (line, begin[1] + 1)))


def _characters(lines: Sequence[bytes], line: int, column: int) -> int:
    if not 0 < line <= len(lines):
        return 1
    return len(lines[line - 1][:column].decode(errors="replace")) + 1
