"""On which level each way of a swimlane diagram runs in the gap below its source, so that none meets a word."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import permutations, product

from visualize.diagram import Edge, Node
from visualize.fitting import Fitted, Paragraph

CIRCLE = 5.2
_MANY = 5  # more ways than this in one gap are not tried in every order
_OFF, _HIT, _CROSS = 1000, 50, 1  # how bad: off the paper, through a word, across a line


@dataclass(slots=True)
class Cell:
    """A node in its place: grid `row` and `lane`, middle `x`, `y`, half width, fitted text."""

    node: Node
    row: int
    lane: int
    x: float
    half: float
    fitted: Fitted
    y: float = 0.0
    entries: dict[int, int] = field(default_factory=dict)  # side (-1 left, 1 right) to the count of lines entering it
    said: tuple[Paragraph, ...] = ()  # beside the lanes, where these are too narrow for words


@dataclass(slots=True)
class Way:
    """One edge on its way: straight, or level in the gap below its source on a `track`, then to each target."""

    edge: Edge
    source: Cell
    ends: tuple["Ending", ...]
    straight: bool
    lines: tuple[str, ...] = ()
    broad: float = 0.0
    side: int = 1
    track: int = 0

    @property
    def span(self) -> tuple[float, float]:
        """Return the stretch that the level line and its label take."""
        xs = [self.source.x, *(end.x for end in self.ends)]
        label = self.source.x + self.side * (self.broad + 2.0 + (CIRCLE + 2.0 if not self.ends else 0.0))
        return min(*xs, label), max(*xs, label)


@dataclass(slots=True)
class Ending:
    """How a way reaches one target: from above at `x`, or (`side` not 0) along a channel at `x` into a side."""

    target: Cell
    side: int
    x: float
    lane: int = 0
    port: int = 0


@dataclass(slots=True)
class Pool:
    """The whole: lane width, cells by key, ways, and for each gap (below grid row n) the heights of its tracks."""

    width: float
    lane_width: float
    cells: dict[str, Cell]
    ways: list[Way]
    gaps: dict[int, list[list[Way]]]
    left: float = 0.0  # the width of the column of words


def lay_tracks(pool: Pool) -> None:
    """Give every way that is not straight its track, and every label its side, in the order with the least trouble."""
    for row in sorted({way.source.row for way in pool.ways}):
        ways = [way for way in pool.ways if way.source.row == row and (way.lines or not way.straight)]
        foreign = list(_foreign(pool, row))
        best = _best(pool, ways, foreign)
        for way, side in best:
            way.side = side
        tracks: list[list[Way]] = []
        for way, _ in best:
            if tracks and all(_apart(way, other) for other in tracks[-1]):
                tracks[-1].append(way)
            else:
                tracks.append([way])
            way.track = len(tracks) - 1
        pool.gaps[row] = tracks


_Order = Sequence[tuple[Way, int]]


def _best(pool: Pool, ways: list[Way], foreign: list[float]) -> _Order:
    ways = sorted(ways, key=lambda way: way.span[1] - way.span[0])
    if len(ways) > _MANY:
        return [(way, way.side) for way in ways]
    orders = (
        list(zip(order, sides, strict=True))
        for order in permutations(ways)
        for sides in product((1, -1), repeat=len(ways))
    )
    return min(orders, key=lambda order: _trouble(pool, order, foreign), default=[])


def _trouble(pool: Pool, order: _Order, foreign: list[float]) -> int:
    bad = sum(way.side != side for way, side in order)
    for at, (way, side) in enumerate(order):
        low, high = _said(way, side)
        bad += _OFF * (low < pool.left or high > pool.width)
        bad += _HIT * sum(low - 0.6 < x < high + 0.6 for x in foreign)
        bad += _met(_rising(way), (low, high), (0.0, 0.0))
        start, stop = _level(way, side)
        for above, _ in order[:at]:
            bad += _met(_falling(above), (low, high), (start, stop))
        for below, _ in order[at + 1 :]:
            stems = [below.source.x] if below.source is not way.source else []
            bad += _met([*stems, *_rising(below)], (low, high), (start, stop))
    return bad


def _met(uprights: Iterable[float], label: tuple[float, float], level: tuple[float, float]) -> int:
    return sum(_HIT * (label[0] - 0.6 < x < label[1] + 0.6) + _CROSS * (level[0] < x < level[1]) for x in uprights)


def _said(way: Way, side: int) -> tuple[float, float]:
    """Return from where to where the label reaches, with the circle at its end if there is one."""
    more = 4.0 + CIRCLE if not way.ends else 1.2
    far = way.source.x + side * (way.broad + more)
    near = way.source.x + side * 1.2
    return (min(near, far), max(near, far)) if way.lines or not way.ends else (near, near)


def _level(way: Way, side: int) -> tuple[float, float]:
    if way.straight or not way.ends:
        return _said(way, side) if not way.ends else (way.source.x, way.source.x)
    xs = [way.source.x, *(end.x for end in way.ends)]
    return min(xs), max(xs)


def _falling(way: Way) -> list[float]:
    return [end.x for end in way.ends if not end.side or end.target.row > way.source.row]


def _rising(way: Way) -> list[float]:
    return [end.x for end in way.ends if end.side and end.target.row <= way.source.row]


def _foreign(pool: Pool, row: int) -> Iterator[float]:
    """Yield where uprights of ways from other rows pass through the gap below `row`."""
    for way in pool.ways:
        for end in way.ends:
            here, there = way.source.row, end.target.row
            if here != row and min(here, there) <= row < max(here, there):
                yield end.x


def _apart(one: Way, other: Way) -> bool:
    if one.straight or other.straight:
        return False
    (low, high), (start, stop) = one.span, other.span
    return high + 1.5 < start or stop + 1.5 < low
