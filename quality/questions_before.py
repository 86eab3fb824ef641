"""Cases of the quality system as they stood just before a cut-off, for rules that ask what is on record."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from engine.case import Case
from engine.store import Held, Reader
from quality.questions import Frozen, frozen


@dataclass(frozen=True, slots=True)
class Before:
    """Answers which cases of a procedure there were and what was entered into them, and nothing else."""

    behind: Reader
    cut_off: datetime
    known: dict[str, Frozen] = field(default_factory=dict)

    @property
    def reader(self) -> Reader:
        """This, for what asks a reader no more than that."""
        return cast("Reader", self)

    def cases(self, *, procedure: str) -> list[Case]:
        """Return the cases of a procedure in the order they were opened."""
        found = frozen(self.behind, procedure, self.cut_off)
        self.known.update((one.case.id, one) for one in found)
        return [one.case for one in found]

    def held(self, case: str) -> Held | None:
        """Return a case that was among those asked for, with what had been entered."""
        one = self.known.get(case)
        return Held(one.case, one.head, one.values) if one is not None else None
