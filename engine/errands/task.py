"""What a handler gets and gives: a task with its case, and an answer; handlers are found by their entry points."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache

from engine.agency import Agency
from engine.brought import loaded
from engine.case import Case
from procedures.model import Handling, Procedure, Step
from procedures.words import Words

#: The group of entry points under which automatic steps find who does them.
HANDLERS = "quytrinh.errands"
#: The group under which documents are found that a handler may send along.
DOCUMENTS = "quytrinh.documents"


@dataclass(frozen=True, slots=True)
class Task:
    """One try at an automatic step. `key` is the same at every try: whoever is told twice can drop the repeat.

    `values` are the entered values as text, `given` what the step gives the machine, `limit` how long the try may take.
    """

    key: str
    agency: Agency
    procedure: Procedure
    case: Case
    step: Step
    values: Mapping[str, str]
    now: datetime
    limit: timedelta

    @property
    def given(self) -> Mapping[str, str]:
        """What the step declares for the machine, by name."""
        return dict((self.step.handling or Handling()).given)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it: the outcome, where the step has several, and values that the step collects."""

    outcome: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes along."""

    name: str
    kind: str  # "application/pdf"
    content: bytes


class TryAgain(Exception):  # noqa: N818 - it tells how a try ended
    """It did not work this time; the sentence says why, and the errand is tried again as declared."""

    def __init__(self, words: Words) -> None:
        super().__init__(str(words))
        self.words = words


class Hopeless(TryAgain):
    """It will not work however often it is tried: the errand is parked for a person to look at."""


Handler = Callable[[Task], Answer]
Documenter = Callable[[Task], Attachment]


@cache
def handlers() -> Mapping[str, Handler]:
    """Return who does automatic steps, by the name after `tự động`."""
    return loaded(HANDLERS)


@cache
def documents() -> Mapping[str, Documenter]:
    """Return what makes documents, by name."""
    return loaded(DOCUMENTS)
