"""One change between two procedures: what it is about, what was there, what is there now."""

from dataclasses import dataclass
from enum import StrEnum

from procedures.places import Path
from procedures.words import Words, say

#: What stands where nothing was, or is no longer.
NOTHING = "—"


class Sign(StrEnum):
    """How a change is marked in a list, never by colour alone."""

    ADDED = "+"
    REMOVED = "-"
    CHANGED = "~"
    RENAMED = "="


@dataclass(frozen=True, slots=True)
class Part:
    """A part of something that differs; `before` and `after` are texts ready to be shown, `NOTHING` for nothing."""

    kind: str
    what: Words
    before: str | Words
    after: str | Words


@dataclass(frozen=True, slots=True)
class Change:
    """A difference that a reader must know of.

    `kind` is a stable name (`step`, `norm`, `threshold`, `roles` …); `step` the key in the later procedure, or in the
    earlier one where it went; `number` its TT there. `path` leads to its place in the definition it is named after.
    """

    sign: Sign
    kind: str
    where: Words
    what: Words
    before: str | Words
    after: str | Words
    path: Path = ()
    step: str | None = None
    number: int | None = None

    @property
    def words(self) -> Words:
        """The change as one sentence."""
        told = {"where": self.where, "what": self.what, "before": self.before, "after": self.after}
        if self.sign is Sign.RENAMED:
            return say("the step “{before}” is now called “{after}” (declared with “tên cũ”)", **told)
        if self.kind == "step":
            return say("{where} ({what})", **told)
        if self.before == NOTHING:
            return say("{where}: {what} added: {after}", **told)
        if self.after == NOTHING:
            return say("{where}: {what} removed: {before}", **told)
        return say("{where}: {what} {before} → {after}", **told)
