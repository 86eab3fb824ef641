"""Why a command is refused: each class is a sentence, its docstring is the message."""

from dataclasses import dataclass
from typing import ClassVar

from procedures.words import Words


@dataclass(frozen=True)
class Refusal:
    """The command is refused."""

    #: What kind of refusal it is for a door: not found, not allowed, in conflict, or not complete.
    nature: ClassVar[str] = "forbidden"

    @property
    def code(self) -> str:
        """The stable name of the refusal, for JSON and tests."""
        return type(self).__name__

    @property
    def words(self) -> Words:
        """The sentence, with its values."""
        return Words(type(self).__doc__ or "", dict(vars(self)))
