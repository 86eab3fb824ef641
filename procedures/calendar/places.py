"""Where instants lie among ascending ones, for many at once: a table of even steps instead of a search for each."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.int64]

#: So many steps still lie in the cache of a processor; a finer table would be slower than what it saves.
_MOST_STEPS = 200_000
_BEYOND = np.iinfo(np.int64).max


class Places:
    """Some ascending whole numbers, and how many of them are reached by others.

    The line from the first to the last is cut into even steps, each with how many numbers lie at or before its
    beginning. Sessions open at full and half hours, so the steps can nearly always be such that no number lies inside
    one; where numbers do, as many looks follow as the fullest step holds.
    """

    def __init__(self, numbers: Numbers) -> None:
        """Take numbers that ascend; two may be the same."""
        self._numbers = np.append(numbers, _BEYOND)
        first, last = (int(numbers[0]), int(numbers[-1])) if len(numbers) else (0, 0)
        apart = int(np.gcd.reduce(np.diff(numbers), initial=0))
        self._step = max(apart, -(-(last - first) // _MOST_STEPS), 1)
        self._begin = first - self._step  # one step before the first and one from the last: what lies beyond is in them
        edges = self._begin + self._step * np.arange((last - self._begin) // self._step + 2, dtype=np.int64)
        self._before = np.searchsorted(numbers, edges[:-1], "right")
        inside = np.searchsorted(numbers, edges[1:] - 1, "right") - self._before
        self._looks = int(inside.max())

    def reached(self, at: Numbers) -> Numbers:
        """Return for each how many of the numbers are at most it."""
        step = at - self._begin
        step //= self._step
        found: Numbers = self._before.take(step, mode="clip")
        for _ in range(self._looks):
            found += self._numbers.take(found) <= at
        return found
