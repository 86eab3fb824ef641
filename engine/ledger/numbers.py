"""Which case numbers of a series were given, held as ranges however many there are."""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Given:
    """Numbers that were given, as ranges that neither touch nor overlap."""

    _from: dict[int, int] = field(default_factory=dict)
    _to: dict[int, int] = field(default_factory=dict)

    def add(self, number: int) -> None:
        """Add a number that was not added before."""
        low = self._to.pop(number - 1, number)
        high = self._from.pop(number + 1, number)
        self._from[low], self._to[high] = high, low

    def skipped(self) -> Iterator[tuple[int, int]]:
        """Return the ranges between 1 and the highest number that nobody was given."""
        expected = 1
        for low in sorted(self._from):
            if low > expected:
                yield expected, low - 1
            expected = self._from[low] + 1
