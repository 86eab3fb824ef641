"""What counts when a step is not done in time."""

from procedures.base import Model
from procedures.lengths import Duration
from procedures.words import Words, say

#: The outcome label of a way that only the time-out of a step takes.
LATE = "Quá thời hạn"


class Timeout(Model):
    """What counts when a step is not done in time: one of its outcomes (`LATE` for a way of its own).

    `after` is the time it has, if not that of the step's norm. Without an outcome, whoever of several performers has
    been silent counts as absent.
    """

    outcome: str | None
    after: Duration | None = None

    @property
    def words(self) -> Words:
        """Say what counts then, and after which time if it has one of its own."""
        if self.outcome is None:
            said = say("counted as absent")
        else:
            said = say("goes on") if self.outcome == LATE else say("deemed “{outcome}”", outcome=self.outcome)
        return say("{said} after {time}", said=said, time=self.after.text) if self.after else said
