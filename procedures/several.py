"""Several performers of one step: who is called, and how many of their answers are enough."""

from typing import Literal

from procedures.base import Model
from procedures.words import Words, say


class Enough(Model):
    """How many are enough: so many, or a share of those called or appointed; all of the called if neither is said.

    `share` is a numerator and a denominator; with `more` it has to be exceeded, not only reached.
    """

    at_least: int | None = None
    share: tuple[int, int] | None = None
    more: bool = False
    of: Literal["called", "appointed"] = "called"

    def needed(self, called: int, appointed: int) -> int:
        """Return how many answers that makes; it may be more than there can be."""
        everyone = appointed if self.of == "appointed" else called
        if self.share is None:
            return everyone if self.at_least is None else self.at_least
        part, whole = self.share
        return everyone * part // whole + 1 if self.more else -(-everyone * part // whole)

    @property
    def words(self) -> Words:
        """Say how many are enough."""
        if self.share is None:
            return say("at least {count}", count=self.at_least) if self.at_least is not None else say("all")
        part = f"{self.share[0]}/{self.share[1]}"
        whom = say("of those appointed") if self.of == "appointed" else say("of those called")
        if self.more:
            return say("more than {part} {whom}", part=part, whom=whom)
        return say("at least {part} {whom}", part=part, whom=whom)


class Several(Model):
    """A step that several do at the same time, each with a work item, a deadline and an answer of their own.

    Each person who holds the role, or each person or unit that `field` lists (entered earlier) or `named` declares.
    Without `vote` the step is done when answers are `enough`; with it, that outcome comes about when enough choose
    it, and the step's other outcome as soon as that can no longer happen.
    """

    each: Literal["person", "unit"]
    field: str | None = None
    named: tuple[str, ...] = ()
    enough: Enough = Enough()
    vote: str | None = None

    @property
    def words(self) -> Words:
        """Say who does it, and when it is enough."""
        if self.vote is None:
            return say("{each}; done when {enough}", each=self._each, enough=self.enough.words)
        return say("{each}; “{outcome}” when {enough}", each=self._each, outcome=self.vote, enough=self.enough.words)

    @property
    def _each(self) -> Words:
        listed = self.field or "; ".join(self.named)
        if self.each == "unit":
            return say("each unit in {list}", list=listed)
        return say("each person in {list}", list=listed) if listed else say("each holder")
