"""A net as bit masks, and the search through all situations a case can get into."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

from procedures.net import END, Net, Transition
from procedures.remembered import remembered


@dataclass(frozen=True, slots=True)
class Move:
    """A transition as masks. `path` are the numbers of the net's transitions it stands for, in order.

    `twice` are places that the move by itself gives two tokens. A `silent` move happens before anybody acts.
    What reduction adds: `covers`, further transitions that could be made on the way, and `escape`, that the case could
    end properly on the way.
    """

    takes: int
    gives: int
    cancels: int
    twice: int
    silent: bool
    path: tuple[int, ...]
    covers: frozenset[int] = frozenset()
    escape: bool = False


@dataclass(frozen=True, slots=True)
class Bits:
    """A net of places numbered by bit.

    `end` is the mask of the end place. What reduction adds: `lead`, the path already gone at `start`, `twice`, what it
    doubled, and `shadows`: moves that lead to nothing new, of which it only matters that they could be made.
    """

    start: int
    end: int
    moves: tuple[Move, ...]
    lead: tuple[int, ...] = ()
    twice: int = 0
    shadows: tuple[Move, ...] = ()


@remembered
def bits_of(net: Net) -> Bits:
    """Write `net` as masks; bit n stands for `net.places[n]`."""
    bit = {place: 1 << number for number, place in enumerate(net.places)}
    moves = tuple(_move(transition, number, bit) for number, transition in enumerate(net.transitions))
    return Bits(sum(bit[place] for place, _ in net.start), bit[END], moves)


def _move(transition: Transition, number: int, bit: dict[str, int]) -> Move:
    gives = twice = 0
    for place in transition.produces:
        twice |= gives & bit[place]
        gives |= bit[place]
    takes, cancels = (sum({bit[place] for place in some}) for some in (transition.consumes, transition.cancels))
    return Move(takes, gives, cancels, twice, transition.silent, (number,))


@dataclass(slots=True)
class Space:
    """What a search found. Situations are numbered in the order of discovery, which is by length of the way.

    `ended`: situations from which a move ends the case. `dead`: those where nothing can happen. Of a further move out
    of a situation: `left` says (situation, path, marking) where it ends the case with work left, and `double`
    (situation, path, places) where it would put a second token into `places`.
    """

    found: list[int] = field(default_factory=list)
    came: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)
    edges: "array[int]" = field(default_factory=lambda: array("I"))
    ended: list[int] = field(default_factory=list)
    dead: list[int] = field(default_factory=list)
    left: list[tuple[int, tuple[int, ...], int]] = field(default_factory=list)
    double: list[tuple[int, tuple[int, ...], int]] = field(default_factory=list)
    fired: set[int] = field(default_factory=set)
    complete: bool = True

    def way(self, situation: int) -> tuple[int, ...]:
        """Return the transitions from the start to `situation`."""
        parts: list[tuple[int, ...]] = []
        while situation >= 0:
            situation, path = self.came[situation]
            parts.append(path)
        return tuple(number for path in reversed(parts) for number in path)

    def astray(self) -> list[int]:
        """Return the situations from which the case can move for ever but never end, stop or double."""
        before: dict[int, list[int]] = {}
        for source, target in zip(self.edges[::2], self.edges[1::2], strict=True):
            before.setdefault(target, []).append(source)
        stops = [*self.ended, *self.dead, *(situation for situation, _, _ in self.double)]
        fine, waiting = set(stops), stops
        while waiting:
            for source in before.get(waiting.pop(), ()):
                if source not in fine:
                    fine.add(source)
                    waiting.append(source)
        return [number for number in range(len(self.found)) if number not in fine]


def search(bits: Bits, cap: int) -> Space:
    """Visit every situation, breadth first, and stop at `cap` of them."""
    return _Search(bits, cap).run()


class _Search:
    def __init__(self, bits: Bits, cap: int) -> None:
        self.bits, self.cap, self.space = bits, cap, Space()
        self.numbers: dict[int, int] = {}
        self.silent = [move for move in bits.moves if move.silent]
        self.waiting = sum({low for move in self.silent for low in _single_bits(move.takes)})
        self.escapes = [move.takes for move in bits.shadows if move.escape]
        self.by_place: dict[int, list[Move]] = {}
        for move in bits.moves:
            if not move.silent:
                self.by_place.setdefault(move.takes & -move.takes, []).append(move)

    def run(self) -> Space:
        """Search from the start until nothing is new."""
        space = self.space
        if self.bits.twice:
            self.reach(-1, self.bits.start, self.bits.lead)
            space.double.append((0, (), self.bits.twice))
            return space
        self.settle(-1, self.bits.start, self.bits.lead)
        number = 0
        while number < len(space.found):
            if len(space.found) > self.cap:
                space.complete = False
                break
            self.visit(number)
            number += 1
        self.recall()
        return space

    def recall(self) -> None:
        """Count the shadows as made where they could have been."""
        space = self.space
        space.fired.update(self.bits.lead)
        for move in self.bits.shadows:
            if any(marking & move.takes == move.takes for marking in space.found):
                space.fired.update(move.path, move.covers)

    def visit(self, number: int) -> None:
        """Make every move that is possible in one situation."""
        space, marking = self.space, self.space.found[number]
        moved = any(marking & takes == takes for takes in self.escapes)
        if moved:
            space.ended.append(number)
        for low in _single_bits(marking):
            for move in self.by_place.get(low, ()):
                if marking & move.takes == move.takes:
                    moved = True
                    self.make(number, marking, move, ())
        if not moved:
            space.dead.append(number)

    def make(self, source: int, marking: int, move: Move, before: tuple[int, ...]) -> None:
        """Make one move and what follows from it by itself."""
        rest = marking & ~move.takes & ~move.cancels
        path = before + move.path
        self.space.fired.update(move.path, move.covers)
        if move.escape:
            self.space.ended.append(source)
        clash = (rest & move.gives) | move.twice
        if clash:
            self.space.double.append((source, path, clash))
        else:
            self.settle(source, rest | move.gives, path)

    def settle(self, source: int, marking: int, path: tuple[int, ...]) -> None:
        """Let silent moves happen in every order until none can, and note the situation."""
        if marking & self.bits.end:
            self.finish(source, marking, path)
            return
        able = self.silent if marking & self.waiting else []
        able = [move for move in able if marking & move.takes == move.takes]
        for move in able:
            self.make(source, marking, move, path)
        if not able:
            self.reach(source, marking, path)

    def finish(self, source: int, marking: int, path: tuple[int, ...]) -> None:
        self.space.ended.append(source)
        if marking != self.bits.end:
            self.space.left.append((source, path, marking))

    def reach(self, source: int, marking: int, path: tuple[int, ...]) -> None:
        space = self.space
        number = self.numbers.get(marking)
        if number is None:
            number = self.numbers[marking] = len(space.found)
            space.found.append(marking)
            space.came.append((source, path))
        if source >= 0:
            space.edges.append(source)
            space.edges.append(number)


def _single_bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low
        mask ^= low
