"""How an errand is tried again: so often, with pauses that grow, each try within its time."""

from dataclasses import dataclass
from datetime import timedelta

from procedures.model import Handling

#: However often it doubles, a pause is no longer than this.
_LONGEST_PAUSE = timedelta(hours=6)
#: What a worker needs beyond the time of the try itself, to write down what came of it.
_GRACE = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class Pace:
    """`retries` further tries after the first, the first of them after `pause`, each at most `limit` long."""

    retries: int
    pause: timedelta
    limit: timedelta

    def pause_after(self, tries: int) -> timedelta | None:
        """Return how long to wait after so many tries have failed, or None when that was the last."""
        if tries > self.retries:
            return None
        times: int = 2 ** min(tries - 1, 30)  # beyond that every pause is the longest
        return min(self.pause * times, max(_LONGEST_PAUSE, self.pause))

    def exhausted(self, tries: int) -> bool:
        """Tell whether there is no try left after so many."""
        return tries > self.retries

    @property
    def lease(self) -> timedelta:
        """How long a claim is good: whoever has not answered by then is taken for dead."""
        return self.limit + _GRACE


def pace_of(handling: Handling | None) -> Pace:
    """Return the pace that a step declares, or the usual one."""
    told = handling or Handling()
    return Pace(told.retries, timedelta(seconds=told.pause), timedelta(seconds=told.limit))
