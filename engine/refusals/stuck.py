"""A refusal on its way up: a move that may not be made stops everything that the command would have done."""

from engine.refusal import Refusal


class Stuck(Exception):  # noqa: N818 - it carries a refusal through the recursion of moves, nothing else
    """A move that a refusal stops."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal
