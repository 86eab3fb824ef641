"""One hash over the heads of all cases, and the proof that one of them is under it (the tree of RFC 6962)."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

#: A node says which kind it is, so that no leaf can be passed off as two others.
_LEAF, _NODE = b"\x00", b"\x01"


@dataclass(frozen=True, slots=True)
class Leaf:
    """Where the log of one case stands: its last record and that record's hash."""

    case: str
    seq: int
    head: str

    @property
    def line(self) -> str:
        """The leaf as it is hashed and written."""
        return f"{self.case}\t{self.seq}\t{self.head}"

    @classmethod
    def read(cls, line: str) -> "Leaf":
        """Read a leaf back; raises ValueError for what is no leaf."""
        case, seq, head = line.split("\t")
        return cls(case, int(seq), head)

    @property
    def hash(self) -> bytes:
        """The hash of the leaf."""
        return hashlib.sha256(_LEAF + self.line.encode()).digest()


@dataclass(slots=True)
class Tree:
    """The root over leaves that come one after another; holds one hash a level, however many come."""

    size: int = 0
    _full: list[tuple[int, bytes]] = field(default_factory=list)

    def add(self, leaf: Leaf) -> None:
        """Add the next leaf."""
        self.size += 1
        level, hash_ = 0, leaf.hash
        while self._full and self._full[-1][0] == level:
            hash_ = _node(self._full.pop()[1], hash_)
            level += 1
        self._full.append((level, hash_))

    @property
    def root(self) -> str:
        """The hash over all leaves so far."""
        if not self._full:
            return hashlib.sha256().hexdigest()
        root = self._full[-1][1]
        for _, hash_ in reversed(self._full[:-1]):
            root = _node(hash_, root)
        return root.hex()


def root_of(leaves: Iterable[Leaf]) -> str:
    """Return the root over these leaves."""
    tree = Tree()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root


def path_to(hashes: Sequence[bytes], index: int) -> list[tuple[str, str]]:
    """Return the way from leaf `index` up to the root: (side, hash) of each neighbour, `left` or `right`."""
    if len(hashes) == 1:
        return []
    half = _half(len(hashes))
    if index < half:
        return [*path_to(hashes[:half], index), ("right", _over(hashes[half:]).hex())]
    return [*path_to(hashes[half:], index - half), ("left", _over(hashes[:half]).hex())]


def root_by(leaf: Leaf, path: Iterable[tuple[str, str]]) -> str:
    """Return the root to which a leaf leads by a path."""
    hash_ = leaf.hash
    for side, told in path:
        other = bytes.fromhex(told)
        hash_ = _node(other, hash_) if side == "left" else _node(hash_, other)
    return hash_.hex()


def _over(hashes: Sequence[bytes]) -> bytes:
    if len(hashes) == 1:
        return hashes[0]
    half = _half(len(hashes))
    return _node(_over(hashes[:half]), _over(hashes[half:]))


def _half(size: int) -> int:
    """Return the largest power of two below a size."""
    return 1 << (size - 1).bit_length() - 1


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(_NODE + left + right).digest()
