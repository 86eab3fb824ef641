"""What happens when a step is not done in time (`quá thời hạn`): an outcome is deemed chosen, or a way of its own."""

from dataclasses import dataclass

from procedures.model import DONE, LATE, Branch, Duration, Outcome, Target, Timeout
from procedures.reading import times
from procedures.reading.block import Block, open_block
from procedures.reading.desk import Desk
from procedures.reading.phrase import Phrase, phrase
from procedures.reading.targets import Targets, exactly_one
from procedures.words import say

DEEMED, ABSENT = "coi như", "vắng mặt"
_WAYS = ("to", "deemed", "fork", "first_of", "back_to", "end")


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Reads the time-out of a step, against its outcomes and the declared steps."""

    desk: Desk
    targets: Targets

    def read(self, block: Block, outcomes: tuple[Outcome, ...]) -> tuple[Timeout | None, tuple[Outcome, ...]]:
        """Return the time-out, and the outcome that it adds where it has a way of its own."""
        value = block.value("timeout")
        if value is None:
            return None, ()
        key, path = block.entries["timeout"][0], (*block.path, "outcomes", LATE)
        self.desk.put_entry(path, key, value)
        if value.kind == "text":
            deemed = phrase(value).after(DEEMED)
            if deemed is not None:
                return self._deemed(deemed, outcomes, None)
            return self._late(self.targets.read(key, value, (*path, 0)), None)
        long = open_block(self.desk, "timeout", value, (*block.path, "timeout"), key)
        after = times.limit(long, "after")
        way = exactly_one(long, _WAYS)
        said = long.phrase("deemed")
        if way == "deemed":
            return self._deemed(said, outcomes, after) if said else (None, ())
        return self._late(self._target(long, way, (*path, 0)), after)

    def _target(self, long: Block, way: str | None, path: tuple[str | int, ...]) -> Target | None:
        value = long.value(way) if way else None
        if way is None or value is None:
            return None
        if way == "to":
            return self.targets.read(long.entries[way][0], value, path)
        self.desk.put((*path, "target"), value.span)
        return self.targets.long(long)

    def _late(self, target: Target | None, after: Duration | None) -> tuple[Timeout | None, tuple[Outcome, ...]]:
        if target is None:
            self.desk.maimed = True
            return None, ()
        return Timeout(outcome=LATE, after=after), (Outcome(label=LATE, branches=(Branch(target=target),)),)

    def _deemed(
        self, words: Phrase, outcomes: tuple[Outcome, ...], after: Duration | None
    ) -> tuple[Timeout | None, tuple[Outcome, ...]]:
        if words.text == ABSENT:
            return Timeout(outcome=None, after=after), ()
        labels = [outcome.label for outcome in outcomes]
        meant = DONE if words.text.casefold() == DONE.casefold() and labels == [DONE] else words.text
        if meant in labels:
            return Timeout(outcome=meant, after=after), ()
        self.desk.fault(
            "QT144",
            words.span,
            say("“{text}” is no outcome of this step", text=words.text),
            help=say("the outcomes are: {known}", known=", ".join(labels)),
        )
        return None, ()
