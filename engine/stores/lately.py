"""Cases as they stood lately, so that the next step need not read them again; the hash of their log vouches."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from threading import Lock

from engine.case import Case
from engine.draft import EnteredValue
from engine.log import Recorded
from engine.rows import erasures
from engine.store import Held

#: So many cases are remembered; each takes some ten kilobytes.
_MOST = 1_024


class Lately:
    """What a process remembers of cases.

    A hash stands for every record of a log up to it. So what is remembered under the head that the database names at
    this moment is what the database holds, whoever has written meanwhile, and whether or not a commit arrived.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._held: OrderedDict[str, Held] = OrderedDict()
        self._lock = Lock()

    def get(self, case: str) -> Held | None:
        """Return what is remembered of a case; whoever asked must see that its head is still that."""
        return self._held.get(case)

    def put(self, held: Held) -> Held:
        """Remember a case and return it; the one that was put longest ago is forgotten where there are too many."""
        with self._lock:
            self._held[held.case.id] = held
            self._held.move_to_end(held.case.id)
            if len(self._held) > self._most:
                self._held.popitem(last=False)
        return held

    def forget(self, case: str) -> None:
        """Remember a case no more."""
        with self._lock:
            self._held.pop(case, None)

    def go_on(
        self, before: Case | None, after: Case, records: Sequence[Recorded], entered: Sequence[EnteredValue]
    ) -> None:
        """Remember a case as these records leave it, if what they follow is remembered; else it is read anew."""
        values: Mapping[str, str] = {}
        if before is not None:
            held = self._held.get(after.id)
            if erasures(records):  # what was erased is not remembered either
                self.forget(after.id)
                return
            if held is None or held.case is not before:
                return
            values = held.values
        if entered:
            values = {**values, **{value.name: value.text for value in entered}}
        self.put(Held(after, records[-1].hash, values))
