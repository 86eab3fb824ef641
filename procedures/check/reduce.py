"""Smaller nets with the same verdict, for procedures with too many situations to visit one by one."""

from collections.abc import Iterable
from dataclasses import replace

from procedures.check.bits import Bits, Move


def reduce(bits: Bits) -> Bits:
    """Shrink a net by rules that keep its verdict.

    An end that cancels the rest never does harm, so it matters only that it could be made. A place with one way on is
    passed at once. Moves that change nothing or repeat another are dropped. Places that are always filled and emptied
    together become one. Every situation of the smaller net is a situation of the net.
    """
    work = _Work(bits)
    while work.pass_through() or work.drop_repeated() or work.merge_places():
        pass
    return replace(
        bits,
        start=work.start,
        moves=tuple(work.moves),
        lead=work.lead,
        twice=work.twice,
        shadows=tuple(work.shadows),
    )


class _Work:
    def __init__(self, bits: Bits) -> None:
        self.start, self.end, self.lead, self.twice = bits.start, bits.end, bits.lead, bits.twice
        self.moves: list[Move] = []
        self.shadows: list[Move] = []
        race = _races(bits)
        self.raced = _all(move.takes for move in bits.moves if move.path[0] in race)
        everything = _all(move.takes | move.gives for move in bits.moves) & ~self.end
        for move in bits.moves:
            # An end that only withdraws those it raced with may leave others behind.
            if move.gives == self.end and move.cancels & everything == everything:
                self.shadows.append(replace(move, escape=True))
            else:
                # Waiting harms no join for all, and lets the way before it be passed at once.
                self.moves.append(replace(move, silent=move.path[0] in race))

    def pass_through(self) -> bool:
        """Find a place whose only use is one move from it alone, and make that move whenever it is filled."""
        uses: dict[int, int] = {}
        seen = shared = 0
        for number, move in enumerate(self.moves):
            shared |= seen & move.takes
            seen |= move.takes
            uses[move.takes] = number
        for place, number in uses.items():
            move = self.moves[number]
            if not place & (place - 1) and not place & shared and self.passable(place, move):
                self.pass_by(place, self.moves.pop(number))
                return True
        return False

    def passable(self, place: int, move: Move) -> bool:
        # A step before "the first of" has to stay open for a while, or the race would be decided at once.
        if move.cancels or move.twice or move.gives & (self.end | self.raced | place):
            return False
        # Whoever empties the place must empty all that it leads to, and the other way round; and where a race is
        # decided in the same moment as the place is filled, the decision comes first.
        both = place | move.gives
        decided = (other for other in self.moves if other.gives & place and other.gives & self.raced)
        return not any(decided) and not any(_in_part(other.cancels, both) for other in self.moves)

    def pass_by(self, place: int, through: Move) -> None:
        for shadow in [shadow for shadow in self.shadows if shadow.takes == place]:
            self.shadows.remove(shadow)
            through = _covering(through, shadow)
        if self.start & place:
            self.twice |= (self.start & ~place) & through.gives
            self.start = (self.start & ~place) | through.gives
            self.lead += through.path
            self.shadows.append(replace(through, takes=0, escape=False))
        self.moves = [_followed(move, place, through) if move.gives & place else move for move in self.moves]

    def drop_repeated(self) -> bool:
        kept: dict[tuple[int, int, int, int], Move] = {}
        for move in sorted(self.moves, key=lambda move: len(move.path)):
            same = (move.takes, move.gives, move.cancels, move.twice)
            if move.takes == move.gives and not move.cancels and not move.twice:
                self.shadows.append(move)
            else:
                kept[same] = _covering(kept[same], move) if same in kept else move
        changed = len(kept) < len(self.moves)
        self.moves = list(kept.values())
        return changed

    def merge_places(self) -> bool:
        """Find places that the same moves fill, empty and cancel, and keep one of them."""
        kept: dict[tuple[object, ...], int] = {}
        instead: dict[int, int] = {}
        for place in _places(self.moves, but=self.end):
            touched = (bool(self.start & place), *(_touch(move, place) for move in self.moves))
            first = kept.setdefault(touched, place)
            if first != place:
                instead[place] = first
        self.start = _renamed(self.start, instead)
        self.moves = [_merged(move, instead) for move in self.moves] if instead else self.moves
        self.shadows = [_merged(move, instead) for move in self.shadows] if instead else self.shadows
        return bool(instead)


def _all(masks: Iterable[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found


def _races(bits: Bits) -> frozenset[int]:
    """Return the silent moves that must not wait.

    A token more or less decides those that cancel or share what they take; and what is withdrawn once it is open, but
    not while it waits, has to open.
    """
    silent = [move for move in bits.moves if move.silent]
    shared = seen = 0
    for move in silent:
        shared |= seen & move.takes
        seen |= move.takes
    cancels = {move.cancels for move in bits.moves}
    return frozenset(
        move.path[0]
        for move in silent
        if move.cancels or move.takes & shared or any(_in_part(some, move.takes | move.gives) for some in cancels)
    )


def _in_part(cancels: int, places: int) -> bool:
    """Tell whether some of the places are cancelled, but not all."""
    return cancels & places not in (0, places)


def _covering(move: Move, other: Move) -> Move:
    """Return `move`, remembering that `other` could have been made in its place."""
    return replace(move, covers=move.covers.union(other.covers, other.path), escape=move.escape or other.escape)


def _followed(move: Move, place: int, through: Move) -> Move:
    left = move.gives & ~place
    # A place that was filled twice hands both tokens on.
    doubled = through.gives if move.twice & place else 0
    twice = (move.twice & ~place) | (left & through.gives) | doubled
    return replace(
        move,
        gives=left | through.gives,
        twice=twice,
        path=move.path + through.path,
        covers=move.covers | through.covers,
        escape=move.escape or through.escape,
    )


def _touch(move: Move, place: int) -> tuple[bool, bool, bool, bool]:
    return (bool(move.takes & place), bool(move.gives & place), bool(move.cancels & place), bool(move.twice & place))


def _merged(move: Move, instead: dict[int, int]) -> Move:
    takes, gives, cancels, twice = (
        _renamed(mask, instead) for mask in (move.takes, move.gives, move.cancels, move.twice)
    )
    return replace(move, takes=takes, gives=gives, cancels=cancels, twice=twice)


def _renamed(mask: int, instead: dict[int, int]) -> int:
    for place, first in instead.items():
        if mask & place:
            mask = (mask & ~place) | first
    return mask


def _places(moves: Iterable[Move], but: int) -> list[int]:
    used = 0
    for move in moves:
        used |= move.takes | move.gives
    used &= ~but
    return [1 << number for number in range(used.bit_length()) if used >> number & 1]
