"""How a step waits for its predecessors: for all of them, the first, or so many."""

from enum import StrEnum
from typing import Literal

from procedures.base import Model


class JoinKind(StrEnum):
    """How a step waits for its predecessors."""

    ALL = "all"
    ANY = "any"
    SOME = "some"


class Join(Model):
    """A step waits for all, the first, or `at_least` so many of the named steps.

    Those that have not come by then are cancelled, or (`rest`) finish without being waited for.
    """

    kind: JoinKind
    steps: tuple[str, ...]
    at_least: int | None = None
    rest: Literal["cancel", "finish"] = "cancel"

    @property
    def needed(self) -> int:
        """How many of the steps have to come."""
        if self.kind is JoinKind.SOME and self.at_least is not None:
            return self.at_least
        return len(self.steps) if self.kind is JoinKind.ALL else 1
