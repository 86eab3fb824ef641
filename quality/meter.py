"""Working time between many pairs of instants: the calendar's vectors, in seconds."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import overload

import numpy as np

from procedures.calendar import Calendar
from procedures.calendar.vectors import Vectors
from quality.columns import Numbers

_SECOND = 1_000_000


@dataclass(frozen=True, slots=True)
class Worked:
    """From instants in seconds since 1970 UTC to the working seconds before each, counted from a fixed beginning.

    The difference of two answers is what `Calendar.working_seconds` says. Instants before the beginning have none.
    """

    vectors: Vectors

    @overload
    def __call__(self, at: int) -> int: ...
    @overload
    def __call__(self, at: Numbers) -> Numbers: ...
    def __call__(self, at: int | Numbers) -> int | Numbers:
        """Return the working seconds up to an instant, or up to each of many."""
        if isinstance(at, int):
            return int(self(np.array([at], np.int64))[0])
        seconds: Numbers = self.vectors.worked_until(np.maximum(at, 0) * _SECOND) // _SECOND
        return seconds


#: The years that were prepared lately, by the hash of their calendar: they are the same for whoever asks.
_PREPARED: dict[tuple[str, int, int], Vectors] = {}
_MOST = 8


def meter(calendar: Calendar, first: int, last: int) -> Worked:
    """Return what counts working seconds up to instants between `first` and `last`."""
    begins, ends = (datetime.fromtimestamp(at, UTC).year for at in (first, last))
    asked = calendar.hash, begins, ends
    vectors = _PREPARED.get(asked) or Vectors(calendar, begins, ends)
    if asked not in _PREPARED and len(_PREPARED) >= _MOST:
        _PREPARED.clear()
    _PREPARED[asked] = vectors
    return Worked(vectors)
