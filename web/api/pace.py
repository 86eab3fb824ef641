"""How often somebody may ask: a bucket for each that fills again at a steady pace."""

from collections import OrderedDict
from threading import Lock
from time import monotonic

#: How many askers are remembered; whoever has not asked for long has a full bucket anyway.
_REMEMBERED = 10_000


class Pace:
    """So many requests a minute for each asker, all of them at once if need be."""

    def __init__(self, per_minute: int) -> None:
        self.most = float(max(per_minute, 1))
        self._buckets: OrderedDict[object, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, asker: object, now: float | None = None) -> float:
        """Take one request from an asker's bucket; returns how many seconds to wait when it is empty, else 0."""
        at = monotonic() if now is None else now
        with self._lock:
            left, since = self._buckets.pop(asker, (self.most, at))
            left = min(self.most, left + (at - since) * self.most / 60)
            taken = left >= 1
            self._buckets[asker] = (left - 1 if taken else left, at)
            while len(self._buckets) > _REMEMBERED:
                self._buckets.popitem(last=False)
        return 0.0 if taken else (1 - left) * 60 / self.most
